"""What everybody reads: the log without people, figures whose numbers are lists, charter and standard."""

import datetime as dt
import io
import re
import wave
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pendopo.domains.information import figures, service_pages
from pendopo.domains.information.models import InformationRequest, Item, ServicePage
from pendopo.domains.information.testing_catalogue import an_item
from pendopo.domains.information.tests.openness_world import PERSON, a_year, forget_caches

pytestmark = pytest.mark.django_db
LOG = "/ppid/catatan/"


@pytest.fixture
def year(everyone: Any, still: dt.datetime, own_folder: None) -> list[InformationRequest]:
    return a_year(still)


@pytest.fixture
def public() -> Client:
    return Client()


def words(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return unescape(body.decode())


def secrets() -> list[str]:
    """Every word of what people wrote, whole and in parts."""
    parts = {part for said in PERSON.values() for part in re.findall(r"\w{6,}", said)}
    return sorted({*PERSON.values(), *parts} - {"Bapak", "keluarga", "dinas"})


def test_no_public_address_shows_who_asked(year: list[InformationRequest], public: Client) -> None:
    asked = year[0]
    pages = [
        LOG, f"{LOG}data.csv", "/ppid/angka/", "/ppid/angka/?tahun=2025", "/ppid/laporan/", "/ppid/",
        "/ppid/informasi/",
        "/ppid/informasi/umpan.atom", "/ppid/informasi/data.csv", "/ppid/dcat/katalog.jsonld", "/ppid/dik/",
        "/ppid/maklumat/",
        "/ppid/api/3/action/package_list", f"{LOG}?q=anggaran", f"/ppid/permohonan/{asked.code}/",
    ]  # fmt: skip
    for page in pages:
        answer = public.get(page)
        assert answer.status_code in (200, 302, 404), page
        shown = words(answer)
        assert not [word for word in secrets() if word in shown], page
        assert asked.code not in shown or page.endswith(f"{asked.code}/"), page
    for word in ("Zulkarnaen", "kutilang", "Wiryawan", "waris"):
        assert not public.get(LOG, {"q": word}).context["entries"], word
        answer = public.get("/cari/", {"q": word})
        assert not [other for other in secrets() if other != word and other in words(answer)], word
    assert public.post("/ppid/minta/tersedia/", {"details": PERSON["details"]}).context["found"] == []


def test_the_log_tells_what_became_of_it(
    year: list[InformationRequest], public: Client, still: dt.datetime, django_assert_max_num_queries: Any
) -> None:
    public.get(LOG)
    with django_assert_max_num_queries(10):
        answer = public.get(LOG)
    assert answer.context["page"].total == len(year) - 2  # two were given no title
    split = next(one for one in year if one.decided_in_time is False)
    line = next(one for one in answer.context["entries"] if one["number"] == split.registration)
    assert (line["result"], line["letters"], len(line["units"])) == ("dikabulkan sebagian", ["h"], 2)
    assert line["days"] == split.answer_days and line["title"] == split.log_title
    for query in (
        {"hasil": "sebagian"},
        {"topik": "topik 1"},
        {"kantor": "dpu"},
        {"huruf": "h"},
        {"q": split.log_title},
    ):
        found = public.get(LOG, query).context
        whole = words(public.get(f"{LOG}data.csv", query)).strip().splitlines()
        assert 0 < found["page"].total < len(year) - 2 and len(whole) - 1 == found["page"].total, query
    assert public.get(LOG, {"q": split.registration}).context["page"].total == 1
    for query in ({"m": "l9"}, {"hasil": "aneh"}, {"q": "x" * 101}):
        assert public.get(LOG, query).status_code == 422, query
    assert "Belum ada yang cocok" in words(public.get(LOG, {"q": "tidakadasatupun"}))
    early = split.received_at.replace(hour=1)  # still the day before in UTC
    InformationRequest.objects.filter(pk=split.pk).update(received_at=early)
    told = words(public.get(f"{LOG}data.csv", {"q": split.registration})).strip().splitlines()[1]
    assert told.split(",")[1] == "2026-03-09"


def test_an_answer_that_was_made_public_links_to_its_entry(
    year: list[InformationRequest], public: Client, still: dt.datetime
) -> None:
    item = an_item(title="Realisasi pemeliharaan jalan", now=still)
    Item.objects.filter(pk=item.pk).update(origin=year[3])
    assert f'href="/ppid/informasi/{item.slug}/"' in words(public.get(LOG))


def test_each_figure_leads_to_exactly_its_rows(
    year: list[InformationRequest], public: Client, still: dt.datetime, django_assert_max_num_queries: Any
) -> None:
    an_item(now=still)
    forget_caches()
    public.get("/ppid/angka/")
    forget_caches()
    with django_assert_max_num_queries(15):
        answer = public.get("/ppid/angka/")
    told: figures.Figures = answer.context["told"]
    assert (told.received, told.logged) == (12, 11) and told.late == 1
    assert sum(row[1] for row in told.charts[0].rows) == told.received
    linked = [(url, number) for chart in told.charts for _label, _all, number, url in chart.rows if url]
    assert len(linked) > 8
    for url, number in linked:
        assert public.get(url).context["page"].total == number, url
    for _label, number, _part, url in told.categories:
        assert int(public.get(url).context["shelf"].total) == number, url
    assert public.get("/ppid/angka/?tahun=1999").status_code == 404
    with django_assert_max_num_queries(4):
        public.get("/ppid/angka/")


def a_recording(seconds: int = 1) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 8000 * seconds)
    return out.getvalue()


