"""Requests, objections and disputes as people of PPID see them on the desk."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from pendopo.base.audit.models import Entry
from pendopo.base.calendar.testing import fill_calendar
from pendopo.base.cases.desk import desk_kinds
from pendopo.base.cases.models import ClockRule
from pendopo.base.files.actions import store
from pendopo.base.files.examine import DATA, Examined
from pendopo.base.files.models import FileKind
from pendopo.base.files.testing import pdf
from pendopo.base.organizations.models import Organization
from pendopo.base.redaction import actions as studio
from pendopo.base.redaction import public as redaction
from pendopo.domains.information import desk
from pendopo.domains.information.actions import answers_for_all, disputes, tasks
from pendopo.domains.information.actions.tasks import Part
from pendopo.domains.information.models import AnswerFile, InformationRequest, Item, Objection
from pendopo.domains.information.testing import a_request
from pendopo.domains.information.testing_desk import a_fixed_test, objection_on
from pendopo.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
ASKED = "Rekapitulasi anggaran pemeliharaan jalan tahun 2025."


@pytest.fixture(autouse=True)
def calendar(db: None) -> None:
    fill_calendar()


def page(client: Client, case: Any) -> str:
    response = client.get(reverse("desk:case", args=[case.KIND, case.code]))
    assert response.status_code == 200
    return str(response.content.decode())


def act(client: Client, case: Any, verb: str, **data: Any) -> Any:
    case.refresh_from_db()
    address = reverse("desk:act", args=[case.KIND, case.code, verb])
    return client.post(address, {"version": case.version, **data})


class TestQueues:
    def test_each_request_lies_where_it_belongs(
        self, everyone: Any, koordinator: Any, still: dt.datetime
    ) -> None:
        now = still
        made = {
            status: a_request(status=status, now=now) for status in ("REGISTERED", "IN_PROGRESS", "GRANTED")
        }
        made["INCOMPLETE"] = a_request(status="INCOMPLETE", now=now)
        split = a_request(now=now)
        office = Organization.objects.get(slug="dpu").pk
        tasks.split(request_id=split.pk, parts=[Part(office, ASKED)], by=koordinator, now=now)
        late = a_request(now=now - dt.timedelta(days=60))
        lying = {
            queue.key: set(
                InformationRequest.objects.desk_of(koordinator)
                .filter(queue.condition(koordinator, now))
                .values_list("pk", flat=True)
            )
            for queue in desk.QUEUES
        }
        assert lying["baru"] == {made["REGISTERED"].pk, late.pk}
        assert (lying["menunggu-unit"], lying["siap-diputus"]) == ({split.pk}, {made["IN_PROGRESS"].pk})
        assert (lying["lewat-batas"], lying["menunggu-pemohon"]) == ({late.pk}, {made["INCOMPLETE"].pk})
        assert lying["menunggu-penyerahan"] == {made["GRANTED"].pk}
        assert lying["punyaku"] == {split.pk, made["IN_PROGRESS"].pk}

    def test_words_as_long_as_a_code_find_requests(
        self, koordinator: Any, as_user: Callable[..., Client], still: dt.datetime
    ) -> None:
        case = a_request(now=still, details="Salinan kontrak perbaikan jalan rusak di Kecamatan Timur.")
        address = reverse("desk:queue", args=[case.KIND, "baru"])
        for words in ("jalan rusak", case.code, case.registration):
            found = as_user(koordinator).get(address, {"q": words}).context["page"].rows
            assert [row.pk for row in found] == [case.pk], words

    def test_who_has_the_desk(self, everyone: Any, as_user: Callable[..., Client], now: dt.datetime) -> None:
        case = a_request(now=now)
        objection = objection_on(a_request(status="REFUSED", now=now), "a", now=now)
        central = {"koordinator", "pengamat", "administrator", "sekda"}
        for name, person in everyone.items():
            client = as_user(person)
            for one in (case, objection):
                found = client.get(reverse("desk:case", args=[one.KIND, one.code])).status_code
                assert found == (200 if name in central else 302 if name == "anon" else 404), (name, one.KIND)
            if name != "anon":
                home = client.get(reverse("desk:home"))
                kinds = (
                    {kind.key for kind, *_rest in home.context["kinds"]} if home.status_code == 200 else set()
                )
                assert ("disputes" in kinds) == (name in central)

    def test_lists_ask_few_questions(
        self,
        everyone: Any,
        koordinator: Any,
        as_user: Callable[..., Client],
        still: dt.datetime,
        django_assert_max_num_queries: Any,
    ) -> None:
        for _number in range(4):
            a_request(now=still)
        client = as_user(koordinator)
        address = reverse("desk:queue", args=["information", "baru"])
        client.get(address)
        with django_assert_max_num_queries(10):
            shown = client.get(address).content.decode()
        assert "0001/PPID/2026" in shown and "sisa 10 hari kerja" in shown and "Rina" not in shown
        narrowed = client.get(address, {"q": "realisasi", "requester_kind": "GROUP"}).content.decode()
        assert "Tidak ada yang cocok" in narrowed
        assert client.get(reverse("desk:export", args=["information", "baru"])).status_code == 200


class TestCasePage:
    def test_it_shows_everything_but_the_person(
        self,
        everyone: Any,
        koordinator: Any,
        as_user: Callable[..., Client],
        still: dt.datetime,
        django_assert_max_num_queries: Any,
    ) -> None:
        case = a_request(now=still)
        client = as_user(koordinator)
        office = Organization.objects.get(slug="dpu").pk
        tasks.split(request_id=case.pk, parts=[Part(office, ASKED)], by=koordinator, now=still)
        done = act(
            client, case, "perpanjang", days=7, reason_kind="NOT_DOCUMENTED", reason="Data masih dikumpulkan."
        )
        assert done.status_code == 302
        page(client, case)
        with django_assert_max_num_queries(16):
            shown = page(client, case)
        for words in (
            case.details, "Bahan rapat warga.", "10 hari kerja sejak", "Ditambah 7 hari kerja", "Pasal 22 ayat (8)",
            "Bila cuti bersama dihitung hari kerja", "Jawaban unit", "Pemberitahuan perpanjangan waktu",
            "Kamis, 9 April",
        ):  # fmt: skip
            assert words in shown, words
        for secret in ("Rina", "rina@", "812345", "Jalan Melati 7"):
            assert secret not in shown
        assert (
            client.get(reverse("desk:act", args=["information", case.code, "perpanjang"])).status_code == 404
        )

    def test_looking_at_the_person_is_written_down(
        self, everyone: Any, koordinator: Any, as_user: Callable[..., Client], still: dt.datetime
    ) -> None:
        case = a_request(now=still)
        shown = act(as_user(koordinator), case, "pemohon", purpose="Menghubungi pemohon").content.decode()
        assert "Rina Marlina" in shown and "Jalan Melati 7" in shown
        line = Entry.objects.about(case).get(verb="information.contact_viewed")
        assert line.facts["purpose"] == "Menghubungi pemohon"

    def test_every_verb_opens_its_form(
        self, everyone: Any, koordinator: Any, sekda: Any, as_user: Callable[..., Client], still: dt.datetime
    ) -> None:
        refused = a_request(status="REFUSED", now=still)
        answered = objection_on(refused, "a", status="ANSWERED", now=still)
        dispute = disputes.register(
            objection_id=answered.pk, filed_on=still.date(), by=koordinator, now=still
        )
        cases = [
            a_request(status=s, now=still)
            for s in ("REGISTERED", "IN_PROGRESS", "INCOMPLETE", "GRANTED", "DELIVERED")
        ]
        cases += [
            refused,
            answered,
            dispute,
            objection_on(a_request(status="REFUSED", now=still), "a", now=still),
        ]
        opened = set()
        for person in (koordinator, sekda):
            client = as_user(person)
            for case in cases:
                kind = desk_kinds.get(case.KIND)
                assert kind is not None
                case.refresh_from_db()
                for verb in (v for v in kind.verbs if v.may(person, case)):
                    found = client.get(reverse("desk:act", args=[case.KIND, case.code, verb.key]))
                    assert found.status_code == 200, (case.KIND, verb.key)
                    opened.add((case.KIND, verb.key))
                page(client, case)
        assert len(opened) >= 29


class TestVerbs:
    def test_a_partial_answer_by_its_form(
        self, everyone: Any, koordinator: Any, as_user: Callable[..., Client], still: dt.datetime
    ) -> None:
        case, test, client = a_request(now=still), a_fixed_test(now=still), as_user(koordinator)
        data: dict[str, Any] = {
            "material": "Rekapitulasi per kecamatan.", "form": "SOFT", "send_way": "ONLINE",
            "reason": "Nomor induk kependudukan dihitamkan.", "tests": [test.pk],
        }  # fmt: skip
        none = act(client, case, "sebagian", **data)
        assert none.status_code == 422 and set(none.context["form"].errors) == {"blackened"}
        odd = act(client, case, "sebagian", **data, blackened="Daftar; dua; h; NIK")
        assert "harus angka" in odd.content.decode() and "Daftar; dua; h; NIK" in odd.content.decode()
        file = SimpleUploadedFile("data.csv", b"tahun,anggaran\n2025,100\n", content_type="text/csv")
        done = act(client, case, "sebagian", **data, blackened="Daftar; 2; h; NIK warga", uploads=[file])
        assert done.status_code == 302, done.content.decode()[:3000]
        shown = page(client, case)
        for words in ("dikabulkan sebagian", "Daftar", "halaman 2", "NIK warga", "data.csv", "UK-2026-0001"):
            assert words in shown

    def test_files_are_looked_through_before_anybody_waits_for_the_request(
        self,
        everyone: Any,
        koordinator: Any,
        as_user: Callable[..., Client],
        still: dt.datetime,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        looks: list[int] = []
        look = redaction.check_before_publishing

        def watched(file: Any) -> Any:
            looks.append(len(connection.savepoint_ids))  # transactions opened inside of the test's own
            return look(file)

        monkeypatch.setattr(redaction, "check_before_publishing", watched)
        case, client = a_request(now=still), as_user(koordinator)
        case.refresh_from_db()
        data = {"material": "Rekapitulasi.", "form": "SOFT", "send_way": "ONLINE", "version": case.version}
        address = reverse("desk:act", args=[case.KIND, case.code, "kabulkan"])
        answers = []
        for _click in range(2):
            file = SimpleUploadedFile("data.csv", b"tahun,anggaran\n2025,100\n", content_type="text/csv")
            answers.append(client.post(address, {**data, "uploads": [file]}).status_code)
        assert (answers[0], looks) == (302, [0])  # and the second click looks through nothing
        assert answers[1] != 302

    def test_a_unit_s_file_is_blackened_and_never_goes_out_beside_its_original(
        self,
        everyone: Any,
        own_folder: None,
        koordinator: Any,
        sari: Any,
        as_user: Callable[..., Client],
        still: dt.datetime,
    ) -> None:
        case, test, client = a_request(now=still), a_fixed_test(now=still), as_user(koordinator)
        unit = Organization.objects.get(slug="dpu").pk
        (task,) = tasks.split(request_id=case.pk, parts=[Part(unit, ASKED)], by=koordinator, now=still)
        whole = Examined(FileKind.PDF, "daftar.pdf", "application/pdf", pdf("Daftar penerima"))
        file = store(upload=whole, by=sari, now=still, allowed=frozenset({FileKind.PDF}))
        tasks.answer(task_id=task.pk, result="Ada daftarnya.", held=True, files=[file], by=sari, now=still)
        row = task.files.get()
        assert act(client, case, "hitamkan", task_file=row.pk).status_code == 302
        assert act(client, case, "hitamkan", task_file=row.pk).status_code == 302
        (begun,) = redaction.result_of(("information.request", str(case.pk)))
        studio.burn(redaction_id=begun.pk, by=koordinator, now=still)
        studio.burn_now(redaction_id=begun.pk, clock_now=lambda: still)
        data: dict[str, Any] = {
            "material": "Daftar penerima.", "form": "SOFT", "send_way": "ONLINE", "tests": [test.pk],
            "reason": "Nomor induk kependudukan dihitamkan.", "redactions": [begun.pk],
            "blackened": "Daftar; 1; h; NIK warga",
        }  # fmt: skip
        both = act(client, case, "sebagian", **data, task_files=[row.pk])
        assert both.status_code == 422 and set(both.context["form"].errors) == {"task_files"}
        assert act(client, case, "sebagian", **data).status_code == 302
        given = AnswerFile.objects.get()
        assert (given.redaction, given.file_id == file.pk, given.verdict["ok"]) == (begun.pk, False, True)

    def test_the_objection_is_accepted_by_its_form(
        self, everyone: Any, sekda: Any, as_user: Callable[..., Client], still: dt.datetime
    ) -> None:
        request = a_request(status="REFUSED", now=still)
        objection = objection_on(request, "a", now=still)
        data = {
            "body": "Setelah ditelaah, informasi ini terbuka.", "post": "Sekretaris Daerah",
            "material": "Seluruh berkas.",
            "form": "HARD", "send_way": "PICKUP",
        }  # fmt: skip
        client = as_user(sekda)
        assert act(client, objection, "ubah", **{**data, "material": ""}).status_code == 422
        assert act(client, objection, "ubah", **data).status_code == 302
        request.refresh_from_db()
        assert request.status == "GRANTED" and Objection.objects.get(pk=objection.pk).outcome == "CHANGED"
        assert "Tanggapan Atasan PPID" in page(client, objection)


class TestForEverybody:
    @pytest.mark.parametrize(
        "title",
        ["Anggaran jalan untuk Rina", "Data MARLINA tahun 2025", "Permintaan rina@contoh.example",
         "NIK 9971010101900001",
         "Hubungi 0812-3456-7890 saja"],
    )  # fmt: skip
    def test_the_public_title_names_nobody(
        self, everyone: Any, koordinator: Any, now: dt.datetime, title: str
    ) -> None:
        case = a_request(now=now)
        with pytest.raises(Refused) as no:
            answers_for_all.write_log(request_id=case.pk, title=title, by=koordinator, now=now)
        assert no.value.field == "title"
        answers_for_all.write_log(
            request_id=case.pk, title="Anggaran pemeliharaan jalan", by=koordinator, now=now
        )
        assert InformationRequest.objects.logged().get().log_title == "Anggaran pemeliharaan jalan"

    def test_an_answer_becomes_a_draft_of_the_list(
        self, everyone: Any, koordinator: Any, sari: Any, now: dt.datetime
    ) -> None:
        case = a_request(status="DELIVERED", now=now)
        values = {
            "title": "Anggaran jalan 2025",
            "summary": "Anggaran per kecamatan.",
            "holder": "Kepala bidang jalan",
        }
        office = Organization.objects.get(slug="dpu").pk
        data = Examined(FileKind.CSV, "anggaran.csv", "text/csv", b"kecamatan,rupiah\n")
        AnswerFile.objects.create(
            decision=case.decisions.get(), file=store(upload=data, by=koordinator, now=now, allowed=DATA),
            title="Anggaran", at=now,
        )  # fmt: skip
        item = answers_for_all.make_item(
            request_id=case.pk, office_id=office, by=koordinator, now=now, **values
        )
        assert (item.status, item.origin, item.category) == ("DRAFT", case, "SETIAP_SAAT")
        assert (item.proposed_by, item.responsible) == (None, "Kepala bidang jalan"), (
            "a draft is not proposed"
        )
        history = Entry.objects.about(item).values_list("verb", flat=True)
        files = item.versions.count()
        assert sorted(history) == ["information.item_drafted", "information.version_added"]
        assert (files, item.has_soft, item.has_hard) == (1, True, False)
        waits = f"information.check_version:{item.versions.get().pk}"
        assert ProcrastinateJob.objects.filter(queueing_lock=waits).exists(), "nothing goes out unlooked at"
        assert not Item.objects.published().exists()
        with pytest.raises(Refused):
            answers_for_all.make_item(
                request_id=case.pk,
                office_id=office,
                by=koordinator,
                now=now,
                **{**values, "summary": "Untuk Rina Marlina."},
            )
        with pytest.raises((NotAllowed, InformationRequest.DoesNotExist)):
            answers_for_all.make_item(request_id=case.pk, office_id=office, by=sari, now=now, **values)


class TestLimits:
    def test_shorter_but_never_longer_than_the_law(
        self, everyone: Any, koordinator: Any, as_user: Callable[..., Client], still: dt.datetime
    ) -> None:
        before = a_request(now=still)
        client, address = as_user(koordinator), reverse("information:limit", args=["information", "answer"])
        data = {"amount": 11, "valid_from": "2026-03-16", "source": "Keputusan PPID 1/2026"}
        assert "paling lama 10 hari" in client.post(address, data).content.decode()
        assert client.post(address, {**data, "amount": 7, "valid_from": "2026-03-09"}).status_code == 422
        assert client.post(address, {**data, "amount": 7}).status_code == 302
        old, new = ClockRule.objects.filter(kind="information", step="answer").order_by("valid_from")
        assert (old.valid_to, new.amount, new.ceiling) == (dt.date(2026, 3, 15), 7, 10)
        assert before.clocks.get().amount == 10  # type: ignore[attr-defined]
        assert "Keputusan PPID 1/2026" in client.get(reverse("information:limits")).content.decode()
        assert client.get(reverse("information:limit", args=["information", "objection"])).status_code == 404

    def test_only_the_koordinator(
        self, everyone: Any, as_user: Callable[..., Client], still: dt.datetime
    ) -> None:
        a_request(now=still)
        address = reverse("information:limit", args=["information", "answer"])
        for name in ("sari", "sekda", "pengamat", "warga"):
            assert as_user(everyone[name]).get(address).status_code == 404
