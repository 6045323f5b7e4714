"""The columns of the registers, in the order of the law. `personal` ones are for PPID Utama, with a purpose."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.organizations.public import offices_by_id
from pendopo.base.ui import words
from pendopo.domains.information.models import (
    Access,
    Decision,
    DecisionKind,
    Dispute,
    DisputeStatus,
    InformationRequest,
    Objection,
    ObjectionGround,
    ObjectionStatus,
    RequestStatus,
)
from pendopo.domains.information.registers.facets import Text
from pendopo.kernel import clock

EMPTY = "–"


@dataclass(frozen=True)
class Column:
    """`of(row)` is the cell's text. `wide` columns hold sentences."""

    key: str
    label: Text
    of: Callable[[Any], str]
    personal: bool = False
    wide: bool = False


def shown(columns: Sequence[Column], *, people: bool) -> list[Column]:
    return [column for column in columns if people or not column.personal]


def _day(at: dt.datetime | dt.date | None) -> str:
    """Day of the week and date, as the registers ask."""
    if at is None:
        return EMPTY
    return words.long_date(clock.local_date(at) if isinstance(at, dt.datetime) else at)


def _contact(name: str) -> Callable[[Any], str]:
    def cell(row: Any) -> str:
        contact = getattr(row, "contact", None)
        if contact is None or contact.forgotten_at is not None:
            return _("(data sudah dihapus)")
        return getattr(contact, name) or EMPTY

    return cell


def _reach(row: Any) -> str:
    phone, email = _contact("phone")(row), _contact("email")(row)
    return ", ".join(dict.fromkeys(part for part in (phone, email) if part != EMPTY)) or EMPTY


def newest(row: InformationRequest) -> Decision | None:
    """The notice that counts, out of what was read with the row."""
    return next(iter(row.decisions.all()), None)


def units(row: InformationRequest) -> list[str]:
    """Who was asked, else PPID Utama itself."""
    offices = offices_by_id()
    found = list(dict.fromkeys(offices[task.office_id].name for task in row.tasks.all()))
    return found or [offices[row.office_id].name]


def letters(row: InformationRequest) -> list[str]:
    """Letters of Pasal 17 in the notice that counts."""
    decision = newest(row)
    return sorted({ground.ground.letter for ground in decision.grounds.all()}) if decision else []


def _held(row: InformationRequest) -> str:
    decision = newest(row)
    if decision is None:
        return EMPTY
    if decision.held:
        return _("dikuasai")
    return (
        _("tidak dikuasai; ada pada %(body)s") % {"body": decision.other_body}
        if decision.other_body
        else _("tidak dikuasai")
    )


def _form(row: InformationRequest) -> str:
    decision = newest(row)
    return decision.get_form_display() if decision and decision.form else EMPTY


def _kind(row: InformationRequest) -> str:
    return str(Access(row.access).label)


def result(row: InformationRequest) -> str:
    """What became of it, in words."""
    if row.decision:
        return str(DecisionKind(row.decision).label)
    if row.status == RequestStatus.WITHDRAWN:
        return _("dicabut pemohon")
    return _("tidak dilengkapi pemohon") if row.status == RequestStatus.LAPSED else _("masih diproses")


def _refusal(row: InformationRequest) -> str:
    decision = newest(row)
    if decision is None or decision.kind == DecisionKind.FULL:
        return EMPTY
    grounds = [
        _("Pasal 17 huruf %(letter)s (%(law)s)") % {"letter": ground.ground.letter, "law": ground.law}
        for ground in decision.grounds.all()
    ]
    return ". ".join([*grounds, decision.reason] if decision.reason else grounds) or EMPTY


def _cost(row: InformationRequest) -> str:
    decision = newest(row)
    if decision is None or not decision.cost:
        return EMPTY
    return ", ".join(filter(None, (words.rupiah(decision.cost), decision.payment)))


