"""Programs for tests, let in by the real actions."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pendopo.base.clients.actions import managing
from pendopo.base.clients.models import ApiClient
from pendopo.base.clients.scopes import scopes
from pendopo.base.organizations.models import Organization
from pendopo.kernel import clock


def a_client(
    *,
    name: str = "Kota Pintar",
    allowed: Sequence[str] | None = None,
    per_minute: int = 10_000,
    per_day: int = 100_000,
    now: dt.datetime | None = None,
    **more: Any,
) -> tuple[ApiClient, str]:
    """A client with every scope (or those named) and a token's words. Needs a government."""
    moment = now or clock.now()
    given = {
        "name": name,
        "office": Organization.objects.get(is_intake=True),
        "contact_role": "Kepala Bidang Aplikasi",
        "contact_email": "aplikasi@kota.example",
        "purpose": "Aplikasi warga",
        "scopes": [one.key for one in scopes] if allowed is None else allowed,
        "per_minute": per_minute,
        "per_day": per_day,
        "valid_from": clock.local_date(moment),
        **more,
    }
    client = managing.create_client(facts=managing.ClientFacts(**given), by=None, now=moment)
    _token, words = managing.issue_token(client_id=client.pk, label="uji", by=None, now=moment)
    return client, words


def bearer(words: str) -> dict[str, str]:
    """The header of a token."""
    return {"Authorization": f"Bearer {words}"}
