"""A dispute at Komisi Informasi and the courts, kept by PPID: registered, heard, ruled, carried out."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.base.cases.models import MessageKind
from pendopo.base.files.models import File
from pendopo.domains.information import offices, telling_desk
from pendopo.domains.information.actions import deciding
from pendopo.domains.information.actions.clockwork import drop, start_anew
from pendopo.domains.information.actions.common import (
    find_dispute,
    find_objection,
    line_of,
    lock_request,
    reason_of,
    remember,
    say,
)
from pendopo.domains.information.actions.grounding import GIVES, Draft
from pendopo.domains.information.models import (
    Dispute,
    DisputeAttachment,
    DisputeStatus,
    Objection,
    ObjectionClock,
)
from pendopo.domains.information.policy import desk as policy
from pendopo.domains.information.policy import who
from pendopo.kernel import clock, ids
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean

S = DisputeStatus


def late_or_early(objection: Objection, filed_on: dt.date) -> str:
    """Why a dispute filed on that day lies outside its time, in a sentence; "" when it lies in it."""
    window = (
        ObjectionClock.objects.filter(case=objection, step="dispute").order_by("-started_on", "-pk").first()
    )
    if window is None:
        return _("Atasan PPID belum menanggapi dan batas waktunya belum lewat, jadi haknya belum terbuka.")
    if filed_on < window.started_on:
        return _("Tanggal ini sebelum hak mengajukan sengketa terbuka.")
    if window.due_on is not None and filed_on > window.due_on:
        return _("Tanggal ini lewat %(n)s %(unit)s sejak tanggapan atau akhir batas tanggapan.") % {
            "n": window.amount, "unit": window.get_unit_display(),
        }  # fmt: skip
    return ""


@transaction.atomic
def register(
    *,
    objection_id: int,
    filed_on: dt.date,
    ki_number: str = "",
    despite: bool = False,
    by: User,
    now: dt.datetime,
) -> Dispute:
    """Write down that a dispute was filed. Outside its time only `despite` the warning: Komisi Informasi decides."""
    objection = find_objection(objection_id, by)
    require(policy.may_register_dispute, by, objection)
    if filed_on > clock.local_date(now):
        raise Refused(_("Tanggal diajukan tidak boleh di masa depan."), field="filed_on")
    if objection.disputes.exclude(status=S.DROPPED).exists():
        raise Refused(_("Sengketa atas keberatan ini sudah dicatat."))
    warning = late_or_early(objection, filed_on)
    if warning and not despite:
        raise Refused(
            _("%(why)s Centang “Catat juga” bila Komisi Informasi tetap menerimanya.") % {"why": warning},
            field="despite",
        )
    office = offices.main_office()
    dispute = Dispute.objects.create(
        code=ids.new_code("SGK"), slug=ids.new_slug(), status=S.REGISTERED, office=office,
        handler=by if who.serves_requests(by) else None, entered_by=by, channel="KI",
        received_at=now, updated_at=now, objection=objection, filed_on=filed_on, ki_number=line_of(ki_number, 80),
    )  # fmt: skip
    start_anew(dispute, "register", at=clock.end_of_day(filed_on), now=now)
    if dispute.ki_number:
        clocks.stop(dispute, "register", now=now)
        start_anew(dispute, "begin", at=now, now=now)
    drop(objection, "dispute", now=now)
    objection.touch(now=now)
    if warning:
        say(dispute, MessageKind.NOTE, warning, by=by, now=now)
    remember(dispute, "registered", by=by, now=now, facts={"objection": objection.registration})
    remember(objection, "disputed", by=by, now=now, public=True)
    telling_desk.tell_atasan(objection, "disputes.registered", now=now, once=dispute.code)
    return dispute


@dataclass(frozen=True)
class Papers:
    """What an officer fills in beside a step; empty fields change nothing."""

    ki_number: str = ""
    court_number: str = ""
    hearing_at: dt.datetime | None = None
    hearing_place: str = ""
    result: str = ""
    ruling: str = ""
    orders: str = ""
    ruled_on: dt.date | None = None
    words: str = ""


@transaction.atomic
def keep(
    *, dispute_id: int, papers: Papers, files: list[File] | None = None, by: User, now: dt.datetime
) -> Dispute:
    """Number, next hearing, notes and documents, without moving the dispute."""
    dispute = find_dispute(dispute_id, by)
    require(policy.may_keep_dispute, by, dispute)
    had_number = bool(dispute.ki_number)
    changed = _fill(dispute, papers)
    if not changed and not papers.words.strip() and not files:
        raise Refused(_("Isi sedikitnya satu bagian."))
    if dispute.ki_number and not had_number and dispute.status == S.REGISTERED:
        clocks.stop(dispute, "register", now=now)
        start_anew(dispute, "begin", at=now, now=now)
    _attach(dispute, papers, files or [], by=by, now=now)
    dispute.touch(*changed, now=now)
    remember(dispute, "kept", by=by, now=now)
    return dispute


# Where a dispute may go by itself, and which clocks end and begin with it.
_CLOCKS: Mapping[str, tuple[tuple[str, ...], str]] = {
    S.PRELIMINARY: (("register", "begin"), "finish"),
    S.MEDIATION: ((), ""),
    S.ADJUDICATION: ((), ""),
    S.SETTLED: (("finish",), "execute"),
    S.RULED: (("finish",), "court"),
    S.COURT: (("court",), ""),
    S.CASSATION: (("cassation",), ""),
    S.FINAL: (("court", "cassation"), "execute"),
    S.DROPPED: (("register", "begin", "finish"), ""),
}
NEEDS_RULING = frozenset({S.SETTLED, S.RULED})


@transaction.atomic
def advance(
    *, dispute_id: int, to: str, papers: Papers, files: list[File] | None = None, by: User, now: dt.datetime
) -> Dispute:
    """Take a dispute to its next stage. Raises RefusedTransition when the table does not lead there."""
    dispute = find_dispute(dispute_id, by)
    require(policy.may_keep_dispute, by, dispute)
    if to == S.MEDIATION and not policy.may_mediate(by, dispute):
        raise Refused(_("Sengketa atas penolakan dengan alasan pengecualian tidak dimediasi (Pasal 40)."))
    dispute.TRANSITIONS.check(dispute.status, to)
    changed = _fill(dispute, papers)
    if to in NEEDS_RULING and not dispute.ruling:
        raise Refused(_("Tulis amar putusan atau isi kesepakatan."), field="ruling")
    if to == S.RULED and not dispute.result:
        raise Refused(_("Pilih hasil putusannya."), field="result")
    if to in NEEDS_RULING and dispute.ruled_on is None:
        raise Refused(_("Isi tanggal putusan atau kesepakatan."), field="ruled_on")
    if to == S.DROPPED:
        reason_of(papers.words, field="words")
    dispute.touch(*changed, now=now)
    dispute.move_to(to, now=now)
    ended, begun = _CLOCKS[to]
    if ended:
        clocks.stop(dispute, *ended, now=now)
    if begun:
        start_anew(dispute, begun, at=now, now=now)
    _attach(dispute, papers, files or [], by=by, now=now)
    remember(dispute, "moved", by=by, now=now, facts={"status": DisputeStatus(to).label})
    return dispute


@transaction.atomic
def court_ruled(*, dispute_id: int, papers: Papers, by: User, now: dt.datetime) -> Dispute:
    """The court's ruling arrived: the time for cassation runs (Pasal 50)."""
    dispute = find_dispute(dispute_id, by)
    require(policy.may_keep_dispute, by, dispute)
    if dispute.status != S.COURT:
        raise Refused(_("Sengketa ini tidak sedang di pengadilan."))
    changed = _fill(dispute, papers)
    dispute.touch(*changed, now=now)
    start_anew(dispute, "cassation", at=now, now=now)
    _attach(dispute, papers, [], by=by, now=now)
    remember(dispute, "court_ruled", by=by, now=now)
    return dispute


