"""The columns of an entry as one value, and what the law asks of them together."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.domains.information import rules
from pendopo.domains.information.models import CYCLE_MONTHS, Category, Item, Licence, UpdateCycle
from pendopo.kernel.errors import Refused
from pendopo.kernel.text import clean, clean_line

# Columns that a decree lists; see policy.keeping.may_rename.
DECREED = frozenset({"title", "category", "year"})
_LONG = frozenset({"summary"})
_NEEDED = {
    "title": gettext_lazy("Tulis judul informasinya."),
    "summary": gettext_lazy("Tulis ringkasan isinya."),
    "holder": gettext_lazy("Tulis pejabat atau unit yang menguasai informasi ini."),
    "responsible": gettext_lazy("Tulis penanggung jawab pembuatannya."),
    "made_place": gettext_lazy("Tulis tempat pembuatannya."),
    "retention": gettext_lazy("Tulis jangka waktu simpannya."),
}


@dataclass(frozen=True)
class Entry:
    """Everything an officer fills in about one entry. See `models.Item` for the meaning of each."""

    title: str
    summary: str
    category: str
    holder: str
    responsible: str
    made_on: dt.date
    made_place: str
    retention: str
    retention_source: str = ""
    has_soft: bool = True
    has_hard: bool = False
    language: str = "id"
    licence: str = Licence.CC_BY
    topic: str = ""
    year: int | None = None
    cycle: str = UpdateCycle.NONE

    @classmethod
    def of(cls, item: Item) -> "Entry":
        return cls(**{name: getattr(item, name) for name in NAMES})

    def cleaned(self) -> "Entry":
        """The same without invisible signs and needless spaces."""
        made: dict[str, Any] = {}
        for name in NAMES:
            value = getattr(self, name)
            if isinstance(value, str):
                value = clean(value) if name in _LONG else clean_line(value)
            made[name] = value
        return Entry(**made)


NAMES = tuple(field.name for field in fields(Entry))


def check(entry: Entry, *, on: dt.date) -> None:
    """What must hold for every entry. Raises Refused with the field it belongs to."""
    for name, sentence in _NEEDED.items():
        if not getattr(entry, name):
            raise Refused(str(sentence), field=name)
    if entry.made_on > on:
        raise Refused(_("Tanggal pembuatan tidak boleh sesudah hari ini."), field="made_on")
    if entry.year is not None and not 1900 <= entry.year <= on.year + 5:
        raise Refused(_("Tahun informasi tidak masuk akal."), field="year")
    if not (entry.has_soft or entry.has_hard):
        raise Refused(_("Pilih paling sedikit satu bentuk: berkas atau cetakan."), field="has_soft")
    _check_cycle(entry, on)


def _check_cycle(entry: Entry, on: dt.date) -> None:
    longest = rules.rule(rules.Key.BERKALA_MONTHS, on)
    if entry.category != Category.BERKALA or longest is None:
        return
    months = CYCLE_MONTHS.get(UpdateCycle(entry.cycle))
    if months is None or months > longest.amount:
        raise Refused(
            _("Informasi berkala diperbarui paling lama setiap %(months)d bulan (%(source)s).")
            % {"months": longest.amount, "source": longest.source},
            field="cycle",
        )


def next_due(cycle: str, checked_on: dt.date | None) -> dt.date | None:
    """When an entry must be looked at again; None for those that change only when something happens."""
    months = CYCLE_MONTHS.get(UpdateCycle(cycle))
    return rules.add_months(checked_on, months) if months and checked_on else None


def put(entry: Entry, item: Item) -> dict[str, tuple[Any, Any]]:
    """Write the columns into the (unsaved) item; returns what changed: name → (before, after)."""
    changed: dict[str, tuple[Any, Any]] = {}
    for name in NAMES:
        before, after = getattr(item, name), getattr(entry, name)
        if before != after:
            changed[name] = (before, after)
            setattr(item, name, after)
    return changed


def said(changed: dict[str, tuple[Any, Any]]) -> str:
    """What changed, in words short enough for a line of history."""
    parts = []
    for name, (before, after) in changed.items():
        label = str(Item._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        parts.append(label if name in _LONG else f"{label}: {_short(before)} → {_short(after)}")
    return "; ".join(parts)[:600]


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    words = "" if value is None else str(value)
    return (words[:60] + "…") if len(words) > 60 else (words or "–")
