"""One try to read a mail and hand it to its room, and what follows from failing."""

import datetime as dt
import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, transaction

from pendopo.base.audit.actions import record
from pendopo.base.mailroom import judging, policies
from pendopo.base.mailroom.handlers import Letter, MailHandler, Outcome, handler_for
from pendopo.base.mailroom.models import Mail, Proof, RawMail, Reason, Status
from pendopo.base.mailroom.plain import new_words, without_signature
from pendopo.base.mailroom.reading import Read, Unreadable, read, tokens_in
from pendopo.base.notices.models import Notice
from pendopo.kernel.errors import Refused

logger = logging.getLogger(__name__)

BACK_OFF = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=6),
)
MAX_ATTEMPTS = len(BACK_OFF) + 1


def attempt(*, mail_id: int, now: dt.datetime) -> Mail | None:
    """Read an unread mail. Returns it when it must be tried again at `next_attempt_at`, else None.

    The try is counted and committed first: a mail that kills its worker every time ends as a dead letter.
    """
    if not _begin(mail_id, now):
        return None
    try:
        _read_and_hand_over(mail_id, now)
    except DatabaseError as error:
        return _failed(mail_id, type(error).__name__, now)
    except Exception as error:  # a bug in one room must not lose a mail, nor show its words in a log
        return _failed(mail_id, type(error).__name__, now)
    return None


@transaction.atomic
def _begin(mail_id: int, now: dt.datetime) -> bool:
    mail = Mail.objects.claim(mail_id)
    if mail is None:
        return False
    if mail.attempts >= MAX_ATTEMPTS:  # the last try never came back
        _die(mail, Reason.FAILED, mail.last_error or "WorkerLost", now)
        return False
    mail.next_attempt_at = now + BACK_OFF[min(mail.attempts, len(BACK_OFF) - 1)]
    mail.attempts += 1
    mail.save(update_fields=["attempts", "next_attempt_at"])
    return True


@transaction.atomic
def _failed(mail_id: int, error: str, now: dt.datetime) -> Mail | None:
    mail = Mail.objects.claim(mail_id)
    if mail is None:
        return None
    mail.last_error = error[:60]
    if mail.attempts >= MAX_ATTEMPTS:
        _die(mail, Reason.FAILED, error, now)
        return None
    mail.save(update_fields=["last_error"])
    logger.warning("mail %s waits: %s", mail_id, error)
    return mail


def _die(mail: Mail, reason: str, error: str, now: dt.datetime) -> None:
    mail.move_to(Status.DEAD, now=now, reason=reason)
    mail.last_error = error[:60]
    mail.save()
    logger.error("mail %s is dead: %s", mail.pk, error)


@transaction.atomic
def _read_and_hand_over(mail_id: int, now: dt.datetime) -> None:
    mail = Mail.objects.claim(mail_id)
    if mail is None:
        return
    try:
        found = read_again(mail)
    except Unreadable as no:
        _die(mail, Reason.UNREADABLE, str(no), now)
        return
    _note(mail, found)
    own = judging.own_addresses(settings.DEFAULT_FROM_EMAIL, settings.MAIL_IN_ADDRESS)
    no_letter = judging.no_letter(found, own=own, bounce=mail.bounce)
    if no_letter:
        _ignore(mail, no_letter, now)
    elif not (found.text or found.files or found.subject):
        _ignore(mail, Reason.EMPTY, now)
    else:
        _hand_over(mail, found, now)


def read_again(mail: Mail) -> Read:
    """The mail from its bytes. Raises Unreadable, also when they are gone."""
    raw = RawMail.objects.filter(mail=mail).first()
    if raw is None:
        raise Unreadable("Gone")
    return read(bytes(raw.content))


