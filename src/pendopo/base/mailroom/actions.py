"""What staff do with a mail that waits for them: find – may – change – record – tell."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.mailroom import handling, jobs, policy
from pendopo.base.mailroom.handlers import Letter, MailHandler, Outcome, handler_for
from pendopo.base.mailroom.models import Mail, RawMail, Status
from pendopo.base.mailroom.reading import Unreadable
from pendopo.kernel.errors import NotAllowed, Refused, require
from pendopo.kernel.text import clean_line


def _find(mail_id: int, by: User, *, to: Status) -> Mail:
    """The mail, locked, if this person may decide about it. Raises Mail.DoesNotExist, NotAllowed, Refused."""
    mail = Mail.objects.select_for_update().get(pk=mail_id)
    require(policy.may_decide, by, mail)
    if not Mail.TRANSITIONS.allows(mail.status, to):
        raise Refused(_("Surat ini sudah ditangani."))
    return mail


def _letter(mail: Mail) -> tuple[Letter, MailHandler]:
    handler = handler_for("")
    if handler is None:
        raise Refused(_("Belum ada bagian yang menerima surat."))
    try:
        return handling.letter_of(mail, handling.read_again(mail)), handler
    except Unreadable:
        raise Refused(_("Surat ini tidak terbaca. Buka di program surel, atau buang.")) from None


@transaction.atomic
def make_case(*, mail_id: int, by: User, now: dt.datetime) -> Outcome:
    """Make a new case of the mail. Raises Refused, NotAllowed, Mail.DoesNotExist."""
    mail = _find(mail_id, by, to=Status.HANDLED)
    letter, handler = _letter(mail)
    outcome = handler.take_in(letter, by=by, now=now)
    _close(mail, outcome, handler, "made_case", by, now)
    return outcome


@transaction.atomic
def add_to_case(*, mail_id: int, code: str, by: User, now: dt.datetime) -> Outcome:
    """Add the mail's new words and photos to a case. Raises Refused, NotAllowed, Mail.DoesNotExist."""
    mail = _find(mail_id, by, to=Status.HANDLED)
    letter, handler = _letter(mail)
    outcome = handler.add_to(letter, code, by=by, now=now)
    _close(mail, outcome, handler, "added_to_case", by, now)
    return outcome


def _close(mail: Mail, outcome: Outcome, handler: MailHandler, verb: str, by: User, now: dt.datetime) -> None:
    mail.done_by = by
    handling.close(mail, outcome, handler, now)
    record(
        actor=by, verb=f"mailroom.{verb}", subject=mail, at=now,
        facts={"kind": handler.key}, restricted=outcome.case_is_secret,
    )  # fmt: skip


@transaction.atomic
def discard(*, mail_id: int, why: str, by: User, now: dt.datetime) -> Mail:
    """Throw a mail away with a reason; bytes and words go at once. Raises Refused, NotAllowed, Mail.DoesNotExist."""
    mail = _find(mail_id, by, to=Status.DISCARDED)
    words = clean_line(why)[:300]
    if len(words) < 5:
        raise Refused(_("Tulis alasannya, supaya rekan Anda mengerti."), field="why")
    mail.move_to(Status.DISCARDED, now=now, reason=mail.reason)
    mail.words, mail.remark, mail.done_by = "", words, by
    mail.save()
    RawMail.objects.filter(mail=mail).delete()
    record(actor=by, verb="mailroom.discarded", subject=mail, at=now, restricted=mail.secret)
    return mail


@transaction.atomic
def try_again(*, mail_id: int, by: User, now: dt.datetime) -> Mail:
    """Read a dead mail again from the start. Raises Refused, NotAllowed, Mail.DoesNotExist."""
    mail = _find(mail_id, by, to=Status.RECEIVED)
    if not RawMail.objects.filter(mail=mail).exists():
        raise Refused(_("Surat aslinya sudah tidak disimpan."))
    mail.move_to(Status.RECEIVED, now=now)
    mail.attempts, mail.last_error, mail.next_attempt_at = 0, "", now
    mail.save()
    record(actor=by, verb="mailroom.tried_again", subject=mail, at=now, restricted=mail.secret)
    jobs.enqueue(mail)
    return mail


def decide(*, mail_id: int, act: str, words: str, by: User, now: dt.datetime) -> None:
    """What the page's buttons do: "make", "add" (to the number in `words`), "discard" (because of `words`), "again".

    Raises what the act raises, and NotAllowed for an act that does not exist.
    """
    if act == "make":
        make_case(mail_id=mail_id, by=by, now=now)
    elif act == "add":
        add_to_case(mail_id=mail_id, code=words, by=by, now=now)
    elif act == "discard":
        discard(mail_id=mail_id, why=words, by=by, now=now)
    elif act == "again":
        try_again(mail_id=mail_id, by=by, now=now)
    else:
        raise NotAllowed(act)


@transaction.atomic
def look(*, mail_id: int, by: User, now: dt.datetime) -> Mail:
    """Open one mail: its sender and words are personal data, so the look is history."""
    mail = Mail.objects.visible_to(by).get(pk=mail_id)
    record(actor=by, verb="mailroom.opened", subject=mail, at=now, restricted=mail.secret)
    return mail
