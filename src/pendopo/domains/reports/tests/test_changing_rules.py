"""The koordinator tries a change, sees what would move, and saves exactly that; nobody is overrun unseen."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.notices.models import INAPP, Notice
from pendopo.base.organizations.actions import close_office
from pendopo.base.organizations.events import OfficeClosed
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports import rule_sets
from pendopo.domains.reports.actions.rules import RulesChanged, change_rules, tell_stranded
from pendopo.domains.reports.models import Category, RoutingRule, Status
from pendopo.domains.reports.rule_sets import Change
from pendopo.domains.reports.testing import a_report, prepare
from pendopo.kernel import events
from pendopo.kernel.errors import NotAllowed, Refused

MAWAR = "99.71.01.1001"
TRIED = "reports:rule-tried"


@pytest.fixture
def rule(government: Government, still: dt.datetime) -> RoutingRule:
    prepare()
    made = RoutingRule.objects.create(order=10, name="Lampu ke DPU", office=government.works)
    made.categories.set(["lampu-jalan"])
    return made


@pytest.fixture
def client(koordinator: Any, as_user: Callable[..., Client]) -> Client:
    return as_user(koordinator)


def data(government: Government, **changes: Any) -> dict[str, Any]:
    return {"order": "10", "name": "Lampu ke DLH", "categories": ["lampu-jalan"],
            "office": government.environment.pk, "active": "on", **changes}  # fmt: skip


def try_it(client: Client, rule: RoutingRule | None, values: dict[str, Any]) -> Any:
    path = reverse("reports:rule-try", args=[rule.pk]) if rule else reverse("reports:rule-new-try")
    return client.post(path, values)


def test_trying_saves_nothing_and_shows_what_would_move(
    rule: RoutingRule, government: Government, client: Client, now: dt.datetime
) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=government.environment, region=MAWAR, now=now)
    answer = try_it(client, rule, data(government))
    page = answer.content.decode()
    assert answer.status_code == 200 and report.code in page
    (row,) = answer.context["flows"]
    assert (row.source, row.target) == ("Dinas Pekerjaan Umum", "Dinas Lingkungan Hidup")
    assert "sekarang 0, nanti 1, dari 1" in page
    assert "<del>Dinas Pekerjaan Umum</del>" in page and "<ins>Dinas Lingkungan Hidup</ins>" in page
    rule.refresh_from_db()
    assert rule.name == "Lampu ke DPU" and not Entry.objects.filter(verb="reports.rule_saved").exists()


def test_a_tried_change_is_saved_as_it_was_tried(
    rule: RoutingRule, government: Government, client: Client, koordinator: Any, now: dt.datetime
) -> None:
    a_report(region=MAWAR, now=now)
    token = try_it(client, rule, data(government)).context["token"]
    assert client.post(reverse(TRIED), {"token": token, "simpan": "1"}).status_code == 302
    rule.refresh_from_db()
    assert (rule.name, rule.office, rule.changed_by) == ("Lampu ke DLH", government.environment, koordinator)
    entry = Entry.objects.get(verb="reports.rule_saved")
    assert entry.facts["effect"]["moved"] == 1 and entry.facts["effect"]["days"] == 30
    assert entry.facts["before"]["office"] == government.works.pk
    again = client.post(reverse(TRIED), {"token": token, "simpan": "1"}, follow=True)  # a double click
    assert "Aturan sudah seperti itu." in again.content.decode()
    assert Entry.objects.filter(verb="reports.rule_saved").count() == 1


def test_a_new_rule_is_tried_and_made_once(rule: RoutingRule, government: Government, client: Client) -> None:
    answer = try_it(client, None, data(government, order="20", weekdays=["6"], regions=["99.71.01"]))
    assert "Tidak pernah menang" in answer.content.decode()
    for _click in range(2):
        assert (
            client.post(reverse(TRIED), {"token": answer.context["token"], "simpan": "1"}).status_code == 302
        )
    made = RoutingRule.objects.exclude(pk=rule.pk).get()
    assert (made.weekdays, [region.pk for region in made.regions.all()]) == ([6], ["99.71.01"])


@pytest.mark.parametrize("tried_first", [True, False])
def test_who_comes_second_is_told_and_sees_a_fresh_result(
    tried_first: bool, rule: RoutingRule, government: Government, client: Client
) -> None:
    page = client.get(reverse("reports:rule", args=[rule.pk]))
    token = try_it(client, rule, data(government)).context["token"]
    RoutingRule.objects.create(order=5, name="Punya orang lain", office=government.works)
    if tried_first:
        answer = client.post(reverse(TRIED), {"token": token, "simpan": "1"})
    else:
        typed = data(government, version=page.context["version"])
        answer = client.post(reverse("reports:rule", args=[rule.pk]), typed)
    shown = answer.content.decode()
    assert answer.status_code == 409 and "Aturan sudah diubah orang lain" in shown
    assert "5. Punya orang lain" in shown
    rule.refresh_from_db()
    assert rule.name == "Lampu ke DPU"
    saved = client.post(reverse(TRIED), {"token": answer.context["token"], "simpan": "1"})
    rule.refresh_from_db()
    assert saved.status_code == 302 and rule.name == "Lampu ke DLH"


def test_other_days_show_the_same_change(rule: RoutingRule, government: Government, client: Client) -> None:
    token = try_it(client, rule, data(government)).context["token"]
    assert client.post(reverse(TRIED), {"token": token, "hari": "90"}).context["result"].days == 90
    for odd in ("91", "x", "\x00", "-7"):
        assert client.post(reverse(TRIED), {"token": token, "hari": odd}).context["result"].days == 30


@pytest.mark.parametrize("token", ["", "x", "\x00", "a:b:c", "x" * 5000])
def test_a_forged_result_changes_nothing(token: str, rule: RoutingRule, client: Client) -> None:
    answer = client.post(reverse(TRIED), {"token": token, "simpan": "1"}, follow=True)
    assert answer.status_code == 200 and "kedaluwarsa" in answer.content.decode()
    assert not Entry.objects.filter(verb__startswith="reports.rule_").exists()


def test_an_old_result_must_be_tried_again(
    rule: RoutingRule, government: Government, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = try_it(client, rule, data(government)).context["token"]
    monkeypatch.setattr(rule_sets, "KEPT", dt.timedelta(seconds=-1))
    answer = client.post(reverse(TRIED), {"token": token, "simpan": "1"}, follow=True)
    assert "kedaluwarsa" in answer.content.decode()


def test_a_mistake_in_the_form_is_told_before_anything_is_tried(
    rule: RoutingRule, government: Government, client: Client
) -> None:
    answer = try_it(client, rule, data(government, name="", order="\x00"))
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"name", "order"}


def test_a_rule_moves_only_after_it_was_tried(
    rule: RoutingRule, government: Government, client: Client, now: dt.datetime
) -> None:
    wide = RoutingRule.objects.create(order=20, name="Semua ke DLH", office=government.environment)
    a_report(region=MAWAR, now=now)
    assert client.post(reverse("reports:rule-move", args=[rule.pk]), {"arah": "naik"}).status_code == 302
    answer = client.post(reverse("reports:rule-move", args=[rule.pk]), {"arah": "turun"})
    assert answer.context["result"].moved == 1 and "Tidak pernah menang" in answer.content.decode()
    assert list(RoutingRule.objects.values_list("name", flat=True)) == ["Lampu ke DPU", "Semua ke DLH"]
    client.post(reverse(TRIED), {"token": answer.context["token"], "simpan": "1"})
    assert list(RoutingRule.objects.values_list("name", "order")) == [
        ("Semua ke DLH", 10),
        ("Lampu ke DPU", 20),
    ]
    assert Entry.objects.filter(verb="reports.rule_moved", subject_id=rule.pk).count() == 1
    assert not Entry.objects.filter(subject_id=wide.pk, subject_kind="reports.routingrule").exists()


def test_rules_with_the_same_number_get_numbers_of_their_own_when_one_moves(
    rule: RoutingRule, government: Government, client: Client
) -> None:
    RoutingRule.objects.create(order=10, name="Kedua", office=government.works)
    answer = client.post(reverse("reports:rule-move", args=[rule.pk]), {"arah": "turun"})
    client.post(reverse(TRIED), {"token": answer.context["token"], "simpan": "1"})
    assert list(RoutingRule.objects.values_list("name", "order")) == [("Kedua", 10), ("Lampu ke DPU", 20)]


def test_a_deleted_rule_stays_in_history_and_comes_back(
    rule: RoutingRule, government: Government, client: Client, now: dt.datetime
) -> None:
    gone = rule.pk
    answer = client.post(reverse("reports:rule-delete", args=[gone]))
    assert RoutingRule.objects.filter(pk=gone).exists()
    client.post(reverse(TRIED), {"token": answer.context["token"], "simpan": "1"})
    assert not RoutingRule.objects.exists()
    assert "Lampu ke DPU" in client.get(reverse("reports:rules")).content.decode()
    past = reverse("reports:rule-history", args=[gone])
    entry = Entry.objects.get(verb="reports.rule_deleted")
    assert "Aturan ini sudah dihapus." in client.get(past).content.decode()
    answer = client.post(past, {"catatan": str(entry.pk)})
    client.post(reverse(TRIED), {"token": answer.context["token"], "simpan": "1"})
    back = RoutingRule.objects.get()
    assert (back.name, back.office, back.categories.get().pk) == (rule.name, government.works, "lampu-jalan")
    assert Entry.objects.filter(verb="reports.rule_restored", subject_id=back.pk).exists()


def test_a_change_is_taken_back_by_a_new_change(
    rule: RoutingRule, government: Government, client: Client
) -> None:
    client.post(reverse("reports:rule", args=[rule.pk]), data(government))
    past = reverse("reports:rule-history", args=[rule.pk])
    shown = client.get(past)
    assert [len(one.differences) for one in shown.context["past"]] == [2]
    answer = client.post(past, {"catatan": str(shown.context["past"][0].entry.pk)})
    client.post(reverse(TRIED), {"token": answer.context["token"], "simpan": "1"})
    rule.refresh_from_db()
    assert (rule.name, rule.office) == ("Lampu ke DPU", government.works)
    assert Entry.objects.filter(subject_id=rule.pk, subject_kind="reports.routingrule").count() == 2
    for odd in ("", "x", "\x00", "999999"):
        assert client.post(past, {"catatan": odd}).status_code == 404


def test_what_cannot_come_back_as_it_was_is_asked(
    rule: RoutingRule, government: Government, client: Client
) -> None:
    client.post(reverse("reports:rule", args=[rule.pk]), data(government))
    government.works.active = False
    government.works.save(update_fields=["active"])
    entry = Entry.objects.get(verb="reports.rule_saved")
    answer = client.post(reverse("reports:rule-history", args=[rule.pk]), {"catatan": str(entry.pk)})
    assert answer.status_code == 422 and "office" in answer.context["form"].errors


# Nothing is switched off silently


def test_a_rule_of_a_closed_office_is_shown_loudly_with_its_reason(
    rule: RoutingRule, government: Government, client: Client
) -> None:
    government.works.active = False
    government.works.save(update_fields=["active"])
    page = client.get(reverse("reports:rules")).content.decode()
    assert "Tidak berjalan" in page and "Dinas Pekerjaan Umum sudah ditutup." in page
    form = client.get(reverse("reports:rule", args=[rule.pk])).content.decode()
    assert (
        f'<option value="{government.works.pk}" selected>Dinas Pekerjaan Umum (sudah ditutup)</option>'
        in form
    )
    kept = try_it(client, rule, data(government, office=government.works.pk))
    assert kept.status_code == 422 and "sudah ditutup" in kept.content.decode()
    switched_off = data(government, office=government.works.pk, active="")
    assert try_it(client, rule, switched_off).status_code == 200


def test_a_place_that_is_no_longer_served_stays_in_the_form(
    rule: RoutingRule, government: Government, client: Client
) -> None:
    """Dropping it quietly would make the rule fit every place."""
    rule.regions.set([MAWAR])
    government.regions[MAWAR].served = False
    government.regions[MAWAR].save(update_fields=["served"])
    assert "Mawar" in client.get(reverse("reports:rules")).context["warned"][0].marks[0].words
    shown = client.get(reverse("reports:rule", args=[rule.pk])).content.decode()
    assert f'value="{MAWAR}" id="wilayah-{MAWAR}" checked' in shown
    answer = try_it(client, rule, data(government, regions=[MAWAR]))
    assert answer.status_code == 200 and answer.context["change"].puts[0].regions == (MAWAR,)


def test_the_koordinator_hears_which_rules_stopped_with_an_office(
    rule: RoutingRule, government: Government, everyone: dict[str, Any], now: dt.datetime
) -> None:
    RoutingRule.objects.create(order=20, name="Sudah mati", office=government.works, active=False)
    assert tell_stranded in events.reactions_to(OfficeClosed)
    assert tell_stranded(organization_id=government.works.pk) == 0  # it is open
    close_office(actor=None, organization=government.works, now=now)
    for _run in range(2):
        assert tell_stranded(organization_id=government.works.pk) == 1
    (notice,) = Notice.objects.filter(event="reports.rules_stopped", channel=INAPP)
    assert notice.recipient == everyone["koordinator"]
    assert "10. Lampu ke DPU" in notice.body and "Sudah mati" not in notice.body
    assert tell_stranded(organization_id=government.environment.pk) == 0


# The act itself


def a_change(government: Government, **changes: Any) -> Change:
    rules = rule_sets.read()
    return rule_sets.put(rule_sets.Snapshot(None, 30, "Baru", office=government.works.pk, **changes), rules)


def test_only_the_koordinator_changes_rules(
    rule: RoutingRule,
    government: Government,
    everyone: dict[str, Any],
    as_user: Callable[..., Client],
    now: dt.datetime,
) -> None:
    posts = [
        ("rule-new-try", []), ("rule-tried", []), ("rule-try", [rule.pk]), ("rule-move", [rule.pk]),
        ("rule-delete", [rule.pk]), ("rule-history", [rule.pk]),
    ]  # fmt: skip
    for name, person in everyone.items():
        if name == "koordinator":
            continue
        asker = as_user(person)
        for page, args in posts:
            expected = 302 if name == "anon" else 404
            assert asker.post(reverse(f"reports:{page}", args=args)).status_code == expected, (name, page)
        if name != "anon":
            with pytest.raises(NotAllowed):
                change_rules(change=a_change(government), by=person, now=now)
    assert RoutingRule.objects.count() == 1 and not Entry.objects.filter(verb="reports.rule_saved").exists()


def test_what_is_gone_meanwhile_is_refused_without_a_trace(
    rule: RoutingRule, government: Government, koordinator: Any, now: dt.datetime
) -> None:
    for wrong in ({"categories": ("tak-ada",)}, {"regions": ("11.11",)}):
        with pytest.raises(Refused):
            change_rules(change=a_change(government, **wrong), by=koordinator, now=now)
    change = a_change(government)
    government.works.active = False
    government.works.save(update_fields=["active"])
    with pytest.raises(Refused, match="sudah ditutup"):
        change_rules(change=change, by=koordinator, now=now)
    with pytest.raises(RulesChanged):
        change_rules(change=change.for_version("lain"), by=koordinator, now=now)
    assert RoutingRule.objects.count() == 1 and not Entry.objects.filter(verb="reports.rule_saved").exists()


def test_the_version_follows_every_door(rule: RoutingRule) -> None:
    seen = {rule_sets.version_of(rule_sets.read())}
    rule.weekdays = [1]
    rule.save()
    seen.add(rule_sets.version_of(rule_sets.read()))
    rule.categories.set(Category.objects.all()[:3])
    seen.add(rule_sets.version_of(rule_sets.read()))
    rule.regions.set([MAWAR])
    seen.add(rule_sets.version_of(rule_sets.read()))
    assert len(seen) == 4
    (snapshot,) = rule_sets.read()
    assert rule_sets.Snapshot.from_facts(snapshot.as_facts()) == snapshot


def test_the_list_and_the_result_ask_the_same_number_of_queries_for_many_rules(
    rule: RoutingRule, government: Government, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        made = RoutingRule.objects.create(order=number, name=f"Aturan {number}", office=government.works)
        made.categories.set(["sampah"])
        made.regions.set([MAWAR])
    with django_assert_max_num_queries(21):
        client.get(reverse("reports:rules"))
    with django_assert_max_num_queries(40):
        try_it(client, rule, data(government))
