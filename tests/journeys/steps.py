"""What people do on the pages, in their own words: journeys read as a story made of these."""

from functools import cache
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image
from playwright.sync_api import FilePayload, Page, expect

from pendopo.domains.reports.models import Report

WORDS = "Tiga lampu jalan mati sejak Jumat, gelap sekali dan anak-anak takut lewat."
LANDMARK = "Jalan Melati, depan Masjid Al-Ikhlas"
EMAIL = "rina@contoh.example"


@cache
def picture(width: int = 4000, height: int = 3000) -> bytes:
    """A photo as a phone takes it: 12 megapixels, with the maker and the place hidden inside."""
    soft = Image.effect_noise((width // 4, height // 4), 40)
    image = soft.resize((width, height), Image.Resampling.NEAREST).convert("RGB")
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SecretPhone"
    exif[ExifTags.IFD.GPSInfo] = {1: "S", 2: (7.0, 35.0, 42.0), 3: "E", 4: (110.0, 48.0, 18.0)}
    out = BytesIO()
    image.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def photo(name: str = "IMG_1.jpg", **size: int) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture(**size)}


def choose_category(page: Page, label: str = "Lampu jalan") -> None:
    page.get_by_role("radio", name=label, exact=True).check()


def onward(page: Page) -> None:
    page.get_by_role("button", name="Lanjut").click()


def at(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def say_what(page: Page, *, category: str = "Lampu jalan") -> None:
    """Step 1 from the front page, without a photo."""
    page.goto("/lapor/")
    choose_category(page, category)
    onward(page)


def say_where(page: Page, *, village: str = "Mawar") -> None:
    at(page, "Di mana kejadiannya?")
    page.get_by_label("Alamat atau patokan").fill(LANDMARK)
    page.get_by_label("Kelurahan").select_option(label=village)
    onward(page)


def tell(page: Page, words: str = WORDS, *, secret: bool = False) -> None:
    at(page, "Ceritakan kejadiannya")
    page.get_by_label("Apa yang terjadi?").fill(words)
    if secret:
        page.get_by_label("Rahasia: sembunyikan seluruh laporan").check()
    onward(page)


def leave_contact(page: Page, email: str = EMAIL) -> None:
    at(page, "Bagaimana menghubungi Anda?")
    page.get_by_label("Nama").fill("Rina Marlina")
    page.get_by_label("Surel (e-mail)").fill(email)
    onward(page)


def to_the_check(page: Page, words: str = WORDS, *, secret: bool = False) -> None:
    """All steps but the last, the short way."""
    say_what(page)
    say_where(page)
    tell(page, words, secret=secret)
    leave_contact(page)
    at(page, "Periksa, lalu kirim")


def send(page: Page) -> str:
    """Send the checked report; the code on the receipt."""
    page.get_by_role("button", name="Kirim laporan").click()
    at(page, "Laporan Anda sudah masuk")
    return page.locator(".codebox .code").inner_text()


def open_case(page: Page, queue: str, code: str) -> None:
    """From the desk's front page into a queue and the report with this code."""
    page.goto("/meja/")
    page.locator("main .kpi").filter(has_text=queue).first.click()
    page.locator(".rep").filter(has_text=code).get_by_role("link").click()
    expect(page.locator(".case-head .code")).to_have_text(code)


def act(page: Page, verb: str, **fields: str) -> None:
    """Open a verb's form on the case page, fill it by label and send it."""
    button = page.locator("#tindakan").get_by_role("link", name=verb, exact=True)
    if not button.is_visible():
        page.locator("#tindakan summary", has_text="Tindakan lain").click()
    button.click()
    at(page, verb)
    for label, words in fields.items():
        page.get_by_label(label.replace("_", " ")).fill(words)


def submit(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def told(page: Page, words: str) -> None:
    """The notice after something worked."""
    expect(page.locator(".notice").filter(has_text=words)).to_be_visible()


def look_up(page: Page, code: str, contact: str = EMAIL) -> None:
    page.goto("/lacak/")
    page.get_by_label("Nomor laporan").fill(code)
    page.get_by_label("Surel atau nomor telepon").fill(contact)
    page.get_by_role("button", name="Buka laporan").click()
    expect(page.locator(".report-head .code")).to_have_text(code)


def report_of(code: str) -> Any:
    return Report.objects.select_related("office", "handler").get(code=code)
