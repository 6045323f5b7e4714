"""Which entries the demo city's lists hold: 1,314 published ones of some 35 offices, and those still being made."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pendopo.base.registries.demo import City
from pendopo.domains.information.models import CYCLE_MONTHS, Category, ItemStatus

PUBLISHED = 1_314
WAITING = {ItemStatus.PROPOSED: 28, ItemStatus.DRAFT: 16, ItemStatus.RETURNED: 6, ItemStatus.WITHDRAWN: 5}
OVERDUE = 24  # periodic entries whose update nobody made yet
SHORTENED = 42  # most letters of an office's name in a title before its short name stands there
_FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Office:
    """An office as the generator needs it."""

    pk: int
    slug: str
    name: str
    short: str
    duties: str


@dataclass(frozen=True)
class Entry:
    """One entry before it is a row. `letter` and what follows are only for exempted ones."""

    office: Office
    category: str
    status: str
    cycle: str
    form: str
    retention: str
    topic: str
    title: str
    summary: str
    year: int
    made_on: dt.date
    published_on: dt.date | None
    checked_on: dt.date | None
    versions: int = 1
    letter: str = ""
    years: int | None = None
    law: str = ""
    opened: str = ""
    closed: str = ""


def _rows(name: str) -> list[list[str]]:
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line.split("|") for line in text.splitlines() if line and not line.startswith("#")]


def planned(city: City, offices: Sequence[Office]) -> list[Entry]:
    """All entries, published ones first in the order of their publication."""
    rng = city.rng("information items")
    today = city.now.date()
    by_slug = {office.slug: office for office in offices}
    fixed = [*_exempt(by_slug, today, rng), *_special(by_slug, today, rng)]
    usual = list(_usual(offices, today, rng))
    rng.shuffle(usual)
    fixed += usual[: PUBLISHED - len(fixed)]
    rest = (
        usual[PUBLISHED - len(fixed) :] if len(fixed) > PUBLISHED else usual[PUBLISHED - len(fixed) or None :]
    )
    fixed = _late(fixed[:PUBLISHED], today, rng)
    fixed.sort(key=lambda entry: (entry.published_on or today, entry.title, entry.office.slug))
    return [*fixed, *_waiting(rest or usual, today, rng)]


def _usual(offices: Sequence[Office], today: dt.date, rng: random.Random) -> Iterator[Entry]:
    """What every office has, for each of some years."""
    for office in offices:
        named = office.name if len(office.name) <= SHORTENED else office.short
        for category, cycle, form, retention, back, topic, title, summary in _rows("demo_items.txt"):
            for year in range(today.year - int(back) + 1, today.year + 1):
                words = {"opd": named, "th": year, "tugas": office.duties}
                yield _entry(
                    office, category, cycle, form, retention, topic, title.format(**words),
                    summary.format(**words), year, today, rng,
                )  # fmt: skip


def _special(offices: dict[str, Office], today: dt.date, rng: random.Random) -> Iterator[Entry]:
    for slug, category, cycle, form, retention, topic, title, summary in _rows("demo_special.txt"):
        if slug in offices:
            office = offices[slug]
            yield _entry(
                office, category, cycle, form, retention, topic, title, summary, today.year, today, rng
            )


def _exempt(offices: dict[str, Office], today: dt.date, rng: random.Random) -> Iterator[Entry]:
    for slug, letter, period, law, title, opened, closed in _rows("demo_exempt.txt"):
        if slug not in offices:
            continue
        years = None if period == "permanen" else int(period)
        # One of the short ones ends within a month, so that its owner has work to do.
        age = 365 * years - 20 if years == 1 else rng.randrange(40, 330)
        published = today - dt.timedelta(days=age)
        yield Entry(
            office=offices[slug], category=Category.DIKECUALIKAN, status=ItemStatus.FIXED, cycle="NONE", form="pdf",
            retention="menurut jadwal retensi arsip", topic="pemerintahan", title=title, summary=f"{title}.",
            year=published.year, made_on=published - dt.timedelta(days=30), published_on=published,
            checked_on=published, versions=0, letter=letter, years=years, law=law, opened=opened, closed=closed,
        )  # fmt: skip


def _entry(
    office: Office, category: str, cycle: str, form: str, retention: str, topic: str, title: str, summary: str,
    year: int, today: dt.date, rng: random.Random,
) -> Entry:  # fmt: skip
    """Published some weeks after it was made, checked again within its cycle."""
    made = dt.date(year, 1, 5) + dt.timedelta(days=rng.randrange(0, 150))
    made = min(made, today - dt.timedelta(days=30))
    published = min(made + dt.timedelta(days=rng.randrange(5, 45)), today - dt.timedelta(days=2))
    months = CYCLE_MONTHS.get(cycle)  # type: ignore[call-overload]
    checked, versions = published, 1
    if months:
        span = months * 30
        checked = max(published, today - dt.timedelta(days=rng.randrange(2, max(3, int(span * 0.9)))))
        versions = min(3, 1 + max(0, (checked - published).days // (span * 2)))
    return Entry(
        office=office, category=category, status=ItemStatus.FIXED, cycle=cycle, form=form, retention=retention,
        topic=topic, title=title[:200], summary=summary, year=year, made_on=made, published_on=published,
        checked_on=checked, versions=versions,
    )  # fmt: skip


def _late(entries: list[Entry], today: dt.date, rng: random.Random) -> list[Entry]:
    """Some periodic entries were forgotten: their last check is longer ago than their cycle."""
    periodic = [n for n, entry in enumerate(entries) if entry.cycle in ("QUARTERLY", "SEMIANNUAL")]
    for number in rng.sample(periodic, OVERDUE):
        entry = entries[number]
        days = 190 + rng.randrange(5, 60)
        checked = today - dt.timedelta(days=days)
        entries[number] = Entry(
            **{
                **entry.__dict__,
                "published_on": min(entry.published_on or checked, checked),
                "made_on": min(entry.made_on, checked - dt.timedelta(days=20)),
                "checked_on": checked,
            }
        )
    return entries


def _waiting(spare: Sequence[Entry], today: dt.date, rng: random.Random) -> Iterator[Entry]:
    """Entries that are not public: drafts, proposals, returned and withdrawn ones."""
    names = [status for status, count in WAITING.items() for _ in range(count)]
    for status, entry in zip(names, rng.sample(list(spare), len(names)), strict=True):
        gone = status == ItemStatus.WITHDRAWN
        yield Entry(
            **{
                **entry.__dict__,
                "status": status,
                "title": entry.title if gone else f"{entry.title} (pembaruan)"[:200],
                "published_on": entry.published_on if gone else None,
                "checked_on": None,
                "made_on": today - dt.timedelta(days=rng.randrange(3, 60)),
                "versions": 1,
            }
        )
