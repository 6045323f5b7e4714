"""What pages ask: the letter behind a code, and how a person may sign."""

import datetime as dt
from itertools import islice
from typing import Any

from pendopo.base.letters.models import Letter, SignerPolicy, Status
from pendopo.base.letters.policy import may_sign
from pendopo.base.letters.signing import bsre_ready, certificates
from pendopo.base.letters.signing.ways import BSRE, SEAL, UPLOAD
from pendopo.kernel import clock


def genuine(slug: str) -> Letter | None:
    """The letter with this code, or None. Whoever holds the paper may know what its page says."""
    if not slug:
        return None
    issued = Letter.objects.exclude(status=Status.DRAFT).select_related("office", "replaced_by")
    return issued.defer("addressee", "context", "copies", "title").filter(slug=slug).first()


def to_sign(user: Any, *, most: int, kinds: str = "") -> list[Letter]:
    """Waiting letters that this person may sign, the oldest first; only of kinds that begin so. The word of each
    kind decides, so what waits for others is read past, however much it is."""
    waiting = Letter.objects.visible_to(user).waiting().filter(kind__startswith=kinds)
    rows = waiting.select_related("office").defer("context", "copies").order_by("issued_at", "pk")
    return list(islice((one for one in rows.iterator(chunk_size=500) if may_sign(user, one)), most))


def default_signer(*, now: dt.datetime) -> str:
    """The way of signing offered first: as decided, else BSrE, the seal, or uploading, by what there is."""
    row = SignerPolicy.objects.in_force(on=clock.local_date(now))
    if row is not None:
        return row.signer
    return BSRE if bsre_ready() else SEAL if _sealable() else UPLOAD


def ways_for(*, now: dt.datetime) -> list[str]:
    """The ways a person may choose, the usual one first. Uploading always is one."""
    first = default_signer(now=now)
    usable = [key for key, there in ((first, True), (BSRE, bsre_ready()), (UPLOAD, True)) if there]
    return list(dict.fromkeys(usable))


def _sealable() -> bool:
    try:
        return certificates.state() is not None
    except certificates.Unusable:
        return False
