"""Where a report should go: rules by category, place and time, then words, then the place; alone only if proven."""

import datetime as dt
from typing import Any

import pytest
from django.utils.translation import override

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports import routing, textmodel
from pendopo.domains.reports.actions.routing import hand_over_when_sure, suggest_offices
from pendopo.domains.reports.models import Handover, Report, RoutingPolicy, RoutingRule, Status, Suggestion
from pendopo.domains.reports.routing import CompiledRule, Found, Origin
from pendopo.domains.reports.testing import a_report, prepare
from pendopo.domains.reports.textmodel import THE_KECAMATAN, THE_KELURAHAN, Guess
from pendopo.kernel import caches

MAWAR, KENANGA, CEMPAKA = "99.71.01.1001", "99.71.01.1002", "99.71.02.1001"


class Reader:
    """A text model that always says the same."""

    def __init__(self, *guesses: Guess, limits: dict[float, float] | None = None) -> None:
        self.guesses, self.limits = list(guesses), limits or {}

    def unknown_share(self, _text: str) -> float:
        return 0.25

    def predict(self, _text: str, *, category: str, area: tuple[str, ...], top: int) -> list[Guess]:
        return self.guesses[:top]

    def threshold_for(self, precision: float) -> float | None:
        return self.limits.get(precision)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Any:
    def put(*guesses: Guess, **limits: Any) -> None:
        monkeypatch.setattr(textmodel, "in_use", lambda: Reader(*guesses, **limits))

    return put


def a_rule(government: Government, order: int = 10, **changes: Any) -> RoutingRule:
    prepare()
    categories, regions = changes.pop("categories", []), changes.pop("regions", [])
    values = {"name": f"Aturan uji {order}", "office": government.works, **changes}
    rule = RoutingRule.objects.create(order=order, **values)
    rule.categories.set(categories)
    rule.regions.set(regions)
    caches.clear_all()
    return rule


def offices(report: Report, now: dt.datetime) -> list[tuple[int, str]]:
    return [(found.office_id, found.origin) for found in routing.suggest(report, now=now)]


# Rules


@pytest.mark.parametrize(
    ("moment", "inside"),
    [("22:00", True), ("23:59", True), ("00:00", True), ("04:59", True), ("05:00", False), ("21:59", False)],
)
def test_a_window_may_pass_midnight(moment: str, inside: bool):
    rule = RoutingRule(weekdays=[], from_time=dt.time(22), until_time=dt.time(5))
    at = dt.datetime.combine(dt.date(2026, 3, 9), dt.time.fromisoformat(moment))
    assert CompiledRule(rule, frozenset(), ()).fits(category="sampah", region=MAWAR, at=at) is inside


@pytest.mark.parametrize(
    ("moment", "inside"), [("08:00", True), ("15:59", True), ("16:00", False), ("07:59", False)]
)
def test_a_window_of_one_day_ends_before_its_end(moment: str, inside: bool):
    rule = RoutingRule(weekdays=[], from_time=dt.time(8), until_time=dt.time(16))
    at = dt.datetime.combine(dt.date(2026, 3, 9), dt.time.fromisoformat(moment))
    assert CompiledRule(rule, frozenset(), ()).fits(category="sampah", region=MAWAR, at=at) is inside


def test_a_rule_fits_only_its_categories_places_and_days():
    monday = dt.datetime(2026, 3, 9, 9, tzinfo=dt.UTC)
    rule = CompiledRule(RoutingRule(weekdays=[1, 2]), frozenset({"sampah"}), ("99.71.01", CEMPAKA))
    assert rule.fits(category="sampah", region=MAWAR, at=monday)
    assert rule.fits(category="sampah", region=CEMPAKA, at=monday)
    assert not rule.fits(category="banjir", region=MAWAR, at=monday)
    assert not rule.fits(category="sampah", region="99.71.02.1002", at=monday)
    assert not rule.fits(category="sampah", region="99.71.011", at=monday)  # begins alike, lies elsewhere
    assert not rule.fits(category="sampah", region=MAWAR, at=monday + dt.timedelta(days=2))


def test_the_hour_is_that_of_the_government_not_of_greenwich(government: Government, now: dt.datetime):
    a_rule(government, from_time=dt.time(22), until_time=dt.time(5))
    report = a_report(now=now)
    night = dt.datetime(2026, 3, 9, 16, 30, tzinfo=dt.UTC)  # 23.30 in Jakarta
    assert offices(report, night)[0] == (government.works.pk, Origin.RULE)
    assert offices(report, night - dt.timedelta(hours=8))[0][1] == Origin.PLACE


