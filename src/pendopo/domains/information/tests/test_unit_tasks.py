"""PPID Utama asks several units; each sees its own task and never who asked."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.base.cases.models import TaskStatus
from pendopo.base.notices.models import Notice
from pendopo.base.organizations.models import Organization
from pendopo.domains.information import task_clocks
from pendopo.domains.information.actions import deciding, tasks
from pendopo.domains.information.actions.tasks import Part
from pendopo.domains.information.models import (
    ConsequenceTest,
    ExemptionGround,
    InformationRequest,
    UnitTask,
    UnitTaskClock,
)
from pendopo.domains.information.testing import a_request
from pendopo.domains.information.testing_desk import full
from pendopo.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
ASKED = "Rekapitulasi anggaran pemeliharaan jalan tahun 2025."


def office(slug: str) -> Organization:
    return Organization.objects.get(slug=slug)


@pytest.fixture
def case(everyone: Any, now: dt.datetime) -> InformationRequest:
    return a_request(now=now)


@pytest.fixture
def two(case: InformationRequest, koordinator: Any, now: dt.datetime, still: dt.datetime) -> list[UnitTask]:
    parts = [Part(office("dpu").pk, ASKED), Part(office("dlh").pk, ASKED, dt.date(2026, 3, 20))]
    return tasks.split(request_id=case.pk, parts=parts, by=koordinator, now=now)


class TestAsking:
    def test_each_unit_gets_its_own_day_and_hears_of_it(
        self, case: InformationRequest, two: list[UnitTask], sari: Any, tono: Any
    ) -> None:
        case.refresh_from_db()
        assert case.status == "IN_PROGRESS"
        by_rule, chosen = UnitTaskClock.objects.order_by("pk")
        assert (by_rule.amount, by_rule.chosen, by_rule.due_on) == (5, False, dt.date(2026, 3, 16))
        assert (chosen.chosen, chosen.due_on) == (True, dt.date(2026, 3, 20))
        assert Notice.objects.filter(event="information.task", recipient=sari, channel="INAPP").count() == 1
        assert Notice.objects.filter(event="information.task", recipient=tono, channel="INAPP").count() == 1

    @pytest.mark.parametrize(
        "words", ["ya", "Untuk Rina Marlina: anggaran jalan.", "Kirim ke rina@contoh.example saja."]
    )
    def test_no_unit_is_told_who_asks(
        self, case: InformationRequest, koordinator: Any, now: dt.datetime, words: str
    ) -> None:
        with pytest.raises(Refused):
            tasks.split(request_id=case.pk, parts=[Part(office("dpu").pk, words)], by=koordinator, now=now)
        assert not UnitTask.objects.exists()

    def test_units_do_not_ask_units(self, case: InformationRequest, sari: Any, now: dt.datetime) -> None:
        with pytest.raises((NotAllowed, InformationRequest.DoesNotExist)):
            tasks.split(request_id=case.pk, parts=[Part(office("dlh").pk, ASKED)], by=sari, now=now)


class TestAnswering:
    def test_accept_then_answer_tells_ppid_how_much_is_left(
        self, two: list[UnitTask], sari: Any, tono: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        mine, other = two
        tasks.accept(task_id=mine.pk, by=sari, now=now)
        tasks.answer(
            task_id=mine.pk, result="Ada, terlampir.", held=True, proposes_exemption=True, by=sari, now=now
        )
        assert Notice.objects.filter(event="information.task_done", recipient=koordinator).exists()
        with pytest.raises(Refused) as no:
            tasks.answer(
                task_id=other.pk, result="Tidak ada.", held=False, proposes_exemption=True, by=tono, now=now
            )
        assert no.value.field == "held"
        tasks.answer(task_id=other.pk, result="Tidak ada.", held=False, by=tono, now=now)
        assert Notice.objects.filter(event="information.tasks_done", recipient=koordinator).exists()
        mine.refresh_from_db()
        assert (mine.status, mine.held, mine.proposes_exemption, mine.clock.in_time) == (
            TaskStatus.DONE, True, True, True,
        )  # fmt: skip
        again = tasks.ask_again(task_id=mine.pk, reason="Tahun 2024 juga.", by=koordinator, now=now)
        assert again.status == TaskStatus.OPEN and again.notes.count() == 1

    def test_what_should_be_withheld_leads_to_a_sheet_of_the_same_request(
        self, two: list[UnitTask], sari: Any, tono: Any, as_user: Callable[..., Client], now: dt.datetime
    ) -> None:
        client, mine = as_user(sari), two[0]
        sheet, task = f"{reverse('information:test-new')}?tugas={mine.pk}", f"/meja/ppid/tugas/{mine.pk}/"
        assert sheet not in client.get(task).content.decode()
        tasks.answer(
            task_id=mine.pk,
            result="Ada nama orang sakit.",
            held=True,
            proposes_exemption=True,
            by=sari,
            now=now,
        )
        assert sheet in client.get(task).content.decode()
        shown = client.get(sheet)
        assert mine.case.registration in shown.content.decode()
        typed = {name: value for name, value in shown.context["form"].initial.items() if value is not None}
        ground = ExemptionGround.objects.get(letter="h").pk
        given = typed | {
            "information": "Nama penerima yang sakit", "ground": ground, "law": "UU 27/2022 Pasal 4", "years": 2,
            "consequence_open": "Diketahui umum.", "consequence_closed": "Terlindungi.",
        }  # fmt: skip
        assert client.post(sheet, given).status_code == 302
        made = ConsequenceTest.objects.get()
        assert (made.request, made.office, made.occasion) == (mine.case, mine.office, "REQUEST")
        assert as_user(tono).get(sheet).status_code == 404, "another unit's task"

    def test_bukan_kami_needs_a_reason(
        self, two: list[UnitTask], sari: Any, tono: Any, now: dt.datetime
    ) -> None:
        with pytest.raises(Refused):
            tasks.give_back(task_id=two[0].pk, reason=" ", by=sari, now=now)
        tasks.give_back(task_id=two[0].pk, reason="Jalan itu milik provinsi.", by=sari, now=now)
        with pytest.raises(UnitTask.DoesNotExist):
            tasks.accept(task_id=two[0].pk, by=tono, now=now)
        with pytest.raises(Refused):
            tasks.accept(task_id=two[0].pk, by=sari, now=now)

    def test_a_decision_ends_what_is_still_open(
        self, case: InformationRequest, two: list[UnitTask], koordinator: Any, sari: Any, now: dt.datetime
    ) -> None:
        deciding.decide(request_id=case.pk, draft=full(), by=koordinator, now=now)
        assert set(UnitTask.objects.values_list("status", flat=True)) == {TaskStatus.CANCELLED}
        assert not UnitTaskClock.objects.filter(stopped_at=None).exists()
        assert Notice.objects.filter(event="information.task_ended", recipient=sari).exists()

    def test_a_double_click_writes_one_note(self, two: list[UnitTask], sari: Any, now: dt.datetime) -> None:
        key = uuid.uuid4()
        for _click in range(2):
            tasks.note(task_id=two[0].pk, key=key, body="Tahun berapa saja?", by=sari, now=now)
        assert two[0].notes.count() == 1  # type: ignore[attr-defined]


class TestEscalation:
    def test_up_the_ladder_to_the_sekda(
        self, two: list[UnitTask], sari: Any, ibu_ratna: Any, koordinator: Any, sekda: Any, now: dt.datetime
    ) -> None:
        def told(person: Any) -> bool:
            return Notice.objects.filter(event__startswith="information.task_", recipient=person).exists()

        task_clocks.warn(now=now + dt.timedelta(days=3))  # Thursday, 3 of 5 days
        assert told(sari) and not told(ibu_ratna) and not told(sekda)
        task_clocks.warn(now=now + dt.timedelta(days=8))  # Tuesday after the limit
        assert told(ibu_ratna) and told(koordinator) and told(sekda)
        assert task_clocks.warn(now=now + dt.timedelta(days=8)) == 0


class TestPages:
    def test_who_finds_the_task(
        self, two: list[UnitTask], everyone: Any, as_user: Callable[..., Client]
    ) -> None:
        address = reverse("information:task", args=[two[0].pk])
        found = {name: as_user(person).get(address).status_code for name, person in everyone.items()}
        opens = {"sari", "budi", "ibu_ratna", "koordinator", "pengamat", "administrator", "sekda"}
        assert {name for name, status in found.items() if status == 200} == opens
        assert found["anon"] == 302 and {found[n] for n in ("tono", "lurah_officer", "warga")} == {404}

    def test_a_unit_reads_what_is_wanted_and_nothing_of_the_person(
        self,
        two: list[UnitTask],
        sari: Any,
        as_user: Callable[..., Client],
        django_assert_max_num_queries: Any,
    ) -> None:
        client = as_user(sari)
        with django_assert_max_num_queries(12):
            page = client.get(reverse("information:task", args=[two[0].pk])).content.decode()
        listed = client.get(reverse("information:tasks")).content.decode()
        assert ASKED in page and ASKED in listed and "Jawab" in page
        for secret in ("Rina", "Marlina", "rina@", "812345", "Jalan Melati", "guru"):
            assert secret not in page + listed
        assert two[0].case.code not in listed
        assert client.get(reverse("desk:case", args=["information", two[0].case.code])).status_code == 404

    def test_the_form_answers_and_keeps_what_was_typed(
        self, two: list[UnitTask], sari: Any, as_user: Callable[..., Client]
    ) -> None:
        client, address = as_user(sari), reverse("information:task", args=[two[0].pk])
        half = client.post(address, {"act": "jawab", "result": "Ada rekapitulasinya."})
        assert half.status_code == 422 and b"Ada rekapitulasinya." in half.content
        assert client.post(address, {"act": "jawab", "result": "Ada.....", "held": "1"}).status_code == 302
        assert client.post(address, {"act": "jawab", "result": "Ada.....", "held": "1"}).status_code == 422
        assert client.post(address, {"act": "tak-ada"}).status_code == 404
