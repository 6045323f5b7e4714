"""A regular entry falls due, becomes work on its owner's desk, and is renewed: by a new file, or as still valid."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pendopo.base.files.testing import docx_file
from pendopo.domains.information import tasks_keeping
from pendopo.domains.information.actions.looking import check_version
from pendopo.domains.information.models import Category, Item, ItemVersion
from pendopo.domains.information.testing_catalogue import an_item
from tests.journeys import steps
from tests.journeys.conftest import MONDAY, City, Passing, Shot, SignedIn

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

BUDGET, PLAN = "Realisasi anggaran semester berjalan", "Rencana kerja tahunan"


@pytest.fixture
def entries(city: City) -> dict[str, Item]:
    """Two entries of Dinas PU, to be renewed every six months; the first one with its file."""
    given: dict[str, Any] = {"category": Category.BERKALA, "office": city.government.works, "now": MONDAY}
    return {
        BUDGET: an_item(title=BUDGET, text="Realisasi semester pertama", **given),
        PLAN: an_item(title=PLAN, **given),
    }


def waiting(page: Page) -> None:
    """The list of what is to be renewed, from the page of one's work."""
    page.goto("/meja/ppid/")
    group = page.locator(".work > li").filter(has_text="Daftar informasi")
    group.get_by_role("link", name="Perlu diperbarui").click()


def renew(page: Page, shot: Shot) -> None:
    """A new file: kept, looked through, published with what changed."""
    waiting(page)
    expect(page.get_by_role("main").locator("tbody tr")).to_have_count(2)
    shot(page, "perlu-diperbarui")
    page.get_by_role("link", name=BUDGET).click()
    page.locator("#berkas_file").set_input_files(
        {"name": "semester-2.docx", "mimeType": "", "buffer": docx_file("Realisasi semester kedua")}
    )
    page.get_by_label("Yang berubah").last.fill("Angka sampai akhir Agustus.")
    steps.submit(page, "Simpan berkas")
    expect(page.get_by_role("main")).to_contain_text("Berkas ini sedang diperiksa.")
    check_version(version_id=ItemVersion.objects.get(number=2).pk)  # the worker's job
    page.get_by_role("link", name="Muat ulang").click()
    shot(page, "versi-baru")
    page.get_by_label("Yang sudah Anda periksa", exact=True).fill("Nama pembuat berkas adalah pegawai kami.")
    steps.submit(page, "Terbitkan versi ini")
    steps.told(page, "Versi ini sudah diterbitkan.")


def confirm(page: Page) -> None:
    """Nothing changed: looked at, and said why."""
    waiting(page)
    page.get_by_role("link", name=PLAN).click()
    page.locator("summary", has_text="Masih berlaku").click()
    page.get_by_label("Alasan").first.fill("Rencana kerja tidak berubah tahun ini.")
    steps.submit(page, "Nyatakan masih berlaku")
    steps.told(page, "Dicatat: informasi masih berlaku.")


def test_a_berkala_entry_is_renewed(
    city: City, entries: dict[str, Item], passing: Passing, phone: Page, signed_in: SignedIn, shot: Shot
) -> None:
    address = f"/ppid/informasi/{entries[BUDGET].slug}/"
    phone.goto(address)
    expect(phone.get_by_role("main")).to_contain_text("Rabu, 9 September 2026")
    passing.to(9, 10)
    tasks_keeping.sweep_lists(0)
    phone.reload()
    shot(phone, "terlambat")
    owner = signed_in(city.people["sari"])
    owner.goto("/kotak-masuk/")
    expect(owner.get_by_role("main")).to_contain_text("2 informasi berkala Dinas Pekerjaan Umum")
    renew(owner, shot)
    confirm(owner)
    waiting(owner)
    expect(owner.get_by_role("main")).to_contain_text("Tidak ada informasi di daftar ini")
    phone.reload()
    page = phone.get_by_role("main")
    expect(page).to_contain_text("Rabu, 10 Maret 2027")
    expect(page.locator(".files > li").first).to_contain_text("Versi 2")
    expect(page.locator(".files > li").first).to_contain_text("Angka sampai akhir Agustus.")
    shot(phone, "diperbarui")
    phone.goto(f"/ppid/informasi/{entries[PLAN].slug}/")
    expect(phone.get_by_role("main")).to_contain_text("Rabu, 10 Maret 2027")
