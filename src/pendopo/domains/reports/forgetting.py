"""How a report forgets people: contact data, words, and at last the whole report with a tombstone.

Everything here is safe to run twice: what is already forgotten counts as nothing done.
"""

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import CaseLink, MessageKind
from pendopo.base.files import sweep
from pendopo.base.files.models import File
from pendopo.base.notices import retention as outbox
from pendopo.base.registries import personal
from pendopo.base.registries.personal import Buried, Erased, Erasure, Held, Holding, Subject
from pendopo.domains.reports.actions.common import remember
from pendopo.domains.reports.geo import public_point
from pendopo.domains.reports.models import (
    CLOSED,
    Draft,
    NeighbourVerdict,
    Report,
    ReportContact,
    ReportFollower,
    Status,
    TaskFile,
    TaskLink,
    TaskNote,
    TaskUpdate,
)
from pendopo.kernel import clock, h3cells, phones

MASKED = "[disamarkan]"
ERASED_WORDS = "[Dihapus atas permintaan pelapor.]"
SHORTEST_NAME = 5  # a shorter name is too often an ordinary word
_TEXTS = ("text", "public_text", "address")


@transaction.atomic
def forget_contact(report: Report, *, now: dt.datetime) -> int:
    """Take the reporter out of a report: contact, account, followers, file names, messages already sent.

    That there was a name, an e-mail, a phone or an account stays. Returns 1 when something was forgotten.
    """
    contact = ReportContact.objects.select_for_update().get(case=report)
    forgotten = outbox.forget_about("reports.report", report.pk)
    forgotten += report.followers.all().delete()[0] if report.closed_at else 0
    forgotten += report.pushes.all().delete()[0]
    if contact.forgotten_at is None:
        _mask_repetitions(report, contact)
        if contact.email and report.merged_into_id:  # merging made the reporter a follower of the parent
            ReportFollower.objects.filter(case=report.merged_into_id, email=contact.email).delete()
        _empty(contact, report, now=now)
        _unname(report)
        remember(report, "contact_forgotten", by=None, now=now)
        forgotten += 1
    return min(forgotten, 1)


def _empty(contact: ReportContact, report: Report, *, now: dt.datetime) -> None:
    contact.had_name, contact.had_email = bool(contact.name), bool(contact.email)
    contact.had_phone, contact.had_account = bool(contact.phone), report.reporter_id is not None
    contact.name = contact.email = contact.phone = ""
    contact.forgotten_at = now
    contact.save()
    report.reporter, report.shown_name = None, ""
    report.touch("reporter", "shown_name", now=now)
    TaskLink.objects.filter(task__case=report).update(name="–", phone="", email="")  # people who helped


def _unname(report: Report) -> None:
    """The names that phones give to photos say whose they are."""
    sent = report.attachments.exclude(role="PROOF").values("file")
    File.objects.filter(pk__in=sent).update(name="foto", uploaded_by=None)


def _mask_repetitions(report: Report, contact: ReportContact) -> None:
    pattern = pattern_of(contact.name, contact.email, contact.phone, report.shown_name)
    if pattern is None:
        return
    _mask([report], _TEXTS, pattern)
    for rows, fields in (
        (report.messages.all(), ("body",)),
        (report.ratings.all(), ("comment",)),
        (report.closures.all(), ("summary", "remark")),
        (report.handovers.all(), ("instruction", "return_reason")),
        (report.tasks.all(), ("instruction", "result", "end_reason")),
        (TaskNote.objects.filter(task__case=report), ("body",)),
        (TaskUpdate.objects.filter(link__task__case=report), ("words",)),
    ):
        _mask(rows, fields, pattern)


def _mask(rows: Iterable[Any], fields: tuple[str, ...], pattern: re.Pattern[str]) -> None:
    for row in rows:
        changed = []
        for name in fields:
            masked = pattern.sub(MASKED, getattr(row, name))
            if masked != getattr(row, name):
                setattr(row, name, masked)
                changed.append(name)
        if changed:
            row.save(update_fields=changed)


