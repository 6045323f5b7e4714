"""Tokens and signatures. Webhooks follow the Standard Webhooks form, so receivers find libraries for it.

webhook-id: msg_…            the same on every retry: receivers drop doubles by it
webhook-timestamp: seconds   refuse what is older than five minutes
webhook-signature: v1,…      base64(HMAC-SHA256(secret, "{id}.{timestamp}.{body}")), several by blanks
"""

import base64
import datetime as dt
import hashlib
import hmac
import secrets

from django.utils.crypto import salted_hmac

from pendopo.base.clients.models import WebhookSubscription

_LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
TOKEN_START = "pdp_"  # noqa: S105 - the public start by which secret scanners know our tokens
PREFIX_LENGTH = 12


def new_token() -> str:
    """`pdp_xxxxxxxx_` and 256 random bits."""
    known_by = "".join(secrets.choice(_LETTERS) for _ in range(PREFIX_LENGTH - len(TOKEN_START)))
    return f"{TOKEN_START}{known_by}_{secrets.token_urlsafe(32)}"


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_seed() -> str:
    return secrets.token_hex(24)


def webhook_secret(seed: str) -> str:
    """The receiver's secret as it is shown once: `whsec_` and base64."""
    return "whsec_" + base64.b64encode(_key(seed)).decode()


def headers_for(
    subscription: WebhookSubscription, message_id: str, body: bytes, *, now: dt.datetime
) -> dict[str, str]:
    """The three headers of one call, signed with the present secret and, for a day, with the one before it."""
    seeds = [subscription.seed]
    if subscription.previous_seed and subscription.previous_until and now < subscription.previous_until:
        seeds.append(subscription.previous_seed)
    stamp = str(int(now.timestamp()))
    signed = f"{message_id}.{stamp}.".encode() + body
    marks = [base64.b64encode(hmac.digest(_key(seed), signed, "sha256")).decode() for seed in seeds]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{mark}" for mark in marks),
    }


def _key(seed: str) -> bytes:
    return salted_hmac("pendopo.clients.webhook", seed, algorithm="sha256").digest()
