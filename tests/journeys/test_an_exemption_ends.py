"""The period of an exemption nears its end: a task in time, then the information is open, and its file follows."""

import datetime as dt

import pytest
from playwright.sync_api import Locator, Page, expect

from pendopo.base.files.testing import docx_file
from pendopo.domains.information import tasks_keeping
from pendopo.domains.information.actions.looking import check_version
from pendopo.domains.information.models import Item, ItemVersion
from pendopo.domains.information.testing_catalogue import a_test
from tests.journeys import ppid_steps, steps
from tests.journeys.conftest import MONDAY, City, Passing, Shot, SignedIn

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LAST_DAY = dt.date(2026, 6, 30)
TITLE, STILL = "Daftar nama dan alamat penerima bantuan yang sakit", "Keluhan kesehatan pegawai"


@pytest.fixture
def exempted(city: City) -> dict[str, Item]:
    """Two entries of Dinas PU that are withheld until the same day."""
    found = {}
    for words in (TITLE, STILL):
        test = a_test(office=city.government.works, information=words, expires_on=LAST_DAY, now=MONDAY)
        assert test.item is not None
        found[words] = test.item
    return found


def to_open(page: Page) -> Locator:
    """The list of what opens soon, from the page of one's work."""
    page.goto("/meja/ppid/")
    group = page.locator(".work > li").filter(has_text="Daftar informasi")
    group.get_by_role("link", name="Akan dibuka").click()
    return page.get_by_role("main").locator("tbody tr")


def again(page: Page, shot: Shot) -> None:
    """What must stay withheld is tested again, with a new period."""
    page.get_by_role("link", name=STILL).click()
    shot(page, "entri-dikecualikan")
    page.get_by_role("link", name="Uji lagi").click()
    expect(page.get_by_label("Informasi yang diuji")).to_have_value(STILL)
    page.get_by_label("atau berlaku sampai").fill("2027-06-30")
    shot(page, "uji-lagi")
    steps.submit(page, "Simpan")
    steps.submit(page, "Usulkan kepada PPID Utama")
    steps.told(page, "Lembar diusulkan kepada PPID Utama.")


def add_its_file(page: Page, shot: Shot) -> None:
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("main")).to_contain_text("Pengecualiannya sudah berakhir.")
    shot(page, "harus-dibuka")
    page.locator("#berkas_file").set_input_files(
        {"name": "penerima.docx", "mimeType": "", "buffer": docx_file("Penerima bantuan tahun 2024")}
    )
    steps.submit(page, "Simpan berkas")
    check_version(version_id=ItemVersion.objects.get().pk)  # the worker's job
    page.get_by_role("link", name="Muat ulang").click()
    page.get_by_label("Yang sudah Anda periksa", exact=True).fill("Nama pembuat berkas adalah pegawai kami.")
    steps.submit(page, "Terbitkan versi ini")
    steps.told(page, "Versi ini sudah diterbitkan.")


def test_an_exemption_ends(
    city: City, exempted: dict[str, Item], passing: Passing, phone: Page, signed_in: SignedIn, shot: Shot
) -> None:
    main = phone.get_by_role("main")
    phone.goto(f"/ppid/informasi/{exempted[TITLE].slug}/")
    expect(main).to_contain_text("Sampai Selasa, 30 Juni 2026; sesudahnya dibuka")
    shot(phone, "ditutup")
    owner, ppid = signed_in(city.people["sari"]), signed_in(city.people["koordinator"])
    expect(to_open(owner)).to_have_count(0)
    passing.to(6, 2)
    tasks_keeping.sweep_lists(0)
    for person in (owner, ppid):
        person.goto("/kotak-masuk/")
        expect(person.get_by_role("main")).to_contain_text("30 Juni 2026")
    expect(to_open(owner)).to_have_count(2)
    expect(owner.get_by_role("main").locator("tbody")).to_contain_text("30 Jun 2026")
    shot(owner, "akan-dibuka")
    again(owner, shot)
    ppid_steps.fix_exemption(ppid, "188/40/2026", "2026-06-02", shot)
    expect(to_open(owner)).to_have_count(1)
    passing.to(7, 1)
    tasks_keeping.sweep_lists(0)
    phone.reload()
    expect(main).not_to_contain_text("Mengapa ditutup")
    expect(main).to_contain_text("Berkasnya belum dipasang. Anda dapat memintanya.")
    to_open(owner)
    add_its_file(owner, shot)
    expect(to_open(owner)).to_have_count(0)
    phone.reload()
    expect(main.locator(".files > li")).to_contain_text("Versi 1 (terbaru)")
    shot(phone, "terbuka")
    phone.goto("/ppid/dik/")
    expect(main).to_contain_text(STILL)
    expect(main).to_contain_text("sampai 30 Jun 2027")
    expect(main).not_to_contain_text(TITLE)