def pattern_of(*identifiers: str) -> re.Pattern[str] | None:
    """Finds these names, addresses and numbers as people type them; None when none is long enough to tell."""
    parts = []
    for one in identifiers:
        if phones.normalize(one):
            digits = re.sub(r"\D", "", phones.normalize(one) or "").removeprefix("62")
            parts.append(r"(?:\+?62|0)?[\s.\-]?" + r"[\s.\-]?".join(digits))
        elif len(one.strip()) >= SHORTEST_NAME:
            parts.append(rf"(?<!\w){re.escape(one.strip())}(?!\w)")
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


@transaction.atomic
def forget_words(report: Report, *, now: dt.datetime) -> int:
    """Take out what the reporter wrote and sent: story, replies, photos, address, exact place.

    What the office said and did stays. Returns 1 when something was erased.
    """
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.text == ERASED_WORDS:
        return 0
    report.text = report.public_text = ERASED_WORDS
    report.address = ""
    if (point := public_point(report.cell)) is not None:
        report.latitude, report.longitude = point
        report.cell = h3cells.cell_of(*point)
    report.touch("text", "public_text", "address", "latitude", "longitude", "cell", now=now)
    report.messages.filter(kind=MessageKind.REPLY).update(body=ERASED_WORDS)
    report.ratings.update(comment="")
    report.suggestions.all().delete()  # the deciding words were the reporter's
    _remove_files(report, Q(role="PROOF"))
    remember(report, "words_erased", by=None, now=now)
    return 1


def _remove_files(report: Report, kept: Q) -> None:
    rows = report.attachments.exclude(kept)
    ids: list[uuid.UUID] = list(rows.values_list("file_id", flat=True))
    rows.delete()
    sweep.remove_now(ids)


@transaction.atomic
def bury(*, pk: int, now: dt.datetime) -> bool:
    """Delete a report with everything that hangs on it; a tombstone keeps number, state, category and reason."""
    report = Report.objects.select_for_update(of=("self",)).select_related("category").filter(pk=pk).first()
    if report is None:
        return False
    closed = clock.local_date(report.closed_at) if report.closed_at else None
    personal.bury(
        Buried(
            Report.KIND, report.pk, report.code, report.status, report.category_id,
            str(report.get_archive_reason_display()) if report.archive_reason else "Masa simpan habis",
            clock.local_date(report.received_at), closed,
        ),
        now=now,
    )  # fmt: skip
    remember(report, "buried", by=None, now=now)
    outbox.forget_about("reports.report", report.pk)
    report.duplicates.update(merged_into=None)
    ends = Q(source_kind=Report.KIND, source_id=pk) | Q(target_kind=Report.KIND, target_id=pk)
    CaseLink.objects.filter(ends).delete()
    ids = list(report.attachments.values_list("file_id", flat=True))
    ids += TaskFile.objects.filter(task__case=report).values_list("file_id", flat=True)
    report.delete()
    sweep.remove_now(ids)
    return True


def _held_cases(held: Held, path: str = "") -> Q:
    """Rows whose report a hold protects; `path` leads from the row to the report ("case__")."""
    return (
        Q(**{f"{path}pk__in": held.cases_of(Report.KIND)})
        | Q(**{f"{path}reporter__in": held.users})
        | Q(**{f"{path}contact__email__in": held.emails})
        | Q(**{f"{path}contact__phone__in": held.phones})
    )


def _contacts(before: dt.datetime) -> QuerySet[ReportContact]:
    return ReportContact.objects.filter(forgotten_at=None, case__closed_at__lt=before)


def _closed(before: dt.datetime) -> QuerySet[Report]:
    return Report.objects.filter(status__in=CLOSED, closed_at__lt=before)


def _archived(before: dt.datetime) -> QuerySet[Report]:
    return Report.objects.filter(status__in=[Status.ARCHIVED, Status.FORWARDED], closed_at__lt=before)


def _unconfirmed(before: dt.datetime) -> QuerySet[ReportFollower]:
    return ReportFollower.objects.filter(confirmed_at=None, since__lt=before)


def _drafts(before: dt.datetime) -> QuerySet[Draft]:
    """Sent ones too: their report has everything. The emptied key of a phone's report is kept longer."""
    return Draft.objects.filter(updated_at__lt=before).exclude(from_phone=True, report__isnull=False)


