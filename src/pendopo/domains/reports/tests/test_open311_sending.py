"""GeoReport v2, the calls that write: POST Service Request and its token, refusals in the specification's shape."""

import datetime as dt
import json
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client
from PIL import Image

from pendopo.base.audit.models import Entry
from pendopo.base.clients.testing import a_client
from pendopo.base.notices.models import Notice
from pendopo.domains.reports.actions import media
from pendopo.domains.reports.models import Report
from pendopo.domains.reports.testing import a_report, prepare
from pendopo.kernel import outbound

URL = "/open311/v2/requests.json"


@pytest.fixture
def key(government: Any) -> str:
    prepare()
    return a_client(allowed=["reports:create"])[1]


def fields(key: str, **changes: str) -> dict[str, str]:
    given = {
        "api_key": key,
        "service_code": "lampu-jalan",
        "address_string": "Jalan Melati, depan masjid, Cempaka",
        "email": "siti@contoh.example",
        "first_name": "Siti",
        "last_name": "Aminah",
        "phone": "0812 3456 7890",
        "description": "Lampu jalan padam sejak tiga malam yang lalu.",
        **changes,
    }
    return {name: value for name, value in given.items() if value}


def send(given: dict[str, str], *, code: int = 201, **headers: str) -> Any:
    response = Client(enforce_csrf_checks=True).post(URL, given, headers=headers or None)
    assert response.status_code == code, response.content
    return json.loads(response.content)


def test_a_request_becomes_a_report_with_a_public_number(key: str, government: Any) -> None:
    (told,) = send(fields(key))
    assert list(told) == ["service_request_id", "service_notice", "account_id"]
    report = Report.objects.get()
    assert told["service_request_id"] == report.slug
    assert report.code in told["service_notice"]
    assert told["account_id"] is None
    assert (report.category_id, report.region_id, report.channel) == ("lampu-jalan", "99.71.02.1001", "API")
    assert (report.anonymous, report.secret) == (True, False)
    contact = report.contact
    assert (contact.name, contact.email, contact.phone) == (
        "Siti Aminah",
        "siti@contoh.example",
        "+6281234567890",
    )
    assert Notice.objects.filter(address="siti@contoh.example").exists()
    (found,) = json.loads(Client().get(f"/open311/v2/requests/{report.slug}.json").content)
    assert found["description"] == report.text


def test_the_answer_in_xml_has_the_same_fields(key: str) -> None:
    response = Client().post("/open311/v2/requests.xml", fields(key))
    root = ElementTree.fromstring(response.content)
    assert (response.status_code, root.tag, root[0].tag) == (201, "service_requests", "request")
    assert [child.tag for child in root[0]] == ["service_request_id", "service_notice", "account_id"]


def test_a_place_may_be_a_point_or_an_official_code(key: str) -> None:
    send(fields(key, address_string="", address_id="99.71.02.1002"))
    assert Report.objects.get().region_id == "99.71.02.1002"
    send(fields(key, lat="-7.5601", long="110.8301", address_id="99.71.02.1001"))
    assert Report.objects.exclude(latitude=None).get().cell is not None


def test_how_the_reporter_wants_to_be_known_is_an_attribute(key: str) -> None:
    send(fields(key, **{"attribute[identitas]": "terbuka", "attribute[patokan]": "seberang pasar"}))
    report = Report.objects.get()
    assert (report.anonymous, report.shown_name) == (False, "Siti Aminah")
    assert report.address.endswith("seberang pasar")


def test_a_secret_request_gets_a_token_instead_of_a_number(key: str) -> None:
    (told,) = send(fields(key, **{"attribute[identitas]": "rahasia"}))
    assert list(told) == ["token", "service_notice", "account_id"]
    report = Report.objects.get()
    assert report.secret
    asked = f"/open311/v2/tokens/{told['token']}.json"
    refused = Client().get(asked)
    assert (refused.status_code, json.loads(refused.content)[0]["code"]) == (404, 404)
    # Opened by the koordinator later, the token leads to the public number.
    Report.objects.filter(pk=report.pk).update(secret=False)
    (found,) = json.loads(Client().get(asked).content)
    assert found == {"service_request_id": report.slug, "token": told["token"]}
    root = ElementTree.fromstring(Client().get(asked.replace(".json", ".xml")).content)
    assert [child.tag for child in root[0]] == ["service_request_id", "token"]


