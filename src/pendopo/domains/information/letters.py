"""Letters issued by the acts of the desk: what stands in each, and to whom it goes."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import override

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.base.letters import public as letters
from pendopo.base.letters.papers import place_of
from pendopo.base.letters.public import Letter, LetterKind, Signatory
from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.public import head_of
from pendopo.base.ui import words
from pendopo.domains.information import letter_texts as texts
from pendopo.domains.information.models import (
    ConsequenceTest,
    Decision,
    DecisionKind,
    Decree,
    Extension,
    InformationRequest,
    Item,
    Objection,
    ObjectionGround,
    Outcome,
)
from pendopo.domains.information.offices import main_office
from pendopo.domains.information.policy import who
from pendopo.domains.information.spans import span
from pendopo.kernel import clock

_NOTICES = {
    DecisionKind.FULL: texts.FULL,
    DecisionKind.PARTIAL: texts.PARTIAL,
    DecisionKind.REFUSED: texts.REFUSED,
    DecisionKind.NOT_HELD: texts.NOT_HELD,
}
PPID = "Pejabat Pengelola Informasi dan Dokumentasi"
ATASAN = "Atasan Pejabat Pengelola Informasi dan Dokumentasi"


def ask_to_complete(request: InformationRequest, missing: str, *, by: User, now: dt.datetime) -> Letter:
    waits = next(c for c in clocks.running_clocks(request) if c.step == "complete" and c.stopped_at is None)
    context = {**_request(request), "kekurangan": missing, "batas": _day(waits.due_on)}
    return _to_requester(texts.COMPLETE, request, context, by=by, now=now, once=f"v{request.version}")


def extension(request: InformationRequest, row: Extension, *, by: User, now: dt.datetime) -> Letter:
    context = {
        **_request(request),
        "hari": str(row.days),
        "batas_lama": _day(row.due_before),
        "batas_baru": _day(row.due_after),
        "sebab": _id(row.get_reason_kind_display),
        "alasan": row.reason,
    }
    return _to_requester(texts.EXTENSION, request, context, by=by, now=now, once="1")


def notice(request: InformationRequest, decision: Decision, *, by: User, now: dt.datetime) -> Letter:
    """The written notice; a request that is sent on also gets the letter to the other body."""
    kind = _NOTICES[DecisionKind(decision.kind)]
    context = {**_request(request), **_decided(decision)}
    fitting = {name: context[name] for name in kind.placeholders}
    made = _to_requester(kind, request, fitting, by=by, now=now, once=str(decision.sequence))
    if decision.other_body_told:
        _forward(request, decision, context, by=by, now=now)
    return made


def _forward(
    request: InformationRequest, decision: Decision, context: Mapping[str, Any], *, by: User, now: dt.datetime
) -> Letter:
    how = ", ".join(
        str(part) for part in (
            request.get_access_display(), request.get_form_display(), request.get_send_way_display(),
        )
    )  # fmt: skip
    values = {name: context[name] for name in texts.FORWARD.placeholders if name in context}
    return _issue(
        texts.FORWARD, (texts.REQUEST, request.pk), request.office, decision.other_body, {**values, "cara": how},
        PPID, by=by, now=now, once=f"{request.pk}:{decision.sequence}",
    )  # fmt: skip


def handover(
    request: InformationRequest, decision: Decision | None, said: str, *, by: User, now: dt.datetime
) -> Letter | None:
    if decision is None:
        return None
    context = {
        **_request(request),
        **_decided(decision),
        "diserahkan": _day(clock.local_date(now)),
        "catatan": said,
    }
    fitting = {name: context[name] for name in texts.HANDOVER.placeholders}
    return _to_requester(texts.HANDOVER, request, fitting, by=by, now=now, once=str(decision.sequence))


def objection_answer(objection: Objection, *, by: User, now: dt.datetime) -> Letter:
    contact = objection.contact
    given = objection.decisions.order_by("-sequence").first()
    context = {
        "nomor": objection.registration,
        "permohonan": objection.request.registration if objection.request else "–",
        "diterima": _day(clock.local_date(objection.received_at)),
        "nama": contact.name,
        "alasan_keberatan": f"{objection.ground}. {_id(lambda: ObjectionGround(objection.ground).label)}",
        "posisi": objection.position,
        "keputusan": _first_upper(_id(lambda: Outcome(objection.outcome).label)),
        "tanggapan": objection.answer,
        "materi": given.material if given else "",
        "nama_atasan": objection.answered_by_name,
        "jabatan": objection.answered_by_post or ATASAN,
        "lama_sengketa": _id(lambda: span(objection.KIND, "dispute", on=clock.local_date(now))),
    }
    return _issue(
        texts.ANSWER, (texts.OBJECTION, objection.pk), objection.office, _addressee(contact), context, ATASAN,
        by=by, now=now, once=str(objection.pk),
    )  # fmt: skip


def consequence_sheet(test_id: int, *, now: dt.datetime) -> Letter:
    """The sheet of a fixed test; made the first time, found after."""
    test = ConsequenceTest.objects.select_related("ground", "decree", "fixed_by").get(pk=test_id)
    period = "tanpa batas waktu" if test.permanent else f"sampai {_day(test.expires_on)}"
    context = {
        "kode": test.code,
        "informasi": test.information,
        "huruf": f"{test.letter}. {test.ground.label}",
        "hukum": test.law,
        "akibat_dibuka": test.consequence_open,
        "akibat_ditutup": test.consequence_closed,
        "pertimbangan": test.considerations,
        "jangka": period,
        "pendapat": test.council_opinion,
        "keputusan": test.decree.number if test.decree else "",
    }
    return _issue(
        texts.SHEET, (texts.TEST, test.pk), main_office(), "", context, PPID,
        by=test.fixed_by, now=now, once=str(test.pk),
    )  # fmt: skip


def decree(decree_id: int, *, now: dt.datetime) -> Letter:
    """The decree that fixes entries, with their list; made the first time, found after."""
    row = Decree.objects.select_related("made_by").get(pk=decree_id)
    items = Item.objects.filter(decree=row).light().order_by("number", "pk")
    lines = [
        [str(item.number or number), item.title, item.holder, _id(item.get_category_display)]
        for number, item in enumerate(items, start=1)
    ]
    context = {
        "nomor_keputusan": row.number,
        "tentang": row.title,
        "menimbang": texts.WITHHELD if row.kind == Decree.Kind.DIK else texts.LISTED,
        "tempat": row.place or place_of(main_office()),
        "tanggal": _day(row.signed_on),
        "penetap": row.signer,
        "jumlah": str(len(lines) or ""),
        "daftar": letters.table(["No.", "Judul", "Unit yang menguasai", "Kategori"], lines),
    }
    return _issue(
        texts.FIXING, (texts.DECREE, row.pk), main_office(), "", context, PPID,
        by=row.made_by, now=now, once=str(row.pk),
    )  # fmt: skip


BY_KIND: dict[str, Callable[..., Letter]] = {"decree": decree, "test": consequence_sheet}


def links(kind: str, pk: int, now: dt.datetime) -> list[tuple[Letter, str, str]]:
    """Letters on a subject: the letter, what it is called, its address."""
    return [
        (
            one,
            str(getattr(letters.letter_kinds.get(one.kind), "label", one.kind)),
            letters.letter_url(one, now=now),
        )
        for one in letters.letters_of(kind, pk)
    ]


def _to_requester(
    kind: LetterKind,
    request: InformationRequest,
    context: Mapping[str, Any],
    *,
    by: User,
    now: dt.datetime,
    once: str,
) -> Letter:
    return _issue(
        kind, (texts.REQUEST, request.pk), request.office, _addressee(request.contact), context, PPID,
        by=by, now=now, once=f"{request.pk}:{once}",
    )  # fmt: skip


def _issue(
    kind: LetterKind,
    about: tuple[str, int],
    office: Organization,
    to: str,
    context: Mapping[str, Any],
    title: str,
    *,
    by: User | None,
    now: dt.datetime,
    once: str,
) -> Letter:
    """In the transaction of the act: what is rolled back leaves no number in the register."""
    head = head_of(office, clock.local_date(now)) or (by if who.decides(by) else None)
    return letters.issue(
        kind=kind.key,
        about=about,
        office=office,
        to=to,
        context=context,
        by=by,
        now=now,
        once=f"{kind.key}:{once}",
        signatory=Signatory(title=title, name=str(head) if head else ""),
    )


def _request(request: InformationRequest) -> dict[str, str]:
    contact, today = request.contact, clock.local_date(request.decided_at or clock.now())
    return {
        "nomor": request.registration,
        "diterima": _day(clock.local_date(request.received_at)),
        "nama": contact.name,
        "alamat": contact.address or "–",
        "pekerjaan": contact.occupation,
        "kontak": contact.phone or contact.email,
        "rincian": request.details,
        "tujuan": request.purpose,
        "lama_keberatan": _id(lambda: span(request.KIND, "objection", on=today)),
    }


def _decided(decision: Decision) -> dict[str, Any]:
    files = [[str(number), row.title] for number, row in enumerate(decision.files.all(), start=1)]
    parts = [
        [part.title, str(part.page or "semua"), f"huruf {part.letter}", part.reason]
        for part in decision.redacted_parts.all()
    ]
    grounds = [
        [
            f"huruf {row.ground.letter}", row.law, row.test.code,
            _day(row.expires_on) if row.expires_on else "tanpa batas waktu",
        ]
        for row in decision.grounds.select_related("ground", "test")
    ]  # fmt: skip
    return {
        "materi": decision.material,
        "jumlah_berkas": str(len(files) or ""),
        "berkas": letters.table(["No.", "Berkas"], files),
        "bentuk": _id(decision.get_form_display) if decision.form else "",
        "penyerahan": _id(decision.get_send_way_display) if decision.send_way else "",
        "biaya": _money(decision.cost),
        "pembayaran": decision.payment,
        "alasan": decision.reason,
        "dasar": letters.table(["Pasal 17", "Dasar hukum", "Uji konsekuensi", "Berlaku sampai"], grounds),
        "bagian": letters.table(["Berkas", "Halaman", "Pasal 17", "Yang dihitamkan dan alasannya"], parts),
        "badan_lain": decision.other_body,
        "diteruskan": "ya" if decision.other_body_told else "",
    }


def _money(amount: Decimal) -> str:
    if not amount:
        return "Rp0 (tidak dipungut biaya)"
    with override("id"):
        return f"Rp{number_format(amount, 0, use_l10n=True, force_grouping=True)}"


def _addressee(contact: Any) -> str:
    return "\n".join(line for line in (contact.name, contact.address) if line)


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _day(day: dt.date | None) -> str:
    if day is None:
        return "–"
    with override("id"):
        return words.long_date(day)


def _id(label: Any) -> str:
    """A label in Indonesian: letters are acts of government."""
    with override("id"):
        return str(label())


def register() -> None:
    """Called once from `registration_desk.register`."""
    for kind in texts.KINDS:
        letters.letter_kinds.register(kind)