def _note(mail: Mail, found: Read) -> None:
    """What the list and the page show. The caller saves."""
    mail.sender, mail.sender_name, mail.subject = found.sender, found.sender_name, found.subject
    mail.words = found.text
    mail.enclosed = [one.name for one in found.files] + found.left_out
    mail.proof = judging.proof_of(found, authserv_id=settings.MAIL_IN_AUTHSERV_ID)
    mail.secret = judging.asks_for_secrecy(found.subject)


def _ignore(mail: Mail, reason: str, now: dt.datetime) -> None:
    mail.move_to(Status.IGNORED, now=now, reason=reason)
    mail.save()


def _hand_over(mail: Mail, found: Read, now: dt.datetime) -> None:
    answered = _answered(mail, found)
    handler = handler_for(answered.about_kind if answered else "")
    if not mail.sender or handler is None:
        hold(mail, Outcome(reason=Reason.REFUSED if mail.sender else Reason.NO_SENDER), handler, now)
        return
    if not policies.may_write(mail.sender, now=now):
        hold(
            mail,
            Outcome(about_id=answered.about_id if answered else None, reason=Reason.TOO_MANY),
            handler,
            now,
        )
        return
    letter = letter_of(mail, found, answered)
    finish(mail, handler, lambda: handler.receive(letter, now=now), now=now)


def _answered(mail: Mail, found: Read) -> Notice | None:
    """Our own letter that this mail answers, by its secret name in the address or in the references."""
    headers = ("to", "cc", "delivered-to", "x-original-to", "in-reply-to", "references")
    values = [value for name in headers for value in found.headers.get(name, [])]
    tokens = tokens_in(mail.recipient, *values)
    letters = {row.token.hex: row for row in Notice.objects.filter(token__in=tokens).exclude(about_kind="")}
    return next((letters[token] for token in tokens if token in letters), None)


def letter_of(mail: Mail, found: Read, answered: Notice | None = None) -> Letter:
    """The mail as a room gets it."""
    subject = judging.subject_without_mark(found.subject)
    return Letter(
        mail_id=mail.pk,
        sender=mail.sender,
        sender_name=mail.sender_name,
        subject=subject,
        words=without_signature(found.text),
        new_words=new_words(found.text),
        files=found.files,
        left_out=found.left_out,
        proven=mail.proof == Proof.PASS,
        forged=mail.proof == Proof.FAIL,
        secret=mail.secret,
        received_at=mail.received_at,
        answers_id=answered.about_id if answered else None,
        answers_address=answered.address.lower() if answered else "",
    )


def finish(mail: Mail, handler: MailHandler, act: Callable[[], Outcome], *, now: dt.datetime) -> None:
    """Let the room act on a claimed mail, and close it or put it before a person. The caller's transaction."""
    try:
        with transaction.atomic():
            outcome = act()
    except Refused as no:
        outcome = Outcome(reason=Reason.REFUSED, remark=str(no))
    if outcome.reason:
        hold(mail, outcome, handler, now)
        return
    close(mail, outcome, handler, now)
    record(
        actor=None, verb="mailroom.handled", subject=mail, at=now,
        facts={"kind": handler.key}, restricted=outcome.case_is_secret,
    )  # fmt: skip


def close(mail: Mail, outcome: Outcome, handler: MailHandler, now: dt.datetime) -> None:
    """The mail did its work: its bytes and words stand in the case now, so they go from here."""
    mail.move_to(Status.HANDLED, now=now)
    mail.about_kind, mail.about_id = handler.about_kind, outcome.about_id
    mail.words, mail.last_error, mail.remark = "", "", outcome.remark[:300]
    mail.save()
    RawMail.objects.filter(mail=mail).delete()


def hold(mail: Mail, outcome: Outcome, handler: MailHandler | None, now: dt.datetime) -> None:
    """Put the mail before a person."""
    mail.move_to(Status.HELD, now=now, reason=outcome.reason)
    if handler is not None and outcome.about_id is not None:
        mail.about_kind, mail.about_id = handler.about_kind, outcome.about_id
    mail.remark = outcome.remark[:300]
    mail.save()
