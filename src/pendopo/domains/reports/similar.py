"""Reports that may be about the same thing: near by and of the same category, or told in similar words.

Both searches look at a bounded set that an index finds (H3 ranges of the place, or kelurahan × category), and
only that set is compared word by word with trigrams, so a million reports cost what a thousand do.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, Q, When
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from pendopo.base.cases.models import CaseLink, Relation
from pendopo.domains.reports import geo
from pendopo.domains.reports.models import CLOSED, Report, ReportQuerySet
from pendopo.kernel import h3cells

REACH_M = 250.0  # for citizens; cells of this reach are not finer than what is public
DESK_REACH_M = 500.0
CLOSED_SINCE = dt.timedelta(days=14)
COMPARED_SIGNS = 240  # of each text
AT_MOST = 120  # rows that a search looks at
_ALIKE = 0.25  # trigram similarity above which words alone say something
_ALIKE_ELSEWHERE = 0.45  # the same for another category


@dataclass(frozen=True)
class Facts:
    """What is compared: a draft before it is sent, or a report on the desk."""

    category: str
    text: str
    region: str
    point: tuple[float, float] | None


@dataclass(frozen=True)
class Alike:
    """A report that may be the same. `metres` is None when one of both has no point; `likeness` is 0 to 1."""

    report: Report
    metres: int | None
    likeness: float
    same_category: bool
    reach: float

    @property
    def score(self) -> float:
        near = 0.0 if self.metres is None else max(0.0, 1 - self.metres / self.reach)
        return self.likeness + near * 0.5 + (0.3 if self.same_category else 0.0)

    @property
    def plausible(self) -> bool:
        if not self.same_category:
            return self.likeness >= _ALIKE_ELSEWHERE
        return self.metres is not None or self.likeness >= _ALIKE


def for_citizen(user: Any, facts: Facts, *, now: dt.datetime, most: int = 3) -> list[Alike]:
    """Open public reports that may be the same, and those closed in the last two weeks; best first.

    Everything is measured from the public place of a report (the middle of its cell of about 70 m), so that
    asking again from other points finds out nothing more than its public page tells.
    """
    current = Q(closed_at=None) | Q(status__in=CLOSED, closed_at__gte=now - CLOSED_SINCE)
    known = Report.objects.visible_to(user).public().filter(current)
    found = _search(known, facts, REACH_M, exact=False)
    return found[:most]


def for_desk(user: Any, case: Report, *, most: int = 6) -> list[Alike]:
    """Open reports on this person's desk that may be the same as one of them; best first, exact distances."""
    point = None if case.latitude is None or case.longitude is None else (case.latitude, case.longitude)
    facts = Facts(case.category_id, case.public_text, case.region_id, point)
    known = Report.objects.desk_of(user).filter(closed_at=None).exclude(pk=case.pk)
    return _search(known, facts, DESK_REACH_M, exact=True)[:most]


def _search(known: ReportQuerySet, facts: Facts, reach: float, *, exact: bool) -> list[Alike]:
    words = TrigramSimilarity(Left("public_text", COMPARED_SIGNS), facts.text[:COMPARED_SIGNS])
    there = known.filter(region=facts.region, category=facts.category).order_by("-received_at")
    if facts.point is not None:
        there = there.filter(cell=None)  # the others have a place, and it is not near
    searches = [there]
    if facts.point is not None:
        near = known.filter(h3cells.in_ranges("cell", h3cells.disk_ranges(*facts.point, reach)))
        other = Case(When(category=facts.category, then=0), default=1)
        searches.append(near.order_by(other, "-received_at"))
    rows: dict[int, Any] = {}
    for search in searches:  # the set is chosen first, and only then compared
        compared = Report.objects.filter(pk__in=search.values("pk")[:AT_MOST]).annotate(likeness=words)
        joined = compared.select_related("category", "office", "region__parent").defer("text", "search")
        rows |= {row.pk: row for row in joined}
    found = [_alike(row, facts, reach, exact=exact) for row in rows.values()]
    kept = [one for one in found if one.plausible and (one.metres or 0) <= reach]
    return sorted(kept, key=lambda one: (-one.score, one.report.pk))


def _alike(row: Any, facts: Facts, reach: float, *, exact: bool) -> Alike:
    there = (row.latitude, row.longitude) if exact else geo.public_point(row.cell)
    metres = None
    if facts.point is not None and row.cell is not None and there is not None:
        metres = round(h3cells.haversine_m(*facts.point, *there))
    return Alike(row, metres, row.likeness or 0.0, row.category_id == facts.category, reach)


def continued(case: Report, *, most: int = 20) -> list[int]:
    """Ids of the closed reports that this one goes on from, and of those that go on from it."""
    links = CaseLink.objects.filter(
        Q(source_kind=Report.KIND, source_id=case.pk) | Q(target_kind=Report.KIND, target_id=case.pk),
        relation=Relation.FOLLOWS, source_kind=Report.KIND, target_kind=Report.KIND,
    )  # fmt: skip
    return [pk for pair in links.values_list("source_id", "target_id")[:most] for pk in pair if pk != case.pk]


def distance_words(metres: int | None) -> str:
    """How far in words for citizens: never more exact than the public place."""
    if metres is None:
        return _("Di kelurahan yang sama")
    if metres < 100:
        return _("Kurang dari 100 meter dari tempat Anda")
    return _("Sekitar %(n)s meter dari tempat Anda") % {"n": round(metres / 50) * 50}


def likeness_words(likeness: float) -> str:
    """How alike the words are, for staff; "" when they say nothing."""
    if likeness >= 0.6:
        return _("kata-katanya hampir sama")
    return _("kata-katanya mirip") if likeness >= _ALIKE else ""