def _phone_keys(before: dt.datetime) -> QuerySet[Draft]:
    """A phone that lay in a drawer must not make its report a second time; there is nothing of a person in it."""
    return Draft.objects.filter(updated_at__lt=before, from_phone=True, report__isnull=False)


def _verdicts(before: dt.datetime) -> QuerySet[NeighbourVerdict]:
    return NeighbourVerdict.objects.exclude(mark="").filter(at__lt=before)


def _forget_contact(*, pk: int, now: dt.datetime) -> bool:
    report = Report.objects.filter(contact__pk=pk).first()
    return report is not None and bool(forget_contact(report, now=now))


def _delete_follower(*, pk: int, now: dt.datetime) -> bool:
    return bool(ReportFollower.objects.filter(pk=pk, confirmed_at=None).delete()[0])


def _delete_draft(*, pk: uuid.UUID, now: dt.datetime) -> bool:
    return bool(Draft.objects.filter(pk=pk).delete()[0])


def _forget_mark(*, pk: int, now: dt.datetime) -> bool:
    return bool(NeighbourVerdict.objects.filter(pk=pk).exclude(mark="").update(mark=""))


def _held_draft(held: Held) -> Q:
    return Q(answers__email__in=held.emails) | Q(answers__phone__in=held.phones)


def _drafts_of(subject: Subject) -> QuerySet[Draft]:
    mine = Q(answers__email__in=subject.emails) | Q(answers__phone__in=subject.phones)
    return Draft.objects.filter(mine)


def collect_drafts(subject: Subject) -> Holding:
    return Holding([{"berubah": d.updated_at, "jawaban": d.answers} for d in _drafts_of(subject)])


def erase_drafts(order: Erasure) -> Erased:
    found = _drafts_of(order.subject)
    held = found.filter(_held_draft(order.held))
    counted = held.count()
    return Erased(found.exclude(_held_draft(order.held)).delete()[0], counted)


def register() -> None:
    """What the clock forgets. How long each is kept stands in the privacy room's rows."""
    closed = _("laporan selesai")
    rows: tuple[Any, ...] = (
        ("reports.contact", _("Kontak pelapor"), closed,
         _("Nama, surel, telepon, dan akun dilepas dari laporan; laporan dan angkanya tetap."),
         _contacts, lambda held: _held_cases(held, "case__"), _forget_contact),
        ("reports.archived", _("Laporan diarsipkan atau diteruskan ke pihak lain"), closed,
         _("Laporan dihapus; yang tinggal hanya nomor, keadaan, kategori, dan alasannya."),
         _archived, _held_cases, bury),
        ("reports.closed", _("Laporan yang sudah selesai"), closed,
         _("Laporan dihapus; yang tinggal hanya nomor, keadaan, kategori, dan alasannya."),
         _closed, _held_cases, bury),
        ("reports.followers", _("Alamat pengikut yang tidak pernah dikonfirmasi"), _("permintaan mengikuti"),
         _("Alamatnya dihapus."), _unconfirmed, lambda held: Q(email__in=held.emails), _delete_follower),
        ("reports.drafts", _("Laporan yang tidak jadi dikirim"), _("perubahan terakhir"),
         _("Dihapus dengan fotonya."), _drafts, _held_draft, _delete_draft),
        ("reports.phone_keys", _("Kunci kirim ulang dari ponsel"), _("perubahan terakhir"),
         _("Dihapus; isinya sudah dikosongkan ketika laporan terkirim."), _phone_keys, _held_draft, _delete_draft),
        ("reports.verdicts", _("Tanda perangkat pada suara tetangga"), _("suara diberikan"),
         _("Tandanya dihapus; suaranya tetap dihitung."), _verdicts, lambda held: Q(pk__in=[]), _forget_mark),
    )  # fmt: skip
    for order, (key, label, since, outcome, due, under_hold, act) in enumerate(rows):
        personal.keepers.register(
            personal.Keeper(key, label, since, outcome, due, under_hold, act, 10 + order)
        )
