"""The form: four steps without JavaScript, nothing lost, one request, and everything the law asks for."""

import io
import re
import zlib
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from pendopo.base.calendar.testing import fill_calendar
from pendopo.base.files.models import SealedFile
from pendopo.base.files.testing import BAD_PDFS, pdf, upload
from pendopo.base.letters.models import Letter, Status
from pendopo.base.letters.testing import a_seal
from pendopo.domains.information import sealing
from pendopo.domains.information.models import DraftProof, InformationRequest, RequestDraft
from pendopo.domains.information.testing import NIK, prepare
from pendopo.domains.information.tests import asking as browser


@pytest.fixture
def city(government: Any, still: Any, own_folder: None) -> Any:
    fill_calendar()
    prepare()
    return government


def test_a_citizen_asks_and_holds_a_sealed_receipt(city: Any, still: Any) -> None:
    a_seal(now=still)
    client = browser.fill(Client())
    check = client.get("/ppid/minta/periksa/").content.decode()
    assert "Jalan Melati 7" in check
    assert NIK not in check
    sent = client.post("/ppid/minta/periksa/", follow=True)
    request = InformationRequest.objects.select_related("contact").get()
    page = sent.content.decode()
    assert request.registration == "0001/PPID/2026"
    assert request.code in page
    assert "30 Maret 2026" in page
    assert "Bagaimana tanggal ini dihitung" in page
    assert (request.contact.occupation, request.contact.phone) == ("guru", "+6281234567890")
    letter = Letter.objects.get(about_kind="information.request", about_id=request.pk)
    assert letter.status == Status.SIGNED
    download = client.get(re.search(r'href="(/berkas/[^"]+)"', page)[1])  # type: ignore[index]
    assert download.content.startswith(b"%PDF")
    # The button pressed twice, also from another tab: the same request.
    assert client.post("/ppid/minta/periksa/").url == sent.redirect_chain[-1][0]
    assert InformationRequest.objects.count() == 1


def test_nothing_of_the_identity_lies_open(city: Any) -> None:
    client = browser.fill(Client())
    draft = RequestDraft.objects.get()
    assert NIK not in str(draft.answers)
    client.post("/ppid/minta/periksa/")
    proof = InformationRequest.objects.get().proofs.get()
    assert NIK.encode() not in bytes(proof.sealed_number)
    assert sealing.number_of(proof) == NIK
    with default_storage.open(SealedFile.objects.get(pk=proof.sealed_file).key) as stored:
        assert b"JFIF" not in stored.read()
    assert not DraftProof.objects.exists()
    assert RequestDraft.objects.get().answers == {}


def test_what_was_right_is_kept_when_something_is_wrong(city: Any) -> None:
    client = Client()
    for path in ("/ppid/minta/cara/", "/ppid/minta/pemohon/", "/ppid/minta/periksa/"):
        assert client.get(path).url == "/ppid/minta/"  # no step is skipped
    given = browser.answers()
    client.post("/ppid/minta/", {"details": given["details"]})
    client.post("/ppid/minta/cara/", {name: given[name] for name in browser.STEPS["/ppid/minta/cara/"]})
    wrong = client.post(
        "/ppid/minta/pemohon/",
        {"name": "Rina Marlina", "number": NIK, "identity_file": browser.photo(), "occupation": "guru"},
    )
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert "Tulis alamat Anda." in page
    assert "Tulis surel atau nomor telepon" in page
    assert "Sudah kami terima dan terkunci" in page
    right = client.post(
        "/ppid/minta/pemohon/",
        {"name": "Rina Marlina", "address": "Jalan Melati 7", "occupation": "guru", "phone": "081234567890"},
    )
    assert right.url == "/ppid/minta/periksa/"  # neither number nor photo was asked for again
    assert client.get("/ppid/minta/").context["form"]["details"].value() == given["details"]
    client.post("/ppid/minta/periksa/")
    assert InformationRequest.objects.get().proofs.get().sealed_file


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("12345", "terdiri dari 16 angka"),
        ("99710101019x0001", "hanya berisi angka"),
        ("0071010101900001", "bukan kode wilayah"),
        ("9971013213900001", "tidak mungkin benar"),
        ("9971010101900000", "tidak mungkin benar"),
    ],
)
def test_a_wrong_nik_is_told_in_a_sentence(city: Any, number: str, words: str) -> None:
    client = Client()
    given = browser.answers(number=number)
    for path, names in browser.STEPS.items():
        answer = client.post(path, {name: given[name] for name in names if name in given})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not DraftProof.objects.exclude(number_hash="").exists()


def test_an_official_may_not_ask_in_the_bodys_name(city: Any) -> None:
    client = Client()
    given = browser.answers(who="OFFICIAL")
    client.post("/ppid/minta/", {"details": given["details"]})
    answer = client.post("/ppid/minta/cara/", {n: given[n] for n in browser.STEPS["/ppid/minta/cara/"]})
    assert answer.status_code == 422
    assert "Pejabat tidak dapat meminta informasi atas nama instansinya" in answer.content.decode()
    assert client.get("/ppid/minta/pemohon/").url == "/ppid/minta/cara/"


