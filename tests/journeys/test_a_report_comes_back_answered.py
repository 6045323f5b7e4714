"""The product's main promise, walked by all its people: a report reaches the right office and comes back answered."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from pendopo.base.notices.models import Notice
from pendopo.base.regions.testing import middle
from pendopo.domains.reports.actions import closing, routing, work
from pendopo.domains.reports.models import Rating, Status
from pendopo.domains.reports.testing import a_report
from pendopo.kernel import clock
from tests.journeys import steps
from tests.journeys.conftest import PHONE, City, NewPage, Shot, SignedIn

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DONE = "Tiga lampu sudah diganti pagi ini dan menyala lagi."


def the_link_in_the_mail(event: str) -> str:
    """The private link that the reporter's e-mail carries."""
    body = Notice.objects.get(event=event, address=steps.EMAIL).body
    found = re.search(r"https?://[^/\s]+(/lacak/buka/\S+)", body)
    assert found, body
    return found[1]


def write_with_photo(page: Page, shot: Shot) -> str:
    """From the front page to the receipt, everything filled in."""
    page.goto("/")
    shot(page, "beranda")
    page.get_by_role("link", name="Buat laporan").first.click()
    steps.choose_category(page)
    page.locator("input[type=file]").set_input_files(steps.photo())
    expect(page.locator(".photo-list li")).to_contain_text(re.compile(r"dikecilkan menjadi .+ KB"))
    shot(page, "apa")
    steps.onward(page)
    steps.at(page, "Di mana kejadiannya?")
    page.get_by_label("Alamat atau patokan").fill(steps.LANDMARK)
    page.get_by_label("Kelurahan").select_option(label="Mawar")
    shot(page, "tempat")
    steps.onward(page)
    page.get_by_label("Apa yang terjadi?").fill(steps.WORDS)
    expect(page.get_by_label("Anonim: sembunyikan nama saya")).to_be_checked()
    shot(page, "cerita")
    steps.onward(page)
    page.get_by_label("Nama").fill("Rina Marlina")
    page.get_by_label("Surel (e-mail)").fill(steps.EMAIL)
    shot(page, "kontak")
    steps.onward(page)
    main = page.get_by_role("main")
    for words in ("Lampu jalan", steps.LANDMARK, "Mawar", steps.WORDS, "Rina Marlina", "nama disembunyikan"):
        expect(main).to_contain_text(words)
    kept = page.request.get(main.locator(".thumbs a").get_attribute("href") or "")
    stored = Image.open(BytesIO(kept.body()))
    assert max(stored.size) <= 1600
    assert not stored.getexif()  # neither the maker of the phone nor the place
    shot(page, "periksa")
    code = steps.send(page)
    assert re.fullmatch(r"LAP-[0-9A-Z]{4}-[0-9A-Z]{4}", code)
    expect(main).to_contain_text("Kamis, 12 Maret 2026")  # three working days after Monday the 9th
    expect(page.get_by_role("img", name="Kode QR yang membuka laporan Anda")).to_be_visible()
    shot(page, "tanda-terima")
    return code


def hand_over(page: Page, code: str, shot: Shot) -> None:
    page.goto("/meja/")
    shot(page, "meja-koordinator")
    page.get_by_role("main").get_by_role("link", name="Baru").first.click()
    shot(page, "antrean-baru")
    page.locator(".rep").filter(has_text=code).get_by_role("link").click()
    suggested = page.get_by_role("region", name="Teruskan ke mana?")
    expect(suggested).to_contain_text("Aturan 10: Lampu jalan ke Dinas PU")
    expect(suggested).to_contain_text("Tempat kejadian di wilayah Kelurahan Mawar")
    expect(page.locator("#kasus")).to_contain_text("Sisa 3 hari kerja")
    shot(page, "kasus-koordinator")
    suggested.get_by_role("button", name="Teruskan ke Dinas Pekerjaan Umum").click()
    steps.told(page, "Laporan diteruskan.")
    assert steps.report_of(code).office.slug == "dpu"


