"""A neighbour with a cheap phone looks at the map of reports."""

import pytest
from playwright.sync_api import Page, expect

from pendopo.domains.reports.testing import a_report
from tests.journeys.conftest import Check, City

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_map_opens_on_tap_beside_the_same_list(city: City, phone: Page, axe: Check) -> None:
    for number in range(3):
        a_report(point=(-7.56 - number * 0.02, 110.81))
    phone.goto("/laporan/")
    expect(phone.locator(".card")).to_have_count(3)
    phone.get_by_role("button", name="Buka peta").click()
    expect(phone.locator(".cluster").first).to_be_visible()
    axe(phone)
