"""Addresses of sealed files: five minutes, one person, and the host is asked again when they are opened."""

import datetime as dt
import uuid

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from pendopo.base.accounts.models import User
from pendopo.base.files import seal_hosts, sealed
from pendopo.base.files.links import LinkRefused
from pendopo.base.files.models import SealedFile

LIFETIME = dt.timedelta(minutes=5)
_signer = Signer(salt="pendopo.files.sealed", sep=".")


def sealed_link(row: SealedFile, *, user: User, purpose: str, now: dt.datetime) -> str:
    """An address that opens the file for `user` alone and for five minutes. `purpose` is handed to the host, which
    checks again and writes it down (at most 80 letters)."""
    until = int((now + LIFETIME).timestamp())
    words = {"file": row.pk.hex, "user": user.pk, "purpose": purpose[:80], "until": until}
    return reverse("files:open-sealed", args=[_signer.sign_object(words, compress=False)])


@transaction.atomic
def opened(token: str, *, user: User, now: dt.datetime) -> tuple[SealedFile, bytes]:
    """The file and its bytes; the host has written down who looked. Raises LinkRefused and SealBroken."""
    try:
        words = _signer.unsign_object(token)
    except (BadSignature, ValueError):
        raise LinkRefused from None
    if words["user"] != user.pk or not user.is_active or now.timestamp() >= words["until"]:
        raise LinkRefused
    row = SealedFile.objects.filter(pk=uuid.UUID(words["file"]), destroyed_at__isnull=True).first()
    if row is None:
        raise LinkRefused
    host = seal_hosts.all_hosts().get(row.host)  # none: its room failed to load, and nobody can ask it
    if host is None or not host.opening(seal_hosts.Opening(row, user, words["purpose"], now)):
        raise LinkRefused
    return row, sealed.open_sealed(row)
