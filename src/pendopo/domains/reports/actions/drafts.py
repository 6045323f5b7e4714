"""A report being written: every step is kept, so a lost connection or a closed browser loses nothing."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.files.models import File
from pendopo.domains.reports.models import Draft, DraftPhoto
from pendopo.kernel.errors import Refused

KEPT_DAYS = 7  # the cookie that finds a draft; how long its row stays is a row of the privacy room
MAX_PHOTOS = 5


def open_draft(draft_id: UUID | None, *, now: dt.datetime) -> Draft:
    """The draft of this browser, or a new unsaved one; a sent draft is never opened again."""
    found = Draft.objects.filter(pk=draft_id, report=None).first() if draft_id else None
    return found or Draft(created_at=now, updated_at=now)


def find_draft(draft_id: UUID | None) -> Draft | None:
    """The draft of this browser, sent or not: a second click must find the report that the first one made."""
    return Draft.objects.select_related("report").filter(pk=draft_id).first() if draft_id else None


@transaction.atomic
def keep_answers(*, draft: Draft, answers: Mapping[str, Any], now: dt.datetime) -> Draft:
    """Add a step's answers (JSON values) to the draft."""
    draft.answers = {**draft.answers, **answers}
    draft.updated_at = now
    draft.save()
    return draft


@transaction.atomic
def keep_photo(*, draft: Draft, file: File, now: dt.datetime) -> None:
    """Add a stored photo. Raises Refused above the limit."""
    draft.updated_at = now
    draft.save()
    if draft.photos.count() >= MAX_PHOTOS:
        raise Refused(_("Paling banyak %(n)s foto untuk satu laporan.") % {"n": MAX_PHOTOS}, field="photos")
    DraftPhoto.objects.create(draft=draft, file=file)


@transaction.atomic
def drop_photo(*, draft: Draft, photo_id: int) -> None:
    DraftPhoto.objects.filter(draft=draft, pk=photo_id).delete()
