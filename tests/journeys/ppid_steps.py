"""What people of PPID do on their pages, for journeys through that room."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Shot
from tests.journeys.steps import at, submit, told


def from_work(page: Page, kind: str, queue: str, number: str) -> None:
    """From "Pekerjaan PPID" into a queue and the case with this number."""
    page.goto("/meja/ppid/")
    page.locator(".work > li").filter(has_text=kind).get_by_role("link", name=queue).first.click()
    page.locator(".rep").filter(has_text=number).get_by_role("link").first.click()
    expect(page.locator("#kasus h1")).to_contain_text(number)


def verb(page: Page, label: str) -> None:
    button = page.locator("#tindakan").get_by_role("link", name=label, exact=True)
    if not button.is_visible():
        page.locator("#tindakan summary", has_text="Tindakan lain").click()
    button.click()
    at(page, label)


def choose(field: Locator, words: str) -> None:
    """The option with these words in it."""
    found = field.locator("option", has_text=words).first
    field.select_option(value=found.get_attribute("value"))


def fix_exemption(page: Page, number: str, day: str, shot: Shot) -> None:
    """The council's opinion, then the decree."""
    page.goto("/meja/ppid/")
    page.locator(".work > li").filter(has_text="Uji konsekuensi").get_by_role(
        "link", name="Diusulkan"
    ).click()
    page.get_by_role("main").get_by_role("link", name=re.compile("^UKS-")).click()
    page.get_by_label("Tanggal rapat").fill(day)
    page.get_by_role("textbox", name="Pendapat tim pertimbangan").fill(
        "Tim setuju informasi ini dikecualikan."
    )
    submit(page, "Simpan pendapat")
    shot(page, "lembar-uji")
    page.get_by_role("link", name="Tetapkan dengan keputusan").click()
    page.get_by_label("Nomor keputusan").fill(number)
    page.get_by_label("Ditetapkan tanggal").fill(day)
    page.get_by_label("Ditetapkan oleh").fill("Kepala Dinas Komunikasi dan Informatika")
    shot(page, "tetapkan")
    submit(page, "Tetapkan yang dicentang")
    told(page, "Sudah ditetapkan.")
    shot(page, "keputusan")


def sign(page: Page, kind: str, shot: Shot) -> None:
    """The letter of this kind that waits is read and signed."""
    page.goto("/meja/surat-resmi/")
    page.get_by_role("row").filter(has_text=kind).get_by_role("link").click()
    shot(page, "tandatangani")
    submit(page, "Tandatangani")
    expect(page.locator(".notice").filter(has_text="ditandatangani.")).to_be_visible()
