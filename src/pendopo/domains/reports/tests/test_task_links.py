"""A task in the hands of somebody without an account: the link opens that task and nothing else."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.cases.models import TaskStatus
from pendopo.base.notices.models import Notice
from pendopo.domains.reports import task_reading
from pendopo.domains.reports.actions import task_links, tasks, work
from pendopo.domains.reports.actions.task_links import Holder, LinkGone
from pendopo.domains.reports.models import Report, ReportTask, TaskLink, TaskPolicy, TaskUpdate
from pendopo.domains.reports.tests.shared_work import ASKED, a_link, shared
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
KEY = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def task(city: Any, sari: Any, still: dt.datetime) -> ReportTask:
    _report, (mine, _other) = shared(city, sari, still, point=(-7.595, 110.805))
    return mine


@pytest.fixture
def link(task: ReportTask, tono: Any, still: dt.datetime) -> TaskLink:
    return a_link(task, tono, still)


def path(link: TaskLink) -> str:
    return "/tugas/" + task_reading.address_of(link).rpartition("/tugas/")[2]


def _main(content: bytes) -> bytes:
    return content.partition(b"<main")[2].partition(b"</main>")[0]


def sent(**data: Any) -> dict[str, Any]:
    return {"key": KEY, "kind": "STARTED", "words": "", **data}


class TestMaking:
    def test_both_offices_may_and_nobody_else(
        self, task: ReportTask, everyone: dict[str, Any], now: dt.datetime
    ) -> None:
        for name in ("sari", "tono", "koordinator"):
            assert a_link(task, everyone[name], now).expires_at == now + dt.timedelta(days=14)
        for name in ("lurah_officer", "pengamat", "warga", "administrator"):
            with pytest.raises((NotAllowed, ReportTask.DoesNotExist)):
                a_link(task, everyone[name], now)

    def test_the_policy_row_says_how_long(self, task: ReportTask, tono: Any, now: dt.datetime) -> None:
        assert TaskPolicy.objects.get().reason
        TaskPolicy.objects.update(link_days=3)
        assert a_link(task, tono, now).expires_at == now + dt.timedelta(days=3)

    @pytest.mark.parametrize("wrong", ["nobody", "past", "ended", "many"])
    def test_what_cannot_be_leaves_no_trace(
        self, task: ReportTask, tono: Any, now: dt.datetime, wrong: str
    ) -> None:
        more: dict[str, Any] = {}
        if wrong == "nobody":
            more["holder"] = Holder(" ", "pelaksana")
        elif wrong == "past":
            more["expires_at"] = now
        elif wrong == "ended":
            tasks.give_back(task_id=task.pk, reason="bukan kami", by=tono, now=now)
        else:
            for _ in range(10):
                a_link(task, tono, now)
        before = (TaskLink.objects.count(), Entry.objects.count())
        with pytest.raises(Refused):
            a_link(task, tono, now, **more)
        assert (TaskLink.objects.count(), Entry.objects.count()) == before

    def test_a_double_click_makes_one(
        self, task: ReportTask, tono: Any, as_user: Callable[..., Client]
    ) -> None:
        client, address = as_user(tono), reverse("reports:task", args=[task.pk])
        data = {"act": "tautan", "key": KEY, "name": "Bagas", "role": "ketua RT", "phone": "0812-3456-7890"}
        assert [client.post(address, data).status_code for _ in range(2)] == [302, 302]
        assert TaskLink.objects.get().phone == "+6281234567890"
        words = client.get(address).content.decode()
        assert "https://wa.me/6281234567890?text=" in words and "<svg" in words
        for bad in ({"phone": "bukan nomor"}, {"until": "2020-01-01"}, {"name": "\x00"}):
            assert client.post(address, {**data, "key": str(uuid.uuid4()), **bad}).status_code == 422


class TestThePage:
    def test_it_shows_the_task_and_nothing_of_people(
        self, link: TaskLink, sari: Any, now: dt.datetime
    ) -> None:
        report = link.task.case
        work.note(report_id=report.pk, body="Catatan zebrakuning.", by=sari, now=now)
        Report.objects.filter(pk=report.pk).update(anonymous=False, shown_name="Rina Marlina")
        page = Client().get(path(link))
        words = page.content.decode()
        assert (
            page.status_code == 200 and ASKED in words and "Jalan Melati" in words and "geo:-7.595" in words
        )
        for hidden in ("zebrakuning", "Rina", "rina@", "81234567890", report.code, report.slug, "Sari", "Tono",
                       "Atur lalu lintas"):  # fmt: skip
            assert hidden not in words, hidden

    def test_nobody_keeps_or_passes_it_on(self, link: TaskLink) -> None:
        for answer in (Client().get(path(link)), Client().post(path(link), {}), Client().get("/tugas/x/")):
            assert answer["Referrer-Policy"] == "no-referrer"
            assert "no-store" in answer["Cache-Control"]
            assert "noindex" in answer["X-Robots-Tag"]
            assert not answer.cookies

    def test_a_hidden_report_keeps_its_words(self, link: TaskLink) -> None:
        Report.objects.filter(pk=link.task.case_id).update(hidden=True, hidden_reason="Nama anak.")
        words = Client().get(path(link)).content.decode()
        assert ASKED in words and "masjid sudah mati" not in words

    def test_every_opening_is_written_down_with_its_time(
        self, link: TaskLink, tono: Any, as_user: Callable[..., Client], still: dt.datetime
    ) -> None:
        for _ in range(3):
            Client().get(path(link))
        entries = Entry.objects.about(link.task).filter(verb="reports.link_opened")
        assert [(e.at, e.actor_label) for e in entries] == [(still, "Pemegang tautan")] * 3
        link.refresh_from_db()
        assert link.opened == 3
        words = as_user(tono).get(reverse("reports:task", args=[link.task_id])).content.decode()
        assert "dibuka 3 kali" in words and "Kapan dibuka" in words

    @pytest.mark.parametrize(
        "end", ["revoked", "expired", "done", "cancelled", "secret", "forged", "other salt"]
    )
    def test_it_dies(
        self,
        link: TaskLink,
        tono: Any,
        sari: Any,
        now: dt.datetime,
        end: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        address, client = path(link), Client()
        if end == "revoked":
            task_links.revoke(task_id=link.task_id, link_id=link.pk, by=sari, now=now)
        elif end == "expired":
            monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(days=14))
        elif end == "done":
            tasks.finish(task_id=link.task_id, result="Dahan dipangkas.", by=tono, now=now)
        elif end == "cancelled":
            tasks.cancel(task_id=link.task_id, reason="tidak perlu", by=sari, now=now)
        elif end == "secret":
            Report.objects.filter(pk=link.task.case_id).update(secret=True)
        else:
            address = address[:-4] + "abc/" if end == "forged" else "/tugas/x:y:z/"
        gone = client.get("/tugas/x/").content
        answers = [client.get(address), client.post(address, sent())]
        assert [answer.status_code for answer in answers] == [404, 404]
        # The same words for all, so that nobody learns which.
        assert _main(answers[0].content) == _main(gone)
        assert not TaskUpdate.objects.exists()

    def test_too_many_openings_wait(self, link: TaskLink) -> None:
        TaskPolicy.objects.update(opens_per_hour=2, sends_per_hour=1)
        assert [Client().get(path(link)).status_code for _ in range(3)] == [200, 200, 429]
        assert [Client().post(path(link), {}).status_code for _ in range(2)] == [422, 429]
        link.refresh_from_db()
        assert link.opened == 2


class TestTelling:
    def test_news_waits_for_an_officer(self, link: TaskLink, tono: Any) -> None:
        for _ in range(2):  # a double click
            assert Client(enforce_csrf_checks=True).post(path(link), sent()).status_code == 302
        update = TaskUpdate.objects.get()
        link.task.refresh_from_db()
        assert (update.accepted, link.task.status) == (None, TaskStatus.OPEN)
        told = Notice.objects.filter(event="reports.task_update", recipient=tono, channel="INAPP")
        assert told.count() == 1
        assert "menunggu diperiksa" in Client().get(path(link)).content.decode()

    def test_done_with_a_photo_becomes_the_result_once_accepted(
        self, link: TaskLink, tono: Any, as_user: Callable[..., Client], photo: Callable[..., Any]
    ) -> None:
        data = sent(kind="DONE", words="Dahan sudah rapi.", photos=photo())
        assert Client().post(path(link), data).status_code == 302
        assert task_reading.proofs(link.task) == []
        address = reverse("reports:task", args=[link.task_id])
        accept = {"act": "pakai", "update": KEY, "result": "Dahan dirapikan pelaksana."}
        assert [as_user(tono).post(address, accept).status_code for _ in range(2)] == [302, 302]
        link.task.refresh_from_db()
        assert (link.task.status, link.task.result) == (TaskStatus.DONE, "Dahan dirapikan pelaksana.")
        assert len(task_reading.proofs(link.task)) == 1
        assert link.task.case.closed_at is None

    def test_refused_news_changes_nothing(
        self, link: TaskLink, sari: Any, as_user: Callable[..., Client]
    ) -> None:
        Client().post(path(link), sent(kind="DONE", words="Dahan sudah rapi."))
        refuse = {"act": "tolak", "update": KEY}
        address = reverse("reports:task", args=[link.task_id])
        assert as_user(sari).post(address, refuse).status_code == 302
        link.task.refresh_from_db()
        assert link.task.status == TaskStatus.OPEN and TaskUpdate.objects.get().accepted is False

    def test_not_mine_revokes_the_link_once_accepted(
        self, link: TaskLink, tono: Any, now: dt.datetime
    ) -> None:
        Client().post(path(link), sent(kind="NOT_MINE", words="Ini kabel telepon."))
        task_links.decide(task_id=link.task_id, update_id=uuid.UUID(KEY), take=True, by=tono, now=now)
        with pytest.raises(LinkGone):
            task_links.live_link(link.pk, now=now)
        link.task.refresh_from_db()
        assert link.task.status == TaskStatus.OPEN

    @pytest.mark.parametrize(
        "bad",
        [
            {"kind": "DONE"}, {"kind": "NOT_MINE"}, {"kind": "LAIN"}, {"kind": ""}, {"key": "x"},
            {"words": "x" * 2001}, {"kind": "DONE", "words": "\x00\u202e "}, {"kind": "\x00"},
        ],
    )  # fmt: skip
    def test_bad_input_is_a_sentence(self, link: TaskLink, bad: dict[str, str]) -> None:
        answer = Client().post(path(link), sent(**bad))
        assert answer.status_code == 422 and answer.context["form"].errors
        assert not TaskUpdate.objects.exists()

    def test_a_key_of_another_link_is_not_taken(self, link: TaskLink, tono: Any, now: dt.datetime) -> None:
        other = a_link(link.task, tono, now)
        Client().post(path(other), sent())
        assert Client().post(path(link), sent()).status_code == 404

    def test_news_of_another_task_is_not_decided_here(
        self, city: Any, link: TaskLink, sari: Any, now: dt.datetime
    ) -> None:
        Client().post(path(link), sent())
        _report, (another, _other) = shared(city, sari, now)
        with pytest.raises(NotAllowed):
            task_links.decide(task_id=another.pk, update_id=uuid.UUID(KEY), take=True, by=sari, now=now)
