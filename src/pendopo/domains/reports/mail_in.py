"""Mails for this room: an answer to one of our letters, or a new report. See base/mailroom."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from pendopo.base.files.actions import store
from pendopo.base.files.examine import IMAGES_AND_PDFS
from pendopo.base.files.models import File, FileKind
from pendopo.base.files.refusals import FileRefused
from pendopo.base.mailroom.public import Letter, Outcome, Reason, may_write_back
from pendopo.base.notices.actions import Recipient, send
from pendopo.domains.reports import mail_guess, telling
from pendopo.domains.reports.actions import by_mail
from pendopo.domains.reports.actions.drafts import MAX_PHOTOS
from pendopo.domains.reports.actions.intake import NewReport
from pendopo.domains.reports.forms.wizard import MAX_WORDS, MIN_WORDS
from pendopo.domains.reports.models import FINAL, Channel, Report
from pendopo.kernel import ids
from pendopo.kernel.errors import Refused
from pendopo.kernel.text import clean, clean_line

_CODE = re.compile(r"\bLAP[\s-]?[0-9A-Z]{4}[\s-]?[0-9A-Z]{4}\b", re.IGNORECASE)
_LETTERS = (
    "received", "progress", "answer", "question", "confirm", "closed", "archived", "forwarded", "merged", "unmerged",
    "joined", "joined_confirm",
)  # fmt: skip


class ReportMail:
    """The room's handler. Whose words: the secret name of our letter and the address it went to, together."""

    key = "reports"
    about_kind = "reports.report"
    replies_to = frozenset(f"reports.{name}" for name in _LETTERS)

    def receive(self, letter: Letter, *, now: dt.datetime) -> Outcome:
        if letter.answers_id is not None:
            return _answer(letter, now=now)
        if letter.forged or not letter.proven:
            return Outcome(reason=Reason.UNPROVEN)
        if _CODE.search(f"{letter.subject} {letter.new_words}"):
            return Outcome(reason=Reason.NAMES_A_CASE)
        length = len(_story(letter))
        if not MIN_WORDS <= length <= MAX_WORDS:
            return Outcome(reason=Reason.TOO_SHORT if length < MIN_WORDS else Reason.TOO_LONG)
        kept, refused = _files(letter, now=now)
        report = by_mail.receive_by_mail(new=_new(letter, kept), documents=_documents(kept), now=now)
        _say_what_was_refused(report, letter, refused, now=now)
        return Outcome(about_id=report.pk, case_is_secret=report.secret)

    def take_in(self, letter: Letter, *, by: Any, now: dt.datetime) -> Outcome:
        kept, refused = _files(letter, now=now)
        if len(_story(letter)) < MIN_WORDS and not kept:
            raise Refused(_("Surat ini terlalu singkat untuk menjadi laporan."))
        report = by_mail.enter_by_mail(new=_new(letter, kept), documents=_documents(kept), by=by, now=now)
        _say_what_was_refused(report, letter, refused, now=now)
        return Outcome(about_id=report.pk, case_is_secret=report.secret)

    def add_to(self, letter: Letter, code: str, *, by: Any, now: dt.datetime) -> Outcome:
        known = Report.objects.desk_of(by).filter(code=ids.normalize_code(code) or "").first()
        if known is None:
            raise Refused(_("Nomor laporan ini tidak ada di meja Anda."), field="code")
        kept, refused = _files(letter, now=now)
        body = _added(letter, kept)
        report = by_mail.add_words_for(report_id=known.pk, body=body, files=kept, by=by, now=now)
        _say_what_was_refused(report, letter, refused, now=now)
        return Outcome(about_id=report.pk, case_is_secret=report.secret)

    def own_secret(self, user: Any) -> QuerySet[Any, Any]:
        return Report.objects.desk_of(user).filter(secret=True).values("pk")

    def named(self, user: Any, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
        found = Report.objects.desk_of(user).filter(pk__in=ids).values_list("pk", "code")
        return {pk: (code, reverse("desk:case", args=[Report.KIND, code])) for pk, code in found}


def _answer(letter: Letter, *, now: dt.datetime) -> Outcome:
    report = Report.objects.select_related("contact", "office").filter(pk=letter.answers_id).first()
    if report is None:
        return Outcome(reason=Reason.REFUSED, remark=_("Laporan yang dijawab sudah dihapus."))
    if letter.forged or not _is_reporter(report, letter):
        return _hold(report, letter, Reason.OTHER_SENDER, now=now)
    if report.status in FINAL:
        return _hold(report, letter, Reason.ENDED, now=now)
    kept, refused = _files(letter, now=now)
    if not letter.new_words and not kept:
        return _hold(report, letter, Reason.TOO_SHORT, now=now)
    if len(letter.new_words) > MAX_WORDS:
        return _hold(report, letter, Reason.TOO_LONG, now=now)
    by_mail.add_words(report_id=report.pk, body=_added(letter, kept), files=kept, now=now)
    _say_what_was_refused(report, letter, refused, now=now)
    return Outcome(about_id=report.pk, case_is_secret=report.secret)


def _is_reporter(report: Report, letter: Letter) -> bool:
    """The address that this report knows as its reporter's now; the letter alone does not make one."""
    contact = getattr(report, "contact", None)
    own = {contact.email.lower()} if contact and contact.email else set()
    if report.reporter_id is not None:
        verified = EmailAddress.objects.filter(user=report.reporter_id, verified=True)
        own |= {address.lower() for address in verified.values_list("email", flat=True)}
    return letter.sender in own


def _hold(report: Report, letter: Letter, reason: str, *, now: dt.datetime) -> Outcome:
    if report.secret:  # the koordinator does not find this mail: its own office is told
        page = reverse("mailroom:detail", args=[letter.mail_id])
        once = f"mail{letter.mail_id}"
        telling.tell_office(report, "reports.mail_waits", now=now, once=once, link=page)
    return Outcome(about_id=report.pk, reason=reason, case_is_secret=report.secret)


def _story(letter: Letter) -> str:
    """Subject and body as the text of a report; a subject that the body repeats is left out."""
    subject, body = clean_line(letter.subject), clean(letter.words)
    if subject and not body.lower().startswith(subject.lower()):
        return clean(f"{subject}\n\n{body}")
    return body


def _new(letter: Letter, kept: Sequence[File]) -> NewReport:
    text = _story(letter)
    if len(text) < MIN_WORDS:
        text = clean(f"{text}\n\n{_('Foto tanpa cerita, dikirim lewat surel.')}")
    return NewReport(
        category=mail_guess.category_of(text),
        text=text[:MAX_WORDS],
        region_code=mail_guess.region_of(text),
        anonymous=True,
        secret=letter.secret,
        name=letter.sender_name,
        email=letter.sender,
        photos=[file for file in kept if file.kind == FileKind.IMAGE],
        channel=Channel.EMAIL,
    )


def _added(letter: Letter, kept: Sequence[File]) -> str:
    """The new words; a mail with nothing but photos says so."""
    if not letter.new_words and not kept:
        raise Refused(_("Tidak ada kata atau foto baru dalam surat ini."))
    return letter.new_words[:MAX_WORDS] or _("Foto, dikirim lewat surel.")


def _documents(kept: Sequence[File]) -> list[File]:
    return [file for file in kept if file.kind != FileKind.IMAGE]


def _files(letter: Letter, *, now: dt.datetime) -> tuple[list[File], list[str]]:
    """Photos and PDFs, examined and re-encoded by the files room; the others become sentences."""
    kept: list[File] = []
    refused = [
        _("“%(name)s” tidak disertakan: lampirannya terlalu banyak.") % {"name": name}
        for name in letter.left_out
    ]
    for one in letter.files:
        if len(kept) >= MAX_PHOTOS:
            refused.append(
                _("“%(name)s” tidak disertakan: paling banyak %(n)s lampiran.")
                % {"name": one.name, "n": MAX_PHOTOS}
            )
            continue
        try:
            upload = SimpleUploadedFile(one.name or "lampiran", one.content)
            kept.append(store(upload=upload, by=None, now=now, allowed=IMAGES_AND_PDFS))
        except FileRefused as no:
            refused.append(str(no))
    return kept, refused


def _say_what_was_refused(
    report: Report, letter: Letter, refused: Sequence[str], *, now: dt.datetime
) -> None:
    """One letter about attachments that are not in the report, a few a day for each address."""
    if not refused or not letter.sender or not may_write_back(letter.sender, now=now):
        return
    send(
        event="reports.mail_files",
        to=Recipient(email=letter.sender, language=report.language),
        context={"code": report.code, "refused": "\n".join(f"- {clean_line(one)}" for one in refused[:10])},
        about=report,
        link=reverse("reports:follow"),
        dedupe_key=f"reports.mail_files:{letter.mail_id}",
        now=now,
    )
