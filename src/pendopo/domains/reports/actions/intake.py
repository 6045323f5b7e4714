"""A report arrives: from the citizen's own phone, or written down by staff for somebody who called or came."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.base.cases.models import CaseLink, Relation
from pendopo.base.files.models import File
from pendopo.base.organizations.models import Organization
from pendopo.domains.reports import policy, telling
from pendopo.domains.reports.actions.common import CITIZEN_LABEL, remember
from pendopo.domains.reports.actions.routing import suggest_offices
from pendopo.domains.reports.events import ReportReceived
from pendopo.domains.reports.models import (
    CLOSED,
    Category,
    Channel,
    Draft,
    Report,
    ReportAttachment,
    ReportContact,
    Status,
)
from pendopo.kernel import events, h3cells, ids, phones
from pendopo.kernel.caches import timed
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean, clean_line


@dataclass(frozen=True)
class NewReport:
    """The facts of a report before it has a number. Latitude and longitude come together or not at all."""

    category: Category
    text: str
    region_code: str
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    anonymous: bool = True
    secret: bool = False
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "id"
    photos: Sequence[File] = field(default_factory=tuple)
    channel: str = Channel.WEB
    external_number: str = ""


class NoIntakeOffice(Refused):
    """The government is not set up: no office receives reports yet."""


@timed(20)
def intake_office() -> Organization:
    """The office that receives and routes, kept for 20 seconds in each process. Raises NoIntakeOffice."""
    office = Organization.objects.filter(is_intake=True, active=True).first()
    if office is None:
        raise NoIntakeOffice(
            _("Kantor penerima laporan belum diatur. Jalankan `pendopo regions load KODE` lebih dahulu.")
        )
    return office


@transaction.atomic
def receive(*, draft: Draft, new: NewReport, by: Any, now: dt.datetime, continues: str = "") -> Report:
    """Turn a draft into a report. Sending the same draft again returns the report it made the first time.

    `continues` is the slug of a closed public report that the citizen calls unsolved: staff see both together.
    """
    # No join here: a second sender that waited for this lock would see the draft as it is now, but the joined
    # report as it was when the statement began, which is none.
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.report_id is not None:
        return Report.objects.get(pk=draft.report_id)
    report = _insert(new, reporter=by if getattr(by, "is_authenticated", False) else None, now=now)
    draft.report, draft.answers, draft.updated_at = report, {}, now
    draft.save(update_fields=["report", "answers", "updated_at"])
    remember(report, "received", by=None, label=CITIZEN_LABEL, now=now, public=True, facts=_facts(report))
    if continues and not report.secret:
        _continue(report, continues, now=now)
    _tell(report, now=now)
    return report


def _continue(report: Report, slug: str, *, now: dt.datetime) -> None:
    """Link to the closed report that this one goes on from; a slug that names none is passed over."""
    earlier = Report.objects.public().filter(slug=clean_line(slug), status__in=CLOSED).first()
    if earlier is not None:
        CaseLink.objects.create(
            source_kind=Report.KIND, source_id=report.pk, target_kind=Report.KIND, target_id=earlier.pk,
            relation=Relation.FOLLOWS, made_at=now,
        )  # fmt: skip


@transaction.atomic
def enter(*, new: NewReport, by: User, now: dt.datetime) -> Report:
    """Write down a report "atas nama" a citizen. Raises NotAllowed."""
    require(policy.may_enter, by)
    report = _insert(new, reporter=None, entered_by=by, now=now)
    remember(report, "entered", by=by, now=now, public=True, facts=_facts(report))
    _tell(report, now=now)
    return report


@transaction.atomic
def bring_in(
    *, new: NewReport, public_text: str, by: User, received_at: dt.datetime, now: dt.datetime
) -> Report:
    """A report another system took in and that still waits; its day there is day 0 here. Raises NotAllowed."""
    require(policy.may_import, by)
    report = _insert(new, reporter=None, entered_by=by, now=received_at)
    if public_text != report.public_text:  # masked over there already
        report.public_text = clean(public_text)
        report.touch("public_text", now=now)
    remember(report, "imported", by=by, now=now, public=True, facts=_facts(report))
    _tell(report, now=now)
    return report


def _facts(report: Report) -> dict[str, Any]:
    return {"channel": Channel(report.channel).label}


def _insert(
    new: NewReport, *, reporter: User | None, now: dt.datetime, entered_by: User | None = None
) -> Report:
    has_point = new.latitude is not None and new.longitude is not None
    words = clean(new.text)
    report = Report(
        code=ids.new_code("LAP"),
        slug=ids.new_slug(),
        status=Status.RECEIVED,
        office=intake_office(),
        reporter=reporter,
        entered_by=entered_by,
        channel=new.channel,
        external_number=clean_line(new.external_number),
        language=new.language,
        secret=new.secret,
        anonymous=new.anonymous,
        shown_name="" if new.anonymous or new.secret else clean_line(new.name),
        received_at=now,
        updated_at=now,
        category=new.category,
        report_class=new.category.default_class,
        text=words,
        public_text=words,
        address=clean_line(new.address),
        region_id=new.region_code,
        latitude=new.latitude if has_point else None,
        longitude=new.longitude if has_point else None,
        cell=h3cells.cell_of(new.latitude, new.longitude) if has_point else None,  # type: ignore[arg-type]
    )
    clock = clocks.new_clock(report, "verify", started_at=now)
    clocks.set_due(report, [(clock.due_on, clock.step, clock.paused)])
    report.save(force_insert=True)
    clock.case_id = report.pk  # type: ignore[attr-defined]  # every room's clock has its case
    clock.save(force_insert=True)
    report.contact = ReportContact.objects.create(
        case=report,
        name=clean_line(new.name),
        email=new.email.strip().lower(),
        phone=phones.normalize(new.phone) or clean_line(new.phone)[:20],
    )
    ReportAttachment.objects.bulk_create(
        ReportAttachment(case=report, file=photo, role="PHOTO", at=now) for photo in new.photos
    )
    return report


def _tell(report: Report, *, now: dt.datetime) -> None:
    suggest_offices(report, now=now)
    telling.tell_reporter(report, "reports.received", now=now, once="1")
    events.publish(ReportReceived(report.pk))
