"""The officer's desk in a real browser: nothing for axe to find, and work done without JavaScript."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.actions import closing, work
from pendopo.domains.reports.models import Report, RoutingRule, Status
from pendopo.domains.reports.testing import a_report, prepare

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SCREENS = [
    ({"width": 1366, "height": 768}, "light"),
    ({"width": 1366, "height": 768}, "dark"),
    ({"width": 360, "height": 780}, "light"),
    ({"width": 360, "height": 780}, "dark"),
]


@pytest.fixture
def signed_in(
    new_page: Callable[..., Page], live_server: Any, as_user: Callable[..., Client]
) -> Callable[..., Page]:
    def open_page(user: Any, **options: Any) -> Page:
        page = new_page(**options)
        key = as_user(user).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        return page

    return open_page


@pytest.fixture
def reports(government: Government, everyone: dict[str, Any]) -> dict[str, Report]:
    prepare()
    RoutingRule.objects.create(order=10, name="Lampu ke DPU", office=government.works)
    now = timezone.now()
    new = a_report(now=now - dt.timedelta(days=9), region="99.71.01.1001")
    busy = a_report(status=Status.IN_PROGRESS, office=government.works, now=now - dt.timedelta(days=2))
    work.note(report_id=busy.pk, body="Menunggu suku cadang.", by=everyone["sari"], now=now)
    work.answer(report_id=busy.pk, body="Tim sudah ke lokasi.", by=everyone["sari"], now=now)
    checked = a_report(status=Status.IN_PROGRESS, office=government.works, now=now)
    closing.propose_closing(
        report_id=checked.pk, summary="Lampu sudah diganti dan menyala.", by=everyone["sari"], now=now
    )
    for status in (Status.AWAITING_INFO, Status.ANSWERED, Status.ARCHIVED):
        a_report(status=status, office=government.works, now=now)
    Report.objects.filter(pk=new.pk).update(urgency=1)
    return {"new": new, "busy": busy, "checked": checked, "secret": a_report(secret=True, now=now)}


@pytest.mark.parametrize(("viewport", "theme"), SCREENS)
def test_axe_finds_nothing_on_the_desk(
    viewport: dict[str, int], theme: str, reports: dict[str, Report], everyone: dict[str, Any],
    signed_in: Callable[..., Page], axe: Callable[[Page], None],
) -> None:  # fmt: skip
    def case(name: str, verb: str = "") -> str:
        code = reports[name].code
        return (
            reverse("desk:act", args=["reports", code, verb])
            if verb
            else reverse("desk:case", args=["reports", code])
        )

    pages = {
        "koordinator": ["/meja/", "/meja/reports/antrean/baru/", "/meja/reports/antrean/selesai/",
                        "/meja/reports/antrean/baru/?category=x", "/meja/reports/antrean/baru/?q=gajah",
                        case("new"), case("secret"), case("new", "disposisi"), case("new", "arsip"),
                        "/meja/laporan/baru/", "/meja/laporan/tercatat/LAP-7K2M-Q9XA/", "/meja/laporan/aturan/",
                        "/meja/laporan/aturan/baru/"],
        "ibu_ratna": [case("busy"), case("checked"), case("checked", "periksa"), case("busy", "tutup"),
                      case("busy", "kontak")],
    }  # fmt: skip
    for who, addresses in pages.items():
        page = signed_in(everyone[who], viewport=viewport, color_scheme=theme)
        for address in addresses:
            page.goto(address)
            for folded in page.locator("details").all():
                folded.evaluate("part => part.open = true")
            axe(page)


def test_a_report_is_handed_on_and_closed_without_javascript(
    reports: dict[str, Report],
    everyone: dict[str, Any],
    signed_in: Callable[..., Page],
    government: Government,
) -> None:
    page = signed_in(everyone["koordinator"], java_script_enabled=False)
    page.goto("/meja/reports/antrean/baru/")
    page.get_by_role("link", name="Lampu jalan di depan masjid").first.click()
    page.get_by_role("button", name="Teruskan ke Dinas Pekerjaan Umum").click()
    expect(page.get_by_role("status").first).to_contain_text("Laporan diteruskan.")
    page = signed_in(everyone["sari"], java_script_enabled=False)
    page.goto(reverse("desk:case", args=["reports", reports["new"].code]))
    page.get_by_role("button", name="Ambil, ini tugas saya").click()
    page.get_by_role("link", name="Tutup dengan bukti").click()
    page.get_by_label("Apa yang sudah dikerjakan?").fill("Lampu sudah diganti dan menyala lagi.")
    page.get_by_role("button", name="Tutup dengan bukti").click()
    expect(page.get_by_text("Penutupan menunggu orang kedua")).to_be_visible()
    page = signed_in(everyone["budi"], java_script_enabled=False)
    page.goto(reverse("desk:case", args=["reports", reports["new"].code]))
    page.get_by_role("link", name="Periksa bukti").first.click()
    page.get_by_label("Bukti cukup, sampaikan ke pelapor").check()
    page.get_by_role("button", name="Periksa bukti").click()
    reports["new"].refresh_from_db()
    assert reports["new"].status == Status.ANSWERED


def test_a_filter_swaps_the_rows_and_says_how_many(
    reports: dict[str, Report], everyone: dict[str, Any], signed_in: Callable[..., Page]
) -> None:
    page = signed_in(everyone["koordinator"])
    page.goto("/meja/reports/antrean/baru/")
    page.get_by_text("Saring", exact=True).click()
    page.get_by_label("Kategori").select_option("sampah")
    expect(page.locator("#jumlah")).to_contain_text("0 kasus di daftar ini.")
    expect(page.get_by_text("Tidak ada yang cocok")).to_be_visible()
    assert "category=sampah" in page.url


def test_the_skip_link_leads_past_the_queue(
    reports: dict[str, Report], everyone: dict[str, Any], signed_in: Callable[..., Page]
) -> None:
    page = signed_in(everyone["koordinator"])
    page.goto(reverse("desk:case", args=["reports", reports["new"].code]))
    link = page.get_by_role("link", name="Langsung ke kasus")
    link.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "kasus"
