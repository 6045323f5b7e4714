"""Making a letter: number, words, paper, file – all or nothing. And taking one back."""

import datetime as dt
import hashlib
import logging
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.files import actions as files
from pendopo.base.files.examine import PDFS, Examined
from pendopo.base.files.models import File, FileKind
from pendopo.base.letters import markup, numbers, papers, seeds
from pendopo.base.letters.actions.signing import seal, told
from pendopo.base.letters.kinds import About, LetterKind, SignedBy, Value, letter_kinds
from pendopo.base.letters.models import Letter, LetterTemplate, NumberPattern, Status
from pendopo.base.letters.papers import Paper, Signatory
from pendopo.base.letters.signing.ways import SigningFailed
from pendopo.base.organizations.models import Organization
from pendopo.kernel import clock, ids
from pendopo.kernel.errors import Refused
from pendopo.kernel.text import clean

logger = logging.getLogger(__name__)


@transaction.atomic
def issue(
    *,
    kind: str,
    about: About,
    office: Organization,
    to: str,
    context: Mapping[str, Value],
    by: User | None,
    now: dt.datetime,
    once: str,
    sign: bool = True,
    signatory: Signatory | None = None,
    copies: str = "",
    enclosure: str = "",
) -> Letter:
    """Number, print and keep a letter; one with a seal is sealed at once when `sign`.

    `once` names the act: the same word again returns the letter that is there, whatever else was given. `context`
    fills the kind's placeholders; each must be given, "" for none. `signatory` is whom the letter names;
    without it, the office. Whether `by` may issue is the room's question. A seal that fails leaves the letter
    ISSUED, with `last_error`. Raises LookupError for an unknown kind, ValueError for a context that does not fit.
    """
    made = letter_kinds.get(kind)
    if made is None:
        raise LookupError(f"no letter kind {kind!r}")
    _take_turns(once)
    known = Letter.objects.filter(once=once).first()
    if known is not None:
        return known
    values = _fitting(made, context)
    today = clock.local_date(now)
    template, pattern = template_of(made, now=now), _pattern(made, now)
    letter = Letter(
        kind=kind, template=template, about_kind=about[0], about_id=about[1], once=once, slug=_slug(),
        office=office, series=made.series, year=today.year, title=markup.line_of(template.title, values)[:300],
        addressee=clean(to), copies=clean(copies), context=values, language=papers.LANGUAGE, created_at=now,
        signer_name=signatory.name if signatory else "", signer_title=signatory.title if signatory else office.name,
    )  # fmt: skip
    letter.number = numbers.take(made.series, office.pk, today.year)
    letter.written = numbers.written(pattern, letter.number, today, office)
    pdf = papers.pdf_of(_paper(letter, made, template, values, today, signatory, enclosure))
    keep(letter, pdf, by=by, now=now)
    letter.move_to(Status.ISSUED)
    letter.issued_at = now
    letter.save(force_insert=True)
    record(
        actor=by,
        verb="letters.issued",
        subject=letter,
        organization=office,
        facts={"kind": made.label},
        at=now,
    )
    if sign and made.signed_by == SignedBy.SEAL:
        _sealed_if_possible(letter, pdf, made, now=now)
    return letter


@transaction.atomic
def revoke(
    *, letter_id: int, reason: str, by: User | None, now: dt.datetime, replaced_by: Letter | None = None
) -> Letter:
    """Take a letter back. Its number stays used and its page says so. Whether `by` may is the room's question.

    Raises RefusedTransition (already revoked), Letter.DoesNotExist.
    """
    letter = Letter.objects.select_for_update().get(pk=letter_id)
    letter.move_to(Status.REVOKED)
    letter.revoked_at, letter.revoke_reason, letter.replaced_by = now, clean(reason)[:300], replaced_by
    letter.save(update_fields=["status", "revoked_at", "revoke_reason", "replaced_by"])
    record(
        actor=by, verb="letters.revoked", subject=letter, organization=letter.office_id,
        facts={"reason": letter.revoke_reason}, at=now,
    )  # fmt: skip
    return letter


@transaction.atomic
def forget(*, about: About, now: dt.datetime) -> int:
    """Wipe what names people in the letters on a subject: addressee, filled words, file. How many there were.

    Number, date, office, signer and hash stay: a register has no gaps, and a copy that a citizen holds can still
    be checked.
    """
    letters = list(Letter.objects.about(*about).select_for_update())
    for letter in letters:
        letter.addressee, letter.copies, letter.context, letter.file = "", "", {}, None
        letter.title = str(getattr(letter_kinds.get(letter.kind), "label", letter.kind))[:300]
        letter.save(update_fields=["addressee", "copies", "context", "file", "title"])
        record(actor=None, verb="letters.forgotten", subject=letter, organization=letter.office_id, at=now)
    return len(letters)


