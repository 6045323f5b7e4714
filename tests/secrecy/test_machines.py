"""Programs learn as little about a secret report as people: lists, cursors, numbers, quotas, calls, with any token."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client

from pendopo.base.clients.actions import webhooks
from pendopo.base.clients.models import WebhookDelivery
from pendopo.base.clients.testing import a_client, bearer
from pendopo.base.clients.webhook_events import webhook_events
from pendopo.domains.reports import webhooks as told
from pendopo.domains.reports.models import Report
from pendopo.kernel import caches
from tests.secrecy.test_no_leaks import CODE, MARKS, SLUG, make_secret, steady, world

__all__ = ["world"]  # fixtures
READS = (
    "categories", "areas", "client", "reports", "reports?limit=1", "reports?q=zebrakuning", "reports?limit=100",
    "reports?status=IN_PROGRESS", "reports?category=lampu-jalan", "reports?region=99.71",
    "reports?bbox=110,-8,111,-7", "reports?updated_since=2020-01-01T00:00:00Z&limit=1",
    "reports?updated_since=2020-01-01T00:00:00Z", f"reports/{SLUG}", f"follow/{CODE}", "openapi.json",
)  # fmt: skip


def read(headers: dict[str, str]) -> dict[str, tuple[int, str]]:
    answers = {}
    for path in READS:
        caches.clear_all()
        answer = Client().get(f"/api/v1/{path}", headers=headers)
        answers[path] = (answer.status_code, steady(answer.content.decode()))
    return answers


@pytest.mark.parametrize("who", ["nobody", "no scope", "every scope", "the one who brought it"])
def test_no_token_changes_what_a_secret_report_shows(world: dict[str, Any], who: str) -> None:
    allowed = [] if who == "no scope" else None
    _client, words = a_client(allowed=allowed)
    headers = {} if who == "nobody" else bearer(words)
    before = read(headers)
    if who == "the one who brought it":
        body = {"category": "lampu-jalan", "text": "Pungutan zebrakuning di loket", "secret": True,
                "region": "99.71.01.1001", "address": "Gang Nirmala 77", "name": "Pelapor Tersembunyi"}  # fmt: skip
        made = Client().post(
            "/api/v1/reports", json.dumps(body), content_type="application/json",
            headers={**headers, "Idempotency-Key": "kunci-satu"},
        )  # fmt: skip
        assert made.status_code == 201 and made.json()["id"] is None and "Location" not in made
        Report.objects.filter(code=made.json()["code"]).update(code=CODE, slug=SLUG)
    else:
        make_secret(world)
    after = read(headers)
    assert [path for path in before if before[path] != after[path]] == []
    assert not [p for p in after if any(m in after[p][1] for m in (*MARKS, CODE, SLUG) if m not in p)]


def test_no_call_is_planned_about_it(world: dict[str, Any], now: dt.datetime) -> None:
    client, _words = a_client()
    events = [event.key for event in webhook_events]
    webhooks.subscribe(client_id=client.pk, url="https://a.example/", events=events, by=None, now=now)
    secret = make_secret(world)
    told.tell_received(secret.pk)
    told.tell_assigned(secret.pk, office_id=1, automatic=False)
    told.tell_closed(secret.pk, status="CLOSED_BY_CITIZEN")
    assert not WebhookDelivery.objects.exists()


def test_a_wrong_proof_says_the_same_whether_it_exists(world: dict[str, Any]) -> None:
    _client, words = a_client()
    body = json.dumps({"code": CODE, "contact": "salah@contoh.example"})

    def ask() -> tuple[int, str]:
        answer = Client().post("/api/v1/follow", body, content_type="application/json", headers=bearer(words))
        return answer.status_code, answer.content.decode()

    before = ask()
    make_secret(world)
    assert ask() == before


def test_the_quota_does_not_know_it(world: dict[str, Any]) -> None:
    _client, words = a_client()
    left = []
    for _ in range(2):
        left.append(Client().get(f"/api/v1/reports/{SLUG}", headers=bearer(words))["RateLimit"])
        if len(left) == 1:
            make_secret(world)
    first, second = (int(one.split("r=")[1].split(";")[0]) for one in left)
    assert first - second == 1
