"""What the information room knows about people: finding it for their copy, and erasing it.

The decision stays with the office (base/privacy). A request that is still open keeps its person: the law obliges
the office to answer it. What people wrote as their question stays with the register.
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
from pendopo.base.letters import public as letters
from pendopo.base.letters.public import Letter
from pendopo.base.registries import personal
from pendopo.base.registries.personal import Enclosed, Erased, Erasure, Holding, Subject
from pendopo.domains.information import forgetting, proof, receipts
from pendopo.domains.information.models import InformationRequest, Objection

Case = InformationRequest | Objection


def _mine(subject: Subject, kind: str) -> Q:
    """By account, by the address left, or proved one by one."""
    mine = Q(pk__in=subject.cases_of(kind))
    if subject.user_id:
        mine |= Q(reporter=subject.user_id)
    if subject.emails:
        mine |= Q(contact__email__in=subject.emails)
    if subject.phones:
        mine |= Q(contact__phone__in=subject.phones)
    return mine


def requests_of(subject: Subject) -> Any:
    return InformationRequest.objects.filter(_mine(subject, InformationRequest.KIND)).order_by("received_at")


def objections_of(subject: Subject) -> Any:
    return Objection.objects.filter(_mine(subject, Objection.KIND)).order_by("received_at")


def collect_requests(subject: Subject) -> Holding:
    """The person's requests with letters and what was said; never notes, never names of staff."""
    rows, files = [], []
    found = requests_of(subject).select_related("contact").prefetch_related("messages__office", "proofs")
    for one in found:
        papers = letters.letters_of(receipts.REQUEST, one.pk)
        files += [_enclosed(one, paper) for paper in papers if paper.file]
        rows.append(
            {
                **_told(one),
                "diminta": one.details,
                "tujuan": one.purpose,
                "putusan": one.get_decision_display() if one.decision else None,
                "pemberi kuasa": one.contact.proxy_for,
                "bukti identitas": [
                    {
                        "jenis": str(row.get_kind_display()),
                        "diserahkan": row.given_at,
                        "diterima": row.accepted,
                        "dimusnahkan": row.destroyed_at,
                    }
                    for row in one.proofs.all()
                ],
                "bukti dilihat": [
                    {"pada": look.at, "kantor": look.office, "peran": look.role}
                    for look in looks.at_cases("information.informationrequest", [one.pk])
                ],
            }
        )
    return Holding(rows, files)


def collect_objections(subject: Subject) -> Holding:
    """The person's objections with their letters."""
    rows, files = [], []
    for one in objections_of(subject).select_related("contact").prefetch_related("messages__office"):
        papers = letters.letters_of(receipts.OBJECTION, one.pk)
        files += [_enclosed(one, paper) for paper in papers if paper.file]
        rows.append(
            {
                **_told(one),
                "alasan": str(one.get_ground_display()),
                "kasus posisi": one.position,
                "tanggapan": one.answer,
                "kuasa": one.contact.proxy_name,
            }
        )
    return Holding(rows, files)


def _told(case: Case) -> dict[str, Any]:
    contact = case.contact
    return {
        "nomor": case.registration,
        "kode": case.code,
        "diterima": case.received_at,
        "selesai": case.closed_at,
        "keadaan": case.get_status_display(),
        "nama": contact.name,
        "alamat": contact.address,
        "pekerjaan": contact.occupation,
        "kontak": {"surel": contact.email, "telepon": contact.phone},
        "percakapan": [
            {"pada": m.at, "dari": m.office.name if m.office else str(_("Pemohon")), "isi": m.body}
            for m in case.messages.all()
            if m.kind != MessageKind.NOTE
        ],
    }


def _enclosed(case: Case, paper: Letter) -> Enclosed:
    def read() -> bytes | None:
        try:
            with default_storage.open(paper.file.key) as stored:  # type: ignore[union-attr]  # the caller asked
                return bytes(stored.read())
        except FileNotFoundError:
            return None

    return Enclosed(f"{case.code}/{paper.written.replace('/', '-')}.pdf", read)


