"""A citizen with a cheap phone reports, follows and browses; every page passes axe in both themes and sizes."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report, prepare
from pendopo.kernel import caches
from tests.journeys.conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def city(transactional_db: None, government: Any) -> Any:
    prepare()
    caches.clear_all()
    return government


def a_photo() -> dict[str, Any]:
    out = io.BytesIO()
    Image.new("RGB", (2400, 1800), (120, 110, 90)).save(out, "JPEG")
    return {"name": "lubang.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def write_a_report(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/lapor/")
    axe(page)
    page.get_by_label("Lampu jalan", exact=True).check()
    page.set_input_files("input[type=file]", a_photo())
    expect(page.locator(".photo-list li").first).to_contain_text("dikecilkan")
    page.get_by_role("button", name="Lanjut").click()
    axe(page)
    page.get_by_label("Alamat atau patokan").fill("Jalan Melati, depan masjid")
    page.get_by_label("Kelurahan").select_option(label="Mawar")
    page.get_by_role("button", name="Lanjut").click()
    axe(page)
    page.get_by_label("Apa yang terjadi?").fill("pendek")
    page.get_by_role("button", name="Lanjut").click()
    expect(page.locator(".error-summary")).to_be_focused()
    axe(page)
    page.get_by_label("Apa yang terjadi?").fill("Lampu jalan di depan masjid mati tiga malam.")
    page.get_by_role("button", name="Lanjut").click()
    axe(page)
    page.get_by_label("Surel (e-mail)").fill("rina@contoh.example")
    page.get_by_role("button", name="Lanjut").click()
    axe(page)
    page.get_by_role("button", name="Kirim laporan").click()


def test_a_report_is_sent_from_a_phone_and_followed(
    city: Any, phone: Page, axe: Callable[[Page], None]
) -> None:
    write_a_report(phone, axe)
    report = Report.objects.get()
    expect(phone.get_by_text(report.code, exact=True)).to_be_visible()
    axe(phone)
    phone.get_by_role("link", name="Lihat perkembangan laporan").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("menunggu diperiksa")
    axe(phone)
    assert report.attachments.count() == 1


def test_without_scripts_the_same_report_is_sent(city: Any, new_page: Callable[..., Page]) -> None:
    page = new_page(PHONE, java_script_enabled=False)
    page.goto("/lapor/")
    page.get_by_label("Lampu jalan", exact=True).check()
    page.set_input_files("input[type=file]", a_photo())
    page.get_by_role("button", name="Unggah foto yang dipilih").click()
    page.get_by_label("Lampu jalan", exact=True).check()
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Alamat atau patokan").fill("Jalan Melati, depan masjid")
    page.get_by_label("Kelurahan").select_option(label="Mawar")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Apa yang terjadi?").fill("Lampu jalan di depan masjid mati tiga malam.")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text(Report.objects.get().code, exact=True)).to_be_visible()
    assert Report.objects.get().attachments.count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1366"])
def test_every_public_page_passes_axe(
    size: dict[str, int], theme: str, city: Any, new_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    for status in (Status.RECEIVED, Status.AWAITING_INFO, Status.CLOSED_BY_SYSTEM):
        a_report(status=status, office=city.works, point=(-7.56, 110.81))
    shown = a_report(status=Status.ANSWERED, office=city.works, point=(-7.57, 110.82), anonymous=False)
    page = new_page(size, color_scheme=theme)
    for path in ("/", "/laporan/", "/laporan/?q=tidakada", "/laporan/?m=x", f"/laporan/{shown.slug}/", "/angka/",
                 "/lacak/", "/lacak/buka/x/", "/cari/?q=lampu", "/peta/", "/tentang/", "/privasi/",
                 "/aksesibilitas/"):  # fmt: skip
        page.goto(path)
        axe(page)


def test_the_map_opens_on_tap_beside_the_same_list(
    city: Any, phone: Page, axe: Callable[[Page], None]
) -> None:
    for number in range(3):
        a_report(point=(-7.56 - number * 0.02, 110.81))
    problems: list[str] = []
    phone.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    phone.goto("/laporan/")
    expect(phone.locator(".card")).to_have_count(3)
    phone.get_by_role("button", name="Buka peta").click()
    expect(phone.locator(".cluster").first).to_be_visible()
    axe(phone)
    assert not problems
