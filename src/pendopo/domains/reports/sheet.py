"""The printed disposition sheet: what stands on it, and a small plan drawn without a map server."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.base.cases.models import AttachmentRole
from pendopo.base.organizations.models import Organization
from pendopo.base.regions.models import Boundary
from pendopo.domains.reports import task_reading
from pendopo.domains.reports.actions.common import remember
from pendopo.domains.reports.models import Report, ReportTask
from pendopo.domains.reports.seeds import STEP_LABELS
from pendopo.kernel import clock

SIDE = 240  # units of the drawing; the style sheet says how large it is printed


def of_report(report: Report, *, now: dt.datetime) -> dict[str, Any]:
    """The sheet of a whole report, for its own desk."""
    running = [one for one in clocks.running_clocks(report) if one.stopped_at is None]
    return {
        **_shared(report, report.office, reverse("desk:case", args=[report.KIND, report.code])),
        "limits": [(STEP_LABELS.get(one.step, one.step), one) for one in running],
        "handovers": list(report.handovers.select_related("source", "target", "by")),
        "tasks": task_reading.panel(report, today=clock.local_date(now)),
        "printed_at": now,
    }


def of_task(task: ReportTask, *, now: dt.datetime) -> dict[str, Any]:
    """The sheet of one task, for the asked office: its instruction, nothing of the others."""
    measured = getattr(task, "clock", None)
    limit = [(STEP_LABELS["task"], measured)] if measured and measured.stopped_at is None else []
    return {
        **_shared(task.case, task.office, reverse("reports:task", args=[task.pk])),
        "task": task,
        "limits": limit,
        "printed_at": now,
    }


def _shared(report: Report, office: Organization, link: str) -> dict[str, Any]:
    photos = report.attachments.filter(role=AttachmentRole.PHOTO, message=None).count()
    return {
        "report": report,
        "office": office,
        "qr": task_reading.qr(settings.PUBLIC_URL + link),
        "plan": plan(report),
        "photo_count": photos,
    }


@transaction.atomic
def note_printing(report: Report, *, task: ReportTask | None = None, by: User, now: dt.datetime) -> None:
    """Paper leaves the desk: every opening of the sheet is history. Restricted when the report is secret."""
    facts = {"target": task.office.name} if task else {}
    remember(report, "sheet_printed", by=by, now=now, facts=facts)


def plan(report: Report) -> dict[str, Any] | None:
    """The kelurahan's outline with a cross at the place, as SVG path data; None without a point or polygon."""
    boundary = Boundary.objects.filter(region=report.region_id).first()
    if report.latitude is None or report.longitude is None or boundary is None:
        return None
    point = (report.longitude, report.latitude)
    rings = [[(x, y) for x, y, *_ in ring] for ring in _rings(boundary.geometry)]
    corners = [*(corner for ring in rings for corner in ring), point]
    place = _projection(corners)
    if place is None:
        return None
    paths = [
        "M" + "L".join("{:.1f} {:.1f}".format(*place(corner)) for corner in ring) + "Z" for ring in rings
    ]
    x, y = place(point)
    return {"d": " ".join(paths), "x": f"{x:.1f}", "y": f"{y:.1f}", "side": SIDE}


def _rings(geometry: dict[str, Any]) -> Iterator[Sequence[Any]]:
    parts = geometry.get("coordinates") or []
    for polygon in [parts] if geometry.get("type") == "Polygon" else parts:
        yield from polygon


def _projection(corners: Sequence[tuple[float, float]]) -> Any:
    """Degrees to drawing units, north up, true to shape; None when all corners are one point."""
    west, east = min(x for x, _y in corners), max(x for x, _y in corners)
    south, north = min(y for _x, y in corners), max(y for _x, y in corners)
    shrink = math.cos(math.radians((south + north) / 2))
    span = max((east - west) * shrink, north - south)
    if span <= 0:
        return None
    margin = 12
    scale = (SIDE - 2 * margin) / span
    left = (SIDE - (east - west) * shrink * scale) / 2
    top = (SIDE - (north - south) * scale) / 2

    def place(corner: tuple[float, float]) -> tuple[float, float]:
        x, y = corner
        return left + (x - west) * shrink * scale, top + (north - y) * scale

    return place
