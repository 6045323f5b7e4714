"""PPID's whole way, walked by all its people: a question, its answer with blackened parts, objection, dispute."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from pendopo.base.letters.testing import a_seal
from pendopo.base.redaction.tests import papers as sheets
from pendopo.domains.information import jobs
from pendopo.domains.information.models import ConsequenceTest, Decree, InformationRequest
from pendopo.domains.information.testing import NIK, prepare
from tests.journeys import papers, ppid_steps, steps
from tests.journeys.conftest import City, Passing, Shot, SignedIn

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ASKED = "Daftar penerima bantuan rumah tidak layak huni dan anggaran pemeliharaan taman kota tahun 2025."
SECRETS = ("9971016503850007", "0812-3456-7890", "Sumarni", "demam berdarah")
RECIPIENTS = (
    "Daftar penerima bantuan rumah tidak layak huni tahun 2025",
    "1. Sumarni, NIK 9971016503850007, HP 0812-3456-7890",
    "Keterangan: sakit demam berdarah",
    "Jumlah bantuan Rp20.000.000, RT 03 RW 05 Kelurahan Mawar",
)
OBJECTION = "Besar bantuan setiap penerima tidak jelas, padahal itu anggaran kota."
PARKS = ("Realisasi anggaran pemeliharaan taman kota tahun 2025", "Taman Melati Rp412.000.000")


def pdf(name: str, lines: tuple[str, ...]) -> dict[str, Any]:
    content = b"".join(sheets.show(line, 60, 720 - 26 * place) for place, line in enumerate(lines))
    return {"name": name, "mimeType": "application/pdf", "buffer": sheets.pdf([content])}


def ask(page: Page, shot: Shot) -> str:
    """From PPID's front page to the receipt, without an account."""
    page.goto("/ppid/")
    shot(page, "ppid")
    page.get_by_role("main").get_by_role("link", name="Ajukan permohonan").first.click()
    page.get_by_label("Informasi apa yang Anda perlukan?").fill(ASKED)
    shot(page, "apa")
    steps.onward(page)
    page.get_by_label("Untuk apa informasi ini?").fill("Bahan rapat warga.")
    shot(page, "cara")
    steps.onward(page)
    page.get_by_label("Nama lengkap, seperti di KTP").fill("Rina Marlina")
    page.get_by_label("NIK").fill(NIK)
    page.locator("input[name=identity_file]").set_input_files(steps.photo("ktp.jpg", width=1200, height=900))
    page.get_by_label("Alamat").fill("Jalan Melati 7, Mawar")
    page.get_by_label("Pekerjaan").fill("guru")
    page.get_by_label("Surel (e-mail)").fill(steps.EMAIL)
    shot(page, "pemohon")
    steps.onward(page)
    expect(page.get_by_role("main")).to_contain_text(ASKED)
    shot(page, "periksa")
    page.get_by_role("button", name="Kirim permohonan").click()
    steps.at(page, "Permohonan Anda sudah terdaftar")
    expect(page.locator("ol.next")).to_contain_text("Senin, 30 Maret 2026")
    shot(page, "terkirim")
    return page.locator(".codebox .code").inner_text()


def check_identity(page: Page, number: str, shot: Shot) -> None:
    page.goto("/meja/ppid/")
    shot(page, "pekerjaan")
    ppid_steps.from_work(page, "Permohonan informasi", "Baru", number)
    shot(page, "kasus")
    page.get_by_role("link", name="Periksa bukti (tercatat)").click()
    shot(page, "bukti-tertutup")
    expect(page.get_by_role("main")).not_to_contain_text(NIK)
    page.get_by_role("button", name="Buka bukti").click()
    expect(page.get_by_role("main")).to_contain_text(NIK)
    shot(page, "bukti-terbuka")
    expect(page.get_by_role("region", name="Isi bukti")).to_contain_text("Rina Marlina")
    seen = page.request.get(page.get_by_role("link", name="Buka berkas").get_attribute("href") or "")
    assert seen.ok and seen.headers["content-type"] == "image/jpeg"
    page.get_by_label("Ya, cocok dengan isian pemohon").check()
    page.get_by_role("button", name="Catat dan musnahkan").click()
    steps.told(page, "Putusan dicatat. Berkas dan nomornya sudah dimusnahkan.")
    expect(page.locator("#kasus")).to_contain_text("Wahyu Hidayat melihat bukti identitas pemohon.")