def test_a_proxy_without_letter_is_refused_and_with_one_is_taken(city: Any) -> None:
    client = Client()
    given = browser.answers(
        who="GROUP", proxy_for="Warga RT 3", giver_files=[browser.photo("a.jpg"), browser.photo("b.jpg")]
    )
    for path, names in browser.STEPS.items():
        answer = client.post(path, {name: given[name] for name in names if name in given})
    assert answer.status_code == 422
    assert "Tanpa surat kuasa kami tidak dapat menerima" in answer.content.decode()
    last = {name: given[name] for name in ("name", "address", "occupation", "email", "proxy_for")}
    assert client.post("/ppid/minta/pemohon/", {**last, "proxy_file": browser.deed()}).status_code == 302
    client.post("/ppid/minta/periksa/")
    request = InformationRequest.objects.select_related("contact").get()
    assert (request.requester_kind, request.by_proxy) == ("GROUP", True)
    assert request.contact.proxy_for == "Warga RT 3"
    assert sorted(request.proofs.values_list("kind", flat=True)) == ["GIVER", "GIVER", "KTP", "PROXY"]


def test_documents_of_another_kind_of_requester_are_destroyed(city: Any) -> None:
    """Who first said "saya sendiri" and then "badan hukum" leaves no photo of an identity card behind."""
    client = browser.fill(Client())
    how = {n: browser.answers(who="ENTITY")[n] for n in browser.STEPS["/ppid/minta/cara/"]}
    assert client.post("/ppid/minta/cara/", how).url == "/ppid/minta/pemohon/"
    entity = {
        "name": "Yayasan Contoh", "number": "AHU-0012345.AH.01.04.Tahun 2020", "deed_file": browser.deed(),
        "address": "Jalan Mawar 2", "email": "yayasan@contoh.example",
    }  # fmt: skip
    assert client.post("/ppid/minta/pemohon/", entity).status_code == 302
    client.post("/ppid/minta/periksa/")
    assert [proof.kind for proof in InformationRequest.objects.get().proofs.all()] == ["DEED"]
    assert SealedFile.objects.filter(destroyed_at=None).count() == 1


@pytest.mark.parametrize("bad", ["named script", "program inside", "locked", "fake", "empty"])
def test_bad_documents_are_refused_with_a_sentence(city: Any, bad: str) -> None:
    files = {
        "locked": lambda: _locked(),
        "fake": lambda: b"MZ this is no picture",
        "empty": lambda: b"",
        **BAD_PDFS,
    }
    client = Client()
    given = browser.answers(identity_file=upload(files[bad](), "ktp.pdf"))
    for path, names in browser.STEPS.items():
        answer = client.post(path, {name: given[name] for name in names if name in given})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == ["identity_file"]
    assert len(str(form.errors["identity_file"])) > 30
    assert form["name"].value() == "Rina Marlina"
    assert not SealedFile.objects.exists()


def _locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("rahasia"))))
    writer.encrypt("rahasia")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_printed_copies_are_not_sent_by_wire(city: Any) -> None:
    client = Client()
    given = browser.answers(form="HARD", send_way="EMAIL")
    client.post("/ppid/minta/", {"details": given["details"]})
    answer = client.post("/ppid/minta/cara/", {n: given[n] for n in browser.STEPS["/ppid/minta/cara/"]})
    assert "Cetakan hanya dapat diambil sendiri" in answer.content.decode()


def test_a_network_cannot_flood_the_register(city: Any) -> None:
    for _ in range(20):
        client = browser.fill(Client(), identity_file=browser.photo())
        assert client.post("/ppid/minta/periksa/").status_code == 302
    client = browser.fill(Client())
    answer = client.post("/ppid/minta/periksa/")
    assert answer.status_code == 429
    assert "Draf Anda tersimpan" in answer.content.decode()
    assert InformationRequest.objects.count() == 20


def test_whoever_changes_the_mind_leaves_nothing(city: Any) -> None:
    client = browser.fill(Client())
    assert client.post("/ppid/minta/buang/").url == "/ppid/minta/"
    assert not RequestDraft.objects.exists()
    assert not SealedFile.objects.filter(destroyed_at=None).exists()
    assert "details" not in client.get("/ppid/minta/").context["form"].initial.get("details", "")


def test_the_steps_are_small_and_signed_in_people_find_their_name(
    city: Any, warga: Any, as_user: Any
) -> None:
    client = as_user(warga)
    given = browser.answers()
    for path in ("/ppid/minta/", "/ppid/minta/cara/"):
        client.post(path, {name: given[name] for name in browser.STEPS[path]})
    page = client.get("/ppid/minta/pemohon/")
    assert page.context["form"]["name"].value() == warga.name
    for path in browser.STEPS:
        assert len(zlib.compress(client.get(path).content)) < 20_000
    assert client.get(reverse("information:follow")).status_code == 200
