"""The koordinator's routing rules and threshold: seen and changed by the koordinator only, with a trace."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.models import RoutingPolicy, RoutingRule, Status
from pendopo.domains.reports.testing import a_report, prepare
from pendopo.kernel import caches


@pytest.fixture
def rule(government: Government) -> RoutingRule:
    prepare()
    return RoutingRule.objects.create(order=10, name="Lampu ke DPU", office=government.works)


def data(government: Government, **changes: Any) -> dict[str, Any]:
    return {
        "order": "20", "name": "Sampah malam hari", "categories": ["sampah"], "regions": ["99.71.01", "99.71.02.1001"],
        "weekdays": ["6", "7"], "from_time": "22:00", "until_time": "05:00", "office": government.environment.pk,
        "active": "on", **changes,
    }  # fmt: skip


def test_only_the_koordinator_finds_the_pages(
    rule: RoutingRule, government: Government, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    pages = [reverse("reports:rules"), reverse("reports:rule-new"), reverse("reports:rule", args=[rule.pk])]
    for name, person in everyone.items():
        expected = {"anon": 302, "koordinator": 200}.get(name, 404)
        client = as_user(person)
        for page in pages:
            assert client.get(page).status_code == expected, (name, page)
            if expected == 404:
                assert client.post(page, data(government)).status_code == 404
        assert (RoutingRule.objects.visible_to(person).count() == 1) is (name == "koordinator")
    assert RoutingRule.objects.count() == 1


def test_looking_writes_nothing(rule: RoutingRule, koordinator: Any, as_user: Callable[..., Client]) -> None:
    RoutingPolicy.objects.all().delete()
    assert as_user(koordinator).get(reverse("reports:rules")).status_code == 200
    assert not RoutingPolicy.objects.exists()


def test_a_rule_is_saved_with_places_days_and_hours(
    rule: RoutingRule, government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(koordinator)
    assert client.post(reverse("reports:rule-new"), data(government)).status_code == 302
    made = RoutingRule.objects.exclude(pk=rule.pk).get()
    assert (made.weekdays, str(made.from_time), made.changed_by) == ([6, 7], "22:00:00", koordinator)
    assert {region.pk for region in made.regions.all()} == {"99.71.01", "99.71.02.1001"}
    assert Entry.objects.filter(verb="reports.rule_saved", actor=koordinator).count() == 1
    shown = client.get(reverse("reports:rule", args=[made.pk])).content.decode()
    assert 'value="99.71.01" id="wilayah-99.71.01" checked' in shown
    assert 'value="99.71.02.1001" id="wilayah-99.71.02.1001" checked' in shown
    assert 'value="99.71.02" id="wilayah-99.71.02">' in shown


def test_a_saved_rule_suggests_its_office(
    rule: RoutingRule, government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    empty = {"order": "5", "name": "Semua ke DLH", "office": government.environment.pk, "active": "on"}
    as_user(koordinator).post(reverse("reports:rule-new"), empty)
    caches.clear_all()
    first = a_report().suggestions.order_by("rank")[0]
    assert first.office == government.environment and "Aturan 5" in first.reason


def test_the_track_record_counts_what_went_elsewhere(
    rule: RoutingRule, government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    for office in (government.works, government.works, government.environment):  # the rule names the first
        a_report(status=Status.IN_PROGRESS, office=office)
    a_report(status=Status.ASSIGNED, office=government.works)  # nobody has looked at it: proves nothing
    shown = as_user(koordinator).get(reverse("reports:rules")).content.decode()
    assert "3 disposisi, 2 tepat" in shown and "Belum dilatih" in shown


@pytest.mark.parametrize(
    "changes",
    [
        {"until_time": ""}, {"until_time": "22:00"}, {"from_time": "25:99"}, {"order": "-1"}, {"order": "99999"},
        {"name": ""}, {"name": "\x00"}, {"name": "x" * 121}, {"office": "\x00"}, {"office": "9" * 30},
        {"regions": ["\x00"]}, {"regions": ["11"]}, {"categories": ["\x00"]}, {"weekdays": ["8"]},
    ],
)  # fmt: skip
def test_a_rule_that_does_not_fit_says_why(
    changes: dict[str, Any],
    rule: RoutingRule,
    government: Government,
    koordinator: Any,
    as_user: Callable[..., Client],
) -> None:
    answer = as_user(koordinator).post(reverse("reports:rule-new"), data(government, **changes))
    assert answer.status_code == 422 and answer.context["form"].errors
    assert RoutingRule.objects.count() == 1


def test_the_threshold_is_saved_and_written_down(
    rule: RoutingRule, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(koordinator)
    page = reverse("reports:rules")
    assert client.post(page, {"automatic": "on", "percent": "97", "min_cases": "40"}).status_code == 302
    row = RoutingPolicy.objects.get()
    assert (row.automatic, row.min_precision, row.min_cases) == (True, 0.97, 40)
    assert Entry.objects.filter(verb="reports.policy_saved").count() == 1
    for wrong in (
        {"percent": "49"},
        {"percent": "101"},
        {"percent": "x"},
        {"min_cases": "-1"},
        {"min_cases": "\x00"},
    ):
        answer = client.post(page, {"percent": "97", "min_cases": "40", **wrong})
        assert answer.status_code == 422, wrong
    assert RoutingPolicy.objects.get().min_precision == 0.97