def split(page: Page, shot: Shot) -> None:
    """Two units are asked, each for its part."""
    ppid_steps.verb(page, "Minta unit mencari")
    page.get_by_label("Unit pertama").select_option(label="Dinas Pekerjaan Umum")
    page.get_by_label("Yang diminta").nth(0).fill("Daftar penerima bantuan rumah tidak layak huni 2025.")
    page.get_by_label("Unit kedua").select_option(label="Dinas Lingkungan Hidup")
    page.get_by_label("Yang diminta").nth(1).fill("Realisasi anggaran pemeliharaan taman kota 2025.")
    shot(page, "bagi")
    steps.submit(page, "Minta unit mencari")
    steps.told(page, "Unit diminta mencari.")


def find(page: Page, found: str, file: dict[str, Any], shot: Shot, *, exempt: bool = False) -> None:
    """A unit takes its task and answers it; it never reads who asked."""
    page.goto("/meja/ppid/")
    group = page.locator(".work > li").filter(has_text="Permintaan untuk unit saya")
    group.get_by_role("link", name="Belum dijawab").click()
    page.locator(".rep").get_by_role("link").click()
    expect(page.locator("body")).not_to_contain_text("Rina")
    page.get_by_role("button", name="Terima, kami cari").click()
    steps.told(page, "Tugas diterima. Terima kasih.")
    page.get_by_label("Ya, dikuasai").check()
    page.get_by_label("Apa yang ditemukan?").fill(found)
    page.locator("input[type=file]").set_input_files(file)
    if exempt:
        page.get_by_label("Sebagian atau seluruhnya kami usulkan dikecualikan").check()
    shot(page, "tugas")
    steps.submit(page, "Jawab")
    steps.told(page, "Jawaban tersimpan. PPID Utama diberi tahu.")


def propose_exemption(page: Page, shot: Shot) -> None:
    """The unit writes the consequence test from its task."""
    page.get_by_role("link", name="Susun lembar uji konsekuensi").click()
    expect(page.get_by_role("main")).to_contain_text("Untuk permohonan 0001/PPID/2026.")
    page.get_by_label("Informasi yang diuji").fill("Nama, NIK, dan keadaan kesehatan penerima bantuan")
    ppid_steps.choose(page.get_by_label("Pasal 17 huruf"), "h.")
    page.get_by_label("Undang-undang dan pasalnya").fill("UU 27/2022 Pasal 4 ayat (2)")
    page.get_by_label("Akibat bila dibuka").fill("Keadaan kesehatan dan nomor pribadi orang diketahui umum.")
    page.get_by_label("Akibat bila ditutup").fill("Orangnya terlindungi; besar bantuannya tetap terbuka.")
    page.get_by_label("Berlaku (tahun)").fill("5")
    shot(page, "lembar-uji-baru")
    steps.submit(page, "Simpan")
    steps.submit(page, "Usulkan kepada PPID Utama")
    steps.told(page, "Lembar diusulkan kepada PPID Utama.")


def extend(page: Page, shot: Shot) -> None:
    ppid_steps.verb(page, "Perpanjang waktu")
    page.get_by_role("main").locator("input[name=reason_kind]").first.check()
    page.get_by_label("Penjelasan tertulis").fill(
        "Daftar dikumpulkan dari dua perangkat daerah dan diuji dahulu."
    )
    shot(page, "perpanjang")
    steps.submit(page, "Perpanjang waktu")
    steps.told(page, "Waktu diperpanjang; surat untuk pemohon dibuat.")


