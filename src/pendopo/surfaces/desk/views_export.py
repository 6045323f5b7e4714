"""Taking a list out as a table: what is on the person's desk, never contact data, and the taking is audited."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendopo.base.audit.actions import record
from pendopo.base.cases.desk import DeskKind
from pendopo.kernel import clock
from pendopo.kernel.streams import csv_download
from pendopo.kernel.tables import csv_text
from pendopo.surfaces.desk.access import staff_only
from pendopo.surfaces.desk.queues import cases_in
from pendopo.surfaces.desk.views import find_kind, find_queue

MOST_ROWS = 50_000


@require_GET
@staff_only
def export(request: HttpRequest, kind_key: str, queue_key: str) -> HttpResponseBase:
    """The filtered queue as CSV."""
    kind = find_kind(kind_key)
    queue = find_queue(kind, queue_key, request.user)
    now = clock.now()
    filters = kind.filter_form(request.GET, user=request.user)
    if not filters.is_valid():
        raise Http404
    cases = kind.apply_filters(cases_in(kind, queue, request.user, now), filters.cleaned_data)
    lines = _take_out(kind, cases.order_by("received_at", "pk")[:MOST_ROWS], request.user, now)
    return csv_download(request, lines, filename=f"{kind.key}-{queue.key}.csv")


@transaction.atomic
def _take_out(kind: DeskKind, cases: Any, user: Any, now: Any) -> Iterator[str]:
    """Write down that a list was taken out, then give its lines."""
    record(actor=user, verb="desk.exported", subject=None, at=now, facts={"kind": kind.label})
    header = [str(label) for label, _read in kind.export_columns]
    rows = kind.prepare_list(cases).iterator(chunk_size=1000)
    return csv_text(
        header or [_("Kosong")], ([read(case) for _label, read in kind.export_columns] for case in rows)
    )
