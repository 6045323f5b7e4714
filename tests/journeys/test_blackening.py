"""An officer blackens a letter: with one press, with the mouse, with keys alone; the result is proven and shown."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from playwright.sync_api import Page, expect

from pendopo.base.redaction import public
from pendopo.base.redaction.models import Redaction
from pendopo.base.redaction.testing import a_redaction
from pendopo.base.redaction.tests import papers
from tests.journeys.conftest import PHONE, Check, City, Shot, SignedIn

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LINES = (
    "Kepada Yth. pemohon informasi",
    "NIK 3372015203850007, HP 0812-3456-7890",
    "Surel pemohon@mail.example",
)


@pytest.fixture
def letter(city: City, sari: Any, now: dt.datetime, tmp_path: Path, settings: Any) -> Redaction:
    backend = "django.core.files.storage.FileSystemStorage"
    stored = {"BACKEND": backend, "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**configured.STORAGES, "default": stored}
    content = b"".join(papers.show(line, 60, 720 - 22 * place) for place, line in enumerate(LINES))
    return a_redaction(papers.pdf([content]), by=sari, now=now)


def drawn(page: Page) -> None:
    """A box with the mouse over the first line, and one with keys alone."""
    sheet = page.locator("#lembar")
    place = sheet.bounding_box()
    assert place
    scale = place["width"] / 595
    page.mouse.move(place["x"] + 58 * scale, place["y"] + 105 * scale)
    page.mouse.down()
    page.mouse.move(place["x"] + 240 * scale, place["y"] + 128 * scale, steps=3)
    page.mouse.up()
    expect(page.get_by_role("status")).to_contain_text("1 kotak ditambahkan")
    sheet.focus()
    for key in ("Enter", "ArrowUp", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#lembar rect.box")).to_have_count(2)


def test_a_letter_is_marked_blackened_and_proven(
    letter: Redaction, sari: Any, signed_in: SignedIn, axe: Check, shot: Shot
) -> None:
    page = signed_in(sari)
    page.goto(public.studio_url(letter))
    axe(page)
    drawn(page)
    page.get_by_role("button", name="Tandai 3 temuan di semua halaman").click()
    expect(page.locator("#lembar rect.box")).to_have_count(5)
    shot(page, "penghitaman-ditandai")
    page.get_by_role("button", name="Hitamkan dan buktikan").click()
    expect(
        page.get_by_role("heading", name="Terbukti: yang dihitamkan tidak dapat dibaca lagi")
    ).to_be_visible()
    axe(page)
    shot(page, "penghitaman-terbukti")
    phone = signed_in(sari, PHONE, color_scheme="dark")
    phone.goto(public.studio_url(letter))
    axe(phone)
    letter.refresh_from_db()
    assert public.proven_file(letter)
