"""A report as machines read it: the same words that neighbours read, as plain JSON values.

Used by the API, by webhooks and by everything else that leaves as data. Give it only reports that came through
`.public()`; load them with `for_machines`.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse

from pendopo.domains.reports import geo, photos, phrases, reading
from pendopo.domains.reports.models import Report, ReportQuerySet, Status

ACCURACY_M = 70  # edge of the cell whose middle is told (geo.PUBLIC_RESOLUTION)


def for_machines(reports: ReportQuerySet) -> ReportQuerySet:
    """The queryset with everything `public_report` reads: two queries for any number of reports."""
    found = reports.select_related("category", "region__parent", "office")
    return found.prefetch_related(photos.public_pictures()).defer("text", "search")


def public_report(report: Report, *, language: str = "id", with_story: bool = False) -> dict[str, Any]:
    """One report. `with_story` adds its public timeline (two more queries) for the answer about one report."""
    point = geo.public_point(report.cell)
    told = {
        "id": report.slug,
        "url": settings.PUBLIC_URL + reverse("reports:detail", args=[report.slug]),
        "status": status_words(report.status),
        "said": phrases.said_publicly(report),
        "category": {"key": report.category_id, "label": report.category.label_in(language)},
        "text": report.public_text,
        "address": geo.public_address(report.address),
        "region": {
            "code": report.region_id,
            "name": report.region.name,
            "district": report.region.parent.name if report.region.parent else "",
        },
        "location": {"latitude": point[0], "longitude": point[1], "accuracy_m": ACCURACY_M}
        if point
        else None,
        "reporter": report.shown_name if not report.anonymous and report.shown_name else None,
        "office": {"key": report.office.slug, "name": report.office.name},
        "photos": _pictures(report),
        "received_at": report.received_at.isoformat(),
        "updated_at": report.updated_at.isoformat(),
        "closed_at": report.closed_at.isoformat() if report.closed_at else None,
    }
    if with_story:
        told["timeline"] = [_told(entry) for entry in reading.public_timeline(report)]
    return told


def status_words(status: str) -> dict[str, str]:
    """A status by its code, in words, and the group a citizen would put it in."""
    known = Status(status)
    return {
        "code": str(known.value),
        "label": str(phrases.WORDS[known]),
        "group": phrases.GROUP_OF[known].key,
    }


def webhook_data(subject_id: int) -> dict[str, Any] | None:
    """What a webhook tells about a report now; None when it is secret, hidden or gone.

    Without photos, whose links would be old before they are read, and without the time of the last change.
    """
    report = (
        Report.objects.public().filter(pk=subject_id).select_related("category", "region__parent", "office")
    )
    found = report.first()
    if found is None:
        return None
    found.pictures = []
    told = public_report(found)
    del told["photos"]
    return told


def _pictures(report: Report) -> list[dict[str, str]]:
    pictures = photos.shown(getattr(report, "pictures", ()))
    return [
        {"url": settings.PUBLIC_URL + one.url, "thumb": settings.PUBLIC_URL + one.thumb} for one in pictures
    ]


def _told(entry: reading.Told) -> dict[str, Any]:
    return {"at": entry.when.isoformat(), "title": entry.title, "text": entry.text}
