"""Many cases at once in a real browser: tick, confirm, change one's mind; by mouse, by keys, without JavaScript."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.models import Report, RoutingRule, Status
from pendopo.domains.reports.testing import a_report, prepare
from pendopo.kernel import clock
from pendopo.surfaces.desk import running
from pendopo.surfaces.desk.models import Batch, BatchStatus
from tests.journeys.conftest import PHONE, Check, Shot, SignedIn

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
QUEUE = "/meja/reports/antrean/baru/"


@pytest.fixture
def reports(government: Government, everyone: dict[str, Any]) -> list[Report]:
    """Five new reports, the oldest first in the queue, each with a sure suggestion."""
    prepare()
    RoutingRule.objects.create(order=10, name="Lampu ke DPU", office=government.works)
    now = timezone.now()
    return [
        a_report(text=f"Lampu jalan nomor {n} mati tiga malam ini", now=now - dt.timedelta(hours=50 - n))
        for n in range(5)
    ]


def run(batch: Batch) -> None:
    """The worker, when the window is over."""
    running.run(batch_id=batch.pk, now=lambda: clock.now() + dt.timedelta(seconds=11))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_ticked_rows_are_noted_and_called_back_in_time(
    reports: list[Report], everyone: dict[str, Any], signed_in: SignedIn, shot: Shot, axe: Check
) -> None:
    page = signed_in(everyone["koordinator"])
    page.goto(QUEUE)
    expect(page.locator("#sekaligus")).to_be_hidden()
    page.get_by_label(f"Pilih {reports[0].code}").check()
    page.get_by_label(f"Pilih {reports[2].code}").check()
    expect(page.locator("#sekaligus")).to_be_visible()
    axe(page)
    shot(page, "ticked")
    page.locator("#sekaligus").get_by_label("Tindakan").select_option("catat")
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.get_by_role("heading", name="Catatan internal: 2 kasus")).to_be_visible()
    page.get_by_role("textbox", name="Catatan internal").fill("Dicek bersama PLN.")
    shot(page, "confirm")
    page.get_by_role("button", name="Catatan internal, 2 kasus").click()
    note = page.locator(".desk-note")
    expect(note).to_contain_text("dijalankan dalam")
    axe(page)
    shot(page, "undo")
    note.get_by_role("button", name="Batalkan").click()
    expect(page.get_by_text("Dibatalkan. Tidak ada yang berubah")).to_be_visible()
    batch = Batch.objects.get()
    run(batch)
    batch.refresh_from_db()
    assert batch.status == BatchStatus.CANCELLED
    assert not any(report.messages.exists() for report in reports)


def test_everything_in_a_filter_is_handed_over_and_the_note_tells_the_end(
    reports: list[Report], everyone: dict[str, Any], signed_in: SignedIn, government: Government, shot: Shot
) -> None:
    other = a_report(text="Sampah menumpuk di pasar kota lama", category="sampah")
    page = signed_in(everyone["koordinator"])
    page.goto(f"{QUEUE}?category=lampu-jalan")
    page.get_by_label("Pilih semua 5 dalam saringan ini").check()
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.get_by_role("heading", name="Teruskan ke kantor: 5 kasus")).to_be_visible()
    page.get_by_label("Kantor tujuan").select_option(str(government.works.pk))
    page.get_by_role("button", name="Teruskan ke kantor, 5 kasus").click()
    assert "category=lampu-jalan" in page.url
    run(Batch.objects.get())
    expect(page.locator(".desk-note")).to_contain_text("5 dari 5 kasus selesai.")
    page.get_by_role("link", name="Lihat hasilnya").click()
    expect(page.get_by_text("Selesai.", exact=True)).to_be_visible()
    shot(page, "done")
    assert set(Report.objects.exclude(pk=other.pk).values_list("status", flat=True)) == {Status.ASSIGNED}
    other.refresh_from_db()
    assert other.status == Status.RECEIVED


def test_without_javascript_a_batch_is_made_and_called_back_on_a_phone(
    reports: list[Report], everyone: dict[str, Any], signed_in: SignedIn
) -> None:
    page = signed_in(everyone["koordinator"], PHONE, java_script_enabled=False)
    page.goto(QUEUE)
    page.get_by_label(f"Pilih {reports[1].code}").check()
    page.locator("#tindakan-sekaligus").select_option("tunda")
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_label("Tunda sampai").fill((timezone.localdate() + dt.timedelta(days=9)).isoformat())
    page.get_by_label("Mengapa ditunda?").fill("Menunggu suku cadang.")
    page.get_by_role("button", name="Tunda, 1 kasus").click()
    page.get_by_role("link", name="Lihat kemajuannya").click()
    page.locator("#kemajuan").get_by_role("button", name="Batalkan").click()
    expect(page.get_by_text("Dibatalkan. Tidak ada yang berubah")).to_be_visible()


def test_single_keys_walk_tick_search_and_explain_themselves(
    reports: list[Report], everyone: dict[str, Any], signed_in: SignedIn, axe: Check, shot: Shot
) -> None:
    page = signed_in(everyone["koordinator"])
    page.goto(QUEUE)
    page.keyboard.press("j")
    assert "nomor 0" in focused(page)
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.get_by_label(f"Pilih {reports[1].code}").is_checked()
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.closest('[data-row]') !== null")
    page.keyboard.press("/")
    page.keyboard.type("jxa?")
    expect(page.get_by_role("searchbox")).to_have_value("jxa?")  # typing is typing
    page.get_by_role("searchbox").blur()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Tombol cepat")).to_be_visible()
    axe(page)
    shot(page, "help")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.goto(QUEUE)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kasus/**")
    page.keyboard.press("n")
    page.wait_for_url("**/catat/**")


def test_switched_off_keys_do_nothing(
    reports: list[Report], everyone: dict[str, Any], signed_in: SignedIn
) -> None:
    page = signed_in(everyone["koordinator"])
    page.goto("/meja/tombol/")
    page.get_by_role("button", name="Matikan tombol cepat").click()
    expect(page.get_by_text("Tombol cepat Anda mati.")).to_be_visible()
    page.goto(QUEUE)
    for key in ("j", "x", "?", "/"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement === document.body")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_clear_report_is_triaged_with_two_keys_and_the_next_one_is_already_there(
    reports: list[Report], everyone: dict[str, Any], signed_in: SignedIn
) -> None:
    page = signed_in(everyone["koordinator"])
    ahead: list[str] = []
    page.context.on(
        "request",
        lambda request: (
            ahead.append(request.url) if "prefetch" in request.headers.get("sec-purpose", "") else None
        ),
    )
    first = reverse("desk:case", args=["reports", reports[0].code])
    page.goto(f"{first}?antrean=baru")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("a")
    assert "Teruskan ke" in focused(page)
    assert Report.objects.get(pk=reports[0].pk).status == Status.RECEIVED, "a letter alone sends nothing"
    page.keyboard.press("Shift+Enter")
    page.wait_for_url(f"**/kasus/{reports[1].code}/?antrean=baru")
    expect(page.locator("#kasus")).to_contain_text(reports[1].code)
    expect(page.get_by_text("Laporan diteruskan.")).to_be_visible()
    assert Report.objects.get(pk=reports[0].pk).status == Status.ASSIGNED


def test_a_quiet_act_is_taken_back_by_its_note(
    reports: list[Report], everyone: dict[str, Any], signed_in: SignedIn
) -> None:
    page = signed_in(everyone["koordinator"])
    page.goto(reverse("desk:act", args=["reports", reports[0].code, "kemendesakan"]))
    page.locator("input[name=urgency]").first.check()
    page.get_by_role("button", name="Ubah kemendesakan").click()
    page.locator(".desk-note").get_by_role("button", name="Batalkan").click()
    expect(page.get_by_text("Dikembalikan seperti semula.")).to_be_visible()
    assert Report.objects.get(pk=reports[0].pk).urgency == reports[0].urgency