def blacken(page: Page, shot: Shot) -> None:
    """The studio: what it finds by itself, a name by its words, an illness by a box."""
    ppid_steps.verb(page, "Hitamkan berkas")
    ppid_steps.choose(page.get_by_label("Berkas dari unit"), "penerima.pdf")
    steps.submit(page, "Hitamkan berkas")
    steps.told(page, "Penghitaman disiapkan. Buka dari panel Penghitaman.")
    page.get_by_role("region", name="Penghitaman").get_by_role("link").click()
    tools = page.locator(".studio-tools")
    found = tools.get_by_role("region", name=re.compile("temuan"))
    found.get_by_label("Dasar penghitaman").select_option("17h")
    found.get_by_role("button", name=re.compile("di semua halaman")).click()
    words = tools.get_by_role("region", name="Hitamkan kata di semua halaman")
    words.get_by_label("Hitamkan kata").fill("Sumarni")
    words.get_by_label("Dasar penghitaman").select_option("17h")
    words.get_by_role("button", name="Cari dan tandai").click()
    own = page.locator("#kotak-baru")
    own.get_by_label("Dasar penghitaman").select_option("17h")
    own.get_by_label("Alasan").fill("keadaan kesehatan orang")
    marked(page)
    shot(page, "studio")
    page.get_by_role("button", name="Hitamkan dan buktikan").click()
    expect(page.get_by_role("heading", name=re.compile("^Terbukti"))).to_be_visible()
    shot(page, "studio-terbukti")
    page.get_by_role("link", name="Kembali").click()


def marked(page: Page) -> None:
    """A box with the mouse over the third line."""
    sheet = page.locator("#lembar")
    sheet.locator("img").evaluate("(picture) => picture.decode()")
    sheet.scroll_into_view_if_needed()
    place = sheet.bounding_box()
    assert place
    scale = place["width"] / 595.28
    before = page.locator("#lembar rect.box").count()
    page.mouse.move(place["x"] + 55 * scale, place["y"] + 158 * scale)
    page.mouse.down()
    page.mouse.move(place["x"] + 300 * scale, place["y"] + 180 * scale, steps=3)
    page.mouse.up()
    expect(page.locator("#lembar rect.box")).to_have_count(before + 1)


def grant_a_part(page: Page, shot: Shot) -> None:
    ppid_steps.verb(page, "Kabulkan sebagian")
    page.get_by_label("Informasi yang diberikan").fill(
        "Daftar penerima bantuan tanpa data pribadi, dan realisasi anggaran taman tahun 2025."
    )
    page.get_by_label(re.compile("taman")).check()
    page.get_by_label("Penjelasan bagian yang tidak diberikan").fill(
        "Data pribadi penerima bantuan dihitamkan."
    )
    page.get_by_label(re.compile("UKS-")).check()
    page.get_by_label("Dinas Pekerjaan Umum: penerima.pdf (asli, belum dihitamkan)").check()
    result = page.get_by_label("penerima.pdf", exact=True)
    result.check()
    steps.submit(page, "Kabulkan sebagian")
    expect(page.locator("#kesalahan")).to_contain_text("dipilih sekaligus. Pilih hasilnya saja.")
    page.get_by_label("Dinas Pekerjaan Umum: penerima.pdf (asli, belum dihitamkan)").uncheck()
    expect(result).to_be_checked()
    shot(page, "kabulkan-sebagian")
    steps.submit(page, "Kabulkan sebagian")
    steps.told(page, "Permohonan dikabulkan sebagian; pemberitahuan tertulis dibuat.")


def object_to(page: Page, shot: Shot) -> str:
    """Only grounds that are true today are offered; the others say why not."""
    page.get_by_role("link", name="Ajukan keberatan").click()
    labels = page.locator("input[name=ground]").evaluate_all("(all) => all.map((one) => one.value)")
    assert labels == ["a", "d"], labels
    page.get_by_label(re.compile("d. Permintaan ditanggapi tidak sebagaimana")).check()
    page.get_by_label("Apa yang terjadi?").fill(OBJECTION)
    shot(page, "keberatan")
    steps.submit(page, "Kirim keberatan")
    steps.told(page, "Keberatan Anda sudah terdaftar.")
    return page.locator(".ask-head b").inner_text()


def answer_objection(page: Page, number: str, shot: Shot) -> None:
    """Atasan PPID reviews, upholds, and says why."""
    ppid_steps.from_work(page, "Keberatan", "Baru", number)
    shot(page, "keberatan-di-meja")
    ppid_steps.verb(page, "Mulai menelaah")
    steps.submit(page, "Mulai menelaah")
    steps.told(page, "Keberatan ditelaah.")
    ppid_steps.from_work(page, "Keberatan", "Ditelaah", number)
    ppid_steps.verb(page, "Kuatkan putusan PPID")
    page.get_by_label("Tanggapan dan alasannya").fill(
        "Jumlah bantuan tetap terbuka; yang dihitamkan data pribadi."
    )
    page.get_by_label("Jabatan Atasan PPID").fill("Sekretaris Daerah")
    shot(page, "kuatkan")
    steps.submit(page, "Kuatkan putusan PPID")
    steps.told(page, "Keberatan ditanggapi.")


