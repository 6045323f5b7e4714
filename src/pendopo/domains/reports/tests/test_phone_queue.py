"""The door of a phone's queue: one key makes one report, and every refusal is a sentence that loses nothing."""

import datetime as dt
import threading
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from pendopo.base.privacy import retention
from pendopo.base.privacy import seeds as privacy_seeds
from pendopo.base.regions.testing import give_squares
from pendopo.domains.reports.models import Draft, PhonePolicy, Report, ReportAttachment
from pendopo.domains.reports.tests.conftest import KENANGA, MAWAR, STORY

pytestmark = pytest.mark.django_db
ADDRESS = "/lapor/antrean/"


def answers(**changed: Any) -> dict[str, Any]:
    given = {"category": "lampu-jalan", "text": STORY, "address": "Jalan Melati", "region": MAWAR,
             "anonymous": "on", "email": "rina@contoh.example", **changed}  # fmt: skip
    return {name: value for name, value in given.items() if value is not None}


def send(client: Client, key: object, **changed: Any) -> Any:
    return client.post(ADDRESS, answers(**changed), headers={"Idempotency-Key": str(key)})


@pytest.fixture
def key() -> uuid.UUID:
    return uuid.UUID("7d4c1b62-5a0e-4f3a-9c1d-2f6b8e0a4c11")


def test_a_queued_report_arrives_with_its_photos(city: Any, still: Any, key: uuid.UUID, photo: Any) -> None:
    client = Client()
    answer = send(client, key, photos=[photo("satu.jpg", 10), photo("dua.jpg", 20)])
    report = Report.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {"code": report.code, "url": f"/lacak/{report.code}/"}
    assert (report.text, report.region_id, report.contact.email) == (STORY, MAWAR, "rina@contoh.example")
    assert report.anonymous and not report.secret
    assert ReportAttachment.objects.filter(case=report, role="PHOTO").count() == 2
    assert client.get(answer.json()["url"]).status_code == 200  # the phone proved to be the reporter's


def test_the_same_key_never_makes_a_second_report(city: Any, still: Any, key: uuid.UUID) -> None:
    first = send(Client(), key)
    again = send(Client(), key, text="Cerita lain sama sekali, tetapi kuncinya sama.")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Report.objects.get().text == STORY


@pytest.mark.django_db(transaction=True)
def test_two_tries_at_the_same_moment_make_one_report(city: Any, still: Any, key: uuid.UUID) -> None:
    gate, codes = threading.Barrier(4), []

    def one_try() -> None:
        gate.wait()
        codes.append(send(Client(), key).json()["code"])
        connection.close()

    threads = [threading.Thread(target=one_try) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(codes) == 4 and len(set(codes)) == 1
    assert Report.objects.count() == 1


def test_the_key_outlives_the_draft_of_a_week(city: Any, still: dt.datetime, key: uuid.UUID) -> None:
    send(Client(), key)
    privacy_seeds.load()
    retention.run(now=still + dt.timedelta(days=300))
    assert send(Client(), key).status_code == 200
    assert Draft.objects.get().answers == {}  # nothing of a person is left in it
    retention.run(now=still + dt.timedelta(days=401))
    assert not Draft.objects.exists()


@pytest.mark.parametrize("bad", ["", "satu", "7d4c1b62-5a0e-1f3a-9c1d-2f6b8e0a4c11", "x" * 5000])
def test_a_report_without_a_random_key_is_refused(city: Any, still: Any, bad: str) -> None:
    assert send(Client(), bad).status_code == 400
    assert not Report.objects.exists()


def test_every_wrong_answer_is_told_at_once(city: Any, still: Any, key: uuid.UUID) -> None:
    answer = send(
        Client(), key, category="apa saja\x00", text="x", region="", email="tanpa alamat", phone="1"
    )
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"category", "text", "region", "email", "phone"}
    assert not Report.objects.exists() and not Draft.objects.exists()
    assert send(Client(), key).status_code == 201  # repaired under the same key


def test_a_point_in_another_kelurahan_asks_the_citizen(city: Any, still: Any, key: uuid.UUID) -> None:
    give_squares([MAWAR, KENANGA])
    from_far = send(Client(), key, latitude="-6.2", longitude="106.8", region=KENANGA)
    body = from_far.json()
    assert from_far.status_code == 422
    assert body["choices"]["decision"]["why"]
    chosen = body["choices"]["decision"]["options"][-1][0]
    again = send(Client(), key, latitude="-6.2", longitude="106.8", region=KENANGA, decision=chosen)
    assert again.status_code == 201
    assert Report.objects.get().region_id == KENANGA


def test_a_file_that_is_no_photo_is_refused_by_name(
    city: Any, still: Any, key: uuid.UUID, photo: Any
) -> None:
    broken = photo("rusak.jpg")
    broken.file.seek(0)
    broken.file.write(b"bukan foto")
    answer = send(Client(), key, photos=[broken])
    assert answer.status_code == 422
    assert "photos" in answer.json()["errors"]
    assert not Report.objects.exists()


def test_a_crowded_network_is_asked_to_wait(city: Any, still: Any) -> None:
    PhonePolicy.objects.create(reports_per_hour=1)
    keys = [uuid.uuid4() for _ in range(2)]
    assert send(Client(), keys[0]).status_code == 201
    busy = send(Client(), keys[1])
    assert busy.status_code == 429
    assert 0 < int(busy["Retry-After"]) <= 3600
    assert send(Client(), keys[0]).status_code == 200  # what came in already is no new load


def test_a_forged_form_is_refused(city: Any, still: Any, key: uuid.UUID) -> None:
    client = Client(enforce_csrf_checks=True)
    assert send(client, key).status_code == 403
    token = client.get("/lapor/antrean/kunci/").json()["token"]
    headers = {"Idempotency-Key": str(key), "X-CSRFToken": token}
    assert client.post(ADDRESS, answers(), headers=headers).status_code == 201


def test_the_kept_page_holds_nothing_of_one_person(city: Any, warga: Any, as_user: Any) -> None:
    pages = [client.get("/lapor/luring/").content.decode() for client in (Client(), as_user(warga))]
    for page in pages:
        assert warga.name not in page
        assert "csrfmiddlewaretoken" not in page
    assert pages[0].count("Lampu jalan") == pages[1].count("Lampu jalan") >= 1
