"""WCAG 2.2 A and AA on the pages where citizens ask for information, follow it and object, and on the staff page of
a proof of identity; forms also with errors."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pendopo.domains.information import receipts, sealing
from pendopo.domains.information.models import Category, Decree, Item
from pendopo.domains.information.testing import NIK, a_request, an_objection, prepare
from pendopo.domains.information.tests import asking as browser
from pendopo.kernel import clock
from tests.journeys.conftest import City
from tests.journeys.walk import SignIn, look

__all__ = ["look"]  # a fixture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def late_item(city: City) -> Item:
    """A regular entry that should have been renewed weeks ago; the form's suggestions find it too."""
    prepare()
    now, office = clock.now(), city.government.works
    decree = Decree.objects.create(
        kind="DIP", number="1/2025", title="DIP", signed_on=dt.date(2025, 1, 2), signer="Atasan",
        office=city.government.intake, made_at=now,
    )  # fmt: skip
    return Item.objects.create(
        slug="anggaran", title="Anggaran pemeliharaan jalan tahun 2025", summary="Belanja menurut kecamatan",
        category=Category.BERKALA, status="FIXED", office=office, holder="Bina Marga", responsible="Kepala",
        made_on=dt.date(2025, 1, 1), made_place="Kota Uji", retention="5 tahun", cycle="SEMIANNUAL", decree=decree,
        next_due_on=dt.date(2026, 1, 31), published_at=now, modified_at=now, created_at=now, year=2025,
    )  # fmt: skip


def holder(*cases: Any) -> Client:
    client = Client()
    for case in cases:
        client.post("/ppid/lacak/", {"code": case.code, "contact": "rina@contoh.example"})
    return client


def test_pages_of_somebody_who_asks(late_item: Item, look: Callable[..., None]) -> None:
    steps, proxy = browser.fill(Client()), Client()
    given = browser.answers(who="GROUP")
    for path in ("/ppid/minta/", "/ppid/minta/cara/"):
        proxy.post(path, {name: given[name] for name in browser.STEPS[path]})
    entity = Client()
    given = browser.answers(who="ENTITY")
    for path in ("/ppid/minta/", "/ppid/minta/cara/"):
        entity.post(path, {name: given[name] for name in browser.STEPS[path]})
    sent = browser.fill(Client())
    receipt = sent.post("/ppid/minta/periksa/").url
    pages = [(steps, path) for path in (*browser.STEPS, "/ppid/minta/periksa/")]
    look(
        [*pages, (proxy, "/ppid/minta/pemohon/"), (entity, "/ppid/minta/pemohon/"), (sent, receipt),
         (sent, "/ppid/lacak/"), (Client(), "/ppid/lacak/"), (Client(), "/ppid/lacak/buka/x/"),
         (Client(), "/ppid/minta/?hl=en")]
    )  # fmt: skip


def test_pages_that_follow_it(
    late_item: Item, city: City, as_user: SignIn, look: Callable[..., None]
) -> None:
    now = clock.now()
    cases = {
        status: a_request(status=status, now=now) for status in ("REGISTERED", "INCOMPLETE", "WITHDRAWN")
    }
    proved = a_request(proofs=[sealing.new_proof("KTP", NIK)], now=now)
    objection = an_objection(now=now - dt.timedelta(days=50))
    silent = a_request(now=now - dt.timedelta(days=30))
    receipts.for_objection(objection.pk, now=now)
    client = holder(*cases.values(), objection, silent, proved)
    pages = [(client, f"/ppid/permohonan/{one.code}/") for one in (*cases.values(), silent, proved)]
    pages += [(client, f"/ppid/keberatan/{one.code}/") for one in (silent, cases["REGISTERED"])]
    number = proved.proofs.get().pk
    look(
        [*pages, (client, f"/ppid/keberatan/surat/{objection.code}/"), (client, "/ppid/lacak/"),
         (Client(), "/ppid/keberatan/berkala/anggaran/"),
         (as_user(city.people["koordinator"]), f"/meja/ppid/identitas/{number}/")]
    )  # fmt: skip


def test_forms_with_errors(late_item: Item, new_page: Any, axe: Callable[..., None]) -> None:
    page = new_page({"width": 360, "height": 780}, color_scheme="dark")
    page.goto("/ppid/minta/")
    page.get_by_role("button", name="Lanjut").click()
    axe(page)
    page.get_by_label("Informasi apa yang Anda perlukan?").fill("anggaran pemeliharaan jalan")
    page.get_by_role(
        "heading", name="Anggaran pemeliharaan jalan tahun 2025"
    ).wait_for()  # found while typing
    axe(page)
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Instansi pemerintah tempat saya bekerja").check()
    page.get_by_role("button", name="Lanjut").click()
    axe(page)
    page.get_by_label("Untuk apa informasi ini?").fill("Bahan rapat warga")
    page.get_by_label("Saya sendiri").check()
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("NIK").fill("123")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_text("NIK terdiri dari 16 angka").first.wait_for()
    axe(page)