@transaction.atomic
def execute(
    *, dispute_id: int, executed_note: str, draft: Draft | None = None, by: User, now: dt.datetime
) -> Dispute:
    """Carry out the ruling. What it orders to open becomes a new notice of the request, by the same rules."""
    dispute = find_dispute(dispute_id, by)
    require(policy.may_execute, by, dispute)
    words = reason_of(executed_note, field="executed_note", said=_("Tulis bagaimana putusan dilaksanakan."))
    opens = dispute.status == S.SETTLED or dispute.result in (Dispute.Winner.REQUESTER, Dispute.Winner.PARTLY)
    if draft is not None:
        if draft.kind not in GIVES:
            raise Refused(
                _("Pelaksanaan putusan memberikan informasi, seluruhnya atau sebagian."), field="kind"
            )
        if not opens or dispute.objection.request_id is None:
            raise Refused(_("Putusan ini tidak memerintahkan membuka informasi."), field="kind")
        request = lock_request(dispute.objection.request_id)
        deciding.settle(request, draft, by=by, now=now, objection=dispute.objection)
    elif opens and dispute.result and dispute.objection.request_id is not None:
        raise Refused(_("Putusan memerintahkan membuka informasi. Isi apa yang diberikan."), field="kind")
    dispute.executed_note = words
    dispute.touch("executed_note", now=now)
    dispute.move_to(S.EXECUTED, now=now)
    clocks.stop(dispute, "execute", now=now)
    remember(dispute, "executed", by=by, now=now)
    return dispute


def _fill(dispute: Dispute, papers: Papers) -> list[str]:
    """Take over what was filled in; the names of the fields that changed."""
    values = {
        "ki_number": line_of(papers.ki_number, 80),
        "court_number": line_of(papers.court_number, 80),
        "next_hearing_at": papers.hearing_at,
        "hearing_place": line_of(papers.hearing_place, 160),
        "result": papers.result if papers.result in Dispute.Winner.values else "",
        "ruling": clean(papers.ruling),
        "orders": clean(papers.orders),
        "ruled_on": papers.ruled_on,
    }
    changed = [name for name, value in values.items() if value and value != getattr(dispute, name)]
    for name in changed:
        setattr(dispute, name, values[name])
    return changed


def _attach(dispute: Dispute, papers: Papers, files: list[File], *, by: User, now: dt.datetime) -> None:
    if not files and not papers.words.strip():
        return
    message = say(dispute, MessageKind.NOTE, clean(papers.words) or _("Dokumen dilampirkan."), by=by, now=now)
    DisputeAttachment.objects.bulk_create(
        DisputeAttachment(case=dispute, message=message, file=file, role="DOCUMENT", public=False, at=now)
        for file in files
    )