def template_of(kind: LetterKind, *, now: dt.datetime) -> LetterTemplate:
    """The version in force; the room's own words become version 1 of a kind that has none yet."""
    found = LetterTemplate.objects.in_force(kind.key, on=clock.local_date(now))
    if found is None:
        found, _new = LetterTemplate.objects.get_or_create(
            key=kind.key,
            version=1,
            defaults={
                "title": kind.default_title, "body": kind.default_body, "valid_from": seeds.SINCE, "created_at": now,
            },
        )  # fmt: skip
    return found


def keep(letter: Letter, pdf: bytes, *, by: User | None, now: dt.datetime) -> File:
    """Store the paper's bytes as the letter's file; the row is saved by the caller."""
    kind = letter_kinds.get(letter.kind)
    label = told(kind) if kind else letter.kind
    name = f"{label[:60]} {letter.written}.pdf".replace("/", "-")
    whole = Examined(FileKind.PDF, name[:120], "application/pdf", pdf)
    letter.file = files.store(upload=whole, by=by, now=now, allowed=PDFS)
    letter.sha256 = hashlib.sha256(pdf).hexdigest()
    return letter.file


def _sealed_if_possible(letter: Letter, pdf: bytes, kind: LetterKind, *, now: dt.datetime) -> None:
    try:
        seal(letter, pdf, kind, now=now)
    except SigningFailed as no:
        letter.last_error = str(no)[:300]
        letter.save(update_fields=["last_error"])
        record(
            actor=None, verb="letters.sign_failed", subject=letter, organization=letter.office_id,
            facts={"why": letter.last_error}, at=now,
        )  # fmt: skip


def _fitting(kind: LetterKind, context: Mapping[str, Value]) -> dict[str, Any]:
    """The context as the kind declares it, cleaned. A fault here is a fault of the room's code."""
    if set(context) != set(kind.placeholders):
        odd = ", ".join(sorted(set(context) ^ set(kind.placeholders)))
        raise ValueError(f"{kind.key}: context and placeholders differ in {odd}")
    values: dict[str, Any] = {}
    for name, sample in kind.samples.items():
        given = context[name]
        if isinstance(given, str) != isinstance(sample, str):
            raise ValueError(f"{kind.key}: {name} is {'words' if isinstance(sample, str) else 'a table'}")
        values[name] = clean(given) if isinstance(given, str) else dict(given)
    return values


def _take_turns(once: str) -> None:
    """Two that make the same letter at once wait for each other, so that the second finds the first's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"letters:{once}"])


def _pattern(kind: LetterKind, now: dt.datetime) -> str:
    row = NumberPattern.objects.in_force(kind.series, on=clock.local_date(now))
    return row.pattern if row else kind.number_pattern


def _slug() -> str:
    """80 random bits: who holds the paper finds its page, nobody else does."""
    return ids.new_slug() + ids.new_slug()[:6]


def _paper(
    letter: Letter,
    kind: LetterKind,
    template: LetterTemplate,
    values: Mapping[str, Value],
    on: dt.date,
    signatory: Signatory | None,
    enclosure: str,
) -> Paper:
    return Paper(
        kind=kind, office=letter.office, number=letter.written, on=on, title=template.title, body=template.body,
        values=values, signatory=signatory or Signatory(letter.office.name), addressee=letter.addressee,
        copies=letter.copies, enclosure=enclosure, slug=letter.slug, shown_slug=letter.shown_slug,
    )  # fmt: skip


def preview(
    *, kind: LetterKind, title: str, body: str, office: Organization, now: dt.datetime,
    values: Mapping[str, Value] | None = None,
) -> Paper:  # fmt: skip
    """A sample of a kind with the words given, filled with the room's samples. Raises Refused for faults."""
    for name, sentence in markup.faults(title, body, kind.samples):
        raise Refused(sentence, field=name)
    return Paper(
        kind=kind, office=office, number="contoh", on=clock.local_date(now), title=title, body=body,
        values={**kind.samples, **(values or {})}, addressee="Nama Pemohon\nJalan Contoh 1",
        signatory=Signatory(office.name, "" if kind.signed_by == SignedBy.SEAL else "Nama Pejabat"),
    )  # fmt: skip