def test_charter_and_standard_are_written_heard_and_read_in_english(
    everyone: Any, koordinator: Any, sari: Any, public: Client, as_user: Callable[[Any], Client], still: dt.datetime,
    own_folder: None,
) -> None:  # fmt: skip
    assert "belum diterbitkan" in words(public.get("/ppid/maklumat/"))
    a_year_of_rules(still)
    service_pages.load()
    shown = words(public.get("/ppid/standar/"))
    for part in (
        "Dasar hukum",
        "Caranya",
        "Waktu",
        "Biaya",
        "Jaminan",
        "Evaluasi",
        "10 hari kerja",
        "Pasal 22 ayat (7)",
    ):
        assert part in shown, part
    assert "We, the public information officers" in words(public.get("/ppid/maklumat/?hl=en", follow=True))
    browser, page = as_user(koordinator), reverse("information:service-page", args=["maklumat"])
    form = browser.get(page).context["form"]
    given = {
        name: form[name].value() or ""
        for name in ("key", "title", "body", "title_en", "body_en", "valid_from")
    }
    wrong = browser.post(
        page, given | {"body": "Batasnya {{ batas_aneh }}.", "sign_url": "http://contoh.id/"}
    )
    assert wrong.status_code == 422 and "batas_aneh" in words(wrong) and "https://" in words(wrong)
    film = SimpleUploadedFile("janji.mp3", b"\x00\x00\x00\x18ftypisom" + b"\0" * 600)
    assert browser.post(page, given | {"audio": film}).status_code == 422
    voice = SimpleUploadedFile("janji.txt", a_recording())
    assert browser.post(page, given | {"audio": voice, "title": "Janji kami"}).status_code == 302
    assert browser.post(page, given | {"title": "Janji lain"}).status_code == 302  # a second click
    version = service_pages.current("CHARTER", still.date())
    assert version is not None and version.title == "Janji kami" and ServicePage.objects.count() == 3
    assert version.audio is not None and (version.audio.kind, version.audio.content_type) == (
        "WAV",
        "audio/wav",
    )
    heard = public.get(
        reverse("information:page-audio", args=["maklumat", version.pk]), headers={"Range": "bytes=0-3"}
    )
    assert (heard.status_code, b"".join(heard.streaming_content)) == (206, b"RIFF")
    public.get("/ppid/maklumat/?hl=id", follow=True)
    assert "<audio" in words(public.get("/ppid/maklumat/")) and "Janji kami" in words(
        public.get("/ppid/maklumat/")
    )
    assert as_user(sari).get(page).status_code == 404
    past = given | {"key": "6f1c4f6e-2f4f-4a1e-9a55-0c4d3ab8f001", "valid_from": "2026-03-01"}
    assert "berlaku surut" in words(browser.post(page, past))


def a_year_of_rules(now: dt.datetime) -> None:
    an_item(now=now)
    forget_caches()
