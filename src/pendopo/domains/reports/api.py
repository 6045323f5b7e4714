"""Reports for other programs, under /api/v1/. Reads answer what the public may read and nothing else."""

import json
from typing import Annotated, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from ninja import File, Header, Path, Query, Router
from ninja.files import UploadedFile

from pendopo.base.accounts import limits
from pendopo.base.clients import public as clients
from pendopo.base.clients.door import FORM, OPEN, OPTIONAL_TOKEN, Door, caller_of
from pendopo.base.files.refusals import FileRefused
from pendopo.domains.reports import api_listing, geo, phrases, proof, published, reading, telling
from pendopo.domains.reports.actions.machine import receive_from_client
from pendopo.domains.reports.api_intake import new_report
from pendopo.domains.reports.api_schemas import (
    KEY,
    SLUG,
    AreaOut,
    CategoryOut,
    FollowIn,
    FollowOut,
    ListQuery,
    NewReportIn,
    NewReportOut,
    PhotoIn,
    ProblemOut,
    ReportDetail,
    ReportPage,
    plain,
)
from pendopo.domains.reports.categories_in_use import categories
from pendopo.domains.reports.models import Report
from pendopo.kernel import clock, ids
from pendopo.kernel.errors import Refused

router = Router()
ANYBODY = AnonymousUser()  # whoever holds a token: reading is what the public may read
CREATE, FOLLOW = Door("reports:create"), Door("reports:follow")
PHOTO = Door("reports:create", kind=FORM, most=(settings.PHOTO_MAX_MB + 1) * 1024 * 1024)
WRONG = {401: ProblemOut, 403: ProblemOut, 422: ProblemOut, 429: ProblemOut}
ASKED = {401: ProblemOut, 429: ProblemOut}
BODY = {400: ProblemOut, 413: ProblemOut, 415: ProblemOut}


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


@router.get(
    "/categories", response={200: list[CategoryOut], **ASKED}, auth=OPEN, tags=[gettext_noop("Acuan")],
    summary=gettext_noop("Daftar kategori"),
    description=gettext_noop(
        "Kategori yang dapat dipilih pelapor, menurut urutannya."
    ), openapi_extra=OPTIONAL_TOKEN,
)  # fmt: skip
def list_categories(request: HttpRequest, response: HttpResponse) -> Any:
    """Categories a reporter can choose, in their order."""
    response.headers["Cache-Control"] = "public, max-age=300"
    english = _language() == "en"
    return [
        {
            "key": category.pk,
            "label": category.label_in(_language()),
            "hint": (english and category.hint_en) or category.hint,
        }
        for category in categories()
    ]


@router.get(
    "/areas", response={200: list[AreaOut], **ASKED}, auth=OPEN, tags=[gettext_noop("Acuan")],
    summary=gettext_noop("Daftar kelurahan"),
    description=gettext_noop(
        "Kelurahan dan desa yang dilayani, dengan kode wilayah resminya."
    ), openapi_extra=OPTIONAL_TOKEN,
)  # fmt: skip
def list_areas(request: HttpRequest, response: HttpResponse) -> Any:
    """Served kelurahan and desa with their official codes."""
    response.headers["Cache-Control"] = "public, max-age=3600"
    groups = geo.grouped_villages()
    return [
        {"code": code, "name": name, "district": district}
        for district, group in groups
        for code, name in group
    ]


@router.get(
    "/reports", response={200: ReportPage, **ASKED, 422: ProblemOut}, auth=OPEN, tags=[gettext_noop("Laporan")],
    summary=gettext_noop("Daftar laporan"),
    description=gettext_noop(
        "Laporan terbuka, terbaru lebih dulu; dengan updated_since menurut waktu perubahannya. "
        "Ikuti next sampai null. Satu halaman bisa berisi lebih sedikit daripada limit."
    ), openapi_extra=OPTIONAL_TOKEN,
)  # fmt: skip
def list_reports(request: HttpRequest, response: HttpResponse, asked: Query[ListQuery]) -> Any:
    """Public reports page by page."""
    response.headers["Cache-Control"] = "public, max-age=20"
    page = api_listing.page(Report.objects.visible_to(ANYBODY).public(), asked)
    told = [published.public_report(report, language=_language()) for report in page.reports]
    return {"reports": told, "next": page.next}


@router.post(
    "/reports", response={201: NewReportOut, **WRONG, **BODY}, auth=CREATE, tags=[gettext_noop("Laporan")],
    summary=gettext_noop("Kirim laporan"),
    description=gettext_noop(
        "Menyimpan satu laporan warga. Kirim ulang dengan Idempotency-Key yang sama selama sehari mendapat "
        "jawaban yang sama (header Idempotency-Replayed: true) dan tidak membuat laporan kedua. Foto dikirim "
        "lebih dulu lewat POST /photos; nomornya ditulis di photos."
    ),
)  # fmt: skip
def create_report(
    request: HttpRequest,
    payload: NewReportIn,
    key: Annotated[str, Header(..., alias="Idempotency-Key", pattern=KEY)],
) -> Any:
    """One report, however often it is asked for with the same key."""
    client, now = caller_of(request).client, clock.now()
    assert client is not None  # the door asked for a token
    answer = clients.once(
        client=client, key=key, asked=plain(payload), now=now, make=lambda: _created(payload, client)
    )
    response = HttpResponse(answer.body, content_type="application/json", status=answer.code)
    response.headers["Idempotency-Replayed"] = "true" if answer.replayed else "false"
    if answer.location:
        response.headers["Location"] = answer.location
    return response


