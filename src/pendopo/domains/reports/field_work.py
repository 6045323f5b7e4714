"""What an officer in the field works on: the own open reports, and what of them a phone may keep."""

from typing import Any

from django.db.models import Prefetch

from pendopo.base.cases.models import AttachmentRole
from pendopo.base.files.models import FileKind
from pendopo.base.ui import words
from pendopo.domains.reports import photos, policy
from pendopo.domains.reports.models import Report, ReportAttachment, Status

MOST = 100
OPEN = (Status.ASSIGNED, Status.IN_PROGRESS, Status.REOPENED, Status.AWAITING_INFO)


def mine(user: Any) -> list[Report]:
    """Open reports this person handles, the nearest limit first, with the citizen's photos as `pictures`."""
    pictures = ReportAttachment.objects.filter(
        role=AttachmentRole.PHOTO, message=None, file__kind=FileKind.IMAGE
    )
    own = Report.objects.desk_of(user).filter(handler_id=user.pk, status__in=OPEN)
    return list(
        own.select_related("category", "region", "office")
        .prefetch_related(Prefetch("attachments", pictures.select_related("file"), to_attr="pictures"))
        .order_by("due_at", "pk")[:MOST]
    )


def kept(report: Report, user: Any) -> dict[str, Any]:
    """One task as a phone keeps it: case, place and small photos. Never who reported it."""
    return {
        "key": report.code,
        "code": report.code,
        "version": report.version,
        "state": report.get_status_display(),
        "category": str(report.category),
        "text": report.text,
        "address": report.address,
        "village": report.region.name,
        "point": None if report.latitude is None else [report.latitude, report.longitude],
        "due": words.long_date(report.due_at) if report.due_at else "",
        "photos": [one.thumb for one in photos.shown(report.pictures)],  # type: ignore[attr-defined]
        "may_finish": policy.may_propose_closing(user, report),
    }
