"""A demo report as it arrived: the row that `actions.intake` would have inserted, with contact and photos."""

import random
from typing import Any

from pendopo.base.accounts.models import User
from pendopo.domains.reports.actions.common import CITIZEN_LABEL
from pendopo.domains.reports.demo_build import Batch
from pendopo.domains.reports.demo_build_context import Context
from pendopo.domains.reports.demo_photos import scene_for
from pendopo.domains.reports.demo_sampling import ReportDraft
from pendopo.domains.reports.models import (
    Channel,
    Report,
    ReportAttachment,
    ReportContact,
    ReportFollower,
    Status,
)
from pendopo.kernel import h3cells, phones
from pendopo.kernel.text import clean, clean_line

PHOTOS, SECOND_PHOTO = 0.58, 0.2  # of the reports that anybody would photograph
FOLLOWED = 0.02


def arrived(draft: ReportDraft, context: Context, batch: Batch, *, pk: int, code: str, slug: str) -> Report:
    """The report, its contact, photos and first line of history; added to the batch."""
    rng = context.city.rng(f"arrival {draft.number}")
    clerk = None if draft.channel == Channel.WEB else context.cast.clerk(rng)
    report = _row(draft, context, pk=pk, code=code, slug=slug, entered_by=clerk)
    if draft.channel == Channel.SP4N:
        report.external_number = str(rng.randint(7_000_000, 9_999_999))
    batch.add(report)
    report.contact = batch.add(
        ReportContact(
            case=report,
            name=clean_line(draft.reporter.name),
            email=draft.reporter.email.strip().lower(),
            phone=phones.normalize(draft.reporter.phone) or clean_line(draft.reporter.phone)[:20],
        )
    )
    facts = {"channel": str(Channel(draft.channel).label)}
    if clerk is None:
        batch.remember(
            report, "received", by=None, label=CITIZEN_LABEL, now=draft.when, public=True, facts=facts
        )
    else:
        batch.remember(report, "entered", by=clerk, now=draft.when, public=True, facts=facts)
    _photos(report, draft, context, batch, rng)
    if not draft.secret and rng.random() < FOLLOWED:
        batch.add(
            ReportFollower(
                case=report, email=f"tetangga{draft.number}@contoh.example", confirmed_at=draft.when,
                since=draft.when,
            )
        )  # fmt: skip
    return report


def _row(
    draft: ReportDraft, context: Context, *, pk: int, code: str, slug: str, entered_by: User | None
) -> Report:
    category = context.categories[draft.category_key]
    words, name = clean(draft.text), clean_line(draft.reporter.name)
    place: dict[str, Any] = {}
    if draft.latitude is not None and draft.longitude is not None:
        cell = h3cells.cell_of(draft.latitude, draft.longitude)
        place = {"latitude": draft.latitude, "longitude": draft.longitude, "cell": cell}
    return Report(
        pk=pk, code=code, slug=slug,
        status=Status.RECEIVED,
        office=context.cast.intake,
        reporter=context.cast.citizen if draft.own else None,
        entered_by=entered_by,
        channel=draft.channel,
        secret=draft.secret,
        anonymous=draft.anonymous,
        shown_name="" if draft.anonymous or draft.secret else name,
        received_at=draft.when,
        updated_at=draft.when,
        category=category,
        report_class=category.default_class,
        text=words,
        public_text=words,
        address=clean_line(f"{draft.address}, {draft.landmark}"),
        region_id=draft.kelurahan,
        **place,
    )  # fmt: skip


def _photos(report: Report, draft: ReportDraft, context: Context, batch: Batch, rng: random.Random) -> None:
    scene = scene_for(draft.topic_key, draft.category_key)
    drawn = context.photos.get(scene or "", [])
    if not drawn or rng.random() > PHOTOS:
        return
    count = 2 if rng.random() < SECOND_PHOTO else 1
    for photo in rng.sample(drawn, min(count, len(drawn))):
        batch.add(ReportAttachment(case=report, file=photo, role="PHOTO", at=draft.when))