def register_dispute(page: Page, code: str, number: str, shot: Shot) -> None:
    """From the request over its objection; Komisi Informasi gave it a number."""
    page.goto(f"/meja/information/kasus/{code}/")
    page.get_by_role("region", name="Keberatan").get_by_role("link", name=number).click()
    ppid_steps.verb(page, "Catat sengketa di Komisi Informasi")
    page.get_by_label("Diajukan tanggal").fill("2026-04-27")
    page.get_by_label("Nomor di Komisi Informasi").fill("12/REG-KI/IV/2026")
    shot(page, "sengketa-baru")
    steps.submit(page, "Catat sengketa di Komisi Informasi")
    steps.told(page, "Sengketa tercatat.")
    page.goto("/meja/disputes/")
    expect(page.locator(".rep")).to_contain_text("pihak luar: sisa 14 hari kerja")


def deliver(page: Page, number: str, shot: Shot) -> None:
    ppid_steps.from_work(page, "Permohonan informasi", "Menunggu penyerahan", number)
    ppid_steps.verb(page, "Serahkan informasi")
    steps.submit(page, "Serahkan informasi")
    steps.told(page, "Informasi diserahkan.")
    shot(page, "diserahkan-di-meja")


def read_what_was_fixed(page: Page, shot: Shot) -> None:
    """The decree and the sheet, printed by the worker, signed and opened."""
    decree, test = Decree.objects.get(), ConsequenceTest.objects.get()
    jobs.make_paper(kind="decree", pk=decree.pk)
    jobs.make_paper(kind="test", pk=test.pk)
    for address, words in (
        (f"/meja/ppid/keputusan/{decree.pk}/", "188/12/2026"),
        (f"/meja/ppid/uji/{test.pk}/", test.code),
    ):
        page.goto(address)
        label = page.get_by_role("region", name="Surat", exact=True).get_by_role("link").first.inner_text()
        ppid_steps.sign(page, label, shot)
        page.goto(address)
        link = page.get_by_role("region", name="Surat", exact=True).get_by_role("link").first
        papers.opened(
            page, link, words, "keadaan kesehatan penerima bantuan", name=label.lower().replace(" ", "-")
        )


class Reader:
    """The requester, who opens every letter on the page and reads it to the end."""

    def __init__(self, page: Page, number: str) -> None:
        self.page, self.number, self.read = page, number, set[bytes]()

    def link(self, title: str) -> Locator:
        return self.page.locator("ul.files li").filter(has_text=title).get_by_role("link", name="Unduh")

    def letter(self, title: str, *says: str) -> None:
        name = title.lower().replace(" ", "-")
        paper = papers.opened(self.page, self.link(title), self.number, *says, name=name)
        self.read.add(paper.data)

    def everything_for_the_commission(self, letters: int) -> None:
        """One file with all letters, none of them another than was read before."""
        link = self.page.get_by_role("link", name="Unduh semua surat (ZIP)")
        with zipfile.ZipFile(io.BytesIO(papers.fetched(self.page, link))) as packed:
            assert {packed.read(name) for name in packed.namelist()} == self.read
        assert len(self.read) == letters


def read_the_answer(page: Page, read: Reader, shot: Shot) -> None:
    """The notice, the handover, and the file in which no reader finds what was blackened."""
    page.reload()
    answer = page.get_by_role("region", name="Jawaban kami")
    expect(answer).to_contain_text("penerima.pdf, halaman 1: keadaan kesehatan orang (Pasal 17 huruf h)")
    shot(page, "diserahkan")
    read.letter("Pemberitahuan tertulis", "kami kabulkan sebagian", "keadaan kesehatan orang", "UU 27/2022")
    read.letter("Tanda terima penyerahan", "penerima.pdf", "taman.pdf")
    blackened = papers.fetched(page, read.link("penerima.pdf"))
    papers.pictured(blackened, "berkas-dihitamkan")
    for words in (papers.text_of(blackened), papers.drawn_text_of(blackened)):
        assert "RT 03 RW 05" in words
        assert not [secret for secret in SECRETS if secret in words]
        assert not re.search("Sumarni|99710165|0812|demam", words)
    assert not [secret for secret in SECRETS if secret.encode() in blackened]
    assert "Taman Melati" in papers.text_of(papers.fetched(page, read.link("taman.pdf")))


