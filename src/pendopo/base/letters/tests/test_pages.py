"""The public check shows nobody's data; staff pages open for whom they are, and keep what was typed."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pendopo.base.accounts.models import User
from pendopo.base.letters import public, testing
from pendopo.base.letters.forms import slug_of
from pendopo.base.letters.models import (
    Letter,
    Letterhead,
    LetterTemplate,
    NumberPattern,
    SignerPolicy,
    Status,
)
from pendopo.base.letters.signing import checking
from pendopo.base.letters.views import MATCHES_PER_HOUR
from pendopo.base.organizations.testing import Government


def body_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def receipt(government: Government, now: dt.datetime) -> Letter:
    testing.a_seal(now=now)
    return testing.a_letter(office=government.intake, now=now)


def test_the_check_tells_what_is_known_and_names_no_addressee(
    client: Any, receipt: Letter, now: dt.datetime, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        page = client.get(f"/surat/{receipt.slug}/")
    said = body_of(page)
    assert (
        page.status_code == 200 and page.headers["X-Robots-Tag"] == "noindex" and 'content="noindex"' in said
    )
    for part in (
        "Surat ini sah",
        "487/0001/PPID/III/2026",
        "9 Maret 2026",
        receipt.sha256,
        "Kota Uji (sertifikat uji)",
    ):
        assert part in said
    for personal in ("Rina", "Melati 1", "Anggaran", "/berkas/"):
        assert personal not in said
    assert client.get(f"/surat/{receipt.shown_slug.upper()}/").status_code == 200
    new = testing.a_letter(office=receipt.office, now=now, once="baru", sign=False)
    assert "belum ditandatangani" in body_of(client.get(f"/surat/{new.slug}/"))
    public.revoke(letter_id=receipt.pk, reason="Rina salah alamat", by=None, now=now, replaced_by=new)
    said = body_of(client.get(f"/surat/{receipt.slug}/"))
    assert "Surat ini diganti" in said and new.slug in said and "Rina" not in said
    public.revoke(letter_id=new.pk, reason="batal", by=None, now=now)
    assert "Surat ini dicabut" in body_of(client.get(f"/surat/{new.slug}/"))


def test_a_code_is_typed_as_people_type(client: Any, receipt: Letter) -> None:
    assert slug_of("7K2M q9xa-3f8h.w5zo") == "7k2mq9xa3f8hw5z0" and slug_of("pendek") == "" == slug_of(
        "é" * 16
    )
    assert client.get("/surat/").status_code == 200
    assert (
        client.get("/surat/", {"kode": receipt.shown_slug}).headers["Location"] == f"/surat/{receipt.slug}/"
    )
    wrong = client.get("/surat/", {"kode": "salah <b>"})
    assert wrong.status_code == 422 and "enam belas" in body_of(wrong) and "salah &lt;b&gt;" in body_of(wrong)
    assert client.get("/surat/0000000000000000/").status_code == 404
    assert client.get("/surat/apa-saja/").status_code == 404


def test_a_file_is_compared_and_nothing_is_kept(client: Any, receipt: Letter, settings: Any) -> None:
    def compare(data: bytes) -> tuple[int, str]:
        page = client.post(f"/surat/{receipt.slug}/", {"berkas": SimpleUploadedFile("surat.pdf", data)})
        return page.status_code, body_of(page)

    pdf = public.bytes_of(receipt)
    assert "Berkas ini asli" in compare(pdf)[1]
    assert "Berkas ini lain" in compare(pdf + b" ")[1]
    assert compare(b"")[0] == 422
    settings.PDF_MAX_MB = 0
    assert "terlalu besar" in compare(pdf)[1]
    settings.PDF_MAX_MB = 10
    assert client.post(f"/surat/{receipt.slug}/").status_code == 422
    answers = [compare(b"x")[0] for _n in range(MATCHES_PER_HOUR)]
    assert answers[-1] == 429 and answers[0] == 200


MANAGED = (
    "/meja/surat-resmi/templat/", "/meja/surat-resmi/templat/uji.tanda-bukti/", "/meja/surat-resmi/nomor/uji/",
    "/meja/surat-resmi/penanda-tangan/",
)  # fmt: skip


def test_who_may_open_which_page(
    everyone: dict[str, Any], as_user: Any, receipt: Letter, now: dt.datetime
) -> None:
    notice = testing.a_letter(testing.NOTICE, office=receipt.office, now=now, once="n")
    opened: dict[str, set[str]] = {}
    for name, person in everyone.items():
        client = as_user(person)
        for address in ("/meja/surat-resmi/", f"/meja/surat-resmi/{notice.pk}/", *MANAGED):
            if client.get(address).status_code == 200:
                opened.setdefault(address, set()).add(name)
    staff = set(everyone) - {"anon", "warga"}
    assert opened.pop("/meja/surat-resmi/") == staff
    assert opened == {address: {"koordinator", "administrator"} for address in MANAGED}


def test_words_are_written_looked_at_and_kept(
    as_user: Any, koordinator: User, government: Government, now: dt.datetime
) -> None:
    client, address = as_user(koordinator), MANAGED[1]
    first = client.get(address)
    assert "{{ nama }}" in body_of(first) and "Rina Contoh" in body_of(first)
    words = {"seen": "0", "title": "Bukti {{ nama }}", "body": "## Salam\n\nHalo **{{ nama }}** <script>"}
    shown = client.post(address, {**words, "act": "preview"})
    assert (
        shown.status_code == 200
        and "<h2>Salam</h2><p>Halo <strong>Rina Contoh</strong> &lt;script&gt;</p>" in body_of(shown)
    )
    part = client.post(address, {**words, "act": "preview"}, headers={"HX-Request": "true"})
    assert body_of(part).startswith("<h3>Bukti Rina Contoh</h3>")
    pdf = client.post(address, {**words, "act": "pdf"})
    assert pdf.headers["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF-1.7")
    bad = client.post(address, {**words, "body": "{{ settings }}", "act": "save"})
    assert (
        bad.status_code == 422
        and "“settings” tidak dikenal" in body_of(bad)
        and "{{ settings }}" in body_of(bad)
    )
    assert not LetterTemplate.objects.exists()
    assert client.post(address, {**words, "act": "save"}).status_code == 302
    saved = LetterTemplate.objects.get()
    assert (saved.version, saved.title, saved.created_by) == (1, "Bukti {{ nama }}", koordinator)
    assert "Wahyu Hidayat" in body_of(client.get(address)) and "Wahyu Hidayat" in body_of(
        client.get(MANAGED[0])
    )


def test_numbers_letterheads_and_the_way_of_signing(
    as_user: Any, koordinator: User, government: Government
) -> None:
    client = as_user(koordinator)
    bad = client.post("/meja/surat-resmi/nomor/uji/", {"pattern": "{tahun}"})
    assert bad.status_code == 422 and "dua surat bernomor sama" in body_of(bad)
    good = "500/{nomor:3}/{bulan}/{tahun}"
    assert client.post("/meja/surat-resmi/nomor/uji/", {"pattern": good}).status_code == 302
    assert NumberPattern.objects.get().pattern == good
    assert client.get("/meja/surat-resmi/nomor/tidak-ada/").status_code == 404
    head = f"/meja/surat-resmi/kop/{government.works.pk}/"
    assert client.post(head, {"address": "Jalan Raya 2", "place": "Uji"}).status_code == 302
    assert Letterhead.objects.get().address == "Jalan Raya 2" and "Jalan Raya 2" in body_of(client.get(head))
    assert client.post(MANAGED[3], {"signer": "sulap"}).status_code == 422
    for _again in range(2):
        assert client.post(MANAGED[3], {"signer": "seal"}).status_code == 302
    assert SignerPolicy.objects.get().signer == "seal"


def test_the_seal_is_tried_on_its_page(
    as_user: Any, administrator: User, government: Government, now: dt.datetime
) -> None:
    client = as_user(administrator)
    assert "Belum dipasang" in body_of(client.get(MANAGED[3]))
    without = client.post("/meja/surat-resmi/penanda-tangan/uji/")
    assert without.status_code == 422 and "belum dipasang" in body_of(without)
    testing.a_seal()
    assert "Sertifikat uji" in body_of(client.get(MANAGED[3]))
    sheet = client.post("/meja/surat-resmi/penanda-tangan/uji/")
    assert sheet.status_code == 200 and checking.signatures(sheet.content)[0].intact
    asked = client.post("/meja/surat-resmi/penanda-tangan/bsre/", {"identity": "3301019901010099"})
    assert asked.status_code == 422 and "belum diatur" in body_of(asked)


def test_what_waits_for_others_hides_nobodys_own_letters(
    koordinator: User, government: Government, now: dt.datetime
) -> None:
    mine = replace(testing.NOTICE, key="uji.ppid", may_sign=lambda user, about: user.pk == koordinator.pk)
    with testing.kinds(mine):
        for number in range(2):
            testing.a_letter(testing.NOTICE, office=government.works, now=now, once=f"lain-{number}")
        own = testing.a_letter(mine, office=government.intake, now=now + dt.timedelta(days=1))
        assert public.to_sign(koordinator, most=1) == [own]
        assert public.to_sign(koordinator, most=1, kinds="information.") == []


def test_a_head_signs_on_the_page(
    as_user: Any, ibu_ratna: User, government: Government, now: dt.datetime
) -> None:
    letter = testing.a_letter(testing.NOTICE, office=government.works, now=now)
    client, address = as_user(ibu_ratna), f"/meja/surat-resmi/{letter.pk}/"
    assert letter.written in body_of(client.get("/meja/surat-resmi/"))
    assert client.post(address, {"signer": "upload"}).status_code == 422
    unsigned = SimpleUploadedFile("surat.pdf", public.bytes_of(letter), "application/pdf")
    refused = client.post(address, {"signer": "upload", "upload": unsigned})
    assert refused.status_code == 422 and "belum ditandatangani" in body_of(refused)
    testing.a_seal()
    assert client.post(address, {"signer": "seal"}).status_code == 302
    letter.refresh_from_db()
    assert letter.status == Status.SIGNED and "Unduh surat" in body_of(client.get(address))
