"""The one extension of UU 14/2008 Pasal 22 ayat (8): at most once, at most the rule's days, before the limit."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.base.cases.models import ClockRule
from pendopo.base.cases.sweep import reached
from pendopo.domains.information import letters, telling
from pendopo.domains.information.actions.checking import begin_work
from pendopo.domains.information.actions.common import find_request, reason_of, remember
from pendopo.domains.information.models import Extension, InformationRequest, RequestClock
from pendopo.domains.information.policy import desk as policy
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused, require


def rule_today(*, now: dt.datetime) -> ClockRule:
    """The rule that says how many days may be added."""
    return clocks.rule_for(InformationRequest.KIND, "extend", case_class="", on=clock.local_date(now))


def obstacle(request: InformationRequest, measured: RequestClock | None, *, now: dt.datetime) -> str:
    """Why no more time can be asked for, in a sentence; "" when it can."""
    if request.extended:
        return _("Waktu permohonan ini sudah diperpanjang. Undang-undang hanya mengizinkan satu kali.")
    if measured is None or measured.due_on is None:
        return _("Hitungan waktunya tidak sedang berjalan, jadi tidak dapat diperpanjang.")
    if clock.local_date(now) > measured.due_on:
        return _("Batas pertama sudah lewat. Perpanjangan harus diberitahukan sebelum batas itu.")
    return ""


@transaction.atomic
def extend(
    *, request_id: int, days: int, reason_kind: str, reason: str, by: User, now: dt.datetime
) -> Extension:
    """Add working days to the limit and tell the requester why, in writing. Raises Refused, NotAllowed."""
    request = find_request(request_id, by)
    require(policy.may_extend, by, request)
    measured = RequestClock.objects.select_for_update().filter(
        case=request, step="answer", stopped_at=None
    ).first()  # fmt: skip
    if no := obstacle(request, measured, now=now):
        raise Refused(no)
    assert measured is not None and measured.due_on is not None  # `obstacle` said so
    rule = rule_today(now=now)
    if not 1 <= days <= rule.amount:
        raise Refused(_("Pilih 1 sampai %(most)s hari kerja.") % {"most": rule.amount}, field="days")
    if reason_kind not in Extension.Reason.values:
        raise Refused(_("Pilih salah satu alasan."), field="reason_kind")
    words = reason_of(reason)
    begin_work(request, by=by, now=now)
    before = measured.due_on
    _lengthen(measured, days, now=now)
    assert measured.due_on is not None  # it runs
    row = Extension.objects.create(
        case=request, reason_kind=reason_kind, reason=words, days=days, due_before=before,
        due_after=measured.due_on, rule=rule, by=by, at=now,
    )  # fmt: skip
    request.extended = True
    request.touch("extended", now=now)
    clocks.refresh_due(request)
    facts = {"days": days, "old": before, "new": measured.due_on}
    remember(request, "extended", by=by, now=now, facts=facts, public=True)
    letters.extension(request, row, by=by, now=now)
    telling.tell_requester(request, "extended", now=now, once="extended", reason=words)
    return row


def _lengthen(measured: RequestClock, days: int, *, now: dt.datetime) -> None:
    """A longer limit has later thresholds; those it already passed are not warned about again."""
    measured.amount += days
    measured.extended_days = days
    measured.warned_percent = 0
    clocks.compute(measured, InformationRequest.KIND)
    measured.warned_percent = reached(measured, InformationRequest.KIND, clock.local_date(now))
    measured.next_look_on = clocks.next_look(measured, InformationRequest.KIND)
    measured.save()