def work_on(page: Page, code: str, shot: Shot) -> None:
    steps.open_case(page, "Kantor saya", code)
    shot(page, "kasus-petugas")
    page.get_by_role("button", name="Ambil, ini tugas saya").click()
    steps.told(page, "Laporan ini sekarang Anda pegang.")
    steps.act(page, "Jawab pelapor", Jawaban_untuk_pelapor="Terima kasih, besok pagi kami ke sana.")
    shot(page, "jawab")
    steps.submit(page, "Jawab pelapor")
    steps.told(page, "Jawaban terkirim.")
    steps.act(page, "Tutup dengan bukti", **{"Apa yang sudah dikerjakan?": DONE})
    page.locator("input[type=file]").set_input_files(steps.photo("bukti.jpg", width=1200, height=900))
    expect(page.locator(".photo-list li")).to_have_count(1)
    shot(page, "tutup")
    steps.submit(page, "Tutup dengan bukti")
    steps.told(page, "Usulan penutupan menunggu pemeriksaan orang kedua.")
    expect(page.locator("#kasus")).to_contain_text("yang memeriksa harus rekan lain")
    expect(page.get_by_role("link", name="Periksa bukti")).to_have_count(0)


def check_the_proof(page: Page, code: str, shot: Shot) -> None:
    steps.open_case(page, "Perlu diperiksa", code)
    expect(page.locator("#kasus")).to_contain_text(DONE)
    expect(page.get_by_role("region", name="Penutupan menunggu orang kedua").locator("img")).to_have_count(1)
    shot(page, "usulan-penutupan")
    page.get_by_role("link", name="Periksa bukti").first.click()
    page.get_by_label("Bukti cukup, sampaikan ke pelapor").check()
    shot(page, "periksa-bukti")
    steps.submit(page, "Periksa bukti")
    steps.told(page, "Hasil pemeriksaan tersimpan.")
    expect(page.locator(".rows-box")).to_contain_text("Antrean ini sudah kosong.")
    shot(page, "kasus-ditanggapi")


def read_the_answer(page: Page, code: str) -> None:
    main = page.get_by_role("main")
    expect(main).to_contain_text("Anda punya waktu sampai")
    expect(main).to_contain_text("Sisa 10 hari")
    expect(main).to_contain_text(DONE)
    expect(main).to_contain_text("besok pagi kami ke sana")
    expect(main.locator(".timeline > li").first).to_contain_text(DONE)  # the newest stands on top
    assert main.locator(".timeline > li").count() >= 5
    expect(main).not_to_contain_text("Sari Wulandari")  # an office answers, not a person


def say_it_is_done(page: Page) -> None:
    page.get_by_role("radio", name="5 dari 5").check()
    page.get_by_label("Kesan Anda").fill("Cepat sekali, terima kasih.")
    page.get_by_role("button", name="Ya, sudah selesai").click()
    steps.told(page, "Terima kasih. Laporan ditutup atas pernyataan Anda.")


def test_a_report_comes_back_answered(
    city: City, phone: Page, new_page: NewPage, signed_in: SignedIn, shot: Shot
) -> None:
    code = write_with_photo(phone, shot)
    hand_over(signed_in(city.people["koordinator"]), code, shot)
    work_on(signed_in(city.people["sari"]), code, shot)
    check_the_proof(signed_in(city.people["ibu_ratna"]), code, shot)
    other_phone = new_page(PHONE, has_touch=True, is_mobile=True)
    steps.look_up(other_phone, code)
    read_the_answer(other_phone, code)
    shot(other_phone, "lacak-ditanggapi")
    by_mail = new_page(PHONE, has_touch=True, is_mobile=True)
    by_mail.goto(the_link_in_the_mail("reports.confirm"))
    read_the_answer(by_mail, code)
    say_it_is_done(by_mail)
    shot(by_mail, "lacak-selesai")
    report = steps.report_of(code)
    assert report.status == Status.CLOSED_BY_CITIZEN
    assert Rating.objects.get(case=report).stars == 5
    other_phone.goto(f"/laporan/{report.slug}/")  # the neighbours read how it ended, and no name
    expect(other_phone.get_by_role("main")).to_contain_text(DONE)
    expect(other_phone.get_by_role("main")).not_to_contain_text("Rina")
    shot(other_phone, "halaman-umum")