def test_the_first_rule_that_fits_wins_and_says_its_name(government: Government, now: dt.datetime):
    a_rule(government, 30, office=government.environment)
    a_rule(government, 20, name="Lampu ke DPU", categories=["lampu-jalan"])
    a_rule(government, 10, categories=["banjir"], office=government.environment)
    best = routing.suggest(a_report(now=now), now=now)[0]
    assert (best.office_id, best.origin, best.reason) == (
        government.works.pk,
        "RULE",
        "Aturan 20: Lampu ke DPU",
    )
    assert best.score is None


def test_the_reason_is_in_the_officers_language_whoever_sends(government: Government, now: dt.datetime):
    a_rule(government, 20, name="Lampu ke DPU")
    report = a_report(now=now)
    report.suggestions.all().delete()
    with override("en"):
        suggest_offices(report, now=now)
    assert report.suggestions.get(rank=1).reason == "Aturan 20: Lampu ke DPU"


def test_a_rule_without_office_names_the_office_of_the_place(government: Government, now: dt.datetime):
    a_rule(government, office=None)
    assert offices(a_report(region=KENANGA, now=now), now) == [(government.villages[1].pk, Origin.RULE)]
    assert offices(a_report(region=CEMPAKA, now=now), now) == []  # nobody serves Cempaka


def test_rules_that_are_off_or_name_a_closed_office_are_silent(government: Government, now: dt.datetime):
    a_rule(government, 10, active=False)
    government.environment.active = False
    government.environment.save(update_fields=["active"])
    a_rule(government, 20, office=government.environment)
    assert offices(a_report(region=MAWAR, now=now), now) == [(government.villages[0].pk, Origin.PLACE)]


# Place


def test_the_place_falls_back_to_the_kecamatan(government: Government, now: dt.datetime):
    prepare()
    mawar = government.villages[0]
    assert offices(a_report(region=MAWAR, now=now), now) == [(mawar.pk, Origin.PLACE)]
    mawar.active = False
    mawar.save(update_fields=["active"])
    caches.clear_all()
    assert offices(a_report(region=MAWAR, now=now), now) == [(government.district.pk, Origin.PLACE)]


# Words


def test_an_untrained_model_is_silent(government: Government, now: dt.datetime):
    prepare()
    assert textmodel.in_use() is None
    assert {origin for _office, origin in offices(a_report(now=now), now)} == {Origin.PLACE}


def test_three_at_most_each_office_once_rule_before_words_before_place(
    government: Government, reads: Any, now: dt.datetime
):
    a_rule(government)
    report = a_report(region=MAWAR, now=now)
    reads(
        Guess(government.works.pk, 0.6, ["lampu"]),
        Guess(government.environment.pk, 0.3, ["gelap"]),
        Guess(government.intake.pk, 0.1, []),
    )
    found = routing.suggest(report, now=now)
    assert [(f.office_id, f.origin) for f in found] == [
        (government.works.pk, Origin.RULE),
        (government.environment.pk, Origin.TEXT),
        (government.intake.pk, Origin.TEXT),
    ]
    assert found[1].words == ["gelap"]
    assert "30 %" in found[1].reason


def test_the_kelurahan_in_the_words_is_the_one_of_the_place(
    government: Government, reads: Any, now: dt.datetime
):
    prepare()
    reads(Guess(THE_KELURAHAN, 0.7, []), Guess(THE_KECAMATAN, 0.2, []))
    assert offices(a_report(region=KENANGA, now=now), now) == [
        (government.villages[1].pk, Origin.TEXT),
        (government.district.pk, Origin.TEXT),
    ]
    assert offices(a_report(region=CEMPAKA, now=now), now) == []


def test_an_office_that_closed_after_training_is_not_suggested(
    government: Government, reads: Any, now: dt.datetime
):
    prepare()
    government.environment.active = False
    government.environment.save(update_fields=["active"])
    reads(Guess(government.environment.pk, 0.9, []))
    assert offices(a_report(region=MAWAR, now=now), now) == [(government.villages[0].pk, Origin.PLACE)]


# Alone


