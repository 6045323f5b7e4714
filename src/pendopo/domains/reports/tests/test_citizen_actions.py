"""What a citizen does to a report: once, only by the reporter, only in its time, told as a fact."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pendopo.base.audit.models import Entry
from pendopo.base.privacy import retention, seeds
from pendopo.domains.reports.actions import closing, drafts, intake
from pendopo.domains.reports.events import ReportClosed, ReportReceived, ReportReopened
from pendopo.domains.reports.models import Category, Draft, Report, ReportMessage, Status
from pendopo.domains.reports.testing import a_report
from pendopo.domains.reports.tests.conftest import MAWAR, STORY
from pendopo.kernel import clock, events
from pendopo.kernel.errors import NotAllowed, Refused


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Facts in the order they were published."""
    facts: list[Any] = []
    monkeypatch.setattr(events, "publish", facts.append)
    return facts


def new(**more: Any) -> intake.NewReport:
    given = {"category": Category.objects.get(pk="lampu-jalan"), "text": STORY, "region_code": MAWAR,
             "address": "Depan masjid", "email": "rina@contoh.example", **more}  # fmt: skip
    return intake.NewReport(**given)


def a_draft(now: dt.datetime) -> Draft:
    return drafts.keep_answers(draft=drafts.open_draft(None, now=now), answers={"text": STORY}, now=now)


def test_receiving_starts_the_clock_and_tells(city: Any, now: dt.datetime, told: list[Any]) -> None:
    report = intake.receive(draft=a_draft(now), new=new(), by=AnonymousUser(), now=now)
    assert report.status == Status.RECEIVED
    assert report.office == city.intake
    assert (report.due_step, clock.local_date(report.due_at)) == ("verify", dt.date(2026, 3, 12))
    assert Report.objects.get(pk=report.pk).due_at == report.due_at
    assert report.clocks.get().due_on == dt.date(2026, 3, 12)
    assert told == [ReportReceived(report.pk)]
    assert report.suggestions.get(rank=1).office == city.villages[0]


def test_receiving_asks_at_most_twenty_queries(city: Any, now: dt.datetime) -> None:
    intake.receive(draft=a_draft(now), new=new(), by=AnonymousUser(), now=now)
    draft = a_draft(now)
    with CaptureQueriesContext(connection) as asked:
        intake.receive(draft=draft, new=new(), by=AnonymousUser(), now=now)
    assert len(asked) <= 20


def test_receiving_a_draft_twice_gives_the_same_report(city: Any, now: dt.datetime, told: list[Any]) -> None:
    draft = a_draft(now)
    first = intake.receive(draft=draft, new=new(), by=AnonymousUser(), now=now)
    assert intake.receive(draft=draft, new=new(), by=AnonymousUser(), now=now) == first
    assert len(told) == 1
    draft.refresh_from_db()
    assert draft.answers == {}  # contact data does not stay twice


def test_without_an_intake_office_nothing_is_written(city: Any, now: dt.datetime, told: list[Any]) -> None:
    city.intake.is_intake = False
    city.intake.save()
    with pytest.raises(intake.NoIntakeOffice):
        intake.receive(draft=a_draft(now), new=new(), by=AnonymousUser(), now=now)
    assert not Report.objects.exists() and not told


@pytest.mark.parametrize(
    ("by", "shown"),
    [
        ({"anonymous": True}, ""),
        ({"anonymous": False}, "Rina Marlina"),
        ({"anonymous": False, "secret": True}, ""),
    ],
)
def test_a_name_is_shown_only_when_wanted_and_never_of_a_secret_report(
    by: dict[str, bool], shown: str, city: Any, now: dt.datetime
) -> None:
    report = intake.receive(
        draft=a_draft(now), new=new(name="Rina  Marlina", **by), by=AnonymousUser(), now=now
    )
    assert report.shown_name == shown


