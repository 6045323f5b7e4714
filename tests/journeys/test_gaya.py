"""The pattern page in a real browser: accessible in every colour, and its scripts do what they promise."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import PHONE, Check, NewPage, flaws

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("colour", ["kuning", "hijau", "biru"])
def test_every_city_colour_is_accessible(desk: Page, colour: str) -> None:
    """The pattern pages in our own colour are looked at with every other page."""
    desk.goto(f"/gaya/?warna={colour}")
    wrong = flaws(desk, phone=None)
    assert not wrong, "\n".join(wrong)


def test_320_pixels_need_no_sideways_scrolling(new_page: NewPage, axe: Check) -> None:
    page = new_page({"width": 320, "height": 640})
    page.goto("/gaya/")
    axe(page)


def test_a_theme_is_chosen_without_losing_what_was_typed(desk: Page) -> None:
    desk.goto("/gaya/")
    desk.get_by_label("Di mana?").fill("Depan pasar")
    desk.get_by_role("link", name="Gelap").click()
    expect(desk.locator("html")).to_have_attribute("data-theme", "dark")
    expect(desk.get_by_label("Di mana?")).to_have_value("Depan pasar")
    desk.reload()
    expect(desk.locator("html")).to_have_attribute("data-theme", "dark")


def test_theme_and_language_work_without_javascript(new_page: NewPage) -> None:
    page = new_page(PHONE, java_script_enabled=False)
    page.goto("/gaya/")
    page.get_by_role("link", name="Gelap").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("link", name="English").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pendopo patterns")
    page.get_by_role("link", name="Same as device").click()
    assert page.locator("html").get_attribute("data-theme") is None


def test_a_photo_is_shrunk_on_the_phone_and_says_so(phone: Page) -> None:
    phone.goto("/gaya/")
    original = steps.picture()
    phone.locator("input[type=file]").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": original}
    )
    says = re.compile(r"IMG_1\.jpg: .+ dikecilkan menjadi .+ KB")
    expect(phone.locator(".photo-list li")).to_contain_text(says)
    sent: dict[str, Any] = phone.evaluate(
        """async () => {
            const file = document.querySelector("input[type=file]").files[0];
            const bitmap = await createImageBitmap(file);
            const head = await file.slice(0, 4000).text();
            return {size: file.size, width: bitmap.width, head, type: file.type};
        }"""
    )
    assert sent["size"] < len(original) / 2
    assert sent["width"] == 1600
    assert sent["type"] == "image/jpeg"
    assert "SecretPhone" not in sent["head"]
    phone.get_by_role("button", name="Buang foto IMG_1.jpg").click()
    assert phone.evaluate("document.querySelector('input[type=file]').files.length") == 0


def test_a_file_that_cannot_be_shrunk_is_kept_and_too_many_are_refused(phone: Page) -> None:
    phone.goto("/gaya/")
    phone.locator("input[type=file]").set_input_files(
        [{"name": f"{n}.heic", "mimeType": "image/heic", "buffer": b"not a picture"} for n in range(4)]
    )
    expect(phone.locator(".photo-list li")).to_have_count(3)
    expect(phone.locator(".photo-list li").first).to_contain_text("dikirim apa adanya")
    expect(phone.locator(".photo [role=status]")).to_contain_text("Paling banyak 3 foto")
    assert phone.evaluate("document.querySelector('input[type=file]').files.length") == 3


def test_my_location_fills_the_place(new_page: NewPage) -> None:
    page = new_page(
        PHONE,
        permissions=["geolocation"],
        geolocation={"latitude": -7.5561, "longitude": 110.8316, "accuracy": 12},
    )
    page.goto("/gaya/")
    page.get_by_role("button", name="Gunakan lokasi saya").click()
    expect(page.locator("[data-place] [role=status]")).to_contain_text("sekitar 12 meter")
    assert page.locator("#lat").input_value() == "-7.556100"


def test_a_refused_location_says_what_to_do_instead(phone: Page) -> None:
    phone.goto("/gaya/")
    phone.get_by_role("button", name="Gunakan lokasi saya").click()
    expect(phone.locator("[data-place] [role=status]")).to_contain_text("Tulis alamat atau patokannya saja.")


def test_the_map_opens_on_tap_and_the_keyboard_picks_its_middle(desk: Page, axe: Check) -> None:
    desk.goto("/gaya/")
    desk.locator("[data-place] [data-open-map]").click()
    expect(desk.locator("[data-place] .leaflet-pane").first).to_be_attached()
    middle = desk.get_by_role("button", name="Pakai titik tengah peta")
    middle.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-place] [role=status]")).to_have_text("Titik di peta dipilih.")
    assert desk.locator("#lat").input_value()
    axe(desk)


def test_what_was_typed_comes_back_after_a_closed_page(desk: Page) -> None:
    desk.goto("/gaya/")
    desk.get_by_label("Di mana?").fill("Depan Pasar Kliwon")
    desk.get_by_label("Jalan rusak").check()
    desk.goto("/tidak-ada/")
    desk.goto("/gaya/")
    expect(desk.get_by_label("Di mana?")).to_have_value("Depan Pasar Kliwon")
    expect(desk.get_by_label("Jalan rusak")).to_be_checked()
    expect(desk.locator("#kabar")).to_have_text("Isian Anda yang tadi kami kembalikan.")


def test_letters_left_are_counted(desk: Page) -> None:
    desk.goto("/gaya/")
    words = desk.get_by_label("Ceritakan singkat")
    words.fill("a" * 990)
    expect(desk.locator("[data-count]").first).to_have_text("Sisa 10 huruf")
    words.fill("a" * 1005)
    expect(desk.locator("[data-count]").first).to_have_text("Kelebihan 5 huruf")


def test_a_double_click_sends_once(desk: Page) -> None:
    desk.goto("/gaya/")
    posts: list[str] = []
    desk.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    with desk.expect_navigation():
        desk.evaluate(
            """() => {
                const form = document.querySelector("form[data-draft]");
                form.action = "/gaya/lambat/";
                const button = document.createElement("button");
                form.append(button);
                button.click();
                button.click();
            }"""
        )
    assert len(posts) == 1


def test_focus_starts_on_the_error_summary_and_leads_to_the_field(desk: Page) -> None:
    desk.goto("/gaya/?salah=1")
    expect(desk.locator("#kesalahan")).to_be_focused()
    assert desk.title().startswith("Perlu diperbaiki:")
    desk.locator("#kesalahan").get_by_role("link", name="Apa yang ingin Anda laporkan?").click()
    assert desk.evaluate("document.activeElement.name") == "category"
