"""One case: what the person needs in sight, how its date was counted, what may be done next."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.cases.desk import desk_kinds
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.actions import closing, moderation, work
from pendopo.domains.reports.models import Report, RoutingRule, Status
from pendopo.domains.reports.testing import a_report, prepare


def case_url(report: Report) -> str:
    return reverse("desk:case", args=["reports", report.code])


def shown(client: Client, report: Report, query: str = "") -> str:
    answer = client.get(case_url(report) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_each_person_finds_the_case_of_the_own_office(
    government: Government, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=government.works)
    expected = {"anon": 302, "warga": 404, "tono": 404, "lurah_officer": 404}
    for name, person in everyone.items():
        answer = as_user(person).get(case_url(report))
        assert answer.status_code == expected.get(name, 200), name


def test_the_date_is_explained_with_its_rule_and_days(
    government: Government, sari: Any, as_user: Callable[..., Client]
) -> None:
    report = a_report(status=Status.ASSIGNED, office=government.works)
    words = shown(as_user(sari), report)
    assert "Bagaimana tanggal ini dihitung" in words
    assert "5 hari kerja sejak tanggal disposisi" in words
    assert "SP4N-LAPOR!" in words and "Belum dicocokkan dengan naskah aslinya" in words
    assert "Sisa" in words


def test_masked_words_stand_beside_the_original(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    report = a_report(text="Pak Budi di nomor 4 membakar sampah tiap malam.")
    moderation.moderate(
        report_id=report.pk, hidden=False, reason="", public_text="Seorang warga membakar sampah.",
        by=koordinator, now=report.received_at,
    )  # fmt: skip
    words = shown(as_user(koordinator), report)
    assert "Tulisan asli pelapor (hanya petugas)" in words and "Pak Budi" in words
    assert "Yang tampil bagi publik" in words and "Seorang warga" in words


def test_a_suggestion_is_one_tap_with_its_reason(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    prepare()
    RoutingRule.objects.create(order=3, name="Lampu ke DPU", office=government.works)
    report = a_report(region="99.71.01.1001")
    client = as_user(koordinator)
    words = shown(client, report)
    assert "Aturan 3: Lampu ke DPU" in words and "Tempat kejadian di wilayah Kelurahan Mawar" in words
    act = reverse("desk:act", args=["reports", report.code, "disposisi"])
    data = {"office": government.works.pk, "report_class": report.report_class, "version": report.version}
    assert client.post(act, data).status_code == 302
    handover = Report.objects.get(pk=report.pk).handovers.get()
    assert (handover.origin, handover.target) == ("RULE", government.works)


def test_a_suggested_office_fills_the_form_but_a_filter_does_not(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    report, client = a_report(), as_user(koordinator)
    act = reverse("desk:act", args=["reports", report.code, "disposisi"])
    chosen = f'value="{government.works.pk}" selected'
    assert chosen in client.get(act, {"isi-office": government.works.pk}).content.decode()
    assert chosen not in client.get(act, {"office": government.works.pk}).content.decode()


def test_a_note_is_visibly_internal(
    government: Government, sari: Any, as_user: Callable[..., Client]
) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=government.works)
    work.note(report_id=report.pk, body="Menunggu suku cadang.", by=sari, now=report.received_at)
    words = shown(as_user(sari), report)
    assert "message-note" in words and "catatan, hanya petugas" in words


def test_a_closing_waits_in_sight_of_the_second_person(
    government: Government, sari: Any, ibu_ratna: Any, as_user: Callable[..., Client]
) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=government.works)
    closing.propose_closing(
        report_id=report.pk, summary="Lampu sudah diganti dan menyala.", by=sari, now=report.received_at
    )
    assert "Anda yang mengusulkan" in shown(as_user(sari), report)
    words = shown(as_user(ibu_ratna), report)
    assert "Penutupan menunggu orang kedua" in words and "Periksa bukti" in words


def test_contact_shows_only_after_a_purpose_and_is_written_down(
    government: Government, sari: Any, as_user: Callable[..., Client]
) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=government.works)
    client = as_user(sari)
    for words in (
        shown(client, report),
        client.get(reverse("desk:queue", args=["reports", "kantor"])).content.decode(),
        client.get(reverse("desk:act", args=["reports", report.code, "kontak"])).content.decode(),
    ):
        assert "rina@contoh.example" not in words and "81234567890" not in words
    looks = Entry.objects.about(report).filter(verb="reports.contact_viewed")
    act = reverse("desk:act", args=["reports", report.code, "kontak"])
    assert client.post(act, {"purpose": "penasaran", "version": report.version}).status_code == 422
    assert not looks.exists()
    answer = client.post(act, {"purpose": "Menghubungi pelapor", "version": report.version})
    assert "rina@contoh.example" in answer.content.decode() and "no-store" in answer["Cache-Control"]
    assert looks.get().facts == {"purpose": "Menghubungi pelapor", "role": "petugas"}


def test_the_neighbours_come_from_the_queue_and_its_filter(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    lamp, other, waste = a_report(), a_report(), a_report(category="sampah")
    words = shown(as_user(koordinator), lamp, "?antrean=baru&category=lampu-jalan")
    assert other.code in words and waste.code not in words
    assert "antrean=baru&amp;category=lampu-jalan" in words


def test_the_public_page_is_linked_only_when_there_is_one(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(koordinator)
    assert "Lihat halaman publiknya" in shown(client, a_report())
    assert "Tidak ada halaman publik" in shown(client, a_report(hidden=True))
    assert "Tidak ada halaman publik" in shown(client, a_report(secret=True))


def test_every_state_has_a_page(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(koordinator)
    for status in Status:
        report = a_report(status=status, office=government.works)
        assert report.code in shown(client, report), status


def test_every_verb_that_asks_something_leads_to_its_form(
    government: Government, sari: Any, as_user: Callable[..., Client]
) -> None:
    # A template that names a form's class calls it; one that needs the case fails in silence and loses its link.
    report = a_report(status=Status.IN_PROGRESS, office=government.works)
    words = shown(as_user(sari), report)
    kind = desk_kinds.get("reports")
    assert kind is not None
    asking = [verb for verb in kind.verbs if verb.form and verb.may(sari, report)]
    assert len(asking) > 8
    for verb in asking:
        address = reverse("desk:act", args=["reports", report.code, verb.key])
        assert f'href="{address}' in words, verb.key
