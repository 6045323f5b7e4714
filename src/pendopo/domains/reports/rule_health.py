"""What is wrong with a rule by itself and beside the others: told by logic alone, without looking at reports.

A rule that cannot work is never skipped silently: the list says that it does not run, and why.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from pendopo.domains.reports.rule_sets import RuleSet, Snapshot

_WEEK = frozenset(range(1, 8))
_MIDNIGHT = 86_400_000_000  # microseconds of a day


@dataclass(frozen=True)
class Mark:
    """One thing to know. `kind`: stopped (never fits), partly, never (an earlier rule always wins), twice, clash."""

    kind: str
    words: str

    @property
    def stops(self) -> bool:
        return self.kind in {"stopped", "never"}


@dataclass(frozen=True)
class World:
    """What the rules point at. `offices`: id → (name, open); `categories`: key → (label, in use); `regions`:
    code → (name, served)."""

    offices: Mapping[int, tuple[str, bool]] = field(default_factory=dict)
    categories: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    regions: Mapping[str, tuple[str, bool]] = field(default_factory=dict)

    @property
    def open_offices(self) -> frozenset[int]:
        return frozenset(pk for pk, (_name, is_open) in self.offices.items() if is_open)


def covers(wide: Snapshot, narrow: Snapshot) -> bool:
    """Does `wide` fit every report that `narrow` fits? True only when it is certain.

    A wide rule "to the office of the place" passes where nobody serves, so it covers only its own kind.
    """
    same_kind = wide.office is not None or narrow.office is None
    return same_kind and fits_all_of(wide, narrow)


def fits_all_of(wide: Snapshot, narrow: Snapshot) -> bool:
    """Only the conditions: category, place, day and hour of `narrow` lie within those of `wide`."""
    return (
        _within(narrow.categories, wide.categories)
        and _placed_within(narrow.regions, wide.regions)
        and _days(narrow) <= _days(wide)
        and _timed_within(_spans(narrow), _spans(wide))
    )


def _within(narrow: Collection[str], wide: Collection[str]) -> bool:
    """An empty condition is every category."""
    return not wide or (bool(narrow) and set(narrow) <= set(wide))


def _placed_within(narrow: Collection[str], wide: Collection[str]) -> bool:
    """A kelurahan lies within its kecamatan: its code begins with the other's."""
    if not wide:
        return True
    return bool(narrow) and all(
        any(code == above or code.startswith(above + ".") for above in wide) for code in narrow
    )


def _days(rule: Snapshot) -> frozenset[int]:
    return frozenset(rule.weekdays) or _WEEK


def _spans(rule: Snapshot) -> list[tuple[int, int]]:
    """Parts of the day, end not included; two when the window passes midnight."""
    if not rule.from_time or not rule.until_time:
        return [(0, _MIDNIGHT)]
    since, until = _moment(rule.from_time), _moment(rule.until_time)
    parts = [(since, until)] if since <= until else [(since, _MIDNIGHT), (0, until)]
    return [(start, end) for start, end in parts if start < end]


def _moment(value: str) -> int:
    time = dt.time.fromisoformat(value)
    return ((time.hour * 60 + time.minute) * 60 + time.second) * 1_000_000 + time.microsecond


def _timed_within(narrow: list[tuple[int, int]], wide: list[tuple[int, int]]) -> bool:
    joined = _joined(wide)
    return all(any(start <= one and end <= until for start, until in joined) for one, end in narrow)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """22–24 and 0–22 together are the whole day."""
    whole: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def marks(rules: RuleSet, world: World) -> dict[int, list[Mark]]:
    """What to know of every rule that is switched on, by its key. Nothing to say: not in the answer."""
    found: dict[int, list[Mark]] = {}
    earlier: list[Snapshot] = []
    for rule in rules:
        if not rule.active:
            continue
        told = own_marks(rule, world)
        if not any(mark.stops for mark in told):
            told += _beside(rule, earlier, world)
            earlier.append(rule)
        if told:
            found[rule.key] = told
    return found


def own_marks(rule: Snapshot, world: World) -> list[Mark]:
    """What the rule points at and is no more."""
    told = []
    name, is_open = world.offices.get(rule.office or 0, ("", True))
    if not is_open:
        told.append(
            Mark("stopped", _("%(office)s sudah ditutup. Pilih kantor penggantinya.") % {"office": name})
        )
    if rule.from_time and rule.from_time == rule.until_time:
        told.append(Mark("stopped", _("Jam mulai dan jam selesai tidak boleh sama.")))
    for wanted, known, gone in (
        (rule.categories, world.categories, _("Kategori ini tidak dipakai lagi: %(names)s.")),
        (rule.regions, world.regions, _("Wilayah ini tidak dilayani lagi: %(names)s.")),
    ):
        off = [known[one][0] for one in wanted if one in known and not known[one][1]]
        if off:
            kind = "stopped" if len(off) == len(wanted) else "partly"
            told.append(Mark(kind, gone % {"names": ", ".join(sorted(off))}))
    return told


def _beside(rule: Snapshot, earlier: list[Snapshot], world: World) -> list[Mark]:
    """The first earlier rule that always wins, and what the two say to each other."""
    first = next((one for one in earlier if covers(one, rule)), None)
    if first is None:
        return []
    values: dict[str, Any] = {"order": first.order, "name": first.name}
    if not fits_all_of(rule, first):
        said = _("Tidak pernah menang: aturan %(order)s “%(name)s” sudah mencakup semua syaratnya.")
        return [Mark("never", said % values)]
    if first.office == rule.office:
        said = _("Sama dengan aturan %(order)s “%(name)s”, jadi tidak pernah menang.")
        return [Mark("never", said % values), Mark("twice", _("Salah satunya dapat dihapus."))]
    said = _(
        "Syaratnya sama dengan aturan %(order)s “%(name)s”, tetapi kantornya lain. Yang itu selalu menang."
    )
    return [Mark("never", said % values), Mark("clash", _("Tentukan kantor mana yang benar."))]
