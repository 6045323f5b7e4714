"""Several offices work on one report."""

import datetime as dt
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.cases.models import TaskStatus
from pendopo.base.files.actions import store_image
from pendopo.base.notices.models import Notice
from pendopo.base.organizations.models import Role
from pendopo.domains.reports import task_clocks, task_reading
from pendopo.domains.reports.actions import closing, moderation, tasks, work
from pendopo.domains.reports.actions.tasks import Part
from pendopo.domains.reports.models import Report, ReportTask, ReportTaskClock, Status, TaskNote
from pendopo.domains.reports.telling import follow_link
from pendopo.domains.reports.testing import a_report, worker
from pendopo.domains.reports.tests.shared_work import ASKED, shared
from pendopo.kernel.errors import NotAllowed, Refused

SUMMARY = "Dahan dipangkas dan lampunya sudah menyala lagi."
pytestmark = pytest.mark.django_db


@pytest.fixture
def two(city: Any, sari: Any, still: dt.datetime) -> tuple[Report, list[ReportTask]]:
    return shared(city, sari, still)


class TestSharing:
    def test_each_office_gets_its_own_clock_of_five_working_days(self, two: Any, now: dt.datetime) -> None:
        _report, (first, second) = two
        clocks = list(ReportTaskClock.objects.filter(task__in=[first, second]))
        assert len(clocks) == 2
        assert {(c.amount, c.chosen, c.due_on) for c in clocks} == {(5, False, first.due_on)}
        assert first.due_on == dt.date(2026, 3, 16)

    def test_a_chosen_day_stays_when_the_calendar_changes(
        self, city: Any, sari: Any, now: dt.datetime
    ) -> None:
        report = a_report(status=Status.IN_PROGRESS, office=city.works, now=now)
        day = dt.date(2026, 3, 14)  # a Saturday
        (task,) = tasks.share(
            report_id=report.pk, parts=[Part(city.environment.pk, ASKED, day)], by=sari, now=now
        )
        ReportTaskClock.objects.filter(task=task).update(due_on=day)
        task_clocks.recompute(changed=1)
        assert (task.clock.due_on, task.clock.chosen, task.clock.amount) == (day, True, 4)

    def test_it_tells_each_asked_office_once(self, two: Any, tono: Any) -> None:
        assert Notice.objects.filter(event="reports.task", recipient=tono, channel="INAPP").count() == 1

    @pytest.mark.parametrize("part", ["short", "past", "gone"])
    def test_one_bad_part_leaves_no_trace(self, city: Any, sari: Any, now: dt.datetime, part: str) -> None:
        report = a_report(status=Status.IN_PROGRESS, office=city.works, now=now)
        good = Part(city.district.pk, ASKED)
        bad = {
            "short": Part(city.environment.pk, "ya"),
            "past": Part(city.environment.pk, ASKED, dt.date(2026, 3, 9)),
            "gone": Part(10**9, ASKED),
        }[part]
        entries = Entry.objects.count()
        with pytest.raises(Refused):
            tasks.share(report_id=report.pk, parts=[good, bad], by=sari, now=now)
        assert (ReportTask.objects.count(), Entry.objects.count()) == (0, entries)

    def test_a_secret_report_is_never_shared(self, city: Any, sari: Any, now: dt.datetime) -> None:
        secret = a_report(status=Status.IN_PROGRESS, office=city.works, secret=True, now=now)
        with pytest.raises(NotAllowed):
            tasks.share(report_id=secret.pk, parts=[Part(city.environment.pk, ASKED)], by=sari, now=now)

    def test_the_form_asks_several_offices_at_once(
        self, city: Any, sari: Any, as_user: Callable[..., Client], still: dt.datetime
    ) -> None:
        report = a_report(status=Status.IN_PROGRESS, office=city.works)
        address = reverse("desk:act", args=["reports", report.code, "bagi-tugas"])
        client = as_user(sari)
        assert "16 Maret 2026" in client.get(address).content.decode()
        data = {
            "version": report.version,
            "office_0": city.environment.pk, "instruction_0": ASKED, "due_0": "2026-03-20",
            "office_1": city.district.pk, "instruction_1": "Atur lalu lintas.",
        }  # fmt: skip
        half = client.post(address, {**data, "instruction_1": "", "due_0": "2026-03-09"})
        assert half.status_code == 422 and set(half.context["form"].errors) == {"instruction_1", "due_0"}
        assert client.post(address, data).status_code == 302
        assert client.post(address, data).status_code == 409  # the second click
        assert report.tasks.count() == 2


