"""Atasan PPID answers an objection (UU 14/2008 Pasal 35–36): upholds with reasons, changes, or settles."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.base.cases.models import MessageKind
from pendopo.domains.information import letters, telling, telling_desk
from pendopo.domains.information.actions import deciding
from pendopo.domains.information.actions.clockwork import drop, start_anew
from pendopo.domains.information.actions.common import (
    find_objection,
    line_of,
    lock_request,
    reason_of,
    remember,
    say,
)
from pendopo.domains.information.actions.grounding import GIVES, Draft
from pendopo.domains.information.models import Objection, ObjectionClock, ObjectionStatus, Outcome
from pendopo.domains.information.policy import desk as policy
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused, require


@transaction.atomic
def review(*, objection_id: int, body: str = "", by: User, now: dt.datetime) -> Objection:
    """The objection is being looked into; what was found so far stands as a note."""
    objection = find_objection(objection_id, by)
    require(policy.may_review, by, objection)
    objection.handler = objection.handler or by
    objection.touch("handler", now=now)
    objection.move_to(ObjectionStatus.REVIEWED, now=now)
    if body.strip():
        say(objection, MessageKind.NOTE, reason_of(body, field="body", least=1), by=by, now=now)
    remember(objection, "reviewed", by=by, now=now, public=True)
    return objection


@transaction.atomic
def note(*, objection_id: int, body: str, by: User, now: dt.datetime) -> Objection:
    objection = find_objection(objection_id, by)
    require(policy.may_note_objection, by, objection)
    words = reason_of(body, field="body", least=1, said=_("Tulis catatannya dulu."))
    say(objection, MessageKind.NOTE, words, by=by, now=now)
    objection.touch(now=now)
    remember(objection, "noted", by=by, now=now)
    return objection


@transaction.atomic
def ask_explanation(*, objection_id: int, body: str, by: User, now: dt.datetime) -> Objection:
    """Ask PPID Utama to explain; it answers by a note. The person who objects reads neither."""
    objection = find_objection(objection_id, by)
    require(policy.may_prepare, by, objection)
    words = reason_of(body, field="body", said=_("Tulis apa yang perlu dijelaskan PPID."))
    message = say(objection, MessageKind.NOTE, words, by=by, now=now)
    objection.touch(now=now)
    remember(objection, "explanation_asked", by=by, now=now)
    telling_desk.tell_ppid(objection, "objections.explain", now=now, once=f"m{message.pk}")
    return objection


@transaction.atomic
def answer(
    *, objection_id: int, outcome: str, body: str, post: str = "", draft: Draft | None = None, by: User,
    now: dt.datetime,
) -> Objection:  # fmt: skip
    """The written answer. CHANGED also writes the new notice of the request, by the same rules as any other.

    Raises Refused (a field lacks what the law asks), NotAllowed.
    """
    objection = find_objection(objection_id, by)
    require(policy.may_answer_objection, by, objection)
    if outcome not in Outcome.values:
        raise Refused(_("Pilih keputusannya."), field="outcome")
    if outcome == Outcome.SETTLED and not policy.may_settle(by, objection):
        raise Refused(
            _("Penolakan dengan alasan pengecualian tidak diselesaikan dengan musyawarah (Pasal 35 ayat 2)."),
            field="outcome",
        )
    words = reason_of(body, field="body", said=_("Tulis tanggapan dan alasannya. Pemohon akan membacanya."))
    if outcome == Outcome.CHANGED:
        _change(objection, draft, by=by, now=now)
    objection.outcome, objection.answer, objection.answered_at = outcome, words, now
    objection.answered_by_name, objection.answered_by_post = str(by)[:120], line_of(post, 160)
    objection.answered_in_time = clocks.stop(objection, "reply", now=now)
    objection.touch(
        "outcome",
        "answer",
        "answered_at",
        "answered_by_name",
        "answered_by_post",
        "answered_in_time",
        now=now,
    )
    objection.move_to(ObjectionStatus.ANSWERED, now=now)
    start_anew(objection, "dispute", at=now, now=now)
    say(objection, MessageKind.ANSWER, words, by=by, now=now)
    remember(objection, "answered", by=by, now=now, public=True, facts={"outcome": Outcome(outcome).label})
    letters.objection_answer(objection, by=by, now=now)
    with override(objection.language):
        said = str(Outcome(outcome).label)
    telling.tell_objector(objection, "answered", now=now, once="answered", outcome=said)
    return objection


def _change(objection: Objection, draft: Draft | None, *, by: User, now: dt.datetime) -> None:
    """What the requester gets after all. An objection about a missing berkala entry has no request to change."""
    if objection.request_id is None:
        return
    if draft is None or draft.kind not in GIVES:
        raise Refused(_("Isi apa yang sekarang diberikan kepada pemohon."), field="kind")
    request = lock_request(objection.request_id)
    deciding.settle(request, draft, by=by, now=now, objection=objection)


@transaction.atomic
def write_response(*, objection_id: int, response: str, by: User, now: dt.datetime) -> Objection:
    """How the requester took the answer: a column of the statutory register."""
    objection = find_objection(objection_id, by)
    require(policy.may_write_response, by, objection)
    objection.requester_response = reason_of(
        response, field="response", least=3, said=_("Tulis tanggapan pemohon.")
    )
    objection.touch("requester_response", now=now)
    remember(objection, "response_written", by=by, now=now)
    return objection


@transaction.atomic
def withdraw(*, objection_id: int, reason: str, by: User, now: dt.datetime) -> Objection:
    """Close on the word of the person who objects, given to an officer."""
    objection = find_objection(objection_id, by)
    require(policy.may_withdraw_objection, by, objection)
    words = reason_of(reason)
    objection.move_to(ObjectionStatus.WITHDRAWN, now=now)
    drop(objection, "reply", "dispute", now=now)
    say(objection, MessageKind.NOTE, words, by=by, now=now)
    remember(objection, "withdrawn_by_staff", by=by, now=now, public=True)
    telling.tell_objector(objection, "closed_on_word", now=now, once="withdrawn")
    return objection


@transaction.atomic
def note_silence(*, objection_id: int, today: dt.date, now: dt.datetime) -> bool:
    """Atasan PPID let the limit pass: the way to Komisi Informasi opens, counted from the limit (Pasal 37 ayat 2).

    The objection stays open and may still be answered. False when it was answered or noted before.
    """
    rows = Objection.objects.select_for_update(of=("self",), skip_locked=True).select_related("office")
    objection = rows.filter(pk=objection_id, closed_at=None).first()
    if objection is None:
        return False
    reply: Any = ObjectionClock.objects.filter(
        case=objection, step="reply", stopped_at=None, due_on__lt=today
    ).first()
    if reply is None or ObjectionClock.objects.filter(case=objection, step="dispute").exists():
        return False
    right = start_anew(objection, "dispute", at=clock.end_of_day(reply.due_on), now=now)
    remember(objection, "silent", by=None, now=now, public=True, facts={"limit": reply.due_on})
    telling.tell_objector(objection, "may_dispute", now=now, once="silent", date=right.due_on or "")
    telling_desk.tell_atasan(objection, "objections.silent_office", now=now, once="silent")
    return True
