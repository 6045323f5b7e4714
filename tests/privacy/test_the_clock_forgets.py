"""Retention: after its time nobody can be found in any table; holds stop it; a killed run goes on."""

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from pendopo.base.audit.models import Entry
from pendopo.base.privacy import actions, retention
from pendopo.base.privacy.models import LegalHold, RetentionRule, RetentionRun, Tombstone
from pendopo.base.privacy.testing import places_of
from pendopo.base.registries.personal import keepers
from pendopo.domains.reports.models import Draft, Report, ReportContact, ReportFollower, Status
from pendopo.domains.reports.testing import a_report
from pendopo.kernel.errors import NotAllowed
from tests.privacy.conftest import MARKS, NAME, OTHER, Known

DAY = dt.timedelta(days=1)


def test_after_its_time_no_table_knows_the_reporter(
    phone_only: Report, now: dt.datetime, everyone: dict[str, Any]
) -> None:
    assert places_of(MARKS)  # the marks are found while they are there
    retention.run(now=now + 500 * DAY)
    assert places_of(MARKS) == []
    contact = ReportContact.objects.get(case=phone_only)
    assert (contact.had_name, contact.had_email, contact.had_phone, contact.had_account) == (
        True, True, True, False,
    )  # fmt: skip
    phone_only.refresh_from_db()
    assert phone_only.text  # the report itself and its figures stay
    assert Entry.objects.filter(verb="reports.contact_forgotten", subject_id=phone_only.pk).exists()


def test_repetitions_of_the_contact_in_free_text_are_masked_too(known: Known, now: dt.datetime) -> None:
    retention.run(now=now + 500 * DAY)
    known.own.refresh_from_db()
    assert known.own.text == "Saya [disamarkan], hubungi [disamarkan]. Lampu mati."
    assert NAME not in str(list(known.own.messages.values_list("body", flat=True)))
    assert known.own.reporter is None
    # the account, its draft-free rows and a follow of an open report are not this rule's business
    assert known.user.name == NAME


def test_an_open_report_keeps_its_contact(city: Any, now: dt.datetime) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=city.works, now=now)
    retention.run(now=now + 4000 * DAY)
    assert ReportContact.objects.get(case=report).email == "rina@contoh.example"


def test_old_reports_become_tombstones_and_their_files_are_gone(known: Known, now: dt.datetime) -> None:
    files = [a.file for a in known.own.attachments.select_related("file")]
    assert files
    assert all(default_storage.exists(file.key) for file in files)
    code, pk = known.own.code, known.own.pk
    retention.run(now=now + 2000 * DAY)
    assert not Report.objects.filter(pk=pk).exists()
    stone = Tombstone.objects.get(code=code)
    assert (stone.case_id, stone.last_state, stone.category) == (pk, Status.CLOSED_BY_CITIZEN, "lampu-jalan")
    assert stone.reason
    assert not any(default_storage.exists(key) for f in files for key in (f.key, f.thumbnail_key))
    assert Entry.objects.filter(verb="reports.buried", subject_code=code).exists()


def test_an_archived_report_goes_after_a_year_with_its_reason(city: Any, now: dt.datetime) -> None:
    report = a_report(status=Status.ARCHIVED, now=now)
    retention.run(now=now + 364 * DAY)
    assert Report.objects.filter(pk=report.pk).exists()
    retention.run(now=now + 366 * DAY)
    assert Tombstone.objects.get(case_id=report.pk).reason == "Isi laporan tidak jelas"


@pytest.mark.parametrize("by", ["case", "person"])
def test_what_is_held_is_not_forgotten(
    by: str, phone_only: Report, now: dt.datetime, everyone: dict[str, Any]
) -> None:
    who = everyone["koordinator"]
    if by == "case":
        hold = actions.hold_case(
            code=phone_only.code, reason="Perkara di pengadilan", until=None, by=who, now=now
        )
    else:
        hold = actions.hold_person(contact=OTHER, reason="Perkara di pengadilan", until=None, by=who, now=now)
    later = now + 3000 * DAY
    retention.run(now=later)
    assert ReportContact.objects.get(case=phone_only).email == OTHER
    line = next(one for one in retention.report(now=later) if one.keeper.key == "reports.contact")
    assert (line.free, line.held) == (0, 1)
    actions.release(hold_id=hold.pk, by=who, now=later)
    retention.run(now=later)
    assert places_of(MARKS) == []


def test_a_hold_that_ended_forgets_whom_it_protected(
    phone_only: Report, now: dt.datetime, everyone: dict[str, Any]
) -> None:
    until = now.date() + 10 * DAY
    actions.hold_person(
        contact=OTHER, reason="Perkara di pengadilan", until=until, by=everyone["koordinator"], now=now
    )
    retention.run(now=now + 500 * DAY)
    assert LegalHold.objects.get().email == ""
    assert places_of(MARKS) == []