class TestDoing:
    def test_accept_then_finish_tells_the_lead_how_much_is_left(
        self, two: Any, tono: Any, sari: Any, now: dt.datetime
    ) -> None:
        _report, (mine, other) = two
        tasks.accept(task_id=mine.pk, by=tono, now=now)
        tasks.finish(task_id=mine.pk, result="Dahan dipangkas.", by=tono, now=now)
        assert Notice.objects.filter(recipient=sari, event="reports.task_done").exists()
        assert not Notice.objects.filter(event="reports.tasks_done").exists()
        camat = worker(other.office, Role.OFFICER)
        tasks.finish(task_id=other.pk, result="Lalu lintas diatur.", by=camat, now=now)
        assert Notice.objects.filter(recipient=sari, event="reports.tasks_done").exists()
        mine.refresh_from_db()
        assert (mine.status, mine.clock.in_time) == (TaskStatus.DONE, True)

    def test_giving_back_needs_a_reason_and_tells_it(
        self, two: Any, tono: Any, sari: Any, now: dt.datetime
    ) -> None:
        _report, (mine, _other) = two
        with pytest.raises(Refused):
            tasks.give_back(task_id=mine.pk, reason="  ", by=tono, now=now)
        tasks.give_back(task_id=mine.pk, reason="Pohon ini milik provinsi.", by=tono, now=now)
        mine.refresh_from_db()
        assert (mine.status, mine.end_reason) == (TaskStatus.RETURNED, "Pohon ini milik provinsi.")
        assert Notice.objects.filter(recipient=sari, event="reports.task_back").exists()

    def test_what_was_not_enough_is_asked_again_with_a_new_clock(
        self, two: Any, tono: Any, sari: Any, now: dt.datetime
    ) -> None:
        _report, (mine, _other) = two
        tasks.finish(task_id=mine.pk, result="Sudah selesai.", by=tono, now=now)
        later = now + dt.timedelta(days=7)
        tasks.ask_again(task_id=mine.pk, reason="Dahan sisi utara masih ada.", by=sari, now=later)
        mine.refresh_from_db()
        assert (mine.status, mine.done_at, mine.due_on) == (TaskStatus.OPEN, None, dt.date(2026, 3, 23))
        assert mine.notes.get().body == "Dahan sisi utara masih ada."

    def test_only_the_asked_office_speaks_for_it(
        self, two: Any, everyone: dict[str, Any], now: dt.datetime
    ) -> None:
        _report, (mine, _other) = two
        before = Entry.objects.count()
        for name in set(everyone) - {"tono", "anon"}:
            for act in (
                lambda by: tasks.accept(task_id=mine.pk, by=by, now=now),
                lambda by: tasks.finish(task_id=mine.pk, result="Sudah beres.", by=by, now=now),
                lambda by: tasks.give_back(task_id=mine.pk, reason="bukan kami", by=by, now=now),
            ):
                with pytest.raises((NotAllowed, ReportTask.DoesNotExist)):
                    act(everyone[name])
        assert Entry.objects.count() == before

    def test_an_ended_task_is_not_finished_twice(self, two: Any, tono: Any, now: dt.datetime) -> None:
        _report, (mine, _other) = two
        tasks.finish(task_id=mine.pk, result="Dahan dipangkas.", by=tono, now=now)
        before = Entry.objects.count()
        for act in (tasks.accept, lambda **k: tasks.finish(result="Lagi-lagi", **k)):
            with pytest.raises(Refused):
                act(task_id=mine.pk, by=tono, now=now)
        assert Entry.objects.count() == before

    def test_the_same_note_sent_twice_is_one(self, two: Any, tono: Any, sari: Any, now: dt.datetime) -> None:
        _report, (mine, other) = two
        key = uuid.uuid4()
        for _ in range(2):
            tasks.note(task_id=mine.pk, key=key, body="Truk datang besok.", by=tono, now=now)
        assert TaskNote.objects.get().office == mine.office
        assert Notice.objects.filter(recipient=sari, event="reports.task_note", channel="INAPP").count() == 1
        with pytest.raises(NotAllowed):  # the key of another task's note
            tasks.note(task_id=other.pk, key=key, body="x", by=sari, now=now)