def _created(payload: NewReportIn, client: clients.ApiClient) -> clients.Answer:
    """Make the report and the receipt that every repeat gets. Raises Problem 422."""
    try:
        report = receive_from_client(
            new=new_report(payload), photo_ids=payload.photos, client=client, now=clock.now()
        )
    except Refused as no:
        raise clients.Problem("isian", errors=[clients.FieldError(no.field, str(no))]) from None
    shown = not report.secret
    told = {
        "code": report.code,
        "id": report.slug if shown else None,
        "url": settings.PUBLIC_URL + reverse("reports:detail", args=[report.slug]) if shown else None,
        "follow_url": telling.follow_link(report),
        "status": published.status_words(report.status),
        "received_at": report.received_at.isoformat(),
    }
    place = f"/api/v1/reports/{report.slug}" if shown else ""
    return clients.Answer(201, json.dumps(told, ensure_ascii=False), place)


@router.get(
    "/reports/{slug}", response={200: ReportDetail, 404: ProblemOut, **ASKED, 422: ProblemOut}, auth=OPEN,
    tags=[gettext_noop("Laporan")], summary=gettext_noop("Satu laporan"),
    description=gettext_noop(
        "Satu laporan terbuka dengan riwayatnya."
    ), openapi_extra=OPTIONAL_TOKEN,
)  # fmt: skip
def one_report(
    request: HttpRequest, response: HttpResponse, slug: Annotated[str, Path(..., pattern=SLUG)]
) -> Any:
    """One public report with its timeline."""
    return _one(response, slug=slug)


def _one(response: HttpResponse, **which: str) -> dict[str, Any]:
    found = published.for_machines(Report.objects.visible_to(ANYBODY).public().filter(**which))
    report = found.first()
    if report is None:
        raise clients.Problem("tidak-ada")
    response.headers["Cache-Control"] = "public, max-age=20"
    response.headers["Last-Modified"] = http_date(report.updated_at.timestamp())
    return published.public_report(report, language=_language(), with_story=True)


@router.get(
    "/follow/{code}", response={200: ReportDetail, 404: ProblemOut, **ASKED, 422: ProblemOut}, auth=OPEN,
    tags=[gettext_noop("Lacak")], summary=gettext_noop("Bagian umum menurut nomor laporan"),
    description=gettext_noop(
        "Yang boleh dibaca umum tentang laporan dengan nomor ini. Laporan rahasia tidak pernah muncul."
    ), openapi_extra=OPTIONAL_TOKEN,
)  # fmt: skip
def follow_public(
    request: HttpRequest, response: HttpResponse, code: Annotated[str, Path(..., max_length=40)]
) -> Any:
    """What everybody may read about the report of this number; never a secret one."""
    return _one(response, code=ids.normalize_code(code) or "")


@router.post(
    "/follow", response={200: FollowOut, **WRONG, **BODY}, auth=FOLLOW, tags=[gettext_noop("Lacak")],
    summary=gettext_noop("Laporan sendiri, dengan bukti"),
    description=gettext_noop(
        "Keadaan dan riwayat bagi pelapornya sendiri: nomor laporan dan kontak yang dulu ditinggalkan. "
        "Percobaan dibatasi; jawaban tidak memberi tahu mana yang salah."
    ),
)  # fmt: skip
def follow_own(request: HttpRequest, response: HttpResponse, payload: FollowIn) -> Any:
    """The reporter's own view, for who proves to be the reporter."""
    now = clock.now()
    verdict = proof.may_try(request, payload.code, now=now)
    if not verdict:
        wait = str(max(1, int((verdict.again_at - now).total_seconds())))
        raise clients.Problem("kuota", limits.try_again(verdict, now=now), headers={"Retry-After": wait})
    proved = proof.by_contact(payload.code, payload.contact)
    if proved is None:
        words = _("Nomor laporan dan kontak ini tidak cocok. Periksa keduanya, lalu coba lagi.")
        raise clients.Problem("isian", words)
    own = Report.objects.visible_to(ANYBODY, holding=[proved.pk]).select_related("office")
    return _own(own.filter(pk=proved.pk).get())


def _own(report: Report) -> dict[str, Any]:
    public = not (report.secret or report.hidden)
    return {
        "code": report.code,
        "status": published.status_words(report.status),
        "said": phrases.said(report),
        "received_at": report.received_at,
        "updated_at": report.updated_at,
        "closed_at": report.closed_at,
        "url": settings.PUBLIC_URL + reverse("reports:detail", args=[report.slug]) if public else None,
        "timeline": [
            {"at": told.when, "title": told.title, "text": told.text} for told in reading.own_timeline(report)
        ],
    }


@router.post(
    "/photos",
    response={201: PhotoIn, **WRONG, **BODY},
    auth=PHOTO,
    tags=[gettext_noop("Laporan")],
    summary=gettext_noop("Kirim foto"),
    description=gettext_noop(
        "Menyimpan satu foto (JPG, PNG, WebP, HEIC) untuk laporan yang menyusul dalam sehari. Lokasi di dalam foto "
        "dihapus. Foto yang tidak dipakai laporan mana pun dihapus sendiri."
    ),
)
def send_photo(request: HttpRequest, file: Annotated[UploadedFile, File(...)]) -> Any:
    """Store a photo for a report that follows within a day."""
    client = caller_of(request).client
    assert client is not None  # the door asked for a token
    try:
        kept = clients.keep_photo(client=client, upload=file, now=clock.now())
    except FileRefused as no:
        raise clients.Problem("isian", errors=[clients.FieldError("file", str(no))]) from None
    told = {"id": str(kept.pk), "width": kept.width, "height": kept.height}
    return HttpResponse(json.dumps(told), content_type="application/json", status=201)
