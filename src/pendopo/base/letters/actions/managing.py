"""What the koordinator and administrators set: words, number patterns, letterheads, the way of signing."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.letters import markup, numbers, policy
from pendopo.base.letters.kinds import letter_kinds
from pendopo.base.letters.models import Letterhead, LetterTemplate, NumberPattern, SignerPolicy
from pendopo.base.letters.signing import certificates
from pendopo.base.letters.signing.ways import LABELS, SEAL, signer_of
from pendopo.base.organizations.models import Organization
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean, clean_line


@transaction.atomic
def write_template(
    *, key: str, title: str, body: str, seen: int, by: User, now: dt.datetime
) -> LetterTemplate:
    """A new version of a kind's words, in force from today. `seen` is the version the writer started from.

    The same words again make no new version. Raises NotAllowed, Refused with the field's name.
    """
    require(policy.may_manage, by)
    kind = letter_kinds.get(key)
    if kind is None:
        raise Refused(_("Jenis surat ini tidak ada lagi."))
    title, body = clean_line(title), clean(body)
    for field, sentence in markup.faults(title, body, kind.samples):
        raise Refused(sentence, field=field)
    rows = LetterTemplate.objects.filter(key=key)
    list(rows.select_for_update().values_list("pk"))  # who waited here reads what the other one wrote
    latest: LetterTemplate | None = rows.order_by("-version").first()
    if latest is not None and (latest.title, latest.body) == (title, body):
        return latest
    if latest is not None and latest.version != seen:
        raise Refused(_("Orang lain baru saja menulis versi baru. Bandingkan dulu, lalu simpan lagi."))
    number = latest.version + 1 if latest else 1
    written = LetterTemplate.objects.create(
        key=key, version=number, title=title, body=body, valid_from=clock.local_date(now), created_at=now,
        created_by=by,
    )  # fmt: skip
    record(
        actor=by,
        verb="letters.template_changed",
        subject=written,
        facts={"version": number, "template": kind.label},
        at=now,
    )
    return written


@transaction.atomic
def write_pattern(*, series: str, pattern: str, by: User, now: dt.datetime) -> NumberPattern:
    """A new way of writing a register's numbers, from today. Raises NotAllowed, Refused."""
    require(policy.may_manage, by)
    pattern = clean_line(pattern)
    if why := numbers.fault(pattern):
        raise Refused(why, field="pattern")
    today = clock.local_date(now)
    known = NumberPattern.objects.in_force(series, on=today)
    if known is not None and known.pattern == pattern:
        return known
    row = NumberPattern.objects.create(
        series=series, pattern=pattern, valid_from=today, changed_at=now, changed_by=by
    )
    facts = {"series": series, "pattern": pattern}
    record(actor=by, verb="letters.pattern_changed", subject=row, facts=facts, at=now)
    return row


@transaction.atomic
def write_letterhead(
    *, office: Organization, address: str, place: str, by: User, now: dt.datetime
) -> Letterhead:
    """What stands at the head of an office's letters from now on. Raises NotAllowed."""
    require(policy.may_manage, by)
    row, _made = Letterhead.objects.update_or_create(
        office=office, defaults={"address": clean_line(address), "place": clean_line(place)}
    )
    record(
        actor=by,
        verb="letters.letterhead_changed",
        subject=row,
        organization=office,
        facts={"office": office.name},
        at=now,
    )
    return row


@transaction.atomic
def choose_signer(*, signer: str, by: User, now: dt.datetime) -> SignerPolicy:
    """Which way is offered first to people who sign; the same again changes nothing. Raises NotAllowed, Refused."""
    require(policy.may_manage, by)
    if signer not in LABELS:
        raise Refused(_("Pilihan ini tidak ada. Pilih dari daftar."), field="signer")
    known = SignerPolicy.objects.in_force(on=clock.local_date(now))
    if known is not None and known.signer == signer:
        return known
    row = SignerPolicy.objects.create(
        signer=signer, valid_from=clock.local_date(now), changed_at=now, changed_by=by
    )
    record(actor=by, verb="letters.signer_changed", subject=row, facts={"signer": LABELS[signer]}, at=now)
    return row


def try_seal(pdf: bytes, *, by: User, now: dt.datetime) -> bytes:
    """A sample with the seal on it, to be looked at. Raises NotAllowed, SigningFailed."""
    require(policy.may_manage, by)
    signed = signer_of(SEAL).sign(pdf, reason="Uji segel", place="", secret=None, now=now)
    record(actor=by, verb="letters.seal_tested", subject=None, at=now)
    return signed.pdf


def make_certificate(name: str, *, now: dt.datetime) -> str:
    """Make the certificate for trying out; where it lies. Raises Refused."""
    try:
        return str(certificates.make(name, now=now))
    except certificates.Unusable as no:
        raise Refused(str(no)) from None