def test_the_same_works_without_javascript(
    city: City, new_page: NewPage, signed_in: SignedIn, shot: Shot
) -> None:
    page = new_page(PHONE, has_touch=True, is_mobile=True, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Buat laporan").first.click()
    steps.choose_category(page)
    page.locator("input[type=file]").set_input_files(steps.photo(width=1600, height=1200))
    page.get_by_role("button", name="Unggah foto yang dipilih").click()
    expect(page.locator(".photo-list img")).to_have_count(1)
    shot(page, "foto-terunggah")
    steps.onward(page)
    steps.say_where(page)
    shot(page, "cerita")
    steps.tell(page)
    steps.leave_contact(page)
    expect(page.get_by_role("main").locator(".thumbs img")).to_have_count(1)
    code = steps.send(page)
    shot(page, "tanda-terima")
    answer(city, code)
    steps.look_up(page, code)
    read_the_end(page)
    say_it_is_done(page)
    assert steps.report_of(code).status == Status.CLOSED_BY_CITIZEN


def test_a_place_is_found_by_the_phone(city: City, new_page: NewPage, shot: Shot) -> None:
    lat, lon = middle(1)  # Kenanga
    page = new_page(PHONE, has_touch=True, is_mobile=True, permissions=["geolocation"],
                    geolocation={"latitude": lat, "longitude": lon, "accuracy": 12})  # fmt: skip
    steps.say_what(page)
    page.get_by_role("button", name="Gunakan lokasi saya").click()
    expect(page.locator("[data-place] [role=status]")).to_contain_text("sekitar 12 meter")
    shot(page, "tempat-ditemukan")
    steps.onward(page)
    steps.tell(page)
    steps.leave_contact(page)
    expect(page.get_by_role("main")).to_contain_text("Kenanga")
    report = steps.report_of(steps.send(page))
    assert report.region_id == "99.71.01.1002"
    assert report.latitude == pytest.approx(lat, abs=1e-5)


def test_a_place_outside_the_city_is_asked_about(city: City, new_page: NewPage, shot: Shot) -> None:
    page = new_page(PHONE, has_touch=True, is_mobile=True, permissions=["geolocation"],
                    geolocation={"latitude": -6.2, "longitude": 106.8, "accuracy": 20})  # fmt: skip
    steps.say_what(page)
    page.get_by_role("button", name="Gunakan lokasi saya").click()
    page.get_by_label("Alamat atau patokan").fill(steps.LANDMARK)
    page.get_by_label("Kelurahan").select_option(label="Mawar")
    steps.onward(page)
    expect(page.locator("#titik")).to_contain_text("Titik ini di luar wilayah kami")
    shot(page, "di-luar-wilayah")
    expect(page.get_by_label("Alamat atau patokan")).to_have_value(steps.LANDMARK)
    page.get_by_label("Kejadiannya di kelurahan yang saya pilih pada daftar").check()
    steps.onward(page)
    steps.at(page, "Ceritakan kejadiannya")


def test_not_done_yet_opens_it_again(city: City, phone: Page, signed_in: SignedIn, shot: Shot) -> None:
    report = a_report(status=Status.ANSWERED, office=city.government.works, email=steps.EMAIL)
    steps.look_up(phone, report.code)
    shot(phone, "menunggu-konfirmasi")
    phone.get_by_role("button", name="Buka lagi").click()
    expect(phone.locator("#kesalahan")).to_contain_text("Ceritakan singkat apa yang belum selesai.")
    shot(phone, "buka-lagi-kosong")
    phone.get_by_label("Apa yang belum selesai?").fill("Satu lampu masih mati sampai tadi malam.")
    phone.get_by_role("button", name="Buka lagi").click()
    steps.told(phone, "Laporan dibuka lagi. Kantor sudah diberi tahu.")
    shot(phone, "dibuka-lagi")
    officer = signed_in(city.people["sari"])
    steps.open_case(officer, "Dibuka lagi", report.code)
    expect(officer.locator("#kasus")).to_contain_text("Satu lampu masih mati sampai tadi malam.")
    shot(officer, "kasus-dibuka-lagi")


def test_a_question_pauses_the_clock_until_it_is_answered(
    city: City, phone: Page, signed_in: SignedIn, shot: Shot
) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=city.government.works, email=steps.EMAIL)
    officer = signed_in(city.people["sari"])
    steps.open_case(officer, "Kantor saya", report.code)
    steps.act(officer, "Minta kelengkapan", **{"Apa yang perlu dilengkapi pelapor?": "Tiang nomor berapa?"})
    steps.submit(officer, "Minta kelengkapan")
    steps.told(officer, "Pertanyaan terkirim; waktu dijeda.")
    expect(officer.locator("#kasus")).to_contain_text("hitungan dijeda")
    shot(officer, "menunggu-pelapor")
    phone.goto(the_link_in_the_mail("reports.question"))
    question = phone.get_by_role("region", name="Jawab pertanyaan petugas")
    expect(question).to_contain_text("Tiang nomor berapa?")
    shot(phone, "pertanyaan")
    phone.get_by_label("Jawaban Anda").fill("Nomor 17, dekat warung Bu Tini.")
    phone.locator("input[type=file]").set_input_files(steps.photo(width=1200, height=900))
    expect(phone.locator(".photo-list li")).to_have_count(1)
    question.get_by_role("button", name="Kirim jawaban").click()
    steps.told(phone, "Jawaban Anda terkirim ke petugas.")
    shot(phone, "terjawab")
    officer.reload()
    expect(officer.locator("#kasus")).to_contain_text("Nomor 17, dekat warung Bu Tini.")
    expect(officer.locator("#kasus .story img")).to_have_count(1)
    expect(officer.locator("#kasus")).not_to_contain_text("hitungan dijeda")
    assert steps.report_of(report.code).status == Status.IN_PROGRESS


