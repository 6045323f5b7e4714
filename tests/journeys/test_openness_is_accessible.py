"""Registers, report, counter, log, figures and charter: nothing for axe to find, nothing wider than the screen."""

from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from pendopo.domains.information import service_pages
from pendopo.domains.information.testing import a_request
from pendopo.domains.information.testing_catalogue import an_item
from pendopo.domains.information.tests.openness_world import a_year
from tests.journeys.conftest import DESK, MONDAY, PHONE, City, SignedIn, flaws


def found_on(page: Page, addresses: tuple[str, ...]) -> list[str]:
    found = []
    for number, address in enumerate(addresses):
        page.set_viewport_size(DESK)
        answer = page.goto(address)
        assert answer is not None and answer.status == 200, address
        found += flaws(page, colours_on=[(PHONE, DESK)[number % 2]])
    return found


def test_the_pages_of_openness(city: City, signed_in: SignedIn, koordinator: Any, desk: Page) -> None:
    a_year(MONDAY)
    an_item(now=MONDAY)
    service_pages.load()
    case = a_request(now=MONDAY)
    public = tuple(
        reverse(f"information:{name}") for name in ("log", "figures", "charter", "standard", "reports-public")
    )
    staff = signed_in(koordinator)
    staff.goto(reverse("information:register", args=["permohonan"]))
    staff.locator(".people summary").click()
    staff.get_by_label("Keperluan melihat data pemohon").fill("Melengkapi laporan bulanan.")
    staff.get_by_role("button", name="Tampilkan").click()
    assert "Zulkarnaen Tirtayasa" in staff.content()
    registers = tuple(
        reverse("information:register", args=[key]) for key in ("permohonan", "keberatan", "sengketa")
    )
    pages = (
        *registers, reverse("information:work"), reverse("information:reports"),
        reverse("information:report", args=[2026]),
        reverse("information:service-pages"), reverse("information:service-page", args=["maklumat"]),
        reverse("information:counter"), reverse("information:counter-done", args=[case.code]),
    )  # fmt: skip
    found = [*found_on(desk, public), *found_on(staff, pages)]
    assert not found, "\n".join(found)
