"""Categories and reports in the words of GeoReport v2. Public facts only: querysets and rounding of the site."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendopo.base.files.links import link_to
from pendopo.domains.reports import geo, photos, phrases
from pendopo.domains.reports.models import FINAL, Category, Report, ReportClock, ReportQuerySet
from pendopo.kernel import clock

IDENTITY = "identitas"
LANDMARK = "patokan"


def service(category: Category) -> dict[str, Any]:
    """One entry of the service list. `metadata` is true: every service asks how the reporter wants to be known."""
    language = get_language() or "id"
    hint = category.hint_en if language.startswith("en") and category.hint_en else category.hint
    return {
        "service_code": category.key,
        "service_name": category.label_in(language),
        "description": hint or category.label_in(language),
        "metadata": True,
        "type": "realtime",
        "keywords": category.key.replace("-", ", "),
        "group": category.get_default_class_display(),
    }


def definition(category: Category) -> dict[str, Any]:
    """What a client asks the citizen besides the standard fields."""
    identities = [
        ("terbuka", _("Nama saya boleh tampil")),
        ("anonim", _("Sembunyikan nama saya")),
        ("rahasia", _("Sembunyikan seluruh laporan, hanya kantor yang menangani boleh membacanya")),
    ]
    return {
        "service_code": category.key,
        "attributes": [
            {
                "variable": True,
                "code": IDENTITY,
                "datatype": "singlevaluelist",
                "required": False,
                "datatype_description": _("Tanpa pilihan, nama disembunyikan."),
                "order": 1,
                "description": _("Siapa yang boleh tahu?"),
                "values": [{"key": key, "name": name} for key, name in identities],
            },
            {
                "variable": True,
                "code": LANDMARK,
                "datatype": "string",
                "required": False,
                "datatype_description": _("Contoh: depan masjid, seberang pasar."),
                "order": 2,
                "description": _("Patokan di dekat tempat kejadian"),
                "values": [],
            },
        ],
    }


def readable(reports: ReportQuerySet) -> ReportQuerySet:
    """The rows that `request` needs, in two queries however many they are."""
    rows = reports.select_related("category", "region__parent__parent", "office")
    promise = ReportClock.objects.filter(case=OuterRef("pk"), step="resolve", stopped_at=None).values(
        "due_on"
    )
    rows = rows.annotate(promised_on=Subquery(promise[:1]))
    return rows.prefetch_related(photos.public_pictures())  # type: ignore[no-any-return]  # stays our queryset


def request(report: Report) -> dict[str, Any]:
    """One service request. `report` comes from `readable`; empty values stay as null, as the examples have them."""
    point = geo.public_point(report.cell)
    ended = report.status in FINAL
    picture = next(iter(report.pictures), None)  # type: ignore[attr-defined]
    promised = report.promised_on if not ended else None  # type: ignore[attr-defined]
    return {
        "service_request_id": report.slug,
        "status": "closed" if ended else "open",
        "status_notes": phrases.said_publicly(report),
        "service_name": report.category.label_in(get_language() or "id"),
        "service_code": report.category_id,
        "description": report.public_text[:4000],
        "agency_responsible": report.office.name,
        "service_notice": None,
        "requested_datetime": w3(report.received_at),
        "updated_datetime": w3(report.closed_at if ended and report.closed_at else report.updated_at),
        "expected_datetime": w3(clock.end_of_day(promised)) if promised else None,
        "address": _address(report),
        "address_id": report.region_id,
        "zipcode": None,
        "lat": point[0] if point else None,
        "long": point[1] if point else None,
        "media_url": settings.PUBLIC_URL + link_to(picture.file, now=clock.now()) if picture else None,
    }


def w3(moment: dt.datetime) -> str:
    """An instant in the W3 profile of ISO 8601: seconds and an offset, in the government's own zone."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _address(report: Report) -> str:
    """From the most specific to the most general, without house numbers: landmark, kelurahan, kecamatan, city."""
    village = report.region
    district = village.parent
    city = district.parent if district else None
    names = (area.name for area in (village, district, city) if area is not None)
    return ", ".join(part for part in (geo.public_address(report.address), *names) if part)
