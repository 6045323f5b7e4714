"""One dark street, several reports: a citizen follows the one that is there; an officer makes one of three."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from pendopo.base.files.actions import store_photos
from pendopo.base.notices.models import Notice
from pendopo.domains.reports.actions import merging
from pendopo.domains.reports.models import Report, ReportFollower, Status
from pendopo.domains.reports.testing import a_report
from pendopo.kernel import clock
from tests.journeys.conftest import DESK, PHONE, Check, City, NewPage, Shot, SignedIn
from tests.journeys.steps import EMAIL, at, onward, picture, say_what, say_where, tell, told

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HERE, NEAR = (-7.595, 110.805), (-7.5962, 110.805)
MAWAR = "99.71.01.1001"


@pytest.fixture
def lamps(city: City) -> list[Report]:
    """Three reports of the same lamps at Dinas PU; the first has a photo."""
    upload = SimpleUploadedFile("lampu.jpg", picture(640, 480), "image/jpeg")
    photos = store_photos([upload], by=None, now=clock.now())
    words = ("Tiga lampu jalan mati sejak Jumat, gelap sekali", "Lampu di jalan Melati padam semua",
             "Mohon diperbaiki, tiga lampu jalan mati dan gelap")  # fmt: skip
    return [
        a_report(
            status=Status.IN_PROGRESS,
            office=city.government.works,
            text=text,
            region=MAWAR,
            point=(NEAR[0] + n * 0.0004, NEAR[1]),
            email=f"warga{n}@contoh.example",
            photos=photos if n == 0 else (),
        )
        for n, text in enumerate(words)
    ]


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_citizen_follows_what_is_reported_already(
    lamps: list[Report], new_page: NewPage, axe: Check, shot: Shot, scripts: bool
) -> None:
    page = new_page(PHONE, has_touch=True, is_mobile=True, java_script_enabled=scripts)
    say_what(page)
    say_where(page)
    tell(page)
    at(page, "Bagaimana menghubungi Anda?")
    page.get_by_label("Surel (e-mail)").fill(EMAIL)
    onward(page)
    at(page, "Periksa, lalu kirim")
    cards = page.locator(".alike-card")
    expect(cards.first).to_contain_text("Tiga lampu jalan mati sejak Jumat")
    expect(cards.first.get_by_role("img")).to_be_visible()
    expect(page.get_by_role("button", name="Laporan saya berbeda, kirim")).to_be_visible()
    if scripts:
        axe(page)
    shot(page, "serupa")

    cards.first.get_by_role("link", name="Ikuti laporan ini").click()
    at(page, "Ini laporan yang sama?")
    if scripts:
        axe(page)
    shot(page, "ikuti")
    page.get_by_role("link", name="Bukan, laporan saya berbeda").click()  # looks back: everything is there
    expect(page.get_by_text("Tiga lampu jalan mati sejak Jumat, gelap sekali dan anak-anak")).to_be_visible()
    page.locator(".alike-card").first.get_by_role("link", name="Ikuti laporan ini").click()
    expect(page.get_by_label("Surel Anda")).to_have_value(EMAIL)
    page.get_by_role("button", name="Ikuti laporan ini").click()
    told(page, "Isian laporan Anda masih tersimpan")
    assert Report.objects.count() == 3
    _confirm(page)
    assert ReportFollower.objects.get(case=lamps[0]).confirmed_at is not None


def _confirm(page: Page) -> None:
    letter = Notice.objects.get(event="reports.confirm_following", address=EMAIL)
    link = re.search(r"https?://[^/]+(/laporan/ikuti/[^\s]+/)", letter.body)
    assert link
    page.goto(link[1])
    page.get_by_role("main").get_by_role("button").click()
    told(page, "Anda mengikuti laporan ini")


def test_a_different_report_is_sent_all_the_same(lamps: list[Report], phone: Page) -> None:
    say_what(phone)
    say_where(phone)
    tell(phone)
    onward(phone)
    at(phone, "Periksa, lalu kirim")
    phone.get_by_role("button", name="Laporan saya berbeda, kirim").click()
    at(phone, "Laporan Anda sudah masuk")
    assert Report.objects.count() == 4


def test_an_officer_makes_one_of_three_and_takes_one_out_again(
    lamps: list[Report], city: City, signed_in: SignedIn, axe: Check, shot: Shot
) -> None:
    parent, second, third = lamps
    page = signed_in(city.people["sari"], DESK)
    page.goto(f"/meja/reports/kasus/{parent.code}/?antrean=kantor")
    panel = page.locator("section", has=page.get_by_role("heading", name="Laporan serupa di sekitar"))
    expect(panel.get_by_role("checkbox")).to_have_count(2)
    shot(page, "panel")
    for box in panel.get_by_role("checkbox").all():
        box.check()
    panel.get_by_role("button", name="Gabungkan ke laporan ini").click()
    told(page, "Laporan digabungkan ke laporan ini.")
    merged = page.locator("section", has=page.get_by_role("heading", name="Digabung ke laporan ini"))
    expect(merged.get_by_role("listitem")).to_have_count(2)
    expect(page.locator(".frame-queue .rep")).to_have_count(1)  # both left the queue
    axe(page)
    shot(page, "digabung")

    merged.get_by_role("button", name=f"Pisahkan {third.code}").click()
    told(page, "Laporan dipisahkan dan kembali ke antreannya.")
    expect(page.locator(".case-head .code")).to_have_text(third.code)
    page.goto("/meja/reports/antrean/kantor/")
    expect(page.locator(".rep")).to_have_count(2)
    page.goto(f"/meja/reports/kasus/{second.code}/")
    expect(page.locator(".case-head")).to_contain_text("Digabung")
    expect(page.locator(".case-head").get_by_role("link", name=parent.code)).to_be_visible()
    axe(page)
    shot(page, "anak")


def test_its_citizen_reads_the_parents_story(
    lamps: list[Report], city: City, phone: Page, axe: Check, shot: Shot
) -> None:
    parent, child, _ = lamps
    people: dict[str, Any] = city.people
    merging.merge(into=parent.pk, children=[child.pk], by=people["sari"], now=clock.now())
    phone.goto("/lacak/")
    phone.get_by_label("Nomor laporan").fill(child.code)
    phone.get_by_label("Surel atau nomor telepon").fill("warga1@contoh.example")
    phone.get_by_role("button", name="Buka laporan").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("digabung dengan laporan serupa")
    expect(phone.get_by_role("heading", name="Dikerjakan bersama laporan ini")).to_be_visible()
    expect(phone.get_by_text(parent.code)).to_have_count(0)
    axe(phone)
    shot(phone, "pelapor")
