"""The koordinator edits a rule, tries it on last month's reports, sees what moves, and saves; a clash is shown."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from pendopo.domains.reports.models import RoutingRule, Status
from pendopo.domains.reports.testing import a_report
from pendopo.kernel import clock
from tests.journeys.conftest import Check, City, Shot, SignedIn, flaws

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
RULES = "/meja/laporan/aturan/"


@pytest.fixture
def month(city: City) -> None:
    """Street lights of the last month: most went to Dinas PU, some were done by Dinas Lingkungan Hidup."""
    for age, office in enumerate([city.government.works] * 3 + [city.government.environment] * 2):
        a_report(
            status=Status.IN_PROGRESS,
            office=office,
            region="99.71.01.1001",
            now=clock.now() - dt.timedelta(days=age),
        )


@pytest.mark.parametrize("script", [True, False])
def test_a_rule_is_edited_tried_and_saved(
    script: bool, month: None, city: City, signed_in: SignedIn, shot: Shot
) -> None:
    rule = RoutingRule.objects.get()
    page = signed_in(city.people["koordinator"], java_script_enabled=script)
    page.goto(RULES)
    page.get_by_role("link", name=rule.name).first.click()
    page.get_by_label("Teruskan ke").select_option(label="Dinas Lingkungan Hidup")
    page.get_by_role("button", name="Coba dulu").click()
    moved = page.get_by_role("row").filter(has_text="Dinas Lingkungan Hidup").last
    expect(moved).to_contain_text("5")
    expect(moved).to_contain_text("sekarang 3, nanti 2, dari 5")
    assert RoutingRule.objects.get().office == city.government.works
    if script:
        shot(page, "tried")
        assert not flaws(page)
    page.get_by_role("button", name="7 hari", exact=True).click()
    expect(page.get_by_role("button", name="7 hari", exact=True)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Simpan perubahan ini").click()
    expect(page.get_by_role("status").first).to_contain_text("Aturan tersimpan.")
    assert RoutingRule.objects.get().office == city.government.environment
    page.get_by_role("link", name=rule.name).first.click()
    page.get_by_role("link", name="Riwayat aturan ini").click()
    expect(page.get_by_role("main")).to_contain_text("5 dari 5 laporan 7 hari terakhir berpindah")
    if script:
        shot(page, "history")
        assert not flaws(page)
    page.get_by_role("button", name="Kembalikan seperti sebelumnya").click()
    page.get_by_role("button", name="Simpan perubahan ini").click()
    assert RoutingRule.objects.get().office == city.government.works


def test_two_koordinators_at_once_and_a_rule_that_cannot_win(
    month: None, city: City, signed_in: SignedIn, shot: Shot, axe: Check
) -> None:
    page = signed_in(city.people["koordinator"])
    page.goto(RULES + "baru/")
    page.get_by_label("Nama aturan").fill("Lampu Mawar")
    page.get_by_label("Lampu jalan").check()
    page.get_by_role("button", name="Coba dulu").click()
    expect(page.get_by_role("main")).to_contain_text("Yang itu selalu menang")
    expect(page.get_by_role("main")).to_contain_text("Tidak ada laporan yang berpindah.")
    RoutingRule.objects.create(order=5, name="Aturan rekan", office=city.government.environment)
    page.get_by_role("button", name="Simpan perubahan ini").click()
    expect(page.get_by_role("alert")).to_contain_text("Aturan sudah diubah orang lain")
    assert RoutingRule.objects.count() == 2
    shot(page, "clash")
    axe(page)
    page.get_by_role("button", name="Simpan perubahan ini").click()
    expect(page.locator("#perlu-dilihat")).to_be_visible()
    shot(page, "list")
    axe(page)
    page.get_by_role("button", name="Naik Lampu Mawar").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Coba urutan baru")
    shot(page, "moved")
