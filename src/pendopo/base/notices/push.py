"""Subscriptions of browsers to push messages (RFC 8030, 8291, 8292): reading, keeping, forgetting them."""

import base64
import binascii
import datetime as dt
import json
from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import transaction
from py_vapid import Vapid02
from pywebpush import WebPusher

from pendopo.base.notices.models import PushSubscription
from pendopo.kernel import outbound

_CLAIM_HOURS = 12  # RFC 8292 allows 24 at most
_POINT = 65  # an uncompressed P-256 point
_SECRET = 16


class SubscriptionRefused(ValueError):
    """What a browser sent is no usable subscription."""


@dataclass(frozen=True)
class Given:
    """A subscription as the browser gives it, read and checked."""

    endpoint: str
    p256dh: str
    auth: str


def read(text: str) -> Given:
    """`JSON.stringify(subscription)`. Raises SubscriptionRefused, also for an address we would never call."""
    try:
        body = json.loads(text[:4000])
        endpoint, keys = str(body["endpoint"]), body["keys"]
        p256dh, auth = str(keys["p256dh"]), str(keys["auth"])
        point, secret = _octets(p256dh), _octets(auth)
        outbound.check(endpoint)
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise SubscriptionRefused(type(problem).__name__) from None
    if len(endpoint) > 1500 or len(point) != _POINT or point[0] != 4 or len(secret) != _SECRET:
        raise SubscriptionRefused("keys")
    return Given(endpoint, _text(point), _text(secret))


@transaction.atomic
def keep(*, given: Given, language: str, now: dt.datetime) -> PushSubscription:
    """The row of this browser; its keys as they are now."""
    row, _fresh = PushSubscription.objects.update_or_create(
        endpoint=given.endpoint,
        defaults={"p256dh": given.p256dh, "auth": given.auth, "language": language},
        create_defaults={"p256dh": given.p256dh, "auth": given.auth, "language": language, "since": now},
    )
    return row


def public_key() -> str:
    """What a browser must know to subscribe (base64url), "" when this installation has no key."""
    return _text(_vapid_point()) if settings.PUSH_KEY else ""


def encrypted(row: PushSubscription, message: dict[str, Any]) -> bytes:
    """The message as only this browser can read it (aes128gcm)."""
    keys = {"p256dh": row.p256dh, "auth": row.auth}
    pusher = WebPusher({"endpoint": row.endpoint, "keys": keys})
    words = json.dumps(message, ensure_ascii=False)
    body: bytes = pusher.encode(words.encode(), "aes128gcm")["body"]
    return body


def headers(row: PushSubscription, *, topic: str, now: dt.datetime) -> dict[str, str]:
    """Who sends, for how long it is worth keeping (a day), and what an older one of the same topic gives way to."""
    parts = urlsplit(row.endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + dt.timedelta(hours=_CLAIM_HOURS)).timestamp()),
        "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
    }
    signed: dict[str, str] = _vapid().sign(claims)
    return {
        **signed,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": "86400",
        "Urgency": "normal",
        "Topic": topic,
    }


@lru_cache(maxsize=1)
def _vapid() -> Vapid02:
    return Vapid02.from_raw(settings.PUSH_KEY.encode())


@lru_cache(maxsize=1)
def _vapid_point() -> bytes:
    point: bytes = _vapid().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return point


def clear_process_cache() -> None:
    """Read the key again (tests change it)."""
    _vapid.cache_clear()
    _vapid_point.cache_clear()


def _octets(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except binascii.Error:
        raise ValueError("base64") from None


def _text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")
