"""What the reports room knows about people: finding it for their copy, erasing it, and letting the clock forget it.

Contact data go whole; that there was a name, an e-mail, a phone stays, so that figures hold. What people typed
into free text is not judged by a machine: only exact repetitions of the report's own contact data are masked
there. The rest is the officers' eye and the verb "Atur tampilan publik" (docs/operate/retention.md says so).
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendopo.base.audit import looks
from pendopo.base.cases.models import MessageKind
from pendopo.base.files.models import File
from pendopo.base.registries import personal
from pendopo.base.registries.personal import Enclosed, Erased, Erasure, Held, Holding, Subject
from pendopo.domains.reports import forgetting, proof
from pendopo.domains.reports.models import Report, ReportFollower, ReportQuerySet

KIND = Report.KIND


def reports_of(subject: Subject) -> ReportQuerySet:
    """Reports the person sent: by account, by the address left, or proved one by one."""
    mine = Q(pk__in=subject.cases_of(KIND))
    if subject.user_id:
        mine |= Q(reporter=subject.user_id)
    if subject.emails:
        mine |= Q(contact__email__in=subject.emails)
    if subject.phones:
        mine |= Q(contact__phone__in=subject.phones)
    found: ReportQuerySet = Report.objects.filter(mine)
    return found


def under_hold(held: Held) -> Q:
    """Which reports a legal hold protects."""
    return (
        Q(pk__in=held.cases_of(KIND))
        | Q(reporter__in=held.users)
        | Q(contact__email__in=held.emails)
        | Q(contact__phone__in=held.phones)
    )


def collect(subject: Subject) -> Holding:
    """The person's own reports with what was said between them and the office. No internal notes, no names of staff."""
    rows, files = [], []
    reports = reports_of(subject).select_related("category", "region", "office", "contact")
    for report in reports.order_by("received_at").prefetch_related(
        "messages__office", "ratings", "attachments__file", "attachments__message"
    ):
        sent = [a for a in report.attachments.all() if a.role != "PROOF"]
        rows.append(_told(report, sent))
        files += [_enclosed(report, attachment.file) for attachment in sent]
    return Holding([*rows, *_followed(subject)], files)


def _told(report: Report, sent: list[Any]) -> dict[str, Any]:
    contact = report.contact
    return {
        "nomor": report.code,
        "diterima": report.received_at,
        "selesai": report.closed_at,
        "keadaan": report.get_status_display(),
        "kategori": str(report.category),
        "kantor": report.office.name,
        "isi": report.text,
        "isi yang tampil": report.public_text,
        "nama yang tampil": report.shown_name,
        "nama disembunyikan": report.anonymous,
        "rahasia": report.secret,
        "alamat": report.address,
        "wilayah": report.region.name,
        "titik": [report.latitude, report.longitude] if report.latitude is not None else None,
        "kontak": {"nama": contact.name, "surel": contact.email, "telepon": contact.phone},
        "percakapan": [
            {
                "pada": m.at,
                "dari": m.office.name if m.office else str(_("Pelapor")),
                "jenis": str(m.get_kind_display()),
                "isi": m.body,
            }
            for m in report.messages.all()
            if m.kind != MessageKind.NOTE
        ],
        "penilaian": [{"pada": r.at, "bintang": r.stars, "kesan": r.comment} for r in report.ratings.all()],
        "foto": [_name(report, a.file) for a in sent],
        "kontak dilihat": [
            {"pada": look.at, "kantor": look.office, "peran": look.role}
            for look in looks.at_cases("reports.report", [report.pk])
        ],
    }


def _name(report: Report, file: File) -> str:
    return f"{report.code}/{file.pk}.{file.key.rpartition('.')[2]}"


def _enclosed(report: Report, file: File) -> Enclosed:
    def read() -> bytes | None:
        try:
            with default_storage.open(file.key) as stored:
                return bytes(stored.read())
        except FileNotFoundError:
            return None

    return Enclosed(_name(report, file), read)


def _follows(subject: Subject) -> Any:
    mine = Q(email__in=subject.emails)
    if subject.user_id:
        mine |= Q(user=subject.user_id)
    return ReportFollower.objects.filter(mine)


def _followed(subject: Subject) -> list[dict[str, Any]]:
    rows = _follows(subject).select_related("case").order_by("since")
    # A report that is no longer public is not named: following gives no right to it.
    return [
        {
            "mengikuti": f"/laporan/{row.case.slug}/" if not (row.case.secret or row.case.hidden) else None,
            "sejak": row.since,
            "surel": row.email,
            "dikonfirmasi": row.confirmed_at,
        }
        for row in rows
    ]


def erase(order: Erasure) -> Erased:
    """Contact data of the person's reports and follows; with `words` also what the person wrote and sent."""
    found = reports_of(order.subject)
    protected = under_hold(order.held)
    held = found.filter(protected).count()
    done = 0
    for report in found.exclude(protected).select_related("contact").order_by("pk"):
        done += forgetting.forget_contact(report, now=order.now)
        if order.words:
            done += forgetting.forget_words(report, now=order.now)
    follows = _follows(order.subject).exclude(Q(email__in=order.held.emails) | Q(user__in=order.held.users))
    return Erased(done + follows.delete()[0], held)


def _proved(request: HttpRequest, now: dt.datetime) -> Collection[int]:
    return proof.holding(request, now=now)


def _find(user: Any, code: str) -> personal.CaseSeen | None:
    report = Report.objects.desk_of(user).filter(code=code).first()
    return personal.CaseSeen(report.pk, report.code, report.secret) if report else None


def _own(subject: Subject) -> list[int]:
    return list(reports_of(subject).order_by("-received_at").values_list("pk", flat=True)[:500])


def _listed(user: Any, subject: Subject) -> list[personal.CaseNamed]:
    """The person's reports that this member of staff may know, newest first."""
    mine = reports_of(subject).values("pk")
    seen = Report.objects.desk_of(user).filter(pk__in=mine).order_by("-received_at")[:50]
    return [
        personal.CaseNamed(
            report.code, reverse("desk:case", args=[KIND, report.code]), report.get_status_display(),
            report.closed_at is None,
        )
        for report in seen
    ]  # fmt: skip


def register() -> None:
    """Called once from `registration.register`."""
    looks.register("reports.contact_viewed")
    personal.proof_sources.register(
        personal.ProofSource(
            KIND, _("Buka laporan Anda dengan nomor dan kontaknya"), "reports:follow", _proved
        )
    )
    personal.case_finders.register(personal.CaseFinder(KIND, "reports.report", _find, _listed, _own))
    personal.holders.register(
        personal.PersonalDataHolder(
            "reports",
            _("Laporan warga"),
            what=_(
                "Nama, surel, telepon, cerita, foto, tempat, percakapan, penilaian, dan laporan yang diikuti."
            ),
            whose=_("Pelapor dan pengikut laporan"),
            where="reports_report, reports_reportcontact, reports_reportmessage, reports_reportattachment, "
            "reports_rating, reports_reportfollower",
            collect=collect,
            erase=erase,
            order=10,
        )
    )
    drafts = personal.PersonalDataHolder(
        "reports.drafts",
        _("Laporan yang sedang ditulis"),
        what=_("Jawaban yang sudah diisi tetapi belum dikirim."),
        whose=_("Siapa saja yang mulai menulis laporan"),
        where="reports_draft, reports_draftphoto",
        collect=forgetting.collect_drafts,
        erase=forgetting.erase_drafts,
        order=20,
    )
    personal.holders.register(drafts)
    forgetting.register()
