"""`pendopo regions load 33.72` on an empty database: Kota Surakarta takes its first report the same day."""

from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from pendopo.base.accounts.models import User
from pendopo.base.calendar.testing import fill_calendar
from pendopo.base.organizations.models import Membership, Organization, Role
from pendopo.base.organizations.testing import SINCE
from pendopo.base.regions.models import Level, Region
from pendopo.domains.reports.models import Report
from pendopo.domains.reports.testing import prepare
from tests.journeys import steps
from tests.journeys.conftest import Passing, Shot, SignedIn

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_real_city_takes_its_first_report(
    passing: Passing, phone: Page, signed_in: SignedIn, shot: Shot
) -> None:
    call_command("regions", "load", "33.72", stdout=StringIO())
    served = Region.objects.filter(served=True)
    assert served.filter(level=Level.DISTRICT).count() == 5
    assert served.filter(level=Level.VILLAGE).count() == 54
    prepare()
    fill_calendar()
    phone.goto("/")
    shot(phone, "beranda-kosong")
    phone.goto("/laporan/")
    shot(phone, "daftar-kosong")
    steps.say_what(phone)
    steps.say_where(phone, village="Kemlayan")
    steps.tell(phone)
    steps.leave_contact(phone)
    code = steps.send(phone)
    expect(phone.locator(".brandmark").first).to_contain_text("Surakarta")
    intake = Organization.objects.get(is_intake=True)
    person = User.objects.create_user("koordinator@surakarta.example", name="Wahyu Hidayat")
    Membership.objects.create(user=person, organization=intake, role=Role.COORDINATOR, since=SINCE)
    desk = signed_in(person)
    steps.open_case(desk, "Baru", code)
    expect(desk.get_by_role("region", name="Teruskan ke mana?")).to_contain_text("Kelurahan Kemlayan")
    shot(desk, "kasus")
    desk.get_by_role("button", name="Teruskan ke Kelurahan Kemlayan").click()
    steps.told(desk, "Laporan diteruskan.")
    assert Report.objects.get().office.name == "Kelurahan Kemlayan"