def test_a_secret_report_stays_between_the_reporter_and_the_office(
    city: City, phone: Page, new_page: NewPage, signed_in: SignedIn, shot: Shot
) -> None:
    steps.to_the_check(phone, "Saya diminta uang saat mengurus izin galian di loket tiga.", secret=True)
    expect(phone.get_by_role("main")).to_contain_text("Rahasia: hanya kantor yang menangani")
    shot(phone, "periksa-rahasia")
    code = steps.send(phone)
    phone.get_by_role("link", name="Lihat perkembangan laporan").click()
    expect(phone.get_by_role("main")).to_contain_text("Umum: tidak melihat apa pun tentang laporan ini.")
    shot(phone, "lacak-rahasia")
    neighbour = new_page(PHONE)
    neighbour.goto("/laporan/?q=loket")
    expect(neighbour.get_by_role("main")).to_contain_text("Tidak ada laporan yang cocok")
    shot(neighbour, "daftar-kosong")
    slug = steps.report_of(code).slug
    seen_by = {name: signed_in(city.people[name]) for name in ("koordinator", "sari", "tono")}
    assert status_of(seen_by["koordinator"], code) == 200
    assert status_of(seen_by["sari"], code) == 404
    steps.open_case(seen_by["koordinator"], "Baru", code)
    shot(seen_by["koordinator"], "kasus-rahasia")
    seen_by["koordinator"].get_by_role("button", name="Teruskan ke Dinas Pekerjaan Umum").click()
    steps.told(seen_by["koordinator"], "Laporan diteruskan.")
    assert {name: status_of(page, code) for name, page in seen_by.items()} == {
        "koordinator": 404, "sari": 200, "tono": 404
    }  # fmt: skip
    gone = neighbour.goto(f"/laporan/{slug}/")
    assert gone
    assert gone.status == 404


def status_of(page: Page, code: str) -> int:
    return page.request.get(f"/meja/reports/kasus/{code}/").status


def answer(city: City, code: str) -> None:
    """The office does its part; the other journey walks it in the browser."""
    pk, people, now = steps.report_of(code).pk, city.people, clock.now()
    office = city.government.works.pk
    routing.assign(report_id=pk, office_id=office, instruction="", by=people["koordinator"], now=now)
    work.take(report_id=pk, by=people["sari"], now=now)
    closing.propose_closing(report_id=pk, summary=DONE, by=people["sari"], now=now)
    closing.check_closing(report_id=pk, accept=True, remark="", by=people["ibu_ratna"], now=now)


def read_the_end(page: Page) -> None:
    expect(page.get_by_role("main")).to_contain_text(DONE)
    expect(page.get_by_role("main")).to_contain_text("Sisa 10 hari")
