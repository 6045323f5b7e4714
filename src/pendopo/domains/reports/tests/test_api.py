"""Other programs read what the public reads, hand reports in, and follow them."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pendopo.base.audit.models import Entry
from pendopo.base.clients.models import ClientUpload
from pendopo.base.clients.testing import a_client, bearer
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.domains.reports.tests.conftest import KENANGA, MAWAR

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"
TOLD = {"category": "lampu-jalan", "text": "Lampu jalan di depan masjid mati tiga malam.", "region": MAWAR,
        "address": "Jalan Melati 12", "name": "Rina", "email": "rina@contoh.example"}  # fmt: skip


@pytest.fixture
def token(city: Any) -> str:
    return a_client()[1]


def send(token: str, told: Any, *, key: str = "kunci-satu", **headers: str) -> Any:
    return Client().post(
        "/api/v1/reports", json.dumps(told), content_type="application/json",
        headers={**bearer(token), "Idempotency-Key": key, **headers},
    )  # fmt: skip


def listed(query: str = "") -> Any:
    response = Client().get(f"/api/v1/reports{query}")
    assert response.status_code == 200, response.content
    return response.json()


def test_categories_and_areas_are_open_to_all(city: Any) -> None:
    answer = Client().get("/api/v1/categories", headers={"Accept-Language": "en-GB,en;q=0.8"})
    labels = {row["key"]: row["label"] for row in answer.json()}
    assert labels["lampu-jalan"].startswith("Street")
    assert answer["Content-Language"] == "en" and answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert MAWAR in {area["code"] for area in Client().get("/api/v1/areas").json()}


def test_a_report_arrives_with_all_it_said(token: str) -> None:
    answer = send(token, {**TOLD, "external_id": "A-17", "latitude": -7.595, "longitude": 110.805})
    assert answer.status_code == 201, answer.content
    report = Report.objects.get()
    assert answer.json()["code"] == report.code and answer["Location"] == f"/api/v1/reports/{report.slug}"
    assert (report.channel, report.external_number, report.region_id) == ("API", "A-17", MAWAR)
    assert report.contact.email == "rina@contoh.example" and report.anonymous
    assert Entry.objects.about(report).filter(verb="reports.brought_by_client").count() == 1
    follow = answer.json()["follow_url"].partition("//")[2].partition("/")[2]
    assert Client().get(f"/{follow}").status_code == 302


def test_the_same_key_gets_the_same_answer_and_makes_no_second_report(token: str) -> None:
    first, second = send(token, TOLD), send(token, TOLD)
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert (first["Idempotency-Replayed"], second["Idempotency-Replayed"]) == ("false", "true")
    assert Report.objects.count() == 1


def test_the_same_key_for_something_else_is_a_problem(token: str) -> None:
    send(token, TOLD)
    other = send(token, {**TOLD, "text": "Pohon tumbang menutup jalan kampung."})
    assert other.status_code == 422 and other["Content-Type"] == PROBLEM
    assert other.json()["type"].endswith("kunci-dipakai") and Report.objects.count() == 1


def test_a_refused_report_leaves_its_key_free(token: str) -> None:
    assert send(token, {**TOLD, "category": "tidak-ada"}).status_code == 422
    assert send(token, TOLD).status_code == 201


def test_the_key_of_one_client_says_nothing_to_another(token: str) -> None:
    other = a_client(name="Aplikasi kedua")[1]
    assert send(token, TOLD).json()["code"] != send(other, TOLD).json()["code"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"category": "tidak-ada"}, "category"),
        ({"text": "pendek"}, "text"),
        ({"region": "", "address": "Jalan"}, "region"),
        ({"region": "33.72.01.1001"}, "region"),
        ({"email": "bukan surel"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"photos": ["6d0b1cbd-9a1c-4ad0-8d3f-1c1e5a1f0000"]}, "photos"),
        ({"rahasia": True}, "rahasia"),
        ({"latitude": 91}, "latitude"),
        ({"text": "nul \x00 " * 3, "category": "a\x00"}, "category"),
    ],
)
def test_bad_values_are_told_by_field_in_indonesian(token: str, change: dict[str, Any], field: str) -> None:
    answer = send(token, {**TOLD, **change})
    assert answer.status_code == 422 and answer["Content-Type"] == PROBLEM, answer.content
    assert field in {error["field"] for error in answer.json()["errors"]}, answer.content
    assert answer.json()["title"] == "Isian perlu diperbaiki" and Report.objects.count() == 0


def test_english_is_spoken_when_asked(token: str) -> None:
    answer = send(token, {**TOLD, "category": "x"}, **{"Accept-Language": "en"})
    assert answer.json()["title"] != "Isian perlu diperbaiki" and answer["Content-Language"] == "en"


def test_photos_come_first_and_belong_to_their_sender(token: str, photo: Callable[..., Any]) -> None:
    stored = Client().post("/api/v1/photos", {"file": photo()}, headers=bearer(token))
    assert stored.status_code == 201, stored.content
    number = stored.json()["id"]
    stranger = a_client(name="Lain")[1]
    assert send(stranger, {**TOLD, "photos": [number]}).status_code == 422
    made = send(token, {**TOLD, "photos": [number]})
    assert made.status_code == 201 and Report.objects.get().attachments.count() == 1
    assert not ClientUpload.objects.exists()
    assert send(token, {**TOLD, "photos": [number]}, key="kunci-dua").status_code == 422
    told = Client().get(made["Location"]).json()
    assert told["photos"][0]["url"].startswith("http")


def test_what_is_no_photo_is_refused_with_its_reason(token: str) -> None:
    answer = Client().post(
        "/api/v1/photos", {"file": SimpleUploadedFile("a.jpg", b"bukan foto")}, headers=bearer(token)
    )
    assert answer.status_code == 422 and answer.json()["errors"][0]["field"] == "file"


def test_pages_follow_each_other_without_loss_or_double(city: Any, now: dt.datetime) -> None:
    made = {a_report(now=now - dt.timedelta(minutes=n // 2)).slug for n in range(7)}
    seen, cursor = [], ""
    while True:
        page = listed(f"?limit=3&cursor={cursor}")
        seen += [report["id"] for report in page["reports"]]
        cursor = page["next"]
        if not cursor:
            break
    assert len(seen) == 7 and set(seen) == made
    times = [report["received_at"] for report in listed()["reports"]]
    assert times == sorted(times, reverse=True)


def test_filters_narrow_and_name_what_they_do_not_know(city: Any, now: dt.datetime) -> None:
    lamp = a_report(
        now=now, status=Status.IN_PROGRESS, office=city.works, region=MAWAR, point=(-7.595, 110.805)
    )
    tree = a_report(now=now, category="pohon", region=KENANGA, text="Pohon tumbang menutup jalan kampung.")
    cases = {
        "?status=IN_PROGRESS": {lamp.slug}, "?status=RECEIVED&status=IN_PROGRESS": {lamp.slug, tree.slug},
        "?category=pohon": {tree.slug}, f"?region={KENANGA}": {tree.slug}, "?region=99.71": {lamp.slug, tree.slug},
        "?q=tumbang": {tree.slug}, "?bbox=110.7,-7.7,110.9,-7.5": {lamp.slug}, "?bbox=100,-7,101,-6": set(),
    }  # fmt: skip
    for query, expected in cases.items():
        assert {report["id"] for report in listed(query)["reports"]} == expected, query
    for wrong in ("status=X", "category=x", "region=x", "bbox=1", "cursor=zzz", "limit=0", "limit=101",
                  "updated_since=kemarin", "updated_since=0001-01-01T00:00:00Z", "q=" + "x" * 101):  # fmt: skip
        answer = Client().get(f"/api/v1/reports?{wrong}")
        assert answer.status_code == 422 and answer["Content-Type"] == PROBLEM, wrong
        assert answer.json()["errors"][0]["field"].split(".")[0] == wrong.partition("=")[0]


def test_changes_since_a_moment_come_oldest_first(city: Any, now: dt.datetime) -> None:
    old = a_report(now=now - dt.timedelta(days=3))
    fresh = a_report(now=now)
    asked = (now - dt.timedelta(days=1)).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert [report["id"] for report in listed(f"?updated_since={asked}")["reports"]] == [fresh.slug]
    both = listed("?updated_since=2020-01-01T00:00:00Z&limit=1")
    assert both["reports"][0]["id"] == old.slug
    rest = listed(f"?updated_since=2020-01-01T00:00:00Z&limit=1&cursor={both['next']}")
    assert rest["reports"][0]["id"] == fresh.slug and rest["next"] is None
    assert Client().get(f"/api/v1/reports?cursor={both['next']}").status_code == 422


def test_one_report_is_told_as_the_public_page_tells_it(city: Any, now: dt.datetime) -> None:
    report = a_report(
        now=now, status=Status.CLOSED_BY_CITIZEN, office=city.works, address="Jalan Melati No. 12",
        point=(-7.595123, 110.805456), name="Rina Marlina",
    )  # fmt: skip
    answer = Client().get(f"/api/v1/reports/{report.slug}")
    told = answer.json()
    assert told["reporter"] is None and "12" not in told["address"] and told["status"]["group"] == "selesai"
    assert told["location"]["latitude"] != -7.595123 and told["timeline"]
    words = answer.content.decode()
    assert "Rina" not in words and report.code not in words and "rina@" not in words
    again = Client().get(f"/api/v1/reports/{report.slug}", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304 and not again.content and answer["Last-Modified"]


def test_following_by_number_shows_the_public_part_only(city: Any) -> None:
    report = a_report()
    hidden, secret = a_report(hidden=True), a_report(secret=True)
    assert Client().get(f"/api/v1/follow/{report.code.lower()}").json()["id"] == report.slug
    for other in (hidden.code, secret.code, "LAP-0000-0000", "x"):
        assert Client().get(f"/api/v1/follow/{other}").status_code == 404


def follow(token: str, code: str, contact: str) -> Any:
    body = json.dumps({"code": code, "contact": contact})
    return Client().post("/api/v1/follow", body, content_type="application/json", headers=bearer(token))


def test_the_reporter_follows_with_proof_even_a_secret_report(token: str) -> None:
    report = a_report(secret=True, email="rina@contoh.example")
    told = follow(token, report.code, "RINA@contoh.example")
    assert told.status_code == 200, told.content
    assert told.json()["code"] == report.code and told.json()["url"] is None
    wrong = [follow(token, report.code, "lain@contoh.example"), follow(token, "LAP-0000-0000", "a@b.example")]
    assert {answer.status_code for answer in wrong} == {422}
    assert wrong[0].content == wrong[1].content


def test_guessing_is_stopped(token: str) -> None:
    report = a_report()
    codes = [follow(token, report.code, "lain@contoh.example").status_code for _ in range(9)]
    assert codes[-1] == 429


def test_no_scope_and_no_token_open_nothing(city: Any) -> None:
    reader = a_client(allowed=[])[1]
    assert send(reader, TOLD).status_code == 403
    assert Client().post("/api/v1/reports", "{}", content_type="application/json").status_code == 401
    assert send("pdp_salah", TOLD).status_code == 401 and Report.objects.count() == 0


def test_a_list_costs_the_same_for_one_and_for_many(
    city: Any, django_assert_max_num_queries: Any, photo: Callable[..., Any]
) -> None:
    for _ in range(12):
        a_report()
    with django_assert_max_num_queries(4):
        listed()


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("get", "/api/v1/tidak-ada", 404), ("get", "/api/v1/reports/0000000000", 404), ("get", "/api/v2/", 404),
        ("delete", "/api/v1/reports", 405), ("put", "/api/v1/categories", 405), ("get", "/api/v1/", 404),
    ],
)  # fmt: skip
def test_whatever_goes_wrong_is_told_as_a_problem(city: Any, method: str, path: str, code: int) -> None:
    answer = getattr(Client(), method)(path)
    assert answer.status_code == code and answer["Content-Type"] == PROBLEM
    assert set(answer.json()) >= {"type", "title", "status", "detail"} and answer.json()["status"] == code
    assert code != 405 or answer["Allow"]


def test_bodies_that_do_not_fit_are_told_as_problems(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = {**bearer(token), "Idempotency-Key": "kunci-satu"}
    assert (
        Client().post("/api/v1/reports", "{", content_type="application/json", headers=ask).status_code == 400
    )
    assert Client().post("/api/v1/reports", {"a": "b"}, headers=ask).status_code == 415
    large = Client().post("/api/v1/reports", "x" * 300_000, content_type="application/json", headers=ask)
    assert large.status_code == 413 and large["Content-Type"] == PROBLEM


def test_a_fault_of_ours_is_told_as_a_problem(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("rahasia dapur")

    monkeypatch.setattr("pendopo.domains.reports.api.categories", broken)
    client = Client(raise_request_exception=False)
    answer = client.get("/api/v1/categories")
    assert answer.status_code == 500 and answer["Content-Type"] == PROBLEM
    assert "dapur" not in answer.content.decode()


def test_only_reading_is_open_to_pages_of_other_sites(token: str) -> None:
    ask = {"Origin": "https://lain.example", "Access-Control-Request-Method": "GET"}
    assert Client().options("/api/v1/reports", headers=ask).status_code == 204
    ask["Access-Control-Request-Method"] = "POST"
    assert "Access-Control-Allow-Origin" not in Client().options("/api/v1/reports", headers=ask)
    assert "Access-Control-Allow-Origin" not in send(token, TOLD, Origin="https://lain.example")


def test_a_signed_in_person_is_nobody_here(city: Any, as_user: Any, sari: Any) -> None:
    secret = a_report(status=Status.IN_PROGRESS, office=city.works, secret=True)
    assert as_user(sari).get(f"/api/v1/reports/{secret.slug}").status_code == 404
