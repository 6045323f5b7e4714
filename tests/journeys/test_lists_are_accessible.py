"""The staff's pages of the lists of information: WCAG 2.2 A and AA, as in `test_every_page_is_accessible`."""

from collections.abc import Callable

import pytest
from django.test import Client

from pendopo.domains.information.models import Category, ItemStatus, TestStatus
from pendopo.domains.information.testing_catalogue import a_test, a_version, an_item
from pendopo.domains.information.tests.test_keeping_tables import a_row, brought, table
from pendopo.kernel import clock
from tests.journeys.conftest import City
from tests.journeys.walk import SignIn, look

__all__ = ["look"]  # a fixture
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LIST, DECREES, TESTS = "/meja/ppid/informasi/", "/meja/ppid/keputusan/", "/meja/ppid/uji/"


def test_lists_decrees_and_tests(city: City, as_user: SignIn, look: Callable[..., None]) -> None:
    office, sari = city.government.works, city.people["sari"]
    item = an_item(
        office=office, category=Category.BERKALA, text="Laporan semester pertama", title="Laporan kinerja"
    )
    a_version(item, text="Penerima: NIK 3372014507900001", published=False)
    returned = an_item(office=office, status=ItemStatus.RETURNED, title="Peta rawan banjir")
    an_item(office=office, status=ItemStatus.PROPOSED, title="Daftar aset")
    fixed = a_test(office=office, item=an_item(office=office, title="Penerima bantuan"))
    proposed = a_test(office=office, status=TestStatus.PROPOSED)
    draft = a_test(office=office, status=TestStatus.DRAFT)
    batch = brought(table(a_row(), a_row(title="")), sari, office, clock.now())
    unit, utama = as_user(sari), as_user(city.people["koordinator"])
    wrong: Client = as_user(sari)
    own = [
        "",
        "?tab=draf",
        "baru/",
        "masuk/",
        f"masuk/{batch.pk}/",
        f"{item.pk}/",
        f"{returned.pk}/",
        f"{item.pk}/ubah/",
    ]
    assert item.decree is not None
    look([
        *((unit, f"{LIST}{rest}") for rest in own),
        (utama, LIST), (utama, f"{LIST}{item.pk}/"), (wrong, f"{LIST}?tab=tarik&year=1"),
        (utama, DECREES), (utama, f"{DECREES}daftar/"), (utama, f"{DECREES}pengecualian/"),
        (unit, f"{DECREES}{item.decree.pk}/"),
        *((unit, f"{TESTS}{rest}") for rest in ("", "baru/", f"{fixed.pk}/", f"{draft.pk}/", f"{draft.pk}/ubah/")),
        (utama, f"{TESTS}{proposed.pk}/"), (unit, f"{TESTS}baru/?dari={fixed.pk}"),
    ])  # fmt: skip
