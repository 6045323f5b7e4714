"""A change of the rules is played on the reports of the last weeks by the code that routes new ones."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports import routing, rule_sets, simulate
from pendopo.domains.reports.models import Handover, Report, RoutingPolicy, RoutingRule, Status, Suggestion
from pendopo.domains.reports.routing import Origin
from pendopo.domains.reports.rule_sets import RuleSet, Snapshot
from pendopo.domains.reports.testing import a_report, prepare
from pendopo.kernel import caches

MAWAR, KENANGA, CEMPAKA = "99.71.01.1001", "99.71.01.1002", "99.71.02.1001"
NEVER = Snapshot(None, 5, "Aturan uji")


@pytest.fixture
def play(koordinator: Any, now: dt.datetime) -> Callable[..., simulate.Replay]:
    def run(after: RuleSet, before: RuleSet = (), days: int = 30, **values: Any) -> simulate.Replay:
        caches.clear_all()
        return simulate.replay(
            user=koordinator, before=before, after=after, days=days, now=values.get("now", now)
        )

    return run


def rule_in_database(government: Government, **values: Any) -> Snapshot:
    categories = values.pop("categories", [])
    made = RoutingRule.objects.create(**{"order": 10, "name": "Lampu", "office": government.works, **values})
    made.categories.set(categories)
    return rule_sets.read()[-1]


def test_it_says_for_every_report_what_the_live_routing_says(
    government: Government, koordinator: Any, now: dt.datetime
) -> None:
    prepare()
    night = {"from_time": dt.time(22), "until_time": dt.time(5)}
    rule_in_database(government, order=10, categories=["lampu-jalan"], weekdays=[1, 2, 3], **night)
    rule_in_database(government, order=20, categories=["sampah"], office=None)
    rule_in_database(government, order=30, office=government.environment, weekdays=[7])
    rule_in_database(government, order=40, active=False)
    moments = [now - dt.timedelta(hours=17 * step) for step in range(12)]
    made = [
        a_report(category=category, region=region, now=moment)
        for moment, category, region in zip(
            moments,
            ["lampu-jalan", "sampah", "banjir"] * 4,
            [MAWAR, KENANGA, CEMPAKA, MAWAR] * 3,
            strict=True,
        )
    ]
    caches.clear_all()
    assert simulate.compiled(rule_sets.read()) == tuple(
        replace(rule, regions=tuple(sorted(rule.regions))) for rule in routing.compiled_rules()
    )
    rows, sampled = simulate.rows_of(koordinator, days=30, now=now)
    run = simulate._Run(rows, (), rule_sets.read(), RoutingPolicy())
    said = {row.pk: run.ask(row)[1] for row in rows}
    assert not sampled and len(said) == len(made)
    for report in made:
        live = routing.suggest(report, now=report.received_at)
        by_rule = next(((f.rule_id, f.office_id) for f in live if f.origin == Origin.RULE), (None, None))
        assert said[report.pk] == by_rule
        loose = routing.without_rules(report, run.local.get(report.region_id), office_of=run.local.get)
        assert [f.office_id for f in loose] == [
            f.office_id for f in live if f.origin != Origin.RULE
        ] or by_rule[0]


def test_it_tells_from_where_to_where_and_whether_that_is_better(
    government: Government, play: Any, now: dt.datetime
) -> None:
    for office in (government.works, government.works, government.environment):
        a_report(status=Status.IN_PROGRESS, office=office, region=MAWAR, now=now)
    a_report(status=Status.ASSIGNED, office=government.works, region=MAWAR, now=now)  # proves nothing yet
    a_report(category="sampah", region=MAWAR, now=now)
    result = play((replace(NEVER, categories=("lampu-jalan",), office=government.works.pk),))
    (flow,) = result.flows
    assert (flow.source, flow.target) == (government.villages[0].pk, government.works.pk)
    assert (flow.count, flow.judged, flow.right_before, flow.right_after) == (4, 3, 0, 2)
    assert (result.reports, result.moved, result.after.by_rule, result.before.by_rule) == (5, 4, 4, 0)
    assert (result.gets_right.part, result.gets_right.whole, result.gets_right.enough) == (2, 3, False)


def test_an_office_that_gave_it_back_was_not_right(
    government: Government, play: Any, now: dt.datetime
) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=government.works, region=MAWAR, now=now)
    Handover.objects.filter(case=report).update(returned_at=now)
    Handover.objects.create(case=report, source=government.works, target=government.environment, at=now)
    result = play((replace(NEVER, office=government.works.pk),))
    assert (result.after.right, result.after.judged) == (0, 1)


def test_secret_reports_are_neither_shown_nor_counted(
    government: Government, play: Any, now: dt.datetime
) -> None:
    a_report(region=MAWAR, now=now)
    rules = (replace(NEVER, office=government.works.pk),)
    before = play(rules)
    a_report(region=MAWAR, secret=True, now=now)
    a_report(status=Status.IN_PROGRESS, office=government.works, region=MAWAR, secret=True, now=now)
    after = play(rules)
    assert after == before and after.reports == 1


def test_only_who_coordinates_gets_every_office(government: Government, sari: Any, now: dt.datetime) -> None:
    a_report(status=Status.IN_PROGRESS, office=government.works, now=now)
    a_report(status=Status.IN_PROGRESS, office=government.environment, now=now)
    assert len(simulate.rows_of(sari, days=30, now=now)[0]) == 1


def test_days_bound_it_and_too_many_reports_are_said(
    government: Government, play: Any, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for age in (0, 8, 31, 91):
        a_report(now=now - dt.timedelta(days=age))
    assert [play((), days=days).reports for days in simulate.DAYS] == [1, 2, 3]
    monkeypatch.setattr(simulate, "LIMIT", 2)
    result = play((), days=90)
    assert (result.reports, result.sampled, result.since) == (2, True, now - dt.timedelta(days=8))


def test_a_rule_that_fits_but_loses_is_told_by_whom(
    government: Government, play: Any, now: dt.datetime
) -> None:
    for _number in range(3):
        a_report(now=now)
    first = Snapshot(1, 10, "Semua", office=government.works.pk)
    second = Snapshot(2, 20, "Lampu", ("lampu-jalan",), office=government.environment.pk)
    result = play((first, second, Snapshot(3, 30, "Banjir", ("banjir",), office=government.works.pk)))
    assert result.never == [2, 3]
    assert result.after.lost_to[2] == {1: 3} and not result.after.lost_to[3]
    assert play((second, first)).never == [1]


def test_a_rule_of_a_closed_office_stays_silent(government: Government, play: Any, now: dt.datetime) -> None:
    a_report(region=MAWAR, now=now)
    government.works.active = False
    government.works.save(update_fields=["active"])
    result = play((replace(NEVER, office=government.works.pk),))
    assert (result.after.by_rule, result.moved, result.never) == (0, 0, [])


def test_only_a_proven_rule_of_the_same_office_would_act_alone(
    government: Government, play: Any, now: dt.datetime
) -> None:
    prepare()
    RoutingPolicy.objects.update_or_create(
        pk=1, defaults={"automatic": True, "min_precision": 0.5, "min_cases": 3}
    )
    rule = rule_in_database(government, categories=["lampu-jalan"], automatic=True)
    caches.clear_all()
    for _number in range(6):
        a_report(status=Status.IN_PROGRESS, office=government.works, region=MAWAR, now=now)
    assert Suggestion.objects.filter(rule_id=rule.pk, rank=1).count() == 6
    rules = rule_sets.read()
    wider = replace(rule, name="Nama lain")
    assert (play((wider,), rules).after.automatic, play((wider,), rules).before.automatic) == (6, 6)
    assert play((replace(rule, automatic=False),), rules).after.automatic == 0
    assert play((replace(rule, office=government.environment.pk),), rules).after.automatic == 0
    assert play((replace(rule, pk=None),), rules).after.automatic == 0
    RoutingPolicy.objects.update(automatic=False)
    assert play((wider,), rules).after.automatic == 0


def test_a_rule_that_changes_its_office_begins_a_new_record(government: Government, now: dt.datetime) -> None:
    prepare()
    rule = rule_in_database(government, categories=["lampu-jalan"], automatic=True)
    caches.clear_all()
    for _number in range(3):
        a_report(status=Status.IN_PROGRESS, office=government.works, now=now)
    caches.clear_all()
    assert routing.track_record(Origin.RULE, rule_id=rule.pk) == (3, 3)
    RoutingRule.objects.update(office=government.environment)
    caches.clear_all()
    assert routing.track_record(Origin.RULE, rule_id=rule.pk) == (0, 0)


def test_words_are_read_only_of_so_many_and_the_rest_is_not_judged(
    government: Government, play: Any, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(3):
        a_report(status=Status.IN_PROGRESS, office=government.works, region=MAWAR, now=now)
    monkeypatch.setattr(simulate, "READ", 2)
    result = play((replace(NEVER, office=government.works.pk),))
    assert (result.unread, result.moved) == (1, 3)
    assert {(flow.source, flow.count, flow.judged) for flow in result.flows} == {
        (government.villages[0].pk, 2, 2),
        (None, 1, 0),
    }


def test_more_reports_and_more_rules_ask_no_more_queries(
    government: Government, play: Any, now: dt.datetime
) -> None:
    def asked(rules: RuleSet) -> int:
        with CaptureQueriesContext(connection) as seen:
            play(rules)
        return len(seen)

    one = Snapshot(1, 10, "Satu", ("lampu-jalan",), office=government.works.pk)
    a_report(region=MAWAR, now=now)
    asked((one,))  # the roles of the koordinator are read once
    few = asked((one,))
    for region in (MAWAR, KENANGA, CEMPAKA, MAWAR):
        a_report(region=region, now=now)
        a_report(status=Status.IN_PROGRESS, office=government.works, region=region, now=now)
    many = asked(
        tuple(replace(one, pk=pk, order=pk, categories=("banjir", "lampu-jalan")) for pk in range(1, 9))
    )
    assert many == few <= 8


def test_examples_are_only_what_this_person_may_see(
    government: Government, play: Any, tono: Any, koordinator: Any, now: dt.datetime
) -> None:
    report = a_report(region=MAWAR, now=now)
    result = play((replace(NEVER, office=government.works.pk),))
    assert set(simulate.examples(koordinator, result)) == {report.pk}
    assert simulate.examples(tono, result) == {}
    Report.objects.filter(pk=report.pk).update(secret=True)
    assert simulate.examples(koordinator, result) == {}
