"""The letter that proves an address."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from pendopo.base.notices.actions import Recipient, send
from pendopo.base.privacy import proof


@transaction.atomic
def send_proof(*, email: str, language: str, now: dt.datetime) -> None:
    """Send the link, to whoever owns the address; says to nobody whether we know it."""
    link = reverse("privacy:prove", args=[proof.link_token(email)])
    send(
        event="privacy.proof",
        to=Recipient(user=None, email=email, language=language),
        context={"url": settings.PUBLIC_URL + link},
        about=None,
        dedupe_key=f"privacy.proof:{now.timestamp():.3f}",
        now=now,
    )
