"""The officer's desk in a real browser: work done without JavaScript, quicker with it, and by keyboard."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.actions import closing, work
from pendopo.domains.reports.models import Report, RoutingRule, Status
from pendopo.domains.reports.testing import a_report, prepare
from tests.journeys.conftest import SignedIn

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


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


def test_a_report_is_handed_on_and_closed_without_javascript(
    reports: dict[str, Report],
    everyone: dict[str, Any],
    signed_in: SignedIn,
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
    reports: dict[str, Report], everyone: dict[str, Any], signed_in: SignedIn
) -> None:
    page = signed_in(everyone["koordinator"])
    page.goto("/meja/reports/antrean/baru/")
    page.get_by_text("Saring", exact=True).click()
    page.get_by_label("Kategori").select_option("sampah")
    expect(page.locator("#jumlah")).to_contain_text("0 kasus di daftar ini.")
    expect(page.get_by_text("Tidak ada yang cocok")).to_be_visible()
    assert "category=sampah" in page.url


def test_the_skip_link_leads_past_the_queue(
    reports: dict[str, Report], everyone: dict[str, Any], signed_in: SignedIn
) -> None:
    page = signed_in(everyone["koordinator"])
    page.goto(reverse("desk:case", args=["reports", reports["new"].code]))
    link = page.get_by_role("link", name="Langsung ke kasus")
    link.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "kasus"
