"""Several offices, a contractor with a link, one summary for the citizen; and the sheet on paper."""

from typing import Any

import pytest
from playwright.sync_api import expect

from pendopo.base.organizations.models import Role
from pendopo.domains.reports import task_reading
from pendopo.domains.reports.actions import tasks
from pendopo.domains.reports.models import Report, Status, TaskLink
from pendopo.domains.reports.testing import a_report, worker
from pendopo.domains.reports.tests.shared_work import a_link, shared
from pendopo.kernel import clock
from tests.journeys.conftest import PHONE, Check, City, NewPage, Shot, SignedIn

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SUMMARY = "Dahan sudah dipangkas dan lampunya menyala lagi."


def case_page(report: Report) -> str:
    return f"/meja/reports/kasus/{report.code}/"


def test_two_offices_do_their_parts_and_the_citizen_reads_one_summary(
    city: City, signed_in: SignedIn, new_page: NewPage, shot: Shot
) -> None:
    people = city.people
    report = a_report(status=Status.IN_PROGRESS, office=city.government.works, point=(-7.595, 110.805))
    lead = signed_in(people["sari"])
    lead.goto(f"{case_page(report)}bagi-tugas/")
    lead.get_by_label("Kantor pertama").select_option(label="Dinas Lingkungan Hidup")
    lead.get_by_label("Yang diminta").first.fill("Pangkas dahan di depan lampu.")
    lead.get_by_label("Kantor kedua").select_option(label="Kecamatan Melati")
    lead.get_by_label("Yang diminta").nth(1).fill("Atur lalu lintas saat bekerja.")
    shot(lead, "bagi-tugas")
    lead.get_by_role("button", name="Bagi tugas").click()
    expect(lead.get_by_role("heading", name="Tugas kantor-kantor")).to_be_visible()
    shot(lead, "panel")

    helper = signed_in(people["tono"])
    helper.goto("/meja/")
    helper.get_by_role("link", name="Tugas untuk kantor saya (1)").click()
    shot(helper, "antrean-tugas")
    helper.get_by_role("link", name="Pangkas dahan di depan lampu.").click()
    helper.get_by_role("button", name="Terima tugas").click()
    expect(helper.get_by_text("Tugas diterima.")).to_be_visible()
    helper.get_by_text("Bagaimana tanggal ini dihitung").click()
    shot(helper, "tugas")
    helper.get_by_text("Laporkan selesai").first.click()
    helper.get_by_label("Apa yang sudah dikerjakan?").fill("Dahan dipangkas.")
    helper.get_by_role("button", name="Laporkan selesai").click()
    expect(helper.get_by_text("Tercatat selesai.")).to_be_visible()

    visitor = new_page(PHONE)
    visitor.goto(f"/laporan/{report.slug}/")
    expect(visitor.get_by_text("Dinas Lingkungan Hidup (selesai)")).to_be_visible()
    expect(visitor.get_by_text("Kecamatan Melati (diminta membantu)")).to_be_visible()
    shot(visitor, "halaman-publik")

    camat = worker(city.government.district, Role.OFFICER)
    other = report.tasks.get(office=city.government.district)
    tasks.finish(task_id=other.pk, result="Lalu lintas diatur.", by=camat, now=clock.now())
    lead.goto(f"{case_page(report)}tutup/")
    summary = lead.get_by_label("Apa yang sudah dikerjakan?")
    expect(summary).to_have_value(
        "Dinas Lingkungan Hidup: Dahan dipangkas.\nKecamatan Melati: Lalu lintas diatur."
    )
    summary.fill(SUMMARY)
    lead.get_by_role("button", name="Tutup dengan bukti").click()
    checker = signed_in(people["budi"])
    checker.goto(f"{case_page(report)}periksa/")
    checker.get_by_label("Bukti cukup, sampaikan ke pelapor").check()
    checker.get_by_role("button", name="Periksa bukti").click()
    visitor.reload()
    expect(visitor.get_by_text(SUMMARY)).to_be_visible()
    expect(visitor.get_by_text("Lalu lintas diatur.")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_contractor_answers_from_a_cheap_phone(
    city: City, signed_in: SignedIn, new_page: NewPage, shot: Shot, axe: Check, scripts: bool
) -> None:
    people, now = city.people, clock.now()
    _report, (mine, _other) = shared(city.government, people["sari"], now, point=(-7.595, 110.805))
    link: TaskLink = a_link(mine, people["tono"], now)
    phone = new_page(PHONE, has_touch=True, is_mobile=True, java_script_enabled=scripts)
    address = task_reading.address_of(link)
    phone.goto("/tugas/" + address.rpartition("/tugas/")[2])
    expect(phone.get_by_role("heading", name="Tugas dari Dinas Lingkungan Hidup")).to_be_visible()
    if scripts:
        axe(phone)
    shot(phone, "tautan")
    phone.get_by_label("Selesai dikerjakan").check()
    phone.get_by_label("Keterangan").fill("Dahan sudah rapi.")
    phone.get_by_role("button", name="Kirim kabar").click()
    expect(phone.get_by_text("menunggu diperiksa petugas")).to_be_visible()
    shot(phone, "terkirim")

    officer = signed_in(people["tono"])
    officer.goto(f"/meja/laporan/tugas/{mine.pk}/")
    shot(officer, "kabar")
    officer.get_by_role("button", name="Terima kabar ini").click()
    expect(officer.get_by_text("Kabar diterima.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name="Tautan ini tidak berlaku")).to_be_visible()


@pytest.mark.parametrize("secret", [False, True], ids=["open", "secret"])
def test_the_sheet_fits_on_paper(city: City, signed_in: SignedIn, shot: Shot, secret: bool) -> None:
    people, works = city.people, city.government.works
    made: Any = a_report(status=Status.IN_PROGRESS, office=works, secret=True) if secret else None
    report = made or shared(city.government, people["sari"], clock.now(), point=(-7.595, 110.805))[0]
    page = signed_in(people["sari"])
    page.goto(case_page(report))
    page.keyboard.press("p")
    expect(page.get_by_role("heading", name="LEMBAR DISPOSISI")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Kembali")).to_be_hidden()
    expect(page.get_by_text("RAHASIA").first).to_be_visible(visible=secret)
    shot(page, "lembar")
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") <= 2