def erase_requests(order: Erasure) -> Erased:
    """The person of requests that ended; with `words` also the messages. Open requests are held by the law."""
    found = requests_of(order.subject)
    kept = forgetting.held_requests(order.held) | Q(closed_at=None)
    held, done = found.filter(kept).count(), 0
    for one in found.exclude(kept).order_by("pk"):
        done += forgetting.forget_requester(one, now=order.now)
        if order.words:
            done += forgetting.forget_words(one, now=order.now)
    return Erased(done, held)


def erase_objections(order: Erasure) -> Erased:
    found = objections_of(order.subject)
    kept = forgetting.held_objections(order.held) | Q(closed_at=None)
    held = found.filter(kept).count()
    done = sum(forgetting.forget_objector(one, now=order.now) for one in found.exclude(kept).order_by("pk"))
    return Erased(done, held)


def _proved_requests(request: HttpRequest, now: dt.datetime) -> Collection[int]:
    return proof.holding(request, now=now)


def _proved_objections(request: HttpRequest, now: dt.datetime) -> Collection[int]:
    return proof.holding(request, now=now, kind=Objection.KIND)


def _finder(model: Any, subject_kind: str, of: Any) -> personal.CaseFinder:
    def find(user: Any, code: str) -> personal.CaseSeen | None:
        one = model.objects.desk_of(user).filter(code=code).first()
        return personal.CaseSeen(one.pk, one.code, one.secret) if one else None

    def listed(user: Any, subject: Subject) -> list[personal.CaseNamed]:
        seen = model.objects.desk_of(user).filter(pk__in=of(subject).order_by().values("pk"))
        return [
            personal.CaseNamed(
                one.code, reverse("desk:case", args=[one.KIND, one.code]), one.get_status_display(),
                one.closed_at is None,
            )
            for one in seen.order_by("-received_at")[:50]
        ]  # fmt: skip

    def own(subject: Subject) -> list[int]:
        return list(of(subject).order_by("-received_at").values_list("pk", flat=True)[:500])

    return personal.CaseFinder(model.KIND, subject_kind, find, listed, own)


def register() -> None:
    """Called once from `registration_requests.register`."""
    asked, objected = _("Permohonan informasi"), _("Keberatan informasi")
    invitation = _("Buka permohonan atau keberatan Anda dengan kode dan kontaknya")
    for kind, proved in ((InformationRequest.KIND, _proved_requests), (Objection.KIND, _proved_objections)):
        personal.proof_sources.register(
            personal.ProofSource(kind, invitation, "information:follow", proved, 10)
        )
    finders = personal.case_finders
    finders.register(_finder(InformationRequest, "information.informationrequest", requests_of))
    finders.register(_finder(Objection, "information.objection", objections_of))
    for key, label, what, whose, where, collect, erase, order in (
        ("information", asked,
         _("Nama, alamat, pekerjaan, surel, telepon, yang diminta, tujuan, percakapan, dan surat."),
         _("Pemohon informasi dan pemberi kuasa"),
         "information_informationrequest, information_requestcontact, information_requestmessage,"
         " information_identityproof", collect_requests, erase_requests, 12),
        ("information.objections", objected,
         _("Nama, alamat, pekerjaan, surel, telepon, kasus posisi, percakapan, dan surat."),
         _("Pengaju keberatan dan kuasanya"),
         "information_objection, information_objectioncontact, information_objectionmessage",
         collect_objections, erase_objections, 13),
        ("information.drafts", _("Permohonan informasi yang sedang ditulis"),
         _("Jawaban yang sudah diisi dan bukti identitas yang terkunci, tetapi belum dikirim."),
         _("Siapa saja yang mulai menulis permohonan"), "information_requestdraft, information_draftproof",
         forgetting.collect_drafts, forgetting.erase_drafts, 22),
    ):  # fmt: skip
        personal.holders.register(
            personal.PersonalDataHolder(key, label, what, whose, where, collect, erase, order)
        )
    forgetting.register()
