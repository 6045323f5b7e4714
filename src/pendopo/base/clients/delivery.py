"""One call to a subscriber, and what follows from failing."""

import datetime as dt
import json
import logging
import uuid
from typing import Any

from django.db import transaction

from pendopo.base.clients import signing
from pendopo.base.clients.models import (
    DeliveryStatus,
    SubscriptionStatus,
    WebhookDelivery,
    WebhookSubscription,
)
from pendopo.base.clients.webhook_events import webhook_events
from pendopo.kernel import outbound

logger = logging.getLogger(__name__)

TIMEOUT = 10.0  # seconds; the row stays locked so long
# Waiting time after the first, second, … failed try: about 28 hours in all, then a person has to look.
BACK_OFF = (
    dt.timedelta(seconds=10),
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=5),
    dt.timedelta(hours=10),
    dt.timedelta(hours=10),
)
MAX_ATTEMPTS = len(BACK_OFF) + 1
GONE = 410


@transaction.atomic
def attempt(*, delivery_id: uuid.UUID, now: dt.datetime) -> WebhookDelivery | None:
    """Make a queued call. Returns it when it must be tried again at `next_attempt_at`, else None.

    A worker that dies after calling leaves the row queued: the same `webhook-id` is sent again.
    """
    delivery = WebhookDelivery.objects.claim(delivery_id)
    if delivery is None:
        return None
    delivery.attempts += 1
    data = _public_words(delivery)
    if data is None:
        delivery.move_to(DeliveryStatus.DROPPED)
        delivery.last_answer = "NotPublic"
    elif delivery.subscription.status != SubscriptionStatus.ACTIVE:
        _dead(delivery, "Paused")
    else:
        _call(delivery, data, now)
    delivery.save()
    return delivery if delivery.status == DeliveryStatus.QUEUED else None


def message_id(delivery: WebhookDelivery) -> str:
    return f"msg_{delivery.pk.hex}"


def _public_words(delivery: WebhookDelivery) -> dict[str, Any] | None:
    known = webhook_events.get(delivery.event)
    return known.render(delivery.subject_id) if known else None


def _call(delivery: WebhookDelivery, data: dict[str, Any], now: dt.datetime) -> None:
    told = {"type": delivery.event, "timestamp": delivery.happened_at.isoformat(), "data": data}
    body = json.dumps(told, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Pendopo-Webhook/1",
        **signing.headers_for(delivery.subscription, message_id(delivery), body, now=now),
    }
    try:
        answer = outbound.post(delivery.subscription.url, body=body, headers=headers, timeout=TIMEOUT)
    except outbound.OutboundRefused:
        _dead(delivery, "AddressRefused")
        _failing(delivery, now)
    except outbound.OutboundFailed as failure:
        _later(delivery, str(failure), now)
    else:
        _answered(delivery, answer, now)


def _answered(delivery: WebhookDelivery, answer: outbound.Answer, now: dt.datetime) -> None:
    if answer.accepted:
        delivery.move_to(DeliveryStatus.SENT)
        delivery.sent_at, delivery.last_answer = now, str(answer.status)
        WebhookSubscription.objects.filter(pk=delivery.subscription_id).update(
            failing_since=None, last_sent_at=now
        )
    elif answer.status == GONE:
        _dead(delivery, str(answer.status))
        _failing(delivery, now)
    else:
        _later(delivery, str(answer.status), now)


def _later(delivery: WebhookDelivery, reason: str, now: dt.datetime) -> None:
    _failing(delivery, now)
    if delivery.attempts >= MAX_ATTEMPTS:
        _dead(delivery, reason)
        return
    delivery.next_attempt_at = now + BACK_OFF[delivery.attempts - 1]
    delivery.last_answer = reason[:120]
    logger.warning("webhook %s waits: %s", delivery.pk, reason[:120])


def _dead(delivery: WebhookDelivery, reason: str) -> None:
    delivery.move_to(DeliveryStatus.DEAD)
    delivery.last_answer = reason[:120]
    logger.error("webhook %s is dead: %s", delivery.pk, reason[:120])


def _failing(delivery: WebhookDelivery, now: dt.datetime) -> None:
    WebhookSubscription.objects.filter(pk=delivery.subscription_id, failing_since=None).update(
        failing_since=now
    )
