"""A citizen who chose a language reads every page in it, errors included."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report, prepare
from pendopo.domains.reports.tests.holding import holder_of

# Words that every Indonesian sentence of ours is full of, and no English one; and the other way round.
INDONESIAN = re.compile(
    r"\b(yang|dan|anda|laporan|tidak|belum|sudah|untuk|dari|dengan|kami|kantor|ini|itu|oleh|hari|lagi|pelapor"
    r"|petugas|warga|pilih|tulis|semua|batas|waktu|atau|jangan|coba|lewat|nomor|surel|kembali|diterima|selesai"
    r"|bulan|senin|rabu|kamis|jumat|sabtu|minggu|januari|februari|maret|mei|juni|juli|agustus|oktober|desember)\b",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"\b(the|your|you|and|of|with|report|reports|office|please|choose|write|days)\b", re.IGNORECASE
)
# What people wrote and what things are called stays as it is in every language.
WRITTEN = (
    "Lampu sudah kami ganti dan sudah menyala.",
    "Di sebelah mana tepatnya?",
    "Masih mati juga lampunya.",
    "Tempatnya tidak dapat kami temukan.",
    "Ini urusan PLN.",
    "Bahasa Indonesia",
    "Dinas Komunikasi dan Informatika",
    "Some lamps broke",
    "Old lane, north end",
    "the same in English",
)  # fmt: skip


def visible(page: str) -> str:
    """What is read on a page, or heard: no markup, no scripts, no words in the other language marked as such."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(
        r"<(\w+)[^>]*\slang=\"[^\"]*\"[^>]*>[^<]*</\1>", " ", page.partition("<body")[2] + _title(page)
    )
    heard = re.findall(
        r"\s(?:aria-label|alt|placeholder|title|data-label|data-[a-z]+-words?)=\"([^\"]*)\"", page
    )
    text = unescape(" ".join([re.sub(r"<[^>]*>", " ", page), *heard]))
    for words in WRITTEN:
        text = text.replace(words, " ")
    return " ".join(re.sub(r"\S+[@/]\S+", " ", text).split())  # addresses are not words


def _title(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    return found[1] if found else ""


def strangers(page: str, language: str) -> list[str]:
    """Pieces of the page in the wrong language."""
    text = visible(page)
    wrong = INDONESIAN if language == "en" else ENGLISH
    return [text[max(0, hit.start() - 40) : hit.end() + 40] for hit in wrong.finditer(text)]


@pytest.fixture
def city(government: Any) -> Any:
    prepare()
    return government


@pytest.fixture(params=["en", "id"])
def read(request: pytest.FixtureRequest) -> Iterator[Callable[..., Client]]:
    """`read(path, client)` opens a page in one language and finds no word of the other."""
    language = str(request.param)

    def get(path: str, client: Client | None = None, status: int = 200, **post: Any) -> str:
        client = client or Client()
        client.cookies["django_language"] = language
        response = client.post(path, post["data"]) if "data" in post else client.get(path)
        assert response.status_code == status, path
        page = response.content.decode()
        assert response.headers["Content-Language"] == language
        assert not strangers(page, language), f"{path}: {strangers(page, language)}"
        return visible(page)

    get.language = language  # type: ignore[attr-defined]
    with translation.override(None):
        yield get  # type: ignore[misc]


def english(**more: Any) -> Report:
    return a_report(text="Some lamps broke", address="Old lane, north end", name="Rina", **more)


@pytest.mark.parametrize(
    "path",
    ["/", "/lapor/", "/lacak/", "/laporan/", "/laporan/?kata=zzz", "/angka/", "/peta/", "/cari/", "/cari/?q=zzz",
     "/kalender/?tahun=2026", "/kalender/?tahun=2031", "/tentang/", "/privasi/", "/aksesibilitas/",
     "/akun/login/", "/akun/signup/", "/akun/password/reset/"],
)  # fmt: skip
@pytest.mark.parametrize("filled", [True, False])
def test_open_pages_speak_one_language(
    path: str, filled: bool, read: Any, city: Any, still: dt.datetime
) -> None:
    if filled:
        english(status=Status.IN_PROGRESS, office=city.works, point=(-7.5601, 110.8112))
        english(status=Status.CLOSED_BY_SYSTEM, office=city.works)
    read(path)


@pytest.mark.parametrize("status", Status.values)
def test_a_reporters_page_speaks_one_language(status: str, read: Any, city: Any, still: dt.datetime) -> None:
    report = english(status=status, office=city.works)
    read(f"/lacak/{report.code}/", holder_of(report))
    read(f"/laporan/{report.slug}/")


def test_an_overdue_report_speaks_one_language(read: Any, city: Any, still: dt.datetime) -> None:
    report = english(now=still - dt.timedelta(days=40), secret=True)
    read(f"/lacak/{report.code}/", holder_of(report))


def test_the_wizard_and_its_errors_speak_one_language(read: Any, city: Any, still: dt.datetime) -> None:
    client = Client()
    read("/lapor/", client, 422, data={})
    client.post("/lapor/", {"category": "lampu-jalan"})
    read("/lapor/tempat/", client)
    read("/lapor/tempat/", client, 422, data={})
    client.post("/lapor/tempat/", {"region": "99.71.01.1001", "address": "Old lane, north end"})
    read("/lapor/cerita/", client)
    read("/lapor/cerita/", client, 422, data={"text": "x"})
    client.post("/lapor/cerita/", {"text": "Some lamps broke", "anonymous": "on"})
    read("/lapor/kontak/", client)
    read("/lapor/kontak/", client, 422, data={"email": "x", "phone": "y"})
    client.post("/lapor/kontak/", {"name": "Rina", "email": "rina@contoh.example"})
    read("/lapor/periksa/", client)
    sent = client.post("/lapor/periksa/")
    assert sent.status_code == 302, sent.content.decode()[:500]
    read(sent["Location"], client)


def test_wrong_answers_speak_one_language(read: Any, city: Any, still: dt.datetime) -> None:
    report = english(status=Status.ANSWERED, office=city.works)
    client = holder_of(report)
    read("/lacak/", Client(), 422, data={"code": report.code, "contact": "x@contoh.example"})
    read("/lacak/", Client(), 422, data={})
    read(f"/lacak/{report.code}/buka-lagi/", client, 422, data={"reason": "x"})
    read(f"/lacak/{report.code}/nilai/", client, 422, data={})
    read("/laporan/tidak-ada/", client, 404)
    read("/lacak/buka/salah/", client, 404)


def test_a_reason_chosen_in_indonesian_is_read_in_english(city: Any, still: dt.datetime) -> None:
    report = english(status=Status.ARCHIVED)
    client = Client()
    client.cookies["django_language"] = "en"
    page = client.get(f"/laporan/{report.slug}/").content.decode()
    assert "It is not clear what the report says" in page


def test_a_reason_recorded_by_an_english_reading_officer_stays_indonesian_in_the_journal(city: Any) -> None:
    with translation.override("en"):
        report = english(status=Status.ARCHIVED)
    page = Client().get(f"/laporan/{report.slug}/").content.decode()
    assert "Isi laporan tidak jelas" in page and "It is not clear" not in page
