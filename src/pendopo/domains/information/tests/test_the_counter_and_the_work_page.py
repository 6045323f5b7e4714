"""The counter writes a request down in one page; "Pekerjaan PPID" shows each person what waits, with its list."""

import datetime as dt
import uuid
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.domains.information.models import IdentityProof, InformationRequest
from pendopo.domains.information.testing import NIK, prepare
from pendopo.domains.information.testing_catalogue import an_item
from pendopo.domains.information.tests.openness_world import a_year, forget_caches

pytestmark = pytest.mark.django_db
COUNTER, WORK = "/meja/ppid/loket/", "/meja/ppid/"


def words(answer: Any) -> str:
    return unescape(answer.content.decode())


def typed(**more: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()), "channel": "COUNTER", "received_on": "2026-03-06", "who": "SELF",
        "name": "Rina Marlina",
        "number": NIK, "address": "Jalan Melati 7", "occupation": "guru", "phone": "0812 3456 7890", "shown": "on",
        "details": "Anggaran pemeliharaan jalan tahun 2025.", "purpose": "Bahan rapat warga.", "access": "COPY",
        "form": "HARD", "send_way": "PICKUP", "help_given": ["baca", "tulis"], "help_other": "kursi roda", **more,
    }  # fmt: skip


def test_written_down_once_with_the_document_seen_and_a_receipt(
    everyone: Any,
    koordinator: Any,
    sari: Any,
    as_user: Callable[[Any], Client],
    still: dt.datetime,
    own_folder: None,
) -> None:
    prepare()
    browser, given = as_user(koordinator), typed()
    first, second = browser.post(COUNTER, given), browser.post(COUNTER, given)
    assert first.status_code == 302 and first.url == second.url
    made = InformationRequest.objects.get()
    assert (made.channel, made.assistance, made.entered_by) == (
        "COUNTER",
        "dibacakan, dituliskan petugas, kursi roda",
        koordinator,
    )
    assert (
        made.received_at.date() == dt.date(2026, 3, 6) and made.clocks.get(step="answer").due_on is not None
    )  # type: ignore[attr-defined]
    proof = IdentityProof.objects.get()
    assert (
        proof.accepted
        and proof.judged_by == koordinator
        and proof.sealed_number is None
        and proof.number_hash
    )
    receipt = words(browser.get(first.url))
    for part in (
        made.registration,
        made.code,
        "<svg",
        f"?kode={made.code}",
        "Permohonan berikutnya",
        "Tanda bukti (PDF)",
    ):
        assert part in receipt, part
    assert as_user(sari).get(COUNTER).status_code == 404 and as_user(sari).get(first.url).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"shown": ""}, "Lihat dokumen identitasnya"),
        ({"number": "123"}, "16 angka"),
        ({"number": ""}, "Tulis nomornya"),
        ({"received_on": "2026-04-01"}, "masa depan"),
        ({"received_on": "2020-04-01"}, "enam bulan"),
        ({"who": "PROXY", "shown": ""}, "surat kuasa"),
        ({"who": "PROXY"}, "pemberi kuasa"),
        ({"who": "OFFICIAL"}, "Permintaan atas nama instansi"),
        ({"send_way": "EMAIL"}, "Cetakan hanya"),
        ({"form": "SOFT", "send_way": "EMAIL"}, "Tulis alamat surelnya"),
        ({"channel": "WEB"}, "tidak ada"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    everyone: Any,
    koordinator: Any,
    as_user: Callable[[Any], Client],
    still: dt.datetime,
    wrong: dict[str, Any],
    said: str,
) -> None:
    prepare()
    answer = as_user(koordinator).post(COUNTER, typed(**wrong))
    assert answer.status_code == 422 and said in words(answer)
    assert (
        "Jalan Melati 7" in words(answer)
        and "Bahan rapat warga." in words(answer)
        and "kursi roda" in words(answer)
    )
    assert not InformationRequest.objects.exists()


def test_what_is_there_already_is_offered_while_writing(
    everyone: Any, koordinator: Any, as_user: Callable[[Any], Client], still: dt.datetime
) -> None:
    item = an_item(title="Anggaran pemeliharaan jalan tahun 2025", now=still)
    browser = as_user(koordinator)
    assert item.title in words(browser.post(f"{COUNTER}saran/", {"details": "anggaran jalan"}))
    without_script = browser.post(COUNTER, typed(cari="1"))
    assert without_script.status_code == 200 and item.title in words(without_script)
    assert "Jalan Melati 7" in words(without_script) and not InformationRequest.objects.exists()


def test_each_person_finds_the_own_work_in_a_constant_number_of_queries(
    everyone: dict[str, Any], as_user: Callable[[Any], Client], still: dt.datetime, own_folder: None,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    a_year(still)
    an_item(status="PROPOSED", now=still)
    forget_caches()
    expected = {
        "koordinator": ("Permohonan informasi", "Diusulkan", "Sidang berikutnya"),
        "sekda": ("Keberatan", "Sidang berikutnya"),
        "sari": ("Permintaan untuk unit saya", "Daftar informasi"),
        "ibu_ratna": ("Uji konsekuensi",),
        "pengamat": ("Permohonan informasi",),
        "lurah_officer": ("Tidak ada yang menunggu Anda",),
    }
    for name, person in everyone.items():
        browser = as_user(person)
        if name in ("warga", "anon"):
            assert browser.get(WORK).status_code in (302, 404), name
            continue
        browser.get(WORK)
        with django_assert_max_num_queries(10):
            answer = browser.get(WORK)
        for part in expected.get(name, ()):
            assert part in words(answer), (name, part)
        for group in answer.context["groups"]:
            for line in group.lines:
                assert browser.get(line.url).status_code == 200, line.url
    assert reverse("information:work") == WORK
