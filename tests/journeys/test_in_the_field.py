"""An officer without signal: the own tasks are on the phone, photos and notes wait there, nobody is overwritten."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from pendopo.domains.reports.actions import work
from pendopo.domains.reports.models import FieldAct, Report, ReportAttachment, Status
from pendopo.domains.reports.testing import a_report
from pendopo.kernel import clock
from tests.journeys.conftest import PHONE, City, SignedIn
from tests.journeys.network import Wire, until, wire_to
from tests.journeys.steps import EMAIL, photo

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OFFLINE = "/meja/laporan/lapangan/luring/"
TASKS = "pendopoQueue.all('tasks').then((all) => JSON.stringify(all))"


@pytest.fixture
def wire(city: City, live_server: LiveServer) -> Iterator[Wire]:
    with wire_to((live_server.thread.host, live_server.thread.port)) as made:
        yield made


def a_task(city: City, **facts: Any) -> Report:
    report = a_report(
        status=Status.ASSIGNED, office=city.government.works, email=EMAIL, name="Rina Marlina", **facts
    )
    work.take(report_id=report.pk, by=city.people["sari"], now=clock.now())
    report.refresh_from_db()
    return report


def take_along(page: Page, wire: Wire) -> None:
    page.goto(f"{wire.url}/meja/laporan/lapangan/")
    until(page, "navigator.serviceWorker.controller !== null")
    page.get_by_role("button", name="Simpan di ponsel ini").click()
    expect(page.locator("#simpanan")).to_contain_text("tugas disimpan di ponsel ini")
    until(page, f"caches.match('{OFFLINE}', {{ ignoreVary: true }}).then(Boolean)")


def tell(page: Page, code: str, words: str, *, done: bool = False, photos: bool = False) -> None:
    card = page.locator(f"#tugas > li[data-key={code}]")
    card.locator("summary").click()
    if photos:
        card.get_by_label("Foto sebelum").set_input_files(photo("sebelum.jpg", width=1200, height=900))
        card.get_by_label("Foto sesudah").set_input_files(photo("sesudah.jpg", width=900, height=1200))
    card.get_by_label("Apa yang dikerjakan?").fill(words)
    if done:
        card.get_by_label("Selesai dikerjakan").check()
    card.get_by_role("button", name="Kirim, atau tunggu jaringan").click()


def test_work_is_told_without_a_network(
    city: City, wire: Wire, signed_in: SignedIn, shot: Any, axe: Any
) -> None:
    report, secret = a_task(city), a_task(city, secret=True)
    page = signed_in(city.people["sari"], PHONE)
    take_along(page, wire)
    axe(page)
    shot(page, "tugas")
    kept = page.evaluate(TASKS)
    assert report.code in kept and secret.code not in kept
    assert "Rina" not in kept and EMAIL not in kept
    wire.cut()
    page.goto(f"{wire.url}/meja/laporan/lapangan/")  # not reachable: what the phone keeps opens
    expect(page.get_by_role("heading", level=1)).to_have_text("Tugas lapangan di ponsel")
    tell(page, report.code, "Tangga terlalu pendek, kembali sore.")
    expect(page.locator("#kabar-lapangan > li[data-state=waiting]")).to_have_count(1)
    tell(page, report.code, "Tiga lampu sudah diganti baru.", done=True, photos=True)
    expect(page.locator("#kabar-lapangan > li[data-state=waiting]")).to_have_count(2)
    axe(page)
    shot(page, "antre")
    wire.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#kabar-lapangan > li[data-state=sent]")).to_have_count(2)
    report.refresh_from_db()
    assert report.closure_proposed
    assert FieldAct.objects.count() == 2
    roles = ReportAttachment.objects.filter(case=report).values_list("role", flat=True)
    assert sorted(roles) == ["AFTER", "BEFORE"]


def test_a_change_by_somebody_else_is_shown_and_not_overwritten(
    city: City, wire: Wire, signed_in: SignedIn, shot: Any
) -> None:
    report = a_task(city)
    page = signed_in(city.people["sari"], PHONE)
    take_along(page, wire)
    page.goto(f"{wire.url}{OFFLINE}")
    wire.cut()
    tell(page, report.code, "Lampu sudah diganti semua hari ini.", done=True)
    work.note(report_id=report.pk, body="Jangan dulu.", by=city.people["ibu_ratna"], now=clock.now())
    wire.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    refused = page.locator("#kabar-lapangan > li[data-state=refused]")
    expect(refused).to_contain_text("sudah berubah")
    shot(page, "bentrok")
    assert not FieldAct.objects.exists()
    refused.get_by_role("button", name="Tetap kirim").click()
    expect(page.locator("#kabar-lapangan > li[data-state=sent]")).to_have_count(1)
    assert FieldAct.objects.get().proposed


def test_signing_out_takes_the_tasks_from_the_phone(city: City, wire: Wire, signed_in: SignedIn) -> None:
    a_task(city)
    page = signed_in(city.people["sari"], PHONE)
    take_along(page, wire)
    assert page.evaluate(TASKS) != "[]"
    page.goto(f"{wire.url}/akun/logout/")
    page.get_by_role("main").get_by_role("button", name="Keluar").click()
    page.wait_for_url(f"{wire.url}/")
    page.goto(f"{wire.url}{OFFLINE}")
    until(page, f"{TASKS}.then((all) => all === '[]')")
    expect(page.locator("#simpanan")).to_have_text("Belum ada tugas yang disimpan di ponsel ini.")
