"""When something is wrong, the page says what happened and what to do, and loses nothing it may keep."""

from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from pendopo.base.ui import views

pytestmark = pytest.mark.django_db
OWN = "http://testserver"


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def send(client: Client, data: dict[str, Any], **headers: str) -> str:
    answer = client.post("/akun/login/", data, headers=headers)
    assert answer.status_code == 403
    assert "no-store" in answer.headers["Cache-Control"]
    return str(answer.text)


def test_a_page_open_for_too_long_keeps_what_was_typed(strict: Client) -> None:
    page = send(strict, {"place": 'Depan "pasar" <b>', "csrfmiddlewaretoken": "old"}, origin=OWN)
    assert "Kirim lagi" in page
    assert 'name="place" value="Depan &quot;pasar&quot; &lt;b&gt;"' in page
    assert 'action="/akun/login/"' in page
    assert 'value="old"' not in page


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
        {"origin": OWN, "sec-fetch-site": "cross-site"},
        {"referer": OWN + "/lapor/"},
    ],
)
def test_a_form_of_another_site_gets_no_second_try(strict: Client, headers: dict[str, str]) -> None:
    page = send(strict, {"place": "x"}, **headers)
    assert "Kirim lagi" not in page
    assert 'name="place"' not in page


@pytest.mark.parametrize(
    "data",
    [
        {"password": "rahasia-1"},
        {"otp_code": "123456"},
        {"place": "x" * 200_001},
        {f"f{n}": "1" for n in range(201)},
        {},
    ],
    ids=["secret", "one-time code", "too long", "too many", "nothing"],
)
def test_secrets_and_floods_are_not_carried(strict: Client, data: dict[str, str]) -> None:
    page = send(strict, data, origin=OWN)
    assert "Kirim lagi" not in page
    assert "rahasia-1" not in page


def test_a_lost_photo_is_told(strict: Client) -> None:
    page = send(strict, {"place": "x", "photo": SimpleUploadedFile("a.jpg", b"x")}, origin=OWN)
    assert "memilihnya lagi" in page


def test_a_missing_page_says_where_to_go(client: Client) -> None:
    page = client.get("/tidak-ada/")
    assert page.status_code == 404
    assert "Halaman tidak ditemukan" in page.text


@pytest.mark.parametrize(
    ("problem", "status", "says"),
    [(SuspiciousOperation("x"), 400, "tidak bisa kami baca"), (RequestDataTooBig("x"), 413, "terlalu besar")],
)
def test_a_bad_request_is_explained(problem: Exception, status: int, says: str) -> None:
    answer = views.bad_request(RequestFactory().post("/"), problem)
    assert answer.status_code == status
    assert says in answer.text


def test_a_forbidden_page_names_whom_to_ask() -> None:
    answer = views.forbidden(RequestFactory().get("/"), PermissionError())
    assert answer.status_code == 403
    assert "administrator" in answer.text


def test_a_refusal_without_a_form_is_422() -> None:
    answer = views.refuse(RequestFactory().post("/"), "Tautan ini <sudah> dipakai.")
    assert answer.status_code == 422
    assert "Tautan ini &lt;sudah&gt; dipakai." in answer.text


def test_the_page_for_our_own_mistakes_needs_no_database(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Ini bukan salah Anda" in answer.text
    assert "/static/" not in answer.text
