"""Officers at work at the same time: they see each other, share filters and words, and never overwrite one another."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from pendopo.domains.reports.models import CannedAnswer, Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.surfaces.desk.tests.serving import serving
from tests.journeys.conftest import PHONE, Check, City, Shot, SignedIn

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def report(city: City) -> Report:
    return a_report(status=Status.IN_PROGRESS, office=city.government.works)


@pytest.fixture
def streaming(city: City) -> Iterator[str]:
    """The product behind uvicorn: the server of the other journeys cannot stream."""
    with serving() as address:
        yield address


def case_url(report: Report) -> str:
    return reverse("desk:case", args=["reports", report.code])


def at_server(page: Page, address: str) -> Page:
    """The same signed-in browser for another address of the product."""
    [session] = [c for c in page.context.cookies() if c.get("name") == settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session["name"], "value": session["value"], "url": address}])
    return page


def test_two_officers_see_each_other_on_the_case_and_in_the_list(
    report: Report, city: City, streaming: str, signed_in: SignedIn, shot: Shot, axe: Check
) -> None:
    sari = at_server(signed_in(city.people["sari"]), streaming)
    budi = at_server(signed_in(city.people["budi"]), streaming)
    ratna = at_server(signed_in(city.people["ibu_ratna"]), streaming)
    sari.goto(streaming + case_url(report))
    expect(sari.locator("#hadir")).to_be_hidden()
    ratna.goto(streaming + "/meja/reports/antrean/kantor/")
    expect(ratna.locator(".rep-here")).to_have_text("dibuka Sari Wulandari")
    budi.goto(streaming + case_url(report))
    expect(sari.locator("#hadir")).to_have_text("Budi Santoso sedang membuka kasus ini.")
    expect(budi.locator("#hadir")).to_have_text("Sari Wulandari sedang membuka kasus ini.")
    expect(ratna.locator(".rep-here")).to_contain_text("Budi Santoso, Sari Wulandari")
    for page in (sari, ratna):
        shot(page, "together")
        axe(page)
    budi.goto(streaming + "/meja/")
    expect(sari.locator("#hadir")).to_be_hidden(timeout=15_000)
    expect(ratna.locator(".rep-here")).to_have_text("dibuka Sari Wulandari")


@pytest.mark.parametrize("script", [True, False])
def test_the_later_of_two_tabs_is_shown_the_difference_and_decides(
    script: bool, report: Report, city: City, signed_in: SignedIn, shot: Shot, axe: Check
) -> None:
    first = signed_in(city.people["sari"], java_script_enabled=script)
    second = first.context.new_page()
    first.goto(case_url(report) + "jawab/")
    first.get_by_label("Jawaban untuk pelapor").fill("Tim berangkat besok pagi.")
    second.goto(case_url(report) + "kemendesakan/")
    second.get_by_label("mendesak", exact=True).check()
    second.get_by_role("main").get_by_role("button", name="Ubah kemendesakan").click()
    first.get_by_role("main").get_by_role("button", name="Jawab pelapor").click()
    changed = first.get_by_role("row").filter(has_text="Kemendesakan")
    expect(changed).to_contain_text("biasa")
    expect(changed).to_contain_text("mendesak")
    expect(first.locator(".difference")).to_contain_text("Sari Wulandari")
    expect(first.get_by_label("Jawaban untuk pelapor")).to_have_value("Tim berangkat besok pagi.")
    if script:
        shot(first, "difference")
        axe(first)
    first.get_by_role("button", name="Tetap kirim").click()
    expect(first.get_by_role("status").first).to_contain_text("Jawaban terkirim.")
    assert report.messages.filter(kind="ANSWER").count() == 1


def test_a_prepared_answer_goes_in_at_the_cursor_and_is_seen_as_the_citizen_will(
    report: Report, city: City, signed_in: SignedIn, shot: Shot, axe: Check
) -> None:
    CannedAnswer.objects.create(
        title="Petugas berangkat", body="Petugas {kantor} berangkat ke {tempat}.", order=0
    )
    page = signed_in(city.people["sari"])
    page.goto(case_url(report) + "jawab/")
    box = page.get_by_label("Jawaban untuk pelapor")
    box.fill("Halo Ibu.\nTerima kasih.")
    box.evaluate("(field) => field.setSelectionRange(10, 10)")
    page.get_by_label("Jawaban siap pakai").select_option(label="Petugas berangkat")
    page.get_by_role("button", name="Sisipkan").click()
    expect(box).to_have_value("Halo Ibu.\nPetugas Dinas Pekerjaan Umum berangkat ke Mawar.\n\nTerima kasih.")
    page.get_by_role("button", name="Lihat seperti yang dibaca warga").click()
    expect(page.locator("#pratinjau")).to_contain_text("Dinas Pekerjaan Umum mengirim jawaban.")
    expect(page.locator("#pratinjau")).to_contain_text("berangkat ke Mawar.")
    shot(page, "preview")
    axe(page)
    page.get_by_role("main").get_by_role("button", name="Jawab pelapor").click()
    expect(page.get_by_role("status").first).to_contain_text("Jawaban terkirim.")


def test_without_javascript_a_prepared_answer_and_the_preview_come_with_the_page(
    report: Report, city: City, signed_in: SignedIn
) -> None:
    CannedAnswer.objects.create(title="Petugas berangkat", body="Petugas berangkat.", order=0)
    page = signed_in(city.people["sari"], PHONE, java_script_enabled=False)
    page.goto(case_url(report) + "jawab/")
    box = page.get_by_label("Jawaban untuk pelapor")
    box.fill("Halo Ibu.")
    page.get_by_label("Jawaban siap pakai").select_option(label="Petugas berangkat")
    page.get_by_role("button", name="Sisipkan").click()
    expect(box).to_have_value("Halo Ibu.\n\nPetugas berangkat.")
    page.get_by_role("button", name="Lihat seperti yang dibaca warga").click()
    expect(page.locator("#pratinjau")).to_contain_text("Petugas berangkat.")
    page.get_by_role("main").get_by_role("button", name="Jawab pelapor").click()
    expect(page.get_by_role("status").first).to_contain_text("Jawaban terkirim.")


def test_a_saved_filter_is_shared_with_the_office_and_counted(
    report: Report, city: City, signed_in: SignedIn, shot: Shot, axe: Check
) -> None:
    a_report(status=Status.IN_PROGRESS, office=city.government.works, category="sampah")
    page = signed_in(city.people["sari"])
    page.goto("/meja/reports/antrean/kantor/")
    page.get_by_text("Saring", exact=True).click()
    page.get_by_label("Kategori").select_option("lampu-jalan")
    page.get_by_role("link", name="Simpan saringan ini").click()
    page.get_by_label("Nama saringan").fill("Lampu kita")
    page.get_by_label("Dinas Pekerjaan Umum").check()
    page.get_by_role("button", name="Simpan saringan").click()
    expect(page.locator(".saved a[aria-current]")).to_have_text("Lampu kita 1")
    other = signed_in(city.people["budi"])
    other.goto("/meja/reports/antrean/punyaku/")
    shelf = other.locator(".saved .queues a")
    expect(shelf).to_contain_text("Lampu kita")
    expect(shelf.locator(".number")).to_have_text("1")
    shot(other, "shelf")
    axe(other)
    shelf.click()
    expect(other.locator(".rep")).to_have_count(1)
    expect(other.locator(".rep .code")).to_have_text(report.code)
