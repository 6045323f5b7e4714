"""Suggestions: entries and earlier answers that are public, by any two of the words, and never a private word."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from pendopo.domains.information import suggesting
from pendopo.domains.information.models import FoundDay, InformationRequest, Item
from pendopo.domains.information.testing import a_request, prepare


@pytest.fixture
def catalogue(government: Any, still: Any) -> dict[str, Item]:
    prepare()
    rows = {
        "jalan": ("Anggaran pemeliharaan jalan 2025", "Belanja per kecamatan", "SERTA_MERTA", "FIXED"),
        "sekolah": ("Daftar sekolah dasar", "Alamat dan jumlah murid", "SERTA_MERTA", "FIXED"),
        "draf": ("Anggaran pemeliharaan jalan 2026", "Rancangan", "SERTA_MERTA", "DRAFT"),
    }
    return {
        slug: Item.objects.create(
            slug=slug, title=title, summary=summary, category=category, status=status, office=government.works,
            holder="Bidang", responsible="Kepala", made_on=dt.date(2025, 1, 1), made_place="Kota Uji",
            retention="5 tahun", published_at=still if status == "FIXED" else None, modified_at=still,
            created_at=still,
        )
        for slug, (title, summary, category, status) in rows.items()
    }  # fmt: skip


def test_two_words_of_a_long_question_are_enough(catalogue: Any, django_assert_num_queries: Any) -> None:
    asked = "Saya mohon salinan dokumen tentang biaya pemeliharaan semua jalan kota selama dua tahun terakhir"
    with django_assert_num_queries(4):
        found = suggesting.suggestions(asked)
    assert [one.key for one in found] == ["jalan"]
    for nothing in ("", "mohon data", "xyzzy", "a & b | !c:*", "'); drop", "jembatan"):
        assert suggesting.suggestions(nothing) == []


def test_earlier_answers_are_found_by_the_public_title_only(catalogue: Any, still: Any) -> None:
    request = a_request(details="Rekam medis nenek saya di puskesmas", now=still)
    InformationRequest.objects.filter(pk=request.pk).update(
        log_title="Jadwal pelayanan puskesmas", decision="FULL", decided_at=still
    )
    [one] = suggesting.suggestions("jadwal pelayanan puskesmas keliling")
    assert (one.where, one.title) == ("ANSWER", "Jadwal pelayanan puskesmas")
    assert suggesting.suggestions("rekam medis nenek") == []


def test_the_form_offers_it_live_and_on_the_next_step_and_counts_a_happy_end(
    catalogue: Any, still: Any
) -> None:
    client = Client()
    words = {"details": "anggaran pemeliharaan jalan per kecamatan"}
    live = client.post("/ppid/minta/tersedia/", words).content.decode()
    assert "Anggaran pemeliharaan jalan 2025" in live
    assert "2026" not in live
    client.post("/ppid/minta/", words)
    assert "Sudah tersedia?" in client.get("/ppid/minta/cara/").content.decode()
    happy = client.post("/ppid/minta/ketemu/", {"one": "ITEM:jalan"})
    assert "Anda tidak perlu mengajukan permohonan" in happy.content.decode()
    assert client.post("/ppid/minta/ketemu/", {"one": "ITEM:draf"}).status_code == 302
    assert client.post("/ppid/minta/ketemu/", {"one": "x"}).status_code == 302
    assert FoundDay.objects.get().count == 1
    assert not InformationRequest.objects.exists()
