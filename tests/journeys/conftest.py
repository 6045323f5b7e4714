"""A real Chromium for journeys: pages on the running site, people signed in, accessibility, pictures of each step."""

import datetime as dt
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from pendopo.base.calendar.testing import fill_calendar
from pendopo.base.organizations.testing import Government
from pendopo.base.regions.models import Level
from pendopo.base.regions.testing import give_squares
from pendopo.domains.reports import testing as reports
from pendopo.domains.reports.models import RoutingRule
from pendopo.kernel import clock

# Playwright's sync API runs an event loop of its own; Django would refuse the database inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PHONE: ViewportSize = {"width": 360, "height": 780}
DESK: ViewportSize = {"width": 1366, "height": 768}
MONDAY = dt.datetime(2026, 3, 9, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
# A refused form or a missing page is told by its status; the browser writes that into its console as well.
_EXPECTED = re.compile(r"Failed to load resource: (the server responded with a status of 4\d\d|net::ERR_)")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
# The same engine, where it is installed: windows that nobody sees cost as much work as the pages in them.
WITHOUT_WINDOWS = os.environ.get("CHROMIUM_SHELL") or shutil.which("chromium-headless-shell") or CHROMIUM

NewPage = Callable[..., Page]
SignedIn = Callable[..., Page]
Shot = Callable[[Page, str], None]
Check = Callable[..., None]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": WITHOUT_WINDOWS,
        "args": ["--no-sandbox", "--disable-background-networking"],
    }


@pytest.fixture
def new_page(browser: Browser, live_server: LiveServer) -> Iterator[NewPage]:
    """Opens pages with relative addresses: `new_page(PHONE, color_scheme="dark")`.

    The test fails when a page throws, or when the browser refuses something for the content policy.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def make(viewport: ViewportSize = DESK, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport=viewport, locale="id-ID", timezone_id="Asia/Jakarta", **options
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.on(
            "weberror", lambda error: complaints.append(f"{error.page and error.page.url}: {error.error}")
        )
        context.on(
            "console",
            lambda line: (
                complaints.append(f"{line.page and line.page.url}: {line.text}")
                if line.type in {"error", "warning"} and not _EXPECTED.match(line.text)
                else None
            ),
        )
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert not complaints, "the browser complains:\n" + "\n".join(complaints)


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """A cheap phone: 360 px wide, touch."""
    return new_page(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def desk(new_page: NewPage) -> Page:
    """An officer's screen: 1366 × 768."""
    return new_page(DESK)


@dataclass(frozen=True)
class City:
    """Kota Uji ready for work: offices, people, kelurahan on the map, a calendar, a rule for street lights."""

    government: Government
    people: dict[str, Any]


class Passing:
    """Time that runs as usual from a moment; `to` goes on to nine o'clock of a later day."""

    def __init__(self) -> None:
        self._from, self._started = MONDAY, time.monotonic()

    def now(self) -> dt.datetime:
        return self._from + dt.timedelta(seconds=time.monotonic() - self._started)

    def to(self, month: int, day: int, year: int = MONDAY.year) -> dt.datetime:
        later = MONDAY.replace(year=year, month=month, day=day)
        assert later > self.now(), "time only goes on"
        self._from, self._started = later, time.monotonic()
        return later


@pytest.fixture
def passing(monkeypatch: pytest.MonkeyPatch) -> Passing:
    """Time runs as usual, from Monday 9 March 2026, 09:00: what pages say about dates is the same every day."""
    running = Passing()
    monkeypatch.setattr(clock, "now", running.now)
    return running


@pytest.fixture
def city(passing: Passing, live_server: LiveServer, government: Government, everyone: dict[str, Any]) -> City:
    reports.prepare()
    fill_calendar()
    give_squares([code for code, region in government.regions.items() if region.level == Level.VILLAGE])
    rule = RoutingRule.objects.create(order=10, name="Lampu jalan ke Dinas PU", office=government.works)
    rule.categories.set(["lampu-jalan"])
    return City(government, everyone)


@pytest.fixture
def signed_in(new_page: NewPage, live_server: LiveServer, as_user: Callable[[Any], Client]) -> SignedIn:
    """`signed_in(sari)` is a screen on which Sari has signed in with both factors."""

    def open_page(person: Any, viewport: ViewportSize = DESK, **options: Any) -> Page:
        page = new_page(viewport, **options)
        session = as_user(person).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        return page

    return open_page


@pytest.fixture
def shot(request: pytest.FixtureRequest) -> Shot:
    """`shot(page, "receipt")` keeps the page in both themes in the folder of SHOTS; without SHOTS it does nothing."""
    folder = os.environ.get("SHOTS")
    if not folder:
        return lambda page, name: None
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    journey = re.sub(r"\W+", "-", request.node.name.removeprefix("test_"))[:40]
    count = iter(range(1, 1000))

    def take(page: Page, name: str) -> None:
        number = next(count)
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            path = target / f"{journey}-{number:02}-{name}-{page.evaluate('innerWidth')}-{theme}.png"
            page.screenshot(path=path, full_page=True)

    return take


# Which rules look at colour: only these can answer differently in another theme.
_COLOUR_RULES = ["color-contrast", "link-in-text-block"]
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = """async ([only, colours]) => {
    const rules = Object.fromEntries(colours.map((rule) => [rule, {enabled: false}]));
    const found = await axe.run(document, {
        runOnly: only, rules, resultTypes: ["violations"], elementRef: false, preload: false, iframes: false,
    });
    return found.violations.flatMap((rule) => rule.nodes.map((node) =>
        `${rule.id}: ${node.html.slice(0, 160)} – ${node.failureSummary.split("\\n").pop().trim()}`));
}"""
_OF_COLOUR = [{"type": "rule", "values": _COLOUR_RULES}, []]
_OF_SHAPE = [{"type": "tag", "values": _TAGS}, _COLOUR_RULES]
_EVERYTHING = [{"type": "tag", "values": _TAGS}, []]


def flaws(
    page: Page,
    *,
    phone: ViewportSize | None = PHONE,
    desk: ViewportSize | None = DESK,
    colours_on: Sequence[ViewportSize] = (PHONE, DESK),
) -> list[str]:
    """Everything axe and the ruler find on an open page, one load: both widths, and both themes on `colours_on`."""
    found: list[str] = []
    page.evaluate(AXE_SCRIPT)
    for viewport in (phone, desk):
        if viewport is None:
            continue
        page.set_viewport_size(viewport)
        width, coloured = viewport["width"], viewport in colours_on
        for theme in ("light", "dark") if coloured else ("light",):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # no half-faded colours
            asked = _OF_COLOUR if theme == "dark" else _EVERYTHING if coloured else _OF_SHAPE
            found += [f"{page.url} {width} {theme}: {line}" for line in page.evaluate(_RUN, asked)]
        # Not innerWidth: a phone makes that wider together with the page.
        over = page.evaluate("document.documentElement.scrollWidth") - width
        if over > 0:
            found.append(f"{page.url} {width}: {over} px wider than the screen")
    return found


@pytest.fixture
def axe() -> Check:
    """`axe(page)` fails with a list of what is wrong and where; the screen stays as it is."""

    def check(page: Page) -> None:
        size = page.viewport_size
        assert size is not None
        wrong = flaws(page, phone=size, desk=None, colours_on=[size])
        assert not wrong, "\n".join(wrong)

    return check
