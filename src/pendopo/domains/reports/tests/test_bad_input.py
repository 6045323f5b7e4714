"""Whatever is sent to a citizen's page, the answer is a sentence and a 4xx, never an accident."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pendopo.domains.reports.models import Draft, Report, Status
from pendopo.domains.reports.proof import COOKIE
from pendopo.domains.reports.testing import a_report
from pendopo.domains.reports.tests.conftest import MAWAR
from pendopo.domains.reports.tests.holding import holder_of

NASTY = {
    "nul": "a\x00b",
    "bidi": "\u202egpj.exe\u202c",
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "sql": "'; DROP TABLE reports_report; --",
    "template": "{{ 7*7 }}{% debug %}",
    "emoji": "🚧" * 50,
    "long": "x" * 30_000,
    "surrogate": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "spaces": " \t\n ",
    "percent": "%s%n%00",
    "zalgo": "a" + "\u0301" * 500,
}
STEPS = {
    "/lapor/": {"category": "sampah"},
    "/lapor/tempat/": {
        "address": "Depan pasar",
        "region": MAWAR,
        "latitude": "",
        "longitude": "",
        "decision": "",
    },
    "/lapor/cerita/": {"text": "Sampah menumpuk di depan pasar.", "anonymous": "on", "secret": ""},
    "/lapor/kontak/": {"name": "Rina", "email": "rina@contoh.example", "phone": "081234567890"},
}
FIELDS = [(path, name) for path, fields in STEPS.items() for name in fields]


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize(("path", "field"), FIELDS)
def test_no_field_of_the_wizard_breaks(path: str, field: str, nasty: str, city: Any) -> None:
    response = Client().post(path, {**STEPS[path], field: NASTY[nasty]})
    assert response.status_code in {302, 422}
    words = response.content.decode()
    assert "<script>alert" not in words and "onerror=alert(2)>" not in words
    if response.status_code == 422:
        assert 'class="error-summary"' in words


@pytest.mark.parametrize("nasty", NASTY)
def test_what_is_kept_of_nasty_words_is_safe(nasty: str, city: Any) -> None:
    client = Client()
    client.post("/lapor/", {"category": "sampah"})
    client.post("/lapor/cerita/", {"text": f"Sampah menumpuk {NASTY[nasty]}"})
    kept = Draft.objects.get().answers["text"]
    assert "\x00" not in kept and "\u202e" not in kept and len(kept) <= 20_000


def test_a_text_too_long_says_by_how_much(city: Any) -> None:
    response = Client().post("/lapor/cerita/", {"text": "y" * 5001})
    assert "Terlalu panjang: 5.001 huruf, paling banyak 5.000" in response.content.decode()
    assert "y" * 5001 in response.content.decode()


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("virus.exe", b"MZ")
    return out.getvalue()


FILES: dict[str, Callable[[], SimpleUploadedFile]] = {
    "kosong": lambda: upload("foto.jpg", b""),
    "zip": lambda: upload("foto.jpg", a_zip()),
    "svg": lambda: upload(
        "foto.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    ),
    "html": lambda: upload("foto.jpg", b"<html><script>alert(1)</script></html>"),
    "rusak": lambda: upload("foto.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 200),
    "besar": lambda: upload("foto.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 60_000_000),
    "heic rusak": lambda: upload("foto.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 100),
    "nama aneh": lambda: upload("../../etc/\u202epasswd.jpg", b"MZ"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_photo_is_refused_beside_the_field(kind: str, city: Any, photo: Any) -> None:
    response = Client().post("/lapor/", {"category": "sampah", "photos": [FILES[kind](), photo("baik.jpg")]})
    words = response.content.decode()
    assert response.status_code == 422
    assert response.context["form"].errors["photos"]
    assert 'value="sampah" required id="id_category_2" checked' in words or "checked" in words
    assert Draft.objects.get().photos.count() == 1  # the good one is kept


@pytest.mark.parametrize(
    "path",
    ["/lacak/LAP-0000-0000/jawab/", "/lacak/LAP-0000-0000/selesai/", "/lacak/LAP-0000-0000/nilai/",
     "/lacak/LAP-0000-0000/buka-lagi/", "/lacak/lupakan/", "/laporan/abc/ikuti/"],
)  # fmt: skip
def test_get_on_an_address_that_only_takes_posts_is_405(path: str, city: Any) -> None:
    assert Client().get(path).status_code == 405


@pytest.mark.parametrize("path", ["/", "/laporan/", "/laporan/peta.json", "/angka/", "/angka/unduh.csv", "/cari/",
                                  "/peta/", "/privasi/", "/lacak/buka/x/"])  # fmt: skip
def test_post_on_an_address_that_only_shows_is_405(path: str, city: Any) -> None:
    assert Client().post(path).status_code == 405


BAD_QUERIES = [
    "?m=x", "?m=l", "?m=l1.2.3", "?m=l99999999999999999999999.1", "?m=b-1.-1", "?m=l1.99999999999999999999", "?m=l%00",
    "?kategori=tidak-ada", "?keadaan=x", "?wilayah=99.99", "?dari=besok", "?dari=0001-01-01",
    "?dari=2026-13-40", "?sampai=9999-99-99", "?dari=2026-02-02&sampai=2026-01-01", "?angka=rahasia", "?sel=zzz",
    "?sel=8fffffffffffffff", "?kantor=%3Cb%3E", "?q=" + "x" * 101,
]  # fmt: skip


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_a_filter_that_cannot_be_read_is_refused_with_a_sentence(query: str, city: Any) -> None:
    response = Client().get(f"/laporan/{query}")
    assert response.status_code == 422
    words = response.content.decode()
    assert 'class="error-summary"' in words or "tidak berlaku lagi" in words


@pytest.mark.parametrize(
    "words", ['"', "a & | !", "(((", "-", "\x00", "' OR 1=1 --", "%", "or and not", "\u202e", "🚧"]
)
def test_any_search_words_are_fine(words: str, city: Any) -> None:
    assert Client().get("/laporan/", {"q": words}).status_code == 200
    assert Client().get("/cari/", {"q": words}).status_code in {200, 422}


@pytest.mark.parametrize(
    "query",
    ["?kotak=x", "?kotak=1,2,3", "?kotak=nan,nan,nan,nan", "?kotak=inf,0,1,1", "?kotak=110,-7,100,-8", "?z=x", "?z=-1",
     "?z=99", "?z=1e9", "?z=" + "9" * 5000, "?kotak=0,0,1,1", "?z=%00", "?kategori=x", "?z=²"],
)  # fmt: skip
def test_a_map_window_that_cannot_be_read_is_refused(query: str, city: Any) -> None:
    response = Client().get(f"/laporan/peta.json{query}")
    assert response.status_code == 422
    assert "tidak terbaca" in response.json()["salah"]


@pytest.mark.parametrize("token", ["x", "x:y:z", "MQ:1:2", "%00", "a" * 3000, "é"])
@pytest.mark.parametrize("path", ["/lacak/buka/{}/", "/laporan/ikuti/{}/", "/laporan/berhenti/{}/"])
def test_a_broken_link_says_so(path: str, token: str, city: Any) -> None:
    response = Client().get(path.format(token))
    assert response.status_code == 404
    assert "tidak berlaku" in response.content.decode()


@pytest.mark.parametrize("masa", ["x", "1999", "9999", "\x00", "12-bulan'"])
def test_a_period_that_does_not_exist_is_404(masa: str, city: Any) -> None:
    assert Client().get("/angka/", {"masa": masa}).status_code == 404


@pytest.mark.parametrize("nasty", NASTY)
def test_following_refuses_nasty_codes_with_one_sentence(nasty: str, city: Any) -> None:
    response = Client().post("/lacak/", {"code": NASTY[nasty], "contact": NASTY[nasty]})
    assert response.status_code == 422
    assert Client().get("/lacak/", {"kode": NASTY[nasty]}).status_code == 200


@pytest.mark.parametrize("nasty", NASTY)
def test_replies_ratings_and_reasons_take_anything(nasty: str, city: Any) -> None:
    words = NASTY[nasty]
    asked = a_report(status=Status.AWAITING_INFO, office=city.works)
    done = a_report(status=Status.ANSWERED, office=city.works)
    client = holder_of(asked, done)
    answers = [
        client.post(f"/lacak/{asked.code}/jawab/", {"body": words}),
        client.post(f"/lacak/{done.code}/selesai/", {"stars": words, "comment": words}),
        client.post(f"/lacak/{done.code}/buka-lagi/", {"reason": words}),
    ]
    for response in answers:
        assert response.status_code in {302, 422}
        assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("cookie", ["x", "[]", "[[1,9999999999]]", "\x00", "a:b:c"])
def test_a_forged_proof_opens_nothing(cookie: str, city: Any) -> None:
    report = a_report(secret=True)
    client = Client()
    client.cookies[COOKIE] = cookie
    assert client.get(f"/lacak/{report.code}/")["Location"].startswith("/lacak/?")


def test_a_session_that_ends_in_the_middle_loses_nothing(
    write: Callable[..., Client], as_user: Any, warga: Any
) -> None:
    client = write(as_user(warga))
    Session.objects.all().delete()
    assert client.post("/lapor/periksa/").status_code == 302
    assert Report.objects.get().reporter is None


def test_a_form_without_its_token_is_refused_in_words(city: Any) -> None:
    response = Client(enforce_csrf_checks=True).post("/lapor/", {"category": "sampah"})
    assert response.status_code == 403
    assert "<h1" in response.content.decode()
