"""Programs hear of public news, signed and once; failures are retried, seen, paused; secret reports never leave."""

import base64
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest

from pendopo.base.clients import signing
from pendopo.base.clients.actions import webhooks as actions
from pendopo.base.clients.delivery import BACK_OFF, MAX_ATTEMPTS, attempt
from pendopo.base.clients.models import DeliveryStatus, WebhookDelivery, WebhookSubscription
from pendopo.base.clients.tasks import find_lost
from pendopo.base.clients.testing import a_client
from pendopo.base.notices.models import Notice
from pendopo.domains.reports import webhooks
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.kernel import outbound
from pendopo.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
URL = "https://penerima.example/kabar"
EVENTS = [key for key, _label in webhooks.EVENTS]


class Receiver:
    """Stands where the internet would: keeps what was sent and answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[str, bytes, dict[str, str]]] = []
        self.status: int | Exception = 204

    def __call__(self, url: str, *, body: bytes, headers: dict[str, str], timeout: float) -> outbound.Answer:
        self.got.append((url, body, dict(headers)))
        if isinstance(self.status, Exception):
            raise self.status
        return outbound.Answer(self.status, b"")


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Receiver:
    found = Receiver()
    monkeypatch.setattr(outbound, "post", found)
    return found


@pytest.fixture
def subscribed(city: Any, now: dt.datetime) -> tuple[WebhookSubscription, str]:
    client, _words = a_client(now=now)
    return actions.subscribe(client_id=client.pk, url=URL, events=EVENTS, by=None, now=now)


@pytest.fixture
def planned(subscribed: Any, now: dt.datetime) -> Callable[..., WebhookDelivery]:
    def plan(report: Report | None = None) -> WebhookDelivery:
        chosen = report or a_report(now=now)
        assert actions.emit(event="report.received", subject_id=chosen.pk, now=now) == 1
        return WebhookDelivery.objects.order_by("-happened_at", "-pk").get(subject_id=chosen.pk)

    return plan


def test_a_call_carries_public_words_and_a_signature_that_fits(
    planned: Any, subscribed: Any, receiver: Receiver, now: dt.datetime
) -> None:
    report = a_report(
        now=now, name="Rina Marlina", address="Jalan Melati No. 12", point=(-7.595123, 110.805456)
    )
    delivery = planned(report)
    assert attempt(delivery_id=delivery.pk, now=now) is None
    url, body, headers = receiver.got[0]
    told = json.loads(body)
    assert url == URL and told["type"] == "report.received" and told["data"]["id"] == report.slug
    for private in ("Rina", "rina@", report.code, "No. 12", "-7.595123", "+62812"):
        assert private not in body.decode()
    key = base64.b64decode(subscribed[1].removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mark = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mark}"
    delivery.refresh_from_db()
    assert delivery.status == DeliveryStatus.SENT and not attempt(delivery_id=delivery.pk, now=now)
    assert len(receiver.got) == 1


@pytest.mark.parametrize("hide", [{"secret": True}, {"hidden": True}])
def test_nothing_is_planned_for_what_is_not_public(subscribed: Any, now: dt.datetime, hide: Any) -> None:
    report = a_report(now=now, status=Status.IN_PROGRESS, **hide)
    for event in EVENTS:
        assert actions.emit(event=event, subject_id=report.pk, now=now) == 0
    assert not WebhookDelivery.objects.exists()


def test_a_report_that_became_secret_is_not_told_even_when_sent_again(
    planned: Any, koordinator: Any, receiver: Receiver, now: dt.datetime
) -> None:
    delivery = planned()
    receiver.status = 500
    for _ in range(MAX_ATTEMPTS):
        attempt(delivery_id=delivery.pk, now=now)
    told = len(receiver.got)
    Report.objects.filter(pk=delivery.subject_id).update(secret=True)
    actions.resend(delivery_id=delivery.pk, by=koordinator, now=now)
    assert attempt(delivery_id=delivery.pk, now=now) is None
    delivery.refresh_from_db()
    assert (delivery.status, len(receiver.got)) == (DeliveryStatus.DROPPED, told)


@pytest.mark.parametrize("status", [500, 302, outbound.OutboundFailed("TimeoutError")])
def test_failures_wait_longer_each_time_and_end_on_the_page(
    planned: Any, receiver: Receiver, now: dt.datetime, status: Any
) -> None:
    delivery = planned()
    receiver.status = status
    for wait in BACK_OFF:
        waiting = attempt(delivery_id=delivery.pk, now=now)
        assert waiting is not None and waiting.next_attempt_at == now + wait
    assert attempt(delivery_id=delivery.pk, now=now) is None
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.DEAD, MAX_ATTEMPTS)
    assert len({headers["webhook-id"] for _url, _body, headers in receiver.got}) == 1


def test_an_address_inside_our_network_is_never_tried_again(
    planned: Any, receiver: Receiver, now: dt.datetime
) -> None:
    receiver.status = outbound.OutboundRefused("dalam")
    delivery = planned()
    attempt(delivery_id=delivery.pk, now=now)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.last_answer) == (DeliveryStatus.DEAD, "AddressRefused")


@pytest.mark.parametrize(
    "url",
    [
        "http://penerima.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://a:b@c.example/",
        "x",
        "https://10.0.0.1/",
    ],
)
def test_addresses_that_cannot_be_right_are_refused(city: Any, now: dt.datetime, url: str) -> None:
    client, _words = a_client(now=now)
    with pytest.raises(Refused) as no:
        actions.subscribe(client_id=client.pk, url=url, events=EVENTS, by=None, now=now)
    assert no.value.field == "url" and not WebhookSubscription.objects.exists()


def test_days_of_failures_pause_the_address_and_tell_its_owner_once(
    planned: Any, subscribed: Any, receiver: Receiver, now: dt.datetime
) -> None:
    delivery = planned()
    receiver.status = 500
    attempt(delivery_id=delivery.pk, now=now)
    number = subscribed[0].pk
    assert not actions.pause_failing(subscription_id=number, now=now + dt.timedelta(days=2))
    assert actions.pause_failing(subscription_id=number, now=now + dt.timedelta(days=3))
    assert not actions.pause_failing(subscription_id=number, now=now + dt.timedelta(days=4))
    letter = Notice.objects.get(event="clients.webhook_paused")
    assert letter.address == "aplikasi@kota.example" and URL in letter.body
    delivery.refresh_from_db()
    assert delivery.status == DeliveryStatus.DEAD
    assert actions.emit(event="report.received", subject_id=delivery.subject_id, now=now) == 0


def test_what_arrives_ends_the_days_of_failure(
    planned: Any, subscribed: Any, receiver: Receiver, now: dt.datetime
) -> None:
    delivery = planned()
    receiver.status = 500
    attempt(delivery_id=delivery.pk, now=now)
    receiver.status = 200
    attempt(delivery_id=delivery.pk, now=now)
    subscribed[0].refresh_from_db()
    assert subscribed[0].failing_since is None and subscribed[0].last_sent_at == now


def test_a_changed_secret_signs_with_both_for_a_day(
    planned: Any, subscribed: Any, koordinator: Any, receiver: Receiver, now: dt.datetime
) -> None:
    _row, new = actions.change_secret(subscription_id=subscribed[0].pk, by=koordinator, now=now)
    assert new != subscribed[1]
    attempt(delivery_id=planned().pk, now=now)
    assert len(receiver.got[0][2]["webhook-signature"].split()) == 2
    subscribed[0].refresh_from_db()
    late = signing.headers_for(subscribed[0], "msg_1", b"", now=now + dt.timedelta(days=1))
    assert len(late["webhook-signature"].split()) == 1


def test_a_lost_job_is_made_again(planned: Any, now: dt.datetime) -> None:
    delivery = planned()
    assert find_lost(now=now) == 0
    delivery.next_attempt_at = now - dt.timedelta(hours=1)
    delivery.save()
    assert find_lost(now=now) == 0  # its job still waits in the queue
    assert WebhookDelivery.objects.lost(before=now).count() == 1


def test_facts_of_reports_become_calls(
    subscribed: Any, monkeypatch: pytest.MonkeyPatch, now: dt.datetime
) -> None:
    report = a_report(now=now)
    webhooks.tell_received(report.pk)
    webhooks.tell_assigned(report.pk, office_id=1, automatic=False)
    webhooks.tell_answered(report.pk)
    webhooks.tell_closed(report.pk, status="CLOSED_BY_CITIZEN")
    webhooks.tell_reopened(report.pk)
    assert set(WebhookDelivery.objects.values_list("event", flat=True)) == set(EVENTS)


def test_staff_pause_resume_resend_and_remove_on_pages(
    planned: Any,
    subscribed: Any,
    as_user: Any,
    koordinator: Any,
    sari: Any,
    receiver: Receiver,
    now: dt.datetime,
) -> None:
    delivery = planned()
    receiver.status = 410
    attempt(delivery_id=delivery.pk, now=now)
    browser = as_user(koordinator)
    page = browser.get("/meja/aplikasi/kabar-gagal/").content.decode()
    assert URL in page and "410" in page
    again = f"/meja/aplikasi/kabar-gagal/{delivery.pk}/"
    assert as_user(sari).post(again).status_code == 404
    assert browser.post(again).status_code == browser.post(again).status_code == 302
    delivery.refresh_from_db()
    assert delivery.status == DeliveryStatus.QUEUED
    address = f"/meja/aplikasi/kabar/{subscribed[0].pk}/"
    for act, status in (("pause", "PAUSED"), ("pause", "PAUSED"), ("resume", "ACTIVE")):
        assert browser.post(address, {"act": act}).status_code == 302
        subscribed[0].refresh_from_db()
        assert subscribed[0].status == status
    assert "whsec_" in browser.post(address, {"act": "secret"}).content.decode()
    assert browser.post(address, {"act": "remove"}).status_code == 302
    assert not WebhookSubscription.objects.exists() and not WebhookDelivery.objects.exists()


def test_pages_add_an_address_and_say_what_is_wrong(city: Any, as_user: Any, koordinator: Any) -> None:
    client, _words = a_client()
    browser, address = as_user(koordinator), f"/meja/aplikasi/{client.pk}/kabar/"
    wrong = browser.post(address, {"url": "http://10.0.0.1/", "events": EVENTS[:1]})
    assert wrong.status_code == 422 and "https://" in wrong.content.decode()
    assert browser.post(address, {"url": URL}).status_code == 422
    made = browser.post(address, {"url": URL, "events": EVENTS[:1]})
    assert made.status_code == 200 and "whsec_" in made.content.decode()
    assert browser.post(address, {"url": URL, "events": EVENTS}).status_code == 302
    assert WebhookSubscription.objects.get().events == sorted(EVENTS)


def test_others_may_not_touch_them(subscribed: Any, sari: Any, now: dt.datetime) -> None:
    with pytest.raises(NotAllowed):
        actions.remove(subscription_id=subscribed[0].pk, by=sari, now=now)
    assert WebhookSubscription.objects.exists()
