"""The shapes of the API about reports, as OpenAPI shows them. Words are judged by the site's own forms."""

import datetime as dt
import uuid
from enum import Enum
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from pendopo.domains.reports.actions.drafts import MAX_PHOTOS
from pendopo.domains.reports.forms.wizard import MAX_WORDS, MIN_WORDS
from pendopo.domains.reports.models import Status

MOST_ROWS = 100
SLUG = r"^[0-9a-z]{10}$"
REGION = r"^\d{2}(\.\d{2}){0,2}(\.\d{4})?$"
KEY = r"^[A-Za-z0-9_.:\-]{8,128}$"

StatusCode = Enum("StatusCode", {name: name for name in Status.values}, type=str)  # type: ignore[misc]


class CategoryOut(Schema):
    """A category a report may have."""

    key: str
    label: str
    hint: str = Field(description=gettext_noop("Contoh isi kategori ini"))


class AreaOut(Schema):
    """A served kelurahan or desa with its official code (Kemendagri)."""

    code: str
    name: str
    district: str = Field(description=gettext_noop("Kecamatan"))


class StatusOut(Schema):
    """The state of a report."""

    code: StatusCode
    label: str
    group: Literal["baru", "proses", "menunggu", "selesai", "diarsipkan", "diteruskan"]


class CategoryRef(Schema):
    """Category of a report."""

    key: str
    label: str


class RegionRef(Schema):
    """Where a report is, by the official code."""

    code: str
    name: str
    district: str


class LocationOut(Schema):
    """The middle of a cell of about 70 m; the exact point is never public."""

    latitude: float
    longitude: float
    accuracy_m: int


class OfficeRef(Schema):
    """The office that has the report now."""

    key: str
    name: str


class PhotoOut(Schema):
    """Addresses that open for about an hour; ask again for fresh ones."""

    url: str
    thumb: str


class EventOut(Schema):
    """One line of the public timeline."""

    at: dt.datetime
    title: str
    text: str


class ReportOut(Schema):
    """A public report."""

    id: str
    url: str
    status: StatusOut
    said: str = Field(description=gettext_noop("Keadaan laporan dalam satu kalimat"))
    category: CategoryRef
    text: str
    address: str = Field(description=gettext_noop("Tanpa nomor rumah"))
    region: RegionRef
    location: LocationOut | None
    reporter: str | None = Field(description=gettext_noop("null bila nama disembunyikan"))
    office: OfficeRef
    photos: list[PhotoOut]
    received_at: dt.datetime
    updated_at: dt.datetime
    closed_at: dt.datetime | None


class ReportDetail(ReportOut):
    """A public report with its timeline, newest first."""

    timeline: list[EventOut]


class ReportPage(Schema):
    """One page. `next` is the cursor of the following page, null on the last one."""

    reports: list[ReportOut]
    next: str | None


class NewReportIn(Schema):
    """A report to hand in. Place: a kelurahan with an address, or a point (the kelurahan follows from it)."""

    model_config = ConfigDict(extra="forbid")

    category: Annotated[str, Field(max_length=40, examples=["lampu-jalan"])]
    text: Annotated[str, Field(min_length=MIN_WORDS, max_length=MAX_WORDS)]
    region: Annotated[
        str, Field(max_length=13, description=gettext_noop("Kode kelurahan"), examples=["33.72.01.1001"])
    ] = ""
    address: Annotated[str, Field(max_length=300)] = ""
    latitude: Annotated[float, Field(ge=-11.6, le=6.6)] | None = None
    longitude: Annotated[float, Field(ge=94.5, le=141.5)] | None = None
    anonymous: bool = Field(True, description=gettext_noop("Nama tidak ditampilkan"))
    secret: bool = Field(False, description=gettext_noop("Rahasia: hanya kantor yang menangani yang membaca"))
    name: Annotated[str, Field(max_length=120)] = ""
    email: Annotated[str, Field(max_length=254)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    language: Literal["id", "en"] = "id"
    photos: Annotated[
        list[uuid.UUID], Field(max_length=MAX_PHOTOS, description=gettext_noop("Nomor dari POST /photos"))
    ] = []
    external_id: Annotated[str, Field(max_length=60, description=gettext_noop("Nomor di aplikasi Anda"))] = ""


class NewReportOut(Schema):
    """The receipt. `follow_url` opens the reporter's own view: give it to the reporter and to nobody else."""

    code: str
    id: str | None = Field(description=gettext_noop("null bila laporan rahasia"))
    url: str | None
    follow_url: str
    status: StatusOut
    received_at: dt.datetime


class PhotoIn(Schema):
    """A stored photo that waits for its report, for a day."""

    id: uuid.UUID
    width: int | None
    height: int | None


class FollowIn(Schema):
    """Proof of being the reporter: the number and the e-mail address or telephone number left with it."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(min_length=1, max_length=40, examples=["LAP-7K2M-Q9XA"])]
    contact: Annotated[str, Field(min_length=3, max_length=254)]


class FollowOut(Schema):
    """The reporter's own view."""

    code: str
    status: StatusOut
    said: str
    received_at: dt.datetime
    updated_at: dt.datetime
    closed_at: dt.datetime | None
    url: str | None = Field(description=gettext_noop("Halaman umum; null bila rahasia"))
    timeline: list[EventOut]


class ListQuery(Schema):
    """Filters of the public list; all may be left out."""

    q: Annotated[str, Field(max_length=100, description=gettext_noop("Kata kunci"))] = ""
    status: Annotated[list[StatusCode], Field(max_length=12)] = []
    category: Annotated[str, Field(max_length=40)] = ""
    region: Annotated[
        str,
        Field(
            max_length=13,
            description=gettext_noop("Kode kelurahan, kecamatan, atau kota"),
            pattern=rf"^$|{REGION}",
        ),
    ] = ""
    bbox: Annotated[
        str, Field(max_length=120, description=gettext_noop("barat,selatan,timur,utara dalam derajat"))
    ] = ""
    updated_since: AwareDatetime | None = Field(
        None,
        description=gettext_noop("Hanya yang berubah sejak saat ini, yang paling lama berubah lebih dulu"),
    )
    cursor: Annotated[
        str, Field(max_length=120, description=gettext_noop("Nilai next dari halaman sebelumnya"))
    ] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 20


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str
    message: str


class ProblemOut(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None


def plain(payload: Schema) -> dict[str, Any]:
    """The request as plain JSON values, for comparing two of them."""
    values: dict[str, Any] = payload.model_dump(mode="json")
    return values
