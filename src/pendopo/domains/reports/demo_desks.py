"""Work waits on the desks of those who sign in to the demo: some latest stories are told only in part.

A story cut short is still a legal one, so nothing here invents an act.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pendopo.base.organizations.demo import home_village, village_slug
from pendopo.base.regions.demo import geography
from pendopo.base.registries.demo import City
from pendopo.domains.reports.demo_sampling import INTAKE, ReportDraft, sample_reports
from pendopo.domains.reports.demo_story import status_after
from pendopo.domains.reports.models import Status

NEW, HANDED_OVER, RETURNED, AT_HOME, AT_WORKS = 20, 3, 2, 10, 38
LATE_AT_WORKS, CLOSINGS, HERS = 4, 2, 5
EACH = 3  # reports in every state that lasts only hours
WORKS = "dpu"
_IN_OFFICE = (Status.ASSIGNED, Status.IN_PROGRESS, Status.REOPENED)


@dataclass(frozen=True)
class Year:
    """The drafts of a year. `hers` are numbers of open reports that the officer of the works agency took,
    `proposed` those of them whose closing waits for her colleague."""

    drafts: list[ReportDraft]
    hers: frozenset[int]
    proposed: frozenset[int]


def office_after(draft: ReportDraft) -> str:
    """Slug of the office where a report lies when its story is told."""
    office = INTAKE
    for step in draft.story:
        if step.act == "assign":
            office = step.extra
        elif step.act == "give_back":
            office = INTAKE
    return office


def sampled(city: City, n: int) -> Year:
    """A year of `n` reports with work on every desk of the sign-in list."""
    return arranged(city, list(sample_reports(city, n)))


def arranged(city: City, drafts: list[ReportDraft]) -> Year:
    """The same drafts, some told only in part."""
    desks = _Desks(city, list(drafts))
    scale = min(1.0, len(drafts) / 6000)  # a small city for tests has small queues
    desks.new(round(NEW * scale) or 1)
    desks.rare(EACH)
    home = village_slug(geography(city.seed).village(home_village(geography(city.seed))).name)
    desks.fill(home, round(AT_HOME * scale) or 1, days=(0, 45), ends=("assign", "take", "answer"))
    desks.fill(
        WORKS, round(LATE_AT_WORKS * scale) or 1, days=(27, 50), ends=("take", "answer"), only_late=True
    )
    proposed = desks.proposed(WORKS, CLOSINGS)
    desks.fill(WORKS, round(AT_WORKS * scale) or 1, days=(0, 20), ends=("assign", "take"))
    return Year(desks.drafts, desks.hers(proposed), frozenset(proposed))


class _Desks:
    def __init__(self, city: City, drafts: list[ReportDraft]) -> None:
        self.now = city.now
        self.drafts = drafts
        own = {number for number, draft in enumerate(drafts) if draft.own}
        self._touched = own  # a story is cut once, and the citizen's own never

    def _newest(self, fits: Callable[[ReportDraft], bool], days: tuple[int, int]) -> Iterator[int]:
        """Numbers of reports that came in so many days ago and fit, newest first."""
        for number in range(len(self.drafts) - 1, -1, -1):
            draft = self.drafts[number]
            age = self.now - draft.when
            if age > dt.timedelta(days=days[1]):
                return
            if age >= dt.timedelta(days=days[0]) and number not in self._touched and fits(draft):
                yield number

    def _cut(self, number: int, end: str) -> bool:
        """Tell the story only as far as the first act of this name. False when it has none."""
        draft = self.drafts[number]
        place = next((at for at, step in enumerate(draft.story) if step.act == end), None)
        if place is None:
            return False
        self.drafts[number] = replace(draft, story=draft.story[: place + 1])
        self._touched.add(number)
        return True

    def new(self, count: int) -> None:
        """Reports that wait for the koordinator, and a few that are verified but not handed over."""
        waiting = sum(not draft.story for draft in self.drafts[-400:])
        by_hand = self._newest(_by_hand, (0, 5))
        for number in by_hand:
            if waiting >= count:
                break
            self.drafts[number] = replace(self.drafts[number], story=())
            self._touched.add(number)
            waiting += 1
        for _each, number in zip(range(HANDED_OVER), by_hand, strict=False):
            self._cut(number, "verify")

    def rare(self, count: int) -> None:
        """Every state is on show, also those that a report passes in hours."""
        for number, _each in zip(self._newest(_came_back, (0, 20)), range(RETURNED), strict=False):
            self._cut(number, "give_back")
        for status, end, days in (
            (Status.REOPENED, "reopen", (8, 40)),
            (Status.AWAITING_INFO, "ask", (2, 9)),
            (Status.ASSIGNED, "assign", (0, 4)),
        ):
            missing = count - sum(status_after(draft.story) == status for draft in self.drafts)
            for number in self._newest(lambda draft: _ends_well(draft, self.now), days):
                if missing <= 0:
                    break
                missing -= self._cut(number, end)

    def fill(
        self,
        office: str,
        count: int,
        *,
        days: tuple[int, int],
        ends: tuple[str, ...],
        only_late: bool = False,
    ) -> None:
        """Leave work with an office until `count` reports are open there (with `only_late`: so many more)."""
        here = 0 if only_late else sum(
            status_after(d.story) in _IN_OFFICE and office_after(d) == office for d in self.drafts
        )  # fmt: skip
        wanted = self._newest(
            lambda d: office_after(d) == office and _straight(d) and d.true_office == office, days
        )
        for turn, number in enumerate(list(wanted)):
            if here >= count:
                return
            here += self._cut(number, ends[turn % len(ends)])

    def proposed(self, office: str, count: int) -> list[int]:
        """Closings that wait for a second person: those in flight, then some of the last days."""
        flying = [
            number
            for number in self._newest(lambda d: office_after(d) == office, (0, 60))
            if self.drafts[number].story[-1].act == "propose" and not self.drafts[number].secret
        ]
        for number in self._newest(lambda d: office_after(d) == office and not d.secret, (0, 60)):
            if len(flying) >= count:
                break
            acts = [step for step in self.drafts[number].story if step.act == "propose"]
            if (
                len(acts) == 1
                and self.now - acts[0].at < dt.timedelta(days=14)
                and self._cut(number, "propose")
            ):
                flying.append(number)
        return flying[:count]

    def hers(self, proposed: list[int]) -> frozenset[int]:
        """Open reports of the officer who signs in: her closings, an old one, and new ones."""
        taken = [
            number
            for number, draft in enumerate(self.drafts)
            if status_after(draft.story) == Status.IN_PROGRESS
            and office_after(draft) == WORKS
            and draft.story[-1].act != "propose"
        ]
        old, new = taken[:1], taken[1:]
        return frozenset([*proposed, *old, *new[len(proposed) - HERS + 1 :]])


def _by_hand(draft: ReportDraft) -> bool:
    return bool(draft.story) and draft.story[0].actor != "system" and draft.story[0].act == "verify"


def _came_back(draft: ReportDraft) -> bool:
    return not draft.secret and any(step.act == "give_back" for step in draft.story)


def _straight(draft: ReportDraft) -> bool:
    """Handed over once, so that the first `assign` is the one to this office."""
    return sum(step.act == "assign" for step in draft.story) == 1 and not draft.secret


def _ends_well(draft: ReportDraft, now: dt.datetime) -> bool:
    """The last acts are so recent that leaving them out makes nothing absurdly old."""
    return bool(draft.story) and now - draft.story[-1].at < dt.timedelta(days=9) and not draft.secret
