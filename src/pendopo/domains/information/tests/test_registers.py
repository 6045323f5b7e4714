"""The statutory registers: whose rows, which columns, every look at people recorded, files that are safe to open."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from pendopo.base.audit.models import Entry
from pendopo.domains.information.models import InformationRequest
from pendopo.domains.information.tests.openness_world import PERSON, a_year

pytestmark = pytest.mark.django_db
PEOPLE = [PERSON[name] for name in ("name", "email", "phone", "address", "occupation", "purpose")]


@pytest.fixture
def year(everyone: Any, still: dt.datetime, own_folder: None) -> list[InformationRequest]:
    return a_year(still)


def url(key: str = "permohonan") -> str:
    return reverse("information:register", args=[key])


def words(answer: Any) -> str:
    return answer.content.decode()


def test_each_person_reads_only_the_own_rows(
    year: list[InformationRequest], everyone: dict[str, Any], as_user: Callable[[Any], Client]
) -> None:
    whole = len(year)
    rows = {
        "koordinator": whole, "pengamat": whole, "administrator": whole, "sekda": whole, "sari": 1, "budi": 1,
        "ibu_ratna": 1, "tono": 1, "lurah_officer": 0,
    }  # fmt: skip
    for name, person in everyone.items():
        answer = as_user(person).get(url())
        if name not in rows:
            assert answer.status_code in (302, 404), name
            continue
        assert f"<b>{rows[name]} baris</b>" in words(answer), name
        assert not any(word in words(answer) for word in PEOPLE), name
    assert "<b>0 baris</b>" in words(as_user(everyone["sari"]).get(url("keberatan")))
    assert "<b>3 baris</b>" in words(as_user(everyone["sekda"]).get(url("keberatan")))
    assert as_user(everyone["sari"]).get(url("lain")).status_code == 404


def test_people_are_shown_for_a_purpose_and_every_look_is_history(
    year: list[InformationRequest], koordinator: Any, sari: Any, as_user: Callable[[Any], Client],
    monkeypatch: pytest.MonkeyPatch, still: dt.datetime,
) -> None:  # fmt: skip
    browser, unlock = as_user(koordinator), reverse("information:register-people", args=["permohonan"])
    short = browser.post(unlock, {"purpose": "lihat"})
    assert short.status_code == 422 and "lihat" in words(short)
    assert as_user(sari).post(unlock, {"purpose": "Melengkapi laporan bulanan."}).status_code == 404
    answer = browser.post(
        unlock, {"purpose": "Melengkapi laporan bulanan.", "kembali": f"{url()}?hasil=ditolak"}
    )
    assert answer.url == f"{url()}?hasil=ditolak"
    assert (
        browser.post(
            unlock, {"purpose": "Melengkapi laporan bulanan.", "kembali": "https://jahat.example/"}
        ).url
        == url()
    )
    page = words(browser.get(url()))
    assert all(word in page for word in PEOPLE)
    seen = Entry.objects.filter(verb="information.register_seen")
    assert seen.count() == len(year) and set(seen.values_list("subject_id", flat=True)) == {
        one.pk for one in year
    }
    assert seen[0].facts["purpose"] == "Melengkapi laporan bulanan."
    assert Entry.objects.get(verb="information.register_opened").facts["rows"] == len(year)
    sheet = browser.get(reverse("information:register-file", args=["permohonan", "xlsx"]))
    assert PERSON["name"] in str(list(openpyxl.load_workbook(io.BytesIO(sheet.content)).active.values))
    assert Entry.objects.get(verb="information.register_exported").facts["rows"] == len(year)
    browser.post(unlock, {"tutup": "1"})
    assert PERSON["name"] not in words(browser.get(url()))
    browser.post(unlock, {"purpose": "Melengkapi laporan bulanan."})
    later = still + dt.timedelta(minutes=31)
    monkeypatch.setattr("pendopo.kernel.clock.now", lambda: later)
    assert PERSON["name"] not in words(browser.get(url()))


def test_filters_keyset_and_a_constant_number_of_queries(
    year: list[InformationRequest], koordinator: Any, as_user: Callable[[Any], Client],
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    browser = as_user(koordinator)
    monkeypatch.setattr("pendopo.domains.information.registers.pages.PAGE", 4)
    monkeypatch.setattr("pendopo.domains.information.registers.pages.page_of.__kwdefaults__", {"size": 4})
    browser.get(url())
    found, address = [], url()
    while address:
        with django_assert_max_num_queries(10):
            answer = browser.get(address)
        found += [line[0][1] for line in answer.context["lines"]]
        address = f"{url()}{answer.context['older_url']}" if answer.context["older_url"] else ""
    newest = sorted(year, key=lambda one: (one.year, one.number), reverse=True)
    assert found == [one.registration for one in newest]
    back = browser.get(f"{url()}{answer.context['newer_url']}")
    assert [line[0][1] for line in back.context["lines"]] == found[
        len(found) - len(answer.context["lines"]) - 4 :
    ][:4]
    for query in ("m=xyz", "m=l99999999999999.1", "hasil=aneh", "tahun=1899"):
        assert browser.get(f"{url()}?{query}").status_code == 422, query
    assert "<b>1 baris</b>" in words(browser.get(f"{url()}?kantor=dpu"))
    assert "Pasal 17 huruf h" in words(browser.get(f"{url()}?hasil=ditolak&huruf=h"))


def test_files_hold_the_same_rows_and_no_formula(
    year: list[InformationRequest], pengamat: Any, as_user: Callable[[Any], Client]
) -> None:
    InformationRequest.objects.filter(pk=year[0].pk).update(details="=HYPERLINK(1)")
    browser = as_user(pengamat)
    sheet = browser.get(reverse("information:register-file", args=["permohonan", "xlsx"]))
    rows = list(openpyxl.load_workbook(io.BytesIO(sheet.content)).active.values)
    assert [row[0] for row in rows[1:]] == [
        one.registration for one in sorted(year, key=lambda one: (one.year, one.number))
    ]
    assert "'=HYPERLINK(1)" in str(rows) and not any(word in str(rows) for word in PEOPLE)
    paper = browser.get(reverse("information:register-file", args=["permohonan", "pdf"]))
    read = PdfReader(io.BytesIO(paper.content))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"] and read.trailer["/Root"]["/Lang"] == "id"
    assert read.pages[0].mediabox.width > read.pages[0].mediabox.height
    text = "".join(page.extract_text() for page in read.pages)
    assert year[0].registration in text and not any(word in text for word in PEOPLE)
    assert Entry.objects.filter(verb="information.register_exported", actor=pengamat).count() == 2
