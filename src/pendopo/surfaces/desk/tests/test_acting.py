"""Clashes, double clicks and refused forms: one act happens once, and nothing typed is lost."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from pendopo.base.audit.models import Entry
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.actions import moderation
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report


@pytest.fixture
def report(government: Government) -> Report:
    return a_report(status=Status.IN_PROGRESS, office=government.works)


def act_url(report: Report, verb: str) -> str:
    return reverse("desk:act", args=["reports", report.code, verb])


def photo() -> SimpleUploadedFile:
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), (90, 120, 80)).save(kept, "JPEG")
    return SimpleUploadedFile("bukti.jpg", kept.getvalue(), "image/jpeg")


def test_an_older_form_is_sent_back_with_everything_typed(
    report: Report, sari: Any, as_user: Callable[..., Client]
) -> None:
    data = {"body": "Tim sudah ke lokasi.", "version": report.version}
    moderation.set_urgency(report_id=report.pk, urgency=2, by=sari, now=report.received_at)
    answer = as_user(sari).post(act_url(report, "jawab"), data)
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "sudah berubah sejak Anda membukanya" in words and "Tim sudah ke lokasi." in words
    fresh = Report.objects.get(pk=report.pk).version
    assert f'name="version" value="{fresh}"' in words
    assert not report.messages.filter(kind="ANSWER").exists()


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 400, "1\x00"])
def test_a_wrong_version_is_a_clash_and_never_an_error(
    version: str, report: Report, sari: Any, as_user: Callable[..., Client]
) -> None:
    answer = as_user(sari).post(act_url(report, "catat"), {"body": "Halo.", "version": version})
    assert answer.status_code == 409


def test_a_second_click_of_a_note_writes_one_note(
    report: Report, sari: Any, as_user: Callable[..., Client]
) -> None:
    data = {"body": "Menunggu gudang.", "version": report.version}
    client = as_user(sari)
    assert client.post(act_url(report, "catat"), data).status_code == 302
    assert client.post(act_url(report, "catat"), data).status_code == 409
    assert report.messages.filter(kind="NOTE").count() == 1


def test_a_refused_form_keeps_the_words_and_asks_for_the_photos_again(
    report: Report, sari: Any, as_user: Callable[..., Client]
) -> None:
    data = {"summary": "", "photos": photo(), "version": report.version}
    answer = as_user(sari).post(act_url(report, "tutup"), data)
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "Berkas yang tadi Anda pilih belum terkirim" in words
    assert "Ada yang perlu diperbaiki" in words


def test_a_refusal_of_the_action_stands_beside_its_field_and_leaves_no_trace(
    report: Report, sari: Any, as_user: Callable[..., Client]
) -> None:
    entries = Entry.objects.about(report).count()
    answer = as_user(sari).post(act_url(report, "tutup"), {"summary": "sudah", "version": report.version})
    assert answer.status_code == 422
    assert "summary" in answer.context["form"].errors
    assert "sudah" in answer.content.decode()
    assert Entry.objects.about(report).count() == entries
    assert not report.closures.exists()


def test_proof_photos_are_kept_with_the_proposal(
    report: Report, sari: Any, as_user: Callable[..., Client]
) -> None:
    data = {"summary": "Beres.", "photos": [photo(), photo()], "version": report.version}
    assert as_user(sari).post(act_url(report, "tutup"), data).status_code == 302
    assert report.attachments.filter(role="PROOF").count() == 2


def test_the_way_back_leads_to_the_queue_it_came_from(
    report: Report, sari: Any, as_user: Callable[..., Client]
) -> None:
    url = act_url(report, "catat") + "?antrean=kantor&q=lampu"
    answer = as_user(sari).post(url, {"body": "Cek.", "version": report.version})
    assert (
        answer["Location"] == reverse("desk:case", args=["reports", report.code]) + "?antrean=kantor&q=lampu"
    )


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("jawab", {"body": "x" * 5001}), ("jawab", {"body": "\x00\u202e  "}), ("catat", {}),
        ("tanya", {"body": " "}), ("kemendesakan", {"urgency": "9"}), ("kemendesakan", {"urgency": "\x00"}),
        ("bagi-tugas", {"office_0": "x", "instruction_0": "y"}), ("kembalikan", {"reason": "x" * 301}),
        ("bagi-tugas", {"office_0": "9" * 30, "instruction_0": "y", "due_0": "31/31/31"}),
        ("tutup", {"summary": "Sudah kami ganti lampunya tadi", "photos": SimpleUploadedFile("a.jpg", b"PK\x03\x04")}),
        ("tutup", {"summary": "Sudah kami ganti lampunya tadi", "photos": SimpleUploadedFile("a.jpg", b"")}),
    ],
)  # fmt: skip
def test_bad_input_is_a_sentence_beside_the_field(
    verb: str, data: dict[str, Any], report: Report, sari: Any, as_user: Callable[..., Client]
) -> None:
    answer = as_user(sari).post(act_url(report, verb), {**data, "version": report.version})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    report.refresh_from_db()
    assert report.status == Status.IN_PROGRESS
