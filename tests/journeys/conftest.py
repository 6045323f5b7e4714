"""A real Chromium for journeys: pages `phone` and `desk` on the running site, `axe` for accessibility."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

# Playwright's sync API runs an event loop of its own; Django would refuse the database inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
PHONE = {"width": 360, "height": 780}
DESK = {"width": 1366, "height": 768}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-background-networking"],
    }


@pytest.fixture
def new_page(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Opens pages with relative addresses: `new_page(PHONE, color_scheme="dark")`."""
    contexts = []

    def make(viewport: dict[str, int] = DESK, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport=viewport, locale="id-ID", timezone_id="Asia/Jakarta", **options
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """A cheap phone: 360 px wide, touch."""
    return new_page(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def desk(new_page: Callable[..., Page]) -> Page:
    """An officer's screen: 1366 × 768."""
    return new_page(DESK)


def violations(page: Page) -> list[str]:
    """What axe finds, one readable line per element."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} – {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with a list of what is wrong and where."""

    def check(page: Page) -> None:
        wrong = violations(page)
        assert not wrong, f"{page.url}\n" + "\n".join(wrong)
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{page.url} is {overflow} px wider than the screen"

    return check