def answered_by_the_superior(phone: Page, sekda: Page, read: Reader, objected: str, shot: Shot) -> None:
    answer_objection(sekda, objected, shot)
    ppid_steps.sign(sekda, "keberatan", shot)
    phone.reload()
    expect(phone.get_by_role("main")).to_contain_text("Komisi Informasi paling lambat Senin, 11 Mei 2026.")
    shot(phone, "keberatan-ditanggapi")
    read.letter("Tanggapan atas keberatan", objected, "Putusan PPID dikuatkan", "Hadi Sutrisno")
    read.everything_for_the_commission(6)


def brought_to_the_commission(phone: Page, ppid: Page, code: str, objected: str, shot: Shot) -> None:
    register_dispute(ppid, code, objected, shot)
    phone.reload()
    dispute = phone.get_by_role("region", name="Sengketa di Komisi Informasi")
    expect(dispute).to_contain_text("12/REG-KI/IV/2026")
    shot(phone, "sengketa")


@pytest.fixture
def office(city: City, settings: Any, tmp_path: Path) -> City:
    """A city whose PPID is set up: limits, letters of Pasal 17, a seal; files in a folder of their own."""
    settings.SEAL_P12 = tmp_path / "secrets" / "seal.p12"
    backend = "django.core.files.storage.FileSystemStorage"
    stored = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": stored}
    prepare()
    a_seal()
    return city


def test_a_question_to_its_dispute(
    office: City, passing: Passing, phone: Page, signed_in: SignedIn, shot: Shot
) -> None:
    people = office.people
    code = ask(phone, shot)
    number = InformationRequest.objects.get(code=code).registration
    read = Reader(phone, number)
    read.letter("Tanda bukti penerimaan permohonan", code, "Senin, 30 Maret 2026", "Rina Marlina")
    ppid = signed_in(people["koordinator"])
    check_identity(ppid, number, shot)
    split(ppid, shot)
    passing.to(3, 11)
    sari = signed_in(people["sari"])
    find(
        sari,
        "Daftar ada; nama orang kami usulkan dikecualikan.",
        pdf("penerima.pdf", RECIPIENTS),
        shot,
        exempt=True,
    )
    propose_exemption(sari, shot)
    find(signed_in(people["tono"]), "Realisasi ada.", pdf("taman.pdf", PARKS), shot)
    passing.to(3, 12)
    ppid_steps.fix_exemption(ppid, "188/12/2026", "2026-03-12", shot)
    read_what_was_fixed(ppid, shot)
    passing.to(3, 16)
    ppid_steps.from_work(ppid, "Permohonan informasi", "Siap diputus", number)
    extend(ppid, shot)
    ppid_steps.sign(ppid, "perpanjangan", shot)
    phone.goto(f"/ppid/permohonan/{code}/")
    expect(phone.get_by_role("main")).to_contain_text(
        "Kami menjawab tertulis paling lambat Kamis, 9 April 2026."
    )
    read.letter("Perpanjangan waktu", "Kamis, 9 April 2026", "Daftar dikumpulkan dari dua perangkat daerah")
    passing.to(3, 30)
    ppid_steps.from_work(ppid, "Permohonan informasi", "Siap diputus", number)
    blacken(ppid, shot)
    grant_a_part(ppid, shot)
    ppid_steps.sign(ppid, "sebagian", shot)
    deliver(ppid, number, shot)
    read_the_answer(phone, read, shot)
    passing.to(4, 6)
    phone.reload()
    objected = object_to(phone, shot)
    read.letter("Tanda bukti penerimaan keberatan", objected, "Kamis, 21 Mei 2026", OBJECTION)
    passing.to(4, 20)
    answered_by_the_superior(phone, signed_in(people["sekda"]), read, objected, shot)
    passing.to(4, 27)
    brought_to_the_commission(phone, ppid, code, objected, shot)
