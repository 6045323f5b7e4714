"""Bad luck on the way: no signal, an old page, the back button, an impatient finger. Nothing typed is lost."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report
from tests.journeys import steps
from tests.journeys.conftest import City, Shot, SignedIn

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def click_twice(page: Page, button: str) -> None:
    """Two clicks before the page can answer the first."""
    page.get_by_role("main").get_by_role("button", name=button, exact=True).evaluate(
        "(button) => { button.click(); button.click(); }"
    )


def test_a_double_click_sends_one_report(city: City, phone: Page) -> None:
    steps.to_the_check(phone)
    click_twice(phone, "Kirim laporan")
    steps.at(phone, "Laporan Anda sudah masuk")
    assert Report.objects.count() == 1


def test_sending_the_same_page_again_shows_the_same_receipt(city: City, phone: Page) -> None:
    steps.to_the_check(phone)
    other_tab = phone.context.new_page()
    other_tab.goto("/lapor/periksa/")
    code = steps.send(phone)
    assert steps.send(other_tab) == code
    assert Report.objects.count() == 1


def test_an_impatient_officer_closes_once(city: City, signed_in: SignedIn) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=city.government.works)
    page = signed_in(city.people["sari"])
    steps.open_case(page, "Kantor saya", report.code)
    steps.act(
        page, "Tutup dengan bukti", **{"Apa yang sudah dikerjakan?": "Tiga lampu sudah kami ganti pagi ini."}
    )
    click_twice(page, "Tutup dengan bukti")
    steps.told(page, "Usulan penutupan menunggu pemeriksaan orang kedua.")
    assert report.closures.count() == 1


def test_a_lost_connection_loses_nothing(city: City, phone: Page) -> None:
    steps.say_what(phone)
    steps.say_where(phone)
    phone.get_by_label("Apa yang terjadi?").fill(steps.WORDS)
    phone.context.set_offline(True)
    steps.onward(phone)
    phone.wait_for_url("chrome-error://**")  # the browser's own page: no connection, load again
    phone.context.set_offline(False)
    phone.reload()
    steps.leave_contact(phone)
    expect(phone.get_by_role("main")).to_contain_text(steps.WORDS)
    expect(phone.get_by_role("main")).to_contain_text(steps.LANDMARK)
    steps.send(phone)


def test_the_phone_may_be_closed_in_the_middle(city: City, phone: Page) -> None:
    steps.say_what(phone)
    steps.say_where(phone)
    later = phone.context.new_page()
    phone.close()
    later.goto("/lapor/")
    expect(later.get_by_role("radio", name="Lampu jalan", exact=True)).to_be_checked()
    steps.onward(later)
    steps.at(later, "Ceritakan kejadiannya")
    later.goto("/lapor/tempat/")
    expect(later.get_by_label("Alamat atau patokan")).to_have_value(steps.LANDMARK)


def test_the_back_button_finds_every_answer(city: City, phone: Page) -> None:
    steps.to_the_check(phone)
    for heading, label, value in (
        ("Bagaimana menghubungi Anda?", "Surel (e-mail)", steps.EMAIL),
        ("Ceritakan kejadiannya", "Apa yang terjadi?", steps.WORDS),
        ("Di mana kejadiannya?", "Alamat atau patokan", steps.LANDMARK),
    ):
        phone.go_back()
        steps.at(phone, heading)
        expect(phone.get_by_label(label)).to_have_value(value)
    phone.get_by_label("Alamat atau patokan").fill("Jalan Kenanga 5")
    phone.get_by_role("button", name="Simpan dan periksa").click()
    steps.at(phone, "Periksa, lalu kirim")
    expect(phone.get_by_role("main")).to_contain_text("Jalan Kenanga 5")
    expect(phone.get_by_role("main")).to_contain_text(steps.WORDS)


def test_back_after_sending_shows_the_receipt_and_not_a_second_report(city: City, phone: Page) -> None:
    steps.to_the_check(phone)
    code = steps.send(phone)
    phone.go_back()
    phone.reload()
    expect(phone.locator(".codebox .code")).to_have_text(code)
    assert Report.objects.count() == 1


def test_an_old_page_is_sent_again_with_one_tap(city: City, phone: Page, shot: Shot) -> None:
    steps.say_what(phone)
    steps.say_where(phone)
    phone.get_by_label("Apa yang terjadi?").fill(steps.WORDS)
    phone.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    steps.onward(phone)
    steps.at(phone, "Halaman terlalu lama terbuka")
    shot(phone, "terlalu-lama-terbuka")
    phone.get_by_role("button", name="Kirim lagi").click()
    steps.leave_contact(phone)
    expect(phone.get_by_role("main")).to_contain_text(steps.WORDS)


def test_all_cookies_gone_the_page_that_is_open_is_kept(city: City, phone: Page) -> None:
    steps.say_what(phone)
    steps.say_where(phone)
    phone.get_by_label("Apa yang terjadi?").fill(steps.WORDS)
    phone.context.clear_cookies()
    steps.onward(phone)
    phone.get_by_role("button", name="Kirim lagi").click()
    steps.told(phone, "Yang baru Anda isi kami simpan; lengkapi langkah yang lain.")
    steps.choose_category(phone)
    steps.onward(phone)
    steps.say_where(phone)
    steps.leave_contact(phone)
    expect(phone.get_by_role("main")).to_contain_text(steps.WORDS)


def test_an_officer_whose_session_ended_signs_in_and_goes_on(city: City, signed_in: SignedIn) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=city.government.works)
    page = signed_in(city.people["sari"])
    page.goto(f"/meja/reports/kasus/{report.code}/")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.reload()
    steps.at(page, "Masuk")
    assert f"/meja/reports/kasus/{report.code}/" in page.url.replace("%2F", "/")
    assert Report.objects.get().status == Status.IN_PROGRESS


def test_a_refused_step_keeps_the_words_and_leads_to_them(city: City, phone: Page, shot: Shot) -> None:
    steps.say_what(phone)
    steps.onward(phone)
    summary = phone.locator("#kesalahan")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Pilih kelurahan tempat kejadian.")
    shot(phone, "tempat-kosong")
    steps.say_where(phone)
    phone.get_by_label("Apa yang terjadi?").fill("Gelap")
    steps.onward(phone)
    expect(summary).to_contain_text("paling sedikit 10 huruf")
    expect(phone.get_by_label("Apa yang terjadi?")).to_have_value("Gelap")
    shot(phone, "cerita-terlalu-pendek")
    steps.tell(phone)
    phone.get_by_label("Nomor telepon").fill("rumah")
    phone.get_by_label("Surel (e-mail)").fill("rina di contoh")
    steps.onward(phone)
    expect(summary).to_contain_text("Nomor ini tidak terbaca.")
    expect(phone.get_by_label("Surel (e-mail)")).to_have_value("rina di contoh")
    shot(phone, "kontak-salah")


def test_a_file_that_is_no_photo_says_why_and_the_choice_stays(city: City, phone: Page, shot: Shot) -> None:
    phone.goto("/lapor/")
    steps.choose_category(phone)
    phone.locator("input[type=file]").set_input_files(
        {"name": "liburan.jpg", "mimeType": "image/jpeg", "buffer": b"PK\x03\x04" + b"x" * 4000}
    )
    expect(phone.locator(".photo-list li")).to_contain_text("dikirim apa adanya")
    steps.onward(phone)
    expect(phone.locator("#kesalahan")).to_contain_text("liburan.jpg")
    expect(phone.get_by_role("radio", name="Lampu jalan", exact=True)).to_be_checked()
    shot(phone, "foto-ditolak")


def test_two_officers_at_once_the_second_is_told(city: City, signed_in: SignedIn, shot: Shot) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=city.government.works)
    sari, budi = signed_in(city.people["sari"]), signed_in(city.people["budi"])
    for page in (sari, budi):
        page.goto(f"/meja/reports/kasus/{report.code}/")
        steps.act(page, "Jawab pelapor", Jawaban_untuk_pelapor="Besok pagi kami ke sana.")
    steps.submit(sari, "Jawab pelapor")
    steps.told(sari, "Jawaban terkirim.")
    steps.submit(budi, "Jawab pelapor")
    expect(budi.locator("#kesalahan")).to_contain_text("Kasus ini sudah berubah")
    expect(budi.get_by_label("Jawaban untuk pelapor")).to_have_value("Besok pagi kami ke sana.")
    expect(budi.locator(".frame-case")).to_contain_text("Besok pagi kami ke sana.")
    shot(budi, "sudah-berubah")
    assert report.messages.count() == 1