@pytest.mark.parametrize(
    ("kept", "total", "bound"),
    [(0, 0, 0.0), (10, 10, 0.7225), (95, 100, 0.8882), (980, 1000, 0.9693), (0, 10, 0.0)],
)
def test_the_bound_is_wilsons(kept: int, total: int, bound: float):
    """Values of the published formula (Wilson 1927) for 95 %."""
    assert routing.lower_bound(kept, total) == pytest.approx(bound, abs=0.0001)


def test_a_record_is_what_became_of_first_suggestions_not_of_accepted_ones(
    government: Government, now: dt.datetime
):
    rule = a_rule(government)
    for office in (government.works, government.works, government.environment):
        a_report(status=Status.IN_PROGRESS, office=office, now=now)
    a_report(status=Status.ASSIGNED, office=government.works, now=now)
    a_report(status=Status.RECEIVED, now=now)
    a_report(status=Status.IN_PROGRESS, office=government.works, secret=True, now=now)
    assert routing.track_record(Origin.RULE, rule_id=rule.pk) == (2, 3)
    assert routing.track_records() == {rule.pk: (2, 3)}
    assert routing.track_record(Origin.PLACE, rule_id=None) == (0, 0)


def test_what_came_back_counts_against_the_rule(government: Government, now: dt.datetime):
    rule = a_rule(government)
    report = a_report(status=Status.IN_PROGRESS, office=government.works, now=now)
    assert routing.track_record(Origin.RULE, rule_id=rule.pk) == (1, 1)
    Handover.objects.filter(case=report).update(returned_at=now)
    caches.clear_all()
    assert routing.track_record(Origin.RULE, rule_id=rule.pk) == (0, 1)


def test_a_rule_acts_alone_only_when_allowed_often_enough_and_proven(
    government: Government, now: dt.datetime
):
    rule = a_rule(government, automatic=True)
    for _each in range(4):
        a_report(status=Status.IN_PROGRESS, office=government.works, now=now)
    best = Found(government.works.pk, Origin.RULE, "", rule_id=rule.pk)
    proven = routing.lower_bound(4, 4)
    policy = RoutingPolicy(automatic=True, min_precision=proven - 0.01, min_cases=4)
    assert routing.is_sure_enough(best, policy)
    assert not routing.is_sure_enough(best, RoutingPolicy(min_precision=proven + 0.01, min_cases=4))
    assert not routing.is_sure_enough(best, RoutingPolicy(min_precision=proven - 0.01, min_cases=5))
    RoutingRule.objects.update(automatic=False)
    assert not routing.is_sure_enough(best, policy)


def test_words_act_alone_only_above_the_certainty_that_was_precise(government: Government, reads: Any):
    reads(limits={0.95: 0.9})
    sure = Found(government.works.pk, Origin.TEXT, "", score=0.9)
    unsure = Found(government.works.pk, Origin.TEXT, "", score=0.89)
    assert routing.is_sure_enough(sure, RoutingPolicy(min_precision=0.95))
    assert not routing.is_sure_enough(unsure, RoutingPolicy(min_precision=0.95))
    assert not routing.is_sure_enough(sure, RoutingPolicy(min_precision=0.98))


def test_words_do_not_act_after_their_model_is_gone(government: Government):
    sure = Found(government.works.pk, Origin.TEXT, "", score=0.99)
    assert not routing.is_sure_enough(sure, RoutingPolicy(min_precision=0.5))


@pytest.mark.parametrize(
    ("secret", "automatic", "alone"), [(False, True, True), (True, True, False), (False, False, False)]
)
def test_a_secret_report_is_never_handed_over_by_a_machine(
    secret: bool, automatic: bool, alone: bool, government: Government, reads: Any, now: dt.datetime
):
    prepare()
    RoutingPolicy.objects.update_or_create(
        pk=1, defaults={"automatic": automatic, "min_precision": 0.95, "min_cases": 1}
    )
    reads(Guess(government.works.pk, 0.99, []), limits={0.95: 0.9})
    report = a_report(secret=secret, now=now)
    assert hand_over_when_sure(report_id=report.pk) is alone
    report.refresh_from_db()
    assert report.status == (Status.ASSIGNED if alone else Status.RECEIVED)
    assert Suggestion.objects.filter(case=report, origin="TEXT").exists()
    assert hand_over_when_sure(report_id=report.pk) is False  # twice changes nothing