REQUESTS = (
    Column("number", gettext_lazy("No. pendaftaran"), lambda row: row.registration),
    Column("received", gettext_lazy("Tanggal"), lambda row: _day(row.received_at)),
    Column("name", gettext_lazy("Nama"), _contact("name"), personal=True),
    Column("address", gettext_lazy("Alamat"), _contact("address"), personal=True),
    Column("contact", gettext_lazy("Nomor kontak"), _reach, personal=True),
    Column("occupation", gettext_lazy("Pekerjaan"), _contact("occupation"), personal=True),
    Column("details", gettext_lazy("Informasi yang diminta"), lambda row: row.details, wide=True),
    Column("purpose", gettext_lazy("Tujuan penggunaan"), lambda row: row.purpose, personal=True, wide=True),
    Column("unit", gettext_lazy("Unit yang menjawab"), lambda row: ", ".join(units(row))),
    Column("held", gettext_lazy("Status informasi"), _held),
    Column("form", gettext_lazy("Bentuk yang dikuasai"), _form),
    Column("kind", gettext_lazy("Jenis permintaan"), _kind),
    Column("decision", gettext_lazy("Keputusan"), result),
    Column("refusal", gettext_lazy("Alasan penolakan"), _refusal, wide=True),
    Column("noticed", gettext_lazy("Hari dan tanggal pemberitahuan"), lambda row: _day(row.decided_at)),
    Column("delivered", gettext_lazy("Hari dan tanggal penyerahan"), lambda row: _day(row.delivered_at)),
    Column("cost", gettext_lazy("Biaya dan cara pembayaran"), _cost),
)


def _about(row: Objection) -> str:
    if row.request is not None:
        return row.request.registration
    return _("informasi berkala: %(title)s") % {"title": row.item.title} if row.item else EMPTY


def _asked(row: Objection) -> str:
    return row.request.details if row.request is not None else _about(row)


def outcome(row: Objection) -> str:
    if row.outcome:
        return str(row.get_outcome_display())
    return _("dicabut") if row.status == ObjectionStatus.WITHDRAWN else _("belum ditanggapi")


def _signer(row: Objection) -> str:
    return ", ".join(filter(None, (row.answered_by_name, row.answered_by_post))) or EMPTY


OBJECTIONS = (
    Column("number", gettext_lazy("No. register"), lambda row: row.registration),
    Column("received", gettext_lazy("Tanggal"), lambda row: _day(row.received_at)),
    Column("name", gettext_lazy("Nama"), _contact("name"), personal=True),
    Column("address", gettext_lazy("Alamat"), _contact("address"), personal=True),
    Column("contact", gettext_lazy("Nomor kontak"), _reach, personal=True),
    Column("occupation", gettext_lazy("Pekerjaan"), _contact("occupation"), personal=True),
    Column("request", gettext_lazy("No. pendaftaran permohonan"), _about),
    Column("details", gettext_lazy("Informasi yang diminta"), _asked, wide=True),
    Column(
        "purpose",
        gettext_lazy("Tujuan penggunaan"),
        lambda row: row.purpose or EMPTY,
        personal=True,
        wide=True,
    ),
    Column(
        "ground",
        gettext_lazy("Alasan keberatan"),
        lambda row: f"{row.ground}. {ObjectionGround(row.ground).label}",
    ),
    Column("position", gettext_lazy("Kasus posisi"), lambda row: row.position, wide=True),
    Column("answered", gettext_lazy("Hari dan tanggal tanggapan"), lambda row: _day(row.answered_at)),
    Column("outcome", gettext_lazy("Keputusan Atasan PPID"), outcome),
    Column("answer", gettext_lazy("Isi tanggapan"), lambda row: row.answer or EMPTY, wide=True),
    Column("signer", gettext_lazy("Nama dan jabatan Atasan PPID"), _signer),
    Column(
        "response", gettext_lazy("Tanggapan pemohon"), lambda row: row.requester_response or EMPTY, wide=True
    ),
)
DISPUTES = (
    Column("filed", gettext_lazy("Tanggal diajukan"), lambda row: _day(row.filed_on)),
    Column("number", gettext_lazy("No. di Komisi Informasi"), lambda row: row.ki_number or EMPTY),
    Column("objection", gettext_lazy("No. register keberatan"), lambda row: row.objection.registration),
    Column("status", gettext_lazy("Tahap"), lambda row: str(DisputeStatus(row.status).label)),
    Column(
        "result",
        gettext_lazy("Hasil"),
        lambda row: str(Dispute.Winner(row.result).label) if row.result else EMPTY,
    ),
    Column("ruled", gettext_lazy("Tanggal putusan"), lambda row: _day(row.ruled_on)),
    Column("ruling", gettext_lazy("Amar atau isi kesepakatan"), lambda row: row.ruling or EMPTY, wide=True),
    Column("court", gettext_lazy("No. perkara pengadilan"), lambda row: row.court_number or EMPTY),
    Column("executed", gettext_lazy("Pelaksanaan"), lambda row: row.executed_note or EMPTY, wide=True),
)
