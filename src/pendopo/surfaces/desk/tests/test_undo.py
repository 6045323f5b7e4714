"""Ten seconds to change one's mind: for a batch by not starting it, for a quiet act by the same act backwards."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.actions import moderation
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.surfaces.desk.models import Batch, BatchStatus
from pendopo.surfaces.desk.tests.bulk import bulk_url, hidden, run, send

pytestmark = pytest.mark.usefixtures("still")
SignIn = Callable[..., Client]


@pytest.fixture
def busy(government: Government) -> list[Report]:
    return [a_report(status=Status.IN_PROGRESS, office=government.works) for _ in range(2)]


@pytest.fixture
def batch(busy: list[Report], sari: Any, as_user: SignIn) -> Batch:
    send(as_user(sari), bulk_url("kantor", "catat", *busy), body="Untuk semua.")
    return Batch.objects.get()


def undo_url(batch: Batch) -> str:
    return reverse("desk:batch-undo", args=[batch.key])


def test_an_undone_batch_changes_nothing(
    batch: Batch, busy: list[Report], sari: Any, as_user: SignIn, now: dt.datetime
) -> None:
    client = as_user(sari)
    answer = client.post(undo_url(batch), follow=True)
    assert "Dibatalkan. Tidak ada yang berubah" in answer.content.decode()
    run(batch, now)  # the job still comes and finds nothing to do
    assert batch.status == BatchStatus.CANCELLED
    assert not any(report.messages.filter(kind="NOTE").exists() for report in busy)
    assert Entry.objects.filter(verb="desk.bulk_undone").count() == 1
    assert client.post(undo_url(batch)).status_code == 302, "a second click is the same undo"
    assert Entry.objects.filter(verb="desk.bulk_undone").count() == 1


def test_after_the_window_the_page_says_that_it_is_too_late(
    batch: Batch, sari: Any, as_user: SignIn, now: dt.datetime
) -> None:
    run(batch, now)
    answer = as_user(sari).post(undo_url(batch), follow=True)
    assert "Sudah terlambat untuk membatalkan" in answer.content.decode()
    batch.refresh_from_db()
    assert batch.status == BatchStatus.DONE


@pytest.mark.parametrize("name", ["budi", "ibu_ratna", "koordinator", "administrator", "tono", "warga"])
def test_nobody_else_finds_the_batch(
    name: str, batch: Batch, everyone: dict[str, Any], as_user: SignIn
) -> None:
    client = as_user(everyone[name])
    assert client.post(undo_url(batch)).status_code == 404
    for page in ("desk:batch", "desk:batch-note"):
        assert client.get(reverse(page, args=[batch.key])).status_code == 404
    batch.refresh_from_db()
    assert batch.status == BatchStatus.PENDING


def test_a_batch_that_never_was_is_not_found(sari: Any, as_user: SignIn) -> None:
    assert as_user(sari).get(reverse("desk:batch", args=[uuid4()])).status_code == 404


def test_the_note_stands_on_the_next_page_with_seconds_and_button_and_leaves_when_told(
    busy: list[Report], sari: Any, as_user: SignIn, now: dt.datetime
) -> None:
    client = as_user(sari)
    page = client.post(
        (url := bulk_url("kantor", "catat", *busy)), {**hidden(client.get(url)), "body": "Halo."}, follow=True
    )
    words = page.content.decode()
    assert 'data-countdown="10"' in words and undo_url(Batch.objects.get()) in words
    run(Batch.objects.get(), now)
    home = reverse("desk:home")
    assert "2 dari 2 kasus selesai" in client.get(home).content.decode()
    assert "kasus selesai" not in client.get(home).content.decode()


def test_a_quiet_act_can_be_taken_back_from_the_next_page(
    busy: list[Report], sari: Any, as_user: SignIn
) -> None:
    client, report = as_user(sari), busy[0]
    url = reverse("desk:act", args=["reports", report.code, "kemendesakan"])
    page = client.post(url, {"version": report.version, "urgency": 1}, follow=True)
    words = page.content.decode()
    assert 'name="batal" value="1"' in words
    report.refresh_from_db()
    answer = client.post(url, {"version": report.version, "urgency": 3, "batal": 1}, follow=True)
    assert "Dikembalikan seperti semula." in answer.content.decode()
    assert 'name="batal"' not in answer.content.decode()
    report.refresh_from_db()
    assert report.urgency == 3
    assert Entry.objects.about(report).filter(verb="reports.urgency_set").count() == 2


def test_taking_back_what_somebody_changed_meanwhile_is_a_clash(
    busy: list[Report], sari: Any, ibu_ratna: Any, as_user: SignIn, now: dt.datetime
) -> None:
    client, report = as_user(sari), busy[0]
    url = reverse("desk:act", args=["reports", report.code, "kemendesakan"])
    client.post(url, {"version": report.version, "urgency": 1})
    report.refresh_from_db()
    mine = report.version
    moderation.set_urgency(report_id=report.pk, urgency=2, by=ibu_ratna, now=now)
    assert client.post(url, {"version": mine, "urgency": 3, "batal": 1}).status_code == 409
    report.refresh_from_db()
    assert report.urgency == 2
