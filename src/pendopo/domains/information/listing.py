"""The staff's list of entries: tabs with counts, filters, pages by the last row seen."""

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, DateTimeField, F, IntegerField, OuterRef, Q, Subquery, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendopo.domains.information import finding, rules
from pendopo.domains.information.models import ConsequenceTest, Item, ItemStatus, TestStatus
from pendopo.domains.information.models.catalogue import ItemQuerySet
from pendopo.kernel.lists import UpTo, beyond, counts_up_to

PAGE = 30
AHEAD = dt.timedelta(days=14)  # what falls due within two weeks is work already


@dataclass(frozen=True)
class Tab:
    """One list. `by_due` lists the most urgent first, the others the newest first."""

    key: str
    label: str | Promise
    of: Callable[[ItemQuerySet, dt.date], ItemQuerySet]
    by_due: bool = False


def _status(status: str) -> Callable[[ItemQuerySet, dt.date], ItemQuerySet]:
    return lambda rows, _today: rows.filter(status=status)


def _to_open(rows: ItemQuerySet, today: dt.date) -> ItemQuerySet:
    """Opened by law and still without a file, or withheld for a few days more."""
    soon = today + dt.timedelta(days=rules.amount(rules.Key.EXPIRY_WARNING_DAYS, today))
    ending = ConsequenceTest.objects.filter(status=TestStatus.FIXED, expires_on__lte=soon).values("item")
    return rows.filter(Q(open_since__isnull=False) | Q(pk__in=ending), status=ItemStatus.FIXED)


TABS = (
    Tab("usulan", _("Diusulkan"), _status(ItemStatus.PROPOSED)),
    Tab("kembali", _("Dikembalikan"), _status(ItemStatus.RETURNED)),
    Tab("draf", _("Draf"), _status(ItemStatus.DRAFT)),
    Tab("perbarui", _("Perlu diperbarui"), lambda rows, today: rows.due(on=today + AHEAD), by_due=True),
    Tab("buka", _("Akan dibuka"), _to_open),
    Tab("tetap", _("Ditetapkan"), _status(ItemStatus.FIXED)),
    Tab("tarik", _("Ditarik"), _status(ItemStatus.WITHDRAWN)),
)
BY_KEY = {tab.key: tab for tab in TABS}


def narrowed(rows: ItemQuerySet, wanted: Mapping[str, Any]) -> ItemQuerySet:
    """The rows that fit what the filter form asks: words or number, category, office, year."""
    words = str(wanted.get("q") or "").strip()
    if words.isascii() and words.isdigit() and len(words) < 9:
        rows = rows.filter(number=int(words))
    elif words:
        rows = rows.search(words)
    for name in ("category", "office", "year"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    return rows


def counts(rows: ItemQuerySet, today: dt.date, *, worded: bool = False) -> dict[str, UpTo]:
    """How many entries each tab has, by one statement; `worded` when `rows` are narrowed by words."""
    with finding.through_the_index() if worded else nullcontext():
        return dict(zip(BY_KEY, counts_up_to([tab.of(rows, today) for tab in TABS]), strict=True))


def page_of(rows: ItemQuerySet, tab: Tab, after: str, today: dt.date) -> tuple[list[Item], str]:
    """Up to `PAGE` entries after the mark ("" for the first page), and the mark of the next page, "" at the end."""
    column = "next_due_on" if tab.by_due else "modified_at"
    found = tab.of(rows, today).light().select_related("office")
    if tab.key == "buka":
        found = found.annotate(withheld_until=_last_day())
    found = found.order_by(column, "pk") if tab.by_due else found.order_by("-modified_at", "-pk")
    mark = _read(after, tab)
    if mark is not None:
        at: Any = Value(mark[0], output_field=DateField() if tab.by_due else DateTimeField())
        key = (at, Value(mark[1], output_field=IntegerField()))
        found = found.filter(beyond((F(column), F("pk")), key, backwards=not tab.by_due))
    items = list(found[: PAGE + 1])
    more = len(items) > PAGE
    return items[:PAGE], _mark(items[PAGE - 1], column) if more else ""


def _last_day() -> Subquery:
    """The last day of the sheet that withholds an entry; None once it is open."""
    fixed = ConsequenceTest.objects.filter(item=OuterRef("pk"), status=TestStatus.FIXED)
    return Subquery(fixed.order_by("-expires_on").values("expires_on")[:1])


def _mark(item: Item, column: str) -> str:
    return f"{getattr(item, column).isoformat()}_{item.pk}"


def _read(words: str, tab: Tab) -> tuple[dt.date | dt.datetime, int] | None:
    """The mark that `_mark` wrote; None for anything else."""
    moment, _sign, pk = words[:60].rpartition("_")
    if not (pk.isascii() and pk.isdigit()) or len(pk) > 9:
        return None
    try:
        if tab.by_due:
            return dt.date.fromisoformat(moment), int(pk)
        at = dt.datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, int(pk)) if at.tzinfo else None
