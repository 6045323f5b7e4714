"""History as a table for auditors."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit import actions
from pendopo.base.audit.forms import JournalFilter, page_of
from pendopo.base.audit.models import Entry, EntryQuerySet, Mark
from pendopo.base.audit.timelines import actor_of, officer_sentence
from pendopo.kernel import tables

ROWS_AT_ONCE = 1000


@transaction.atomic
def export(*, by: User, chosen: JournalFilter, now: dt.datetime) -> Iterator[str]:
    """CSV lines of what `by` may see and the filter asks for. Taking history out is itself recorded."""
    actions.record(
        actor=by, verb="audit.exported", subject=None, at=now, facts={"filter": _said(chosen.asked())}
    )
    entries = chosen.narrow(Entry.objects.visible_to(by))
    return tables.csv_text(_header(), _rows(entries))


def _header() -> list[str]:
    return [
        _("Waktu"),
        _("Pelaku"),
        _("Kantor"),
        _("Perbuatan"),
        _("Kalimat"),
        _("Jenis"),
        _("Nomor"),
        _("Tampak bagi warga"),
    ]


def _rows(entries: EntryQuerySet) -> Iterator[list[object]]:
    mark: Mark | None = None
    while True:
        page, mark = page_of(entries, mark, size=ROWS_AT_ONCE)
        for entry in page:
            yield [
                timezone.localtime(entry.at).isoformat(timespec="seconds"),
                actor_of(entry),
                entry.organization.name if entry.organization else "",
                entry.verb,
                officer_sentence(entry),
                entry.subject_kind,
                entry.subject_code,
                _("ya") if entry.public else _("tidak"),
            ]
        if mark is None:
            return


def _said(asked: dict[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in asked.items()) or _("tanpa saringan")
