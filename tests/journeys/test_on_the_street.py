"""Without a network: reports are written, kept, and sent once – also when the browser dies or an answer is lost."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Error, Page, expect
from pytest_django.live_server_helper import LiveServer

from pendopo.domains.reports.models import PhonePolicy, Report, ReportAttachment
from tests.journeys.conftest import CHROMIUM, PHONE, City
from tests.journeys.network import Wire, until, wire_to
from tests.journeys.steps import LANDMARK, WORDS, photo

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

QUEUE = b"POST /lapor/antrean/ "
# Photos as a camera gives them are made small by the page; these are small already and all different.
ADD_MANY = """async ([first, last, secret]) => {
    for (let n = first; n <= last; n++) {
        const canvas = new OffscreenCanvas(320, 240);
        const pen = canvas.getContext("2d");
        pen.fillStyle = `hsl(${n * 7} 70% 50%)`;
        pen.fillRect(0, 0, 320, 240);
        const blob = await canvas.convertToBlob({ type: "image/jpeg" });
        await pendopoQueue.add("reports", {
            key: pendopoQueue.newKey(), at: Date.now() + n, label: "Lampu jalan", title: `Laporan ke-${n}`, secret,
            values: { category: "lampu-jalan", text: `Lampu nomor ${n} di jalan kami mati sejak kemarin.`,
                      address: "Jalan Melati", region: "99.71.01.1001", anonymous: true, secret },
            photos: [{ name: "a.jpg", type: "image/jpeg", data: await blob.arrayBuffer() }],
        });
    }
}"""
KEPT = "async () => (await caches.match('/lapor/luring/', { ignoreVary: true })) !== undefined"
STATES = "async () => (await pendopoQueue.all('reports')).map((one) => one.state)"


@pytest.fixture
def wire(city: City, live_server: LiveServer) -> Iterator[Wire]:
    with wire_to((live_server.thread.host, live_server.thread.port)) as made:
        yield made


class Phone:
    """A browser with a memory of its own on disk: it can be killed and started again."""

    def __init__(self, browser_type: BrowserType, options: dict[str, Any], folder: Path, wire: Wire) -> None:
        self._start = lambda: browser_type.launch_persistent_context(
            folder, base_url=wire.url, viewport=PHONE, locale="id-ID", timezone_id="Asia/Jakarta",
            service_workers="allow", **options,
        )  # fmt: skip
        self._folder = folder

    @contextmanager
    def on(self) -> Iterator[Page]:
        context = self._start()
        context.set_default_timeout(15_000)
        try:
            yield context.pages[0]
        finally:
            with suppress(Error):  # a killed browser has nothing left to close
                context.close()

    def kill(self) -> None:
        """SIGKILL to every process of this browser, as when a battery dies."""
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                ours = f"--user-data-dir={self._folder}".encode() in entry.read_bytes()
            except OSError:
                continue
            if ours:
                os.kill(int(entry.parent.name), signal.SIGKILL)


@pytest.fixture
def handset(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path: Path, wire: Wire
) -> Phone:
    # The whole browser: the bare engine shows no notifications.
    options = {**browser_type_launch_args, "executable_path": CHROMIUM}
    return Phone(browser_type, options, tmp_path / "phone", wire)


def visit(page: Page) -> None:
    """The one visit with a network after which the form works without."""
    page.goto("/lapor/luring/")
    page.evaluate("navigator.serviceWorker.register('/pekerja.js').then(() => navigator.serviceWorker.ready)")
    until(page, "navigator.serviceWorker.controller !== null")
    until(page, KEPT)


def write_one(page: Page, words: str = WORDS, *, secret: bool = False) -> None:
    page.get_by_role("radio", name="Lampu jalan", exact=True).check()
    page.get_by_label("Apa yang terjadi?").fill(words)
    page.get_by_label("Alamat atau patokan").fill(LANDMARK)
    page.get_by_label("Kelurahan").select_option(label="Mawar")
    if secret:
        page.get_by_label("Rahasia: sembunyikan seluruh laporan").check()
    page.get_by_role("button", name="Kirim, atau tunggu jaringan").click()


def cards(page: Page, state: str) -> Any:
    return page.locator(f".phone-list > li[data-state={state}]")


def test_fifty_reports_survive_a_killed_browser(handset: Phone, wire: Wire) -> None:
    with handset.on() as page:
        visit(page)
        wire.cut()
        page.goto("/lapor/")  # the ordinary form cannot be reached: the one on the phone opens
        expect(page.get_by_role("heading", level=1)).to_have_text("Lapor tanpa jaringan")
        page.locator("#id_photos").set_input_files(photo(width=2000, height=1500))
        expect(page.get_by_role("button", name="Buang foto 1")).to_be_visible()
        write_one(page)
        expect(cards(page, "waiting")).to_have_count(1)
        page.evaluate(ADD_MANY, [2, 50, False])
        handset.kill()
    assert not Report.objects.exists()
    with handset.on() as page:
        page.goto("/lapor/luring/")
        expect(cards(page, "waiting")).to_have_count(50)
        wire.mend()
        page.evaluate("pendopoOffline.send()")
        expect(cards(page, "sent")).to_have_count(50, timeout=30_000)
    assert Report.objects.count() == 50
    assert Report.objects.values("text").distinct().count() == 50
    assert ReportAttachment.objects.filter(role="PHOTO").count() == 50


def test_a_lost_answer_makes_no_second_report(handset: Phone, wire: Wire) -> None:
    with handset.on() as page:
        visit(page)
        wire.deaf(QUEUE)
        page.evaluate(ADD_MANY, [1, 3, False])
        for _second in range(20):  # the worker may be sending already; then the page's own try does nothing
            page.evaluate("pendopoQueue.flush()")
            if wire.swallowed >= 2:
                break
            page.wait_for_timeout(250)
        assert wire.swallowed >= 2
        assert Report.objects.count() == 1  # the first came in, and its answer was lost every time
        assert page.evaluate(STATES) == ["waiting"] * 3
        wire.mend()
        page.evaluate("pendopoOffline.send()")
        expect(cards(page, "sent")).to_have_count(3)
    assert Report.objects.count() == 3


def test_the_queue_waits_when_the_network_sends_too_much(handset: Phone, wire: Wire) -> None:
    PhonePolicy.objects.create(reports_per_hour=2)
    with handset.on() as page:
        visit(page)
        page.evaluate(ADD_MANY, [1, 3, False])
        page.evaluate("pendopoOffline.send()")
        expect(cards(page, "sent")).to_have_count(2)
        waiting = cards(page, "waiting")
        expect(waiting).to_contain_text("Dicoba lagi pukul")
        PhonePolicy.objects.update(reports_per_hour=60)
        page.evaluate(
            "pendopoQueue.all('reports').then((all) => Promise.all(all.map((one) =>"
            " pendopoQueue.change('reports', one.key, (now) => ({ ...now, after: 0 })))))"
        )
        page.evaluate("pendopoOffline.send()")
        expect(cards(page, "sent")).to_have_count(3)
    assert Report.objects.count() == 3


def test_a_refused_report_is_repaired_and_a_secret_one_leaves_nothing(
    handset: Phone, wire: Wire, shot: Any, axe: Any
) -> None:
    with handset.on() as page:
        visit(page)
        axe(page)
        wire.cut()
        page.reload()
        page.locator("summary", has_text="Kontak").click()
        page.get_by_label("Surel (e-mail)").fill("tanpa alamat")
        write_one(page, secret=True)
        page.get_by_label("Apa yang terjadi?").fill("Ini draf yang belum selesai ditulis.")
        page.get_by_role("button", name="Simpan draf, tulis yang lain").click()
        expect(cards(page, "draft")).to_have_count(1)
        shot(page, "antre")
        wire.mend()
        page.evaluate("pendopoOffline.send()")
        expect(cards(page, "refused")).to_contain_text("Alamat surel ini belum lengkap.")
        shot(page, "ditolak")
        cards(page, "refused").get_by_role("button", name="Perbaiki").click()
        axe(page)
        shot(page, "perbaiki")
        page.get_by_label("Surel (e-mail)").fill("rina@contoh.example")
        page.get_by_role("button", name="Kirim, atau tunggu jaringan").click()
        expect(cards(page, "sent")).to_contain_text("Laporan rahasia")
        shot(page, "terkirim")
        axe(page)
        kept = page.evaluate("pendopoQueue.all('reports').then((all) => JSON.stringify(all))")
        assert WORDS[:20] not in kept
        assert "rina@" not in kept
        page.get_by_role("link", name="Ikuti laporan ini").click()
        expect(page.locator("h1")).to_be_visible()
        assert Report.objects.get().secret


def test_a_push_message_is_shown_as_news(handset: Phone, wire: Wire) -> None:
    """The browser's own door for push messages, without a push service: none can be reached from a test."""
    with handset.on() as page:
        page.context.grant_permissions(["notifications"], origin=wire.url)
        visit(page)
        session = page.context.new_cdp_session(page)
        found: list[str] = []
        session.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
        )
        session.send("ServiceWorker.enable")
        page.wait_for_timeout(300)
        news = {
            "title": "Ada kabar tentang laporan Anda",
            "body": "Ketuk untuk membacanya.",
            "url": "/lacak/",
        }
        session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": wire.url, "registrationId": found[-1], "data": json.dumps(news)},
        )
        shown = """navigator.serviceWorker.ready.then((app) => app.getNotifications())
            .then((all) => all.map((one) => [one.title, one.body, one.data.url]))"""
        until(page, f"{shown}.then((all) => all.length === 1)")
        assert page.evaluate(shown) == [[news["title"], news["body"], news["url"]]]


def test_the_off_switch_takes_the_app_from_the_phone(handset: Phone, wire: Wire, settings: Any) -> None:
    with handset.on() as page:
        visit(page)
        page.evaluate(ADD_MANY, [1, 1, False])
        settings.PHONE_APP = False
        page.goto("/tentang/")  # the next visit, which is when a browser looks for a newer worker
        until(page, "navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
        until(page, "caches.keys().then((all) => all.length === 0)")
        page.goto("/lapor/luring/")
        assert len(page.evaluate(STATES)) == 1  # what a citizen wrote stays