def test_a_secret_report_is_never_handed_over_by_a_machine(city: Any, now: dt.datetime) -> None:
    report = intake.receive(draft=a_draft(now), new=new(secret=True), by=AnonymousUser(), now=now)
    assert (report.office, report.status) == (city.intake, Status.RECEIVED)
    assert Entry.objects.about(report).get().restricted


def test_confirming_closes_and_tells_and_twice_is_fine(city: Any, now: dt.datetime, told: list[Any]) -> None:
    report = a_report(status=Status.ANSWERED, office=city.works, now=now)
    told.clear()
    for _ in range(2):
        closing.confirm(report_id=report.pk, holding=[report.pk], by=None, stars=5, comment="", now=now)
    assert told == [ReportClosed(report.pk, Status.CLOSED_BY_CITIZEN)]
    assert report.ratings.get().stars == 5
    assert report.clocks.filter(stopped_at=None).count() == 0


def test_reopening_starts_the_work_clock_and_tells(city: Any, now: dt.datetime, told: list[Any]) -> None:
    report = a_report(status=Status.CLOSED_BY_CITIZEN, office=city.works, now=now)
    told.clear()
    closing.reopen(
        report_id=report.pk,
        holding=[report.pk],
        by=None,
        reason="Masih gelap",
        today=clock.local_date(now),
        now=now,
    )
    assert told == [ReportReopened(report.pk)]
    assert report.clocks.get(stopped_at=None).step == "resolve"
    assert ReportMessage.objects.filter(case=report, kind="REPLY", body="Masih gelap").exists()


def test_replying_runs_the_clocks_again(city: Any, now: dt.datetime) -> None:
    report = a_report(status=Status.AWAITING_INFO, office=city.works, now=now)
    assert report.paused
    later = now + dt.timedelta(days=4)
    closing.reply(report_id=report.pk, holding=[report.pk], by=None, body="Sebelah timur.", now=later)
    report.refresh_from_db()
    assert (report.status, report.paused) == (Status.IN_PROGRESS, False)
    resolve = report.clocks.get(step="resolve", stopped_at=None)
    assert resolve.pauses == [["2026-03-09", "2026-03-13"]]


ACTS = {
    "confirm": (closing.confirm, {"stars": None, "comment": ""}),
    "rate": (closing.rate, {"stars": 3, "comment": ""}),
    "reopen": (closing.reopen, {"reason": "Masih gelap", "today": dt.date(2026, 3, 9)}),
    "reply": (closing.reply, {"body": "Sebelah timur."}),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("who", ["anon", "tono", "koordinator", "warga"])
def test_nobody_else_speaks_for_the_reporter(
    name: str, who: str, city: Any, everyone: Any, now: dt.datetime
) -> None:
    report = a_report(status=Status.ANSWERED, office=city.works, now=now)
    before = Entry.objects.count()
    act, given = ACTS[name]
    with pytest.raises((NotAllowed, Report.DoesNotExist)):
        act(report_id=report.pk, holding=[], by=everyone[who], now=now, **given)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("name", ACTS)
def test_out_of_its_time_nothing_happens(name: str, city: Any, now: dt.datetime, told: list[Any]) -> None:
    report = a_report(status=Status.RECEIVED, now=now)
    before = (Entry.objects.count(), ReportMessage.objects.count(), len(told))
    act, given = ACTS[name]
    with pytest.raises(Refused):
        act(report_id=report.pk, holding=[report.pk], by=None, now=now, **given)
    assert (Entry.objects.count(), ReportMessage.objects.count(), len(told)) == before
    report.refresh_from_db()
    assert report.status == Status.RECEIVED


def test_old_drafts_are_swept_with_their_contact_data(city: Any, now: dt.datetime) -> None:
    a_draft(now - dt.timedelta(days=8))
    young = a_draft(now - dt.timedelta(days=6))
    seeds.load()
    retention.run(now=now)
    assert list(Draft.objects.all()) == [young]