@pytest.mark.parametrize(
    ("changes", "code", "word"),
    [
        ({"api_key": ""}, 403, "api_key"),
        ({"api_key": "bukan-kunci"}, 403, ""),
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "tidak-ada"}, 404, "service_code"),
        ({"jurisdiction_id": "kota.lain.go.id"}, 404, "jurisdiction_id"),
        ({"description": ""}, 400, "description"),
        ({"description": "x" * 6000}, 400, "description"),
        ({"address_string": ""}, 400, "address_string"),
        ({"address_string": "di situ"}, 400, "address_string"),
        ({"lat": "-7.5"}, 400, ""),
        ({"lat": "sini", "long": "sana"}, 400, ""),
        ({"address_id": "11.11.11.1111"}, 400, "address_id"),
        ({"email": "bukan surel"}, 400, "email"),
        ({"phone": "abc"}, 400, "phone"),
        ({"attribute[identitas]": "tersamar"}, 400, "identitas"),
        ({"media_url": "http://127.0.0.1/a.jpg"}, 400, "media_url"),
        ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
        ({"description": "\x00\u202e"}, 400, "description"),
    ],
)
def test_a_wrong_request_is_refused_and_leaves_no_trace(
    key: str, changes: dict[str, str], code: int, word: str
) -> None:
    said = send(fields(key, **changes), code=code)
    assert all(list(one) == ["code", "description"] for one in said)
    assert said[0]["code"] == code
    assert any(word in one["description"] for one in said)
    assert not Report.objects.exists()


def test_all_wrong_fields_are_told_at_once(key: str) -> None:
    said = send(fields(key, description="", email="x"), code=400)
    assert len(said) == 2


def test_a_key_without_the_right_is_refused(government: Any) -> None:
    prepare()
    _client, words = a_client(allowed=[])
    said = send(fields(words), code=403)
    assert said[0]["code"] == 403


def test_a_key_that_asks_too_often_is_told_when_to_come_back(government: Any) -> None:
    prepare()
    _client, words = a_client(allowed=["reports:create"], per_minute=1)
    send(fields(words))
    response = Client().post(URL, fields(words))
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert Report.objects.count() == 1


def test_a_repeat_with_the_same_key_makes_one_report(key: str) -> None:
    first = send(fields(key), **{"Idempotency-Key": "a1"})
    assert send(fields(key), **{"Idempotency-Key": "a1"}) == first
    assert Report.objects.count() == 1
    send(fields(key, description="Sesuatu yang lain sekali"), code=400, **{"Idempotency-Key": "a1"})
    assert Report.objects.count() == 1


def test_a_photo_behind_an_address_is_fetched_and_attached(
    key: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    path = tmp_path / "foto.jpg"
    Image.new("RGB", (40, 30), "green").save(path)
    monkeypatch.setattr(outbound, "fetch", lambda url, *, most: path.read_bytes())
    send(fields(key, media_url="https://contoh.example/foto.jpg"))
    report = Report.objects.get()
    media.fetch_photo(report_id=report.pk, url="https://contoh.example/foto.jpg")
    media.fetch_photo(
        report_id=report.pk, url="https://contoh.example/foto.jpg"
    )  # a retry adds no second photo
    assert report.attachments.count() == 1
    (found,) = json.loads(Client().get(f"/open311/v2/requests/{report.slug}.json").content)
    assert found["media_url"].startswith("http")


def test_what_is_no_photo_is_written_down_and_the_report_stays(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbound, "fetch", lambda url, *, most: b"<html>bukan foto</html>")
    send(fields(key, media_url="https://contoh.example/foto.jpg"))
    report = Report.objects.get()
    media.fetch_photo(report_id=report.pk, url="https://contoh.example/foto.jpg")
    assert not report.attachments.exists()
    assert Entry.objects.filter(verb="reports.photo_refused", subject_id=report.pk).exists()


def test_a_token_of_something_else_is_no_token(government: Any, now: dt.datetime) -> None:
    report = a_report(now=now)
    for words in (str(report.pk), report.code, report.slug):
        assert Client().get(f"/open311/v2/tokens/{words}.json").status_code == 404