class TestWhatTheAskedOfficeSees:
    def test_the_report_itself_stays_closed_to_it(
        self, two: Any, sari: Any, tono: Any, as_user: Callable[..., Client], now: dt.datetime
    ) -> None:
        report, (mine, other) = two
        work.note(report_id=report.pk, body="Warga ini sering mengeluh zebrakuning.", by=sari, now=now)
        tasks.note(task_id=other.pk, key=uuid.uuid4(), body="Rahasia camat biru.", by=sari, now=now)
        client = as_user(tono)
        assert client.get(reverse("desk:case", args=["reports", report.code])).status_code == 404
        page = client.get(reverse("reports:task", args=[mine.pk]))
        words = page.content.decode()
        assert page.status_code == 200 and ASKED in words and report.public_text in words
        for hidden in ("zebrakuning", "camat biru", "Atur lalu lintas", "Rina", "rina@contoh", "81234567890"):
            assert hidden not in words, hidden
        assert client.get(reverse("reports:task", args=[other.pk])).status_code == 404
        assert client.get(reverse("reports:task-sheet", args=[other.pk])).status_code == 404

    def test_others_find_no_task(
        self, two: Any, everyone: dict[str, Any], as_user: Callable[..., Client]
    ) -> None:
        _report, (mine, _other) = two
        for name in ("lurah_officer", "warga"):
            assert as_user(everyone[name]).get(reverse("reports:task", args=[mine.pk])).status_code == 404

    def test_its_list_counts_and_pages_in_few_questions(
        self, city: Any, sari: Any, tono: Any, as_user: Callable[..., Client], still: dt.datetime,
        django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        made = [shared(city, sari, still)[1][0] for _ in range(5)]
        ReportTask.objects.filter(pk=made[0].pk).update(due_on=None)
        monkeypatch.setattr(task_reading, "PAGE", 2)
        client, seen, address = as_user(tono), [], reverse("reports:tasks")
        while True:
            with django_assert_max_num_queries(9):
                page = client.get(address)
            seen += [row.task.pk for row in page.context["rows"]]
            if not page.context["after"]:
                break
            address = f"{reverse('reports:tasks')}?daftar=baru&sesudah={page.context['after']}"
        assert seen == [*(task.pk for task in made[1:]), made[0].pk]
        assert [one.count for one in page.context["lists"]] == ["5", "0", ""]
        for odd in ("x", "2026-99-99.1", ".", "\x00.2", f".{2**63}"):
            assert (
                client.get(reverse("reports:tasks"), {"sesudah": odd, "daftar": "berakhir"}).status_code
                == 200
            )

    def test_acts_on_its_page_do_what_they_say(
        self, two: Any, tono: Any, as_user: Callable[..., Client], photo: Callable[..., Any]
    ) -> None:
        _report, (mine, _other) = two
        client, address = as_user(tono), reverse("reports:task", args=[mine.pk])
        assert client.post(address, {"act": "terima"}).status_code == 302
        bad = client.post(address, {"act": "selesai", "result": "\x00"})
        assert bad.status_code == 422 and bad.context["form"].errors
        good = {"act": "selesai", "result": "Dahan dipangkas.", "photos": photo()}
        assert client.post(address, good).status_code == 302
        mine.refresh_from_db()
        assert mine.status == TaskStatus.DONE and mine.files.count() == 1
        assert client.post(address, {"act": "apa"}).status_code == 404
        assert client.post(address, {"act": "batalkan", "reason": "tidak perlu"}).status_code == 404


class TestClosing:
    def test_it_waits_for_open_tasks_or_a_reason(self, two: Any, sari: Any, now: dt.datetime) -> None:
        report, _tasks = two
        with pytest.raises(Refused, match="Dinas Lingkungan Hidup, Kecamatan Melati"):
            closing.propose_closing(report_id=report.pk, summary=SUMMARY, by=sari, now=now)
        closing.propose_closing(
            report_id=report.pk, summary=SUMMARY, leave_tasks="Dahan tumbang sendiri.", by=sari, now=now
        )
        assert "Dahan tumbang sendiri." in report.messages.get(kind="NOTE").body

    def test_the_answer_ends_what_is_left_and_says_so(
        self, two: Any, sari: Any, budi: Any, tono: Any, now: dt.datetime
    ) -> None:
        report, (mine, _other) = two
        closing.propose_closing(
            report_id=report.pk, summary=SUMMARY, leave_tasks="Dahan tumbang sendiri.", by=sari, now=now
        )
        closing.check_closing(report_id=report.pk, accept=True, remark="", by=budi, now=now)
        mine.refresh_from_db()
        assert mine.status == TaskStatus.CANCELLED and mine.clock.stopped_at
        assert Notice.objects.filter(recipient=tono, event="reports.task_ended").exists()

    def test_archiving_ends_them_too(self, two: Any, koordinator: Any, now: dt.datetime) -> None:
        report, _tasks = two
        moderation.archive(
            report_id=report.pk, reason="UNCLEAR", explanation="Tak ada.", by=koordinator, now=now
        )
        assert not report.tasks.live().exists()

    def test_the_draft_is_made_of_results_and_their_photos_may_be_chosen(
        self, two: Any, sari: Any, tono: Any, as_user: Callable[..., Client], now: dt.datetime,
        photo: Callable[..., Any],
    ) -> None:  # fmt: skip
        report, (mine, other) = two
        file = store_image(upload=photo(), by=tono, now=now)
        tasks.finish(task_id=mine.pk, result="Dahan dipangkas.", files=[file], by=tono, now=now)
        tasks.cancel(task_id=other.pk, reason="Tidak jadi perlu.", by=sari, now=now)
        address = reverse("desk:act", args=["reports", report.code, "tutup"])
        client = as_user(sari)
        form = client.get(address).context["form"]
        assert form["summary"].value() == "Dinas Lingkungan Hidup: Dahan dipangkas."
        assert "leave_tasks" not in form.fields
        report.refresh_from_db()
        (choice, _label) = form.fields["task_photos"].choices[0]
        sent = {"summary": SUMMARY, "task_photos": [choice], "version": report.version}
        assert client.post(address, {**sent, "task_photos": ["999999"]}).status_code == 422
        assert client.post(address, sent).status_code == 302
        assert report.attachments.get(role="PROOF").file == file
        assert report.closures.get().summary == SUMMARY


class TestWhatCitizensRead:
    @pytest.mark.parametrize("page", ["public", "own"])
    def test_offices_and_their_state_in_plain_words_only(
        self, two: Any, tono: Any, page: str, now: dt.datetime
    ) -> None:
        report, (mine, _other) = two
        tasks.finish(task_id=mine.pk, result="Hasil internal ungu.", by=tono, now=now)
        client = Client()
        if page == "own":
            client.get(follow_link(report).partition("example")[2] or follow_link(report))
            client.get("/" + follow_link(report).split("/", 3)[3])
        address = reverse("reports:detail", args=[report.slug])
        if page == "own":
            address = reverse("reports:follow-own", args=[report.code])
        words = client.get(address).content.decode()
        assert "Dinas Lingkungan Hidup (selesai)" in words
        assert "Kecamatan Melati (diminta membantu)" in words
        for internal in (ASKED, "Hasil internal ungu", "Tono"):
            assert internal not in words

    def test_what_came_back_is_not_told(self, two: Any, tono: Any, sari: Any, now: dt.datetime) -> None:
        report, (mine, other) = two
        tasks.give_back(task_id=mine.pk, reason="bukan urusan kami", by=tono, now=now)
        tasks.cancel(task_id=other.pk, reason="tidak perlu lagi", by=sari, now=now)
        assert task_reading.together(report) == []


class TestWarnings:
    def test_the_asked_office_is_warned_and_escalated_once(
        self, two: Any, tono: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        assert task_clocks.warn(now=now) == 0
        half = now + dt.timedelta(days=3)
        assert task_clocks.warn(now=half) == 2
        assert task_clocks.warn(now=half) == 0
        assert Notice.objects.filter(event="reports.task_soon", recipient=tono, channel="INAPP").count() == 1
        task_clocks.warn(now=now + dt.timedelta(days=9))
        assert Notice.objects.filter(event="reports.task_late", recipient=tono).exists()
        assert Notice.objects.filter(event="reports.task_late", recipient=koordinator).exists()

    def test_a_finished_task_is_not_warned_about(self, two: Any, tono: Any, now: dt.datetime) -> None:
        _report, (mine, _other) = two
        tasks.finish(task_id=mine.pk, result="Dahan dipangkas.", by=tono, now=now)
        assert task_clocks.warn(now=now + dt.timedelta(days=9)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_offices_that_finish_at_once_exactly_one_is_the_last(
    city: Any, sari: Any, tono: Any, now: dt.datetime
) -> None:
    report, (mine, other) = shared(city, sari, now)
    camat = worker(city.district, Role.OFFICER)
    start = threading.Barrier(2)
    failures: list[Exception] = []

    def run(task: ReportTask, by: Any) -> None:
        try:
            start.wait(10)
            tasks.finish(task_id=task.pk, result="Sudah dikerjakan.", by=by, now=now)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((mine, tono), (other, camat))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failures
    told = Notice.objects.filter(channel="INAPP", recipient=sari).values_list("event", flat=True)
    assert sorted(event for event in told if event.startswith("reports.task")) == [
        "reports.task_done",
        "reports.tasks_done",
    ]
    assert not report.tasks.live().exists()
