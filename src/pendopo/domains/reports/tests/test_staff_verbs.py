"""Every verb of the desk, by every person: who may, what it changes, what it leaves behind."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.notices.models import Notice
from pendopo.base.organizations.models import Role
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.actions import closing
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report, worker

WORKS = frozenset({"sari", "budi", "ibu_ratna"})
COORDINATOR = frozenset({"koordinator"})
BOTH = WORKS | COORDINATOR


@dataclass(frozen=True)
class Case:
    verb: str
    status: str
    allowed: frozenset[str]
    entry: str
    data: dict[str, Any] = field(default_factory=dict)
    after: str = ""  # status afterwards, "" when it stays
    prepare: str = ""
    tells: str = ""  # event of a notice that somebody gets

    def __str__(self) -> str:
        return f"{self.verb} in {self.status}"


CASES = [
    Case("disposisi", Status.RECEIVED, COORDINATOR, "assigned", {"office": "works", "instruction": "Cek malam hari."},
         Status.ASSIGNED, tells="reports.assigned"),
    Case("disposisi", Status.VERIFIED, COORDINATOR, "assigned", {"office": "works"}, Status.ASSIGNED),
    Case("verifikasi", Status.RECEIVED, COORDINATOR, "verified", {"report_class": "ASPIRATION"}, Status.VERIFIED),
    Case("ambil", Status.ASSIGNED, WORKS, "taken", {}, Status.IN_PROGRESS),
    Case("jawab", Status.IN_PROGRESS, WORKS, "answered", {"body": "Tim sudah ke lokasi."}, tells="reports.answer"),
    Case("jawab", Status.REOPENED, WORKS, "answered", {"body": "Kami periksa lagi."}, Status.IN_PROGRESS),
    Case("tanya", Status.RECEIVED, COORDINATOR, "asked", {"body": "Di RT berapa?"}, Status.AWAITING_INFO),
    Case("tanya", Status.IN_PROGRESS, WORKS, "asked", {"body": "Di RT berapa?"}, Status.AWAITING_INFO,
         tells="reports.question"),
    Case("tutup", Status.IN_PROGRESS, WORKS, "closing_proposed",
         {"summary": "Lampu sudah diganti dan menyala kembali."}, tells="reports.check"),
    Case("periksa", Status.IN_PROGRESS, BOTH - {"sari"}, "answer_checked", {"accept": "1"}, Status.ANSWERED,
         prepare="closing", tells="reports.confirm"),
    Case("periksa", Status.IN_PROGRESS, BOTH - {"sari"}, "closing_refused", {"accept": "0", "remark": "Fotonya buram."},
         prepare="closing", tells="reports.closing_refused"),
    Case("tutup-pelapor", Status.ANSWERED, BOTH, "closed_by_officer", {"reason": "Dikonfirmasi lewat telepon."},
         Status.CLOSED_BY_OFFICER, tells="reports.closed"),
    Case("catat", Status.IN_PROGRESS, BOTH, "noted", {"body": "Suku cadang menunggu gudang."}),
    Case("kembalikan", Status.ASSIGNED, WORKS, "returned", {"reason": "Ini jalan provinsi."}, Status.VERIFIED,
         tells="reports.returned"),
    Case("bagi-tugas", Status.IN_PROGRESS, BOTH, "task_added",
         {"office_0": "environment", "instruction_0": "Pangkas dahan."}, tells="reports.task"),
    Case("kontak", Status.IN_PROGRESS, BOTH, "contact_viewed", {"purpose": "Menghubungi pelapor"}),
    Case("gabung", Status.RECEIVED, COORDINATOR, "joined", {"into": "other"}, Status.MERGED,
         tells="reports.merged"),
    Case("gabungkan-ke-sini", Status.IN_PROGRESS, BOTH, "merged", {"children": "others"}, tells="reports.merged"),
    Case("pisahkan", Status.MERGED, BOTH, "parted", {}, Status.ASSIGNED, tells="reports.unmerged"),
    Case("golongkan", Status.IN_PROGRESS, COORDINATOR, "classified",
         {"category": "sampah", "report_class": "SUPERVISORY"}),
    Case("kemendesakan", Status.IN_PROGRESS, BOTH, "urgency_set", {"urgency": "1"}),
    Case("tampilan", Status.RECEIVED, COORDINATOR, "moderated",
         {"hidden": "on", "reason": "Memuat nama anak.", "public_text": "Lampu mati."}),
    Case("arsip", Status.RECEIVED, COORDINATOR, "archived", {"reason": "UNCLEAR", "explanation": "Tempatnya tak ada."},
         Status.ARCHIVED, tells="reports.archived"),
    Case("teruskan-luar", Status.RECEIVED, COORDINATOR, "forwarded", {"to": "PT PLN", "explanation": "Milik PLN."},
         Status.FORWARDED, tells="reports.forwarded"),
    Case("buka-lagi", Status.CLOSED_BY_SYSTEM, COORDINATOR, "reopened", {"reason": "Warga menelepon lagi."},
         Status.REOPENED, tells="reports.reopened"),
    Case("tetapkan", Status.IN_PROGRESS, frozenset({"ibu_ratna", "sekda"}), "overridden",
         {"status": "VERIFIED", "reason": "Tersangkut karena kantor digabung."}, Status.VERIFIED),
]  # fmt: skip


def build(case: Case, government: Government, everyone: dict[str, Any]) -> Report:
    office = None if case.status in {Status.RECEIVED, Status.VERIFIED} else government.works
    report = a_report(status=case.status, office=office)
    if case.prepare == "closing":
        closing.propose_closing(
            report_id=report.pk, summary="Lampu sudah diganti dan menyala.", by=everyone["sari"],
            now=report.received_at,
        )  # fmt: skip
    return Report.objects.get(pk=report.pk)


def fill(case: Case, report: Report, government: Government) -> dict[str, Any]:
    data = {**case.data, "version": report.version}
    for name in ("office", "office_0"):
        if name in data:
            data[name] = getattr(government, data[name]).pk
    if data.get("into") == "other":
        data["into"] = a_report(text="Lampu yang sama, padam juga.").code
    if data.get("children") == "others":
        data["children"] = [a_report(status=Status.ASSIGNED, office=government.works).pk]
    return data


def address(case: Case, report: Report) -> str:
    return reverse("desk:act", args=["reports", report.code, case.verb])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_only_these_people_are_offered_the_verb(
    case: Case, government: Government, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    report = build(case, government, everyone)
    entries = Entry.objects.about(report).count()
    for name, person in everyone.items():
        client = as_user(person)
        answer = client.get(address(case, report))
        refused = (
            client.post(address(case, report), fill(case, report, government))
            if (name not in case.allowed and not case.verb.startswith("gabung"))
            else None
        )
        if name == "anon":
            assert answer.status_code == 302 and "login" in answer["Location"], name
        elif name in case.allowed:
            assert answer.status_code == 200, name
        else:
            assert answer.status_code == 404, name
            assert refused is None or refused.status_code == 404, name
    report.refresh_from_db()
    assert report.status == case.status
    assert Entry.objects.about(report).count() == entries  # looking and being refused leave no trace


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_verb_does_its_work_once_and_tells(
    case: Case, government: Government, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    report = build(case, government, everyone)
    who = everyone[sorted(case.allowed)[0]]
    data = fill(case, report, government)
    client = as_user(who)
    assert client.post(address(case, report), data).status_code in {200, 302}
    about = Entry.objects.about(report)
    assert about.filter(verb=f"reports.{case.entry}", actor=who).count() == 1
    if case.tells:
        assert Notice.objects.filter(event=case.tells).exists()
    after = Report.objects.get(pk=report.pk)
    assert after.status == (case.after or case.status)
    if case.verb == "kontak":
        return  # a look changes nothing; a second look is a second look
    again = client.post(address(case, report), data)
    assert again.status_code in {404, 409}
    assert about.filter(verb=f"reports.{case.entry}").count() == 1


def test_the_proposer_does_not_check_the_own_proof(
    government: Government, everyone: dict[str, Any], sari: Any, as_user: Callable[..., Client]
) -> None:
    case = next(case for case in CASES if case.verb == "periksa")
    report = build(case, government, everyone)
    assert as_user(sari).get(address(case, report)).status_code == 404
    with pytest.raises(Exception, match="orang lain"):
        closing.check_closing(report_id=report.pk, accept=True, remark="", by=sari, now=report.received_at)
    closure = report.closures.get()
    closure.checked_by, closure.checked_at = sari, report.received_at
    with pytest.raises(Exception, match="reports_second_person_checks"):
        closure.save()


def test_an_office_hands_on_only_to_an_office_below_it(
    government: Government, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    report = a_report(status=Status.ASSIGNED, office=government.district)
    client = as_user(worker(government.district, Role.OFFICER))
    page = reverse("desk:act", args=["reports", report.code, "teruskan-bawah"])
    shown = client.get(page).content.decode()
    assert "Kelurahan Mawar" in shown and "Dinas Lingkungan Hidup" not in shown
    refused = client.post(page, {"office": government.environment.pk, "version": report.version})
    assert refused.status_code == 422
    done = client.post(page, {"office": government.villages[0].pk, "version": report.version})
    assert done.status_code == 302
    report.refresh_from_db()
    assert report.office == government.villages[0] and report.handler is None


def test_an_office_with_nobody_below_is_not_offered_to_hand_on(
    government: Government, sari: Any, as_user: Callable[..., Client]
) -> None:
    report = a_report(status=Status.ASSIGNED, office=government.works)
    page = reverse("desk:act", args=["reports", report.code, "teruskan-bawah"])
    assert as_user(sari).get(page).status_code == 404