def test_a_dry_run_changes_nothing(
    known: Known, phone_only: Report, now: dt.datetime, monkeypatch: Any
) -> None:
    monkeypatch.setattr("pendopo.kernel.clock.now", lambda: now + 3000 * DAY)
    before = everything()
    out = io.StringIO()
    call_command("retention", "run", "--dry-run", "--json", stdout=out)
    assert everything() == before
    told = {line["keeper"]: line for line in json.loads(out.getvalue())["retention"]}
    assert told["reports.contact"]["due"] == 3
    assert told["reports.contact"]["confirmed"] is False
    assert told["reports.closed"]["due"] == 3


def everything() -> list[int]:
    return [
        model.objects.count() for model in (Report, ReportFollower, Draft, Entry, Tombstone, RetentionRun)
    ] + [ReportContact.objects.exclude(email="").count()]


def test_the_report_speaks_for_people_too(city: Any, now: dt.datetime) -> None:
    RetentionRule.objects.filter(keeper="reports.closed").update(active=False)
    out = io.StringIO()
    call_command("retention", "report", stdout=out)
    assert "reports.contact: setelah 365 hari, belum dikukuhkan; jatuh tempo 0" in out.getvalue()
    assert "reports.closed: disimpan tanpa batas" in out.getvalue()


def test_a_killed_run_goes_on_where_it_stopped(
    city: Any, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [a_report(status=Status.ARCHIVED, now=now) for _ in range(4)]
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    keeper = keepers.get("reports.archived")
    assert keeper is not None
    acted: list[int] = []

    class Killed(BaseException):
        pass

    def dies(*, pk: int, now: dt.datetime) -> bool:
        if len(acted) == 3:
            raise Killed
        acted.append(pk)
        return keeper.act(pk=pk, now=now)

    dying = type(keeper)(**{**keeper.__dict__, "act": dies})
    rule = RetentionRule.objects.get(keeper=keeper.key)
    with pytest.raises(Killed):
        retention._run_one(dying, rule, now + 400 * DAY)
    # The first batch is done for good, the second came back whole.
    assert Tombstone.objects.count() == 2
    assert Report.objects.count() == 2
    assert RetentionRun.objects.get().finished_at is None
    retention.run(now=now + 400 * DAY)
    assert Tombstone.objects.count() == len(reports)
    assert not Report.objects.exists()


def test_one_bad_row_does_not_stop_the_night(city: Any, now: dt.datetime) -> None:
    bad, good = (a_report(status=Status.ARCHIVED, now=now) for _ in range(2))
    keeper = keepers.get("reports.archived")
    assert keeper is not None

    def act(*, pk: int, now: dt.datetime) -> bool:
        if pk == bad.pk:
            raise ValueError
        return keeper.act(pk=pk, now=now)

    odd = type(keeper)(**{**keeper.__dict__, "act": act})
    run = retention._run_one(odd, RetentionRule.objects.get(keeper=keeper.key), now + 400 * DAY)
    assert (run.done, run.failed) == (1, 1)
    assert list(Report.objects.all()) == [bad]
    assert not Report.objects.filter(pk=good.pk).exists()


def test_every_keeper_has_a_rule_and_every_rule_a_keeper(city: Any) -> None:
    assert {k.key for k in keepers} == set(RetentionRule.objects.values_list("keeper", flat=True))


@pytest.mark.parametrize("name", ["sari", "tono", "administrator", "warga", "ibu_ratna"])
def test_only_the_koordinator_changes_how_long(name: str, city: Any, everyone: Any, now: dt.datetime) -> None:
    with pytest.raises(NotAllowed):
        actions.change_rule(
            keeper="reports.contact", days=1, source="x", confirmed=True, by=everyone[name], now=now
        )
    assert not Entry.objects.filter(verb="privacy.rule_changed").exists()


def test_a_changed_rule_keeps_its_past(city: Any, everyone: Any, now: dt.datetime) -> None:
    who = everyone["koordinator"]
    for days in (200, 100):
        actions.change_rule(
            keeper="reports.contact", days=days, source="Perwal 1/2026", confirmed=True, by=who, now=now
        )
    rows = RetentionRule.objects.filter(keeper="reports.contact").order_by("valid_from")
    assert [(row.days, row.valid_to is None) for row in rows] == [(365, False), (100, True)]
    entry = Entry.objects.filter(verb="privacy.rule_changed").first()
    assert entry is not None
    assert entry.facts == {"keeper": "reports.contact", "before": 200, "after": 100}
