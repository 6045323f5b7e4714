"""Who hears the news of a report: its followers, and reporters and followers of the reports merged into it.

Each address hears an occasion once, whatever it is there: follower twice over, reporter of two merged reports,
or the reporter of the parent, who gets the letters of the parent already. Nobody learns of anybody else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from pendopo.domains.reports.models import Report, ReportFollower


@dataclass(frozen=True)
class Listener:
    """One address. `child` is the merged report that this person sent; `follower` the wish to follow."""

    user: Any
    email: str
    language: str
    child: Report | None = None
    follower: ReportFollower | None = None

    @property
    def names(self) -> set[object]:
        """What makes two of them the same person: the account, and every address as it is written."""
        addresses = {self.email.lower(), (self.user.email if self.user else "").lower()} - {""}
        return {*addresses, self.user.pk} if self.user else {*addresses}


def listeners(report: Report) -> list[Listener]:
    """Everybody who is told news of this report beside its own reporter. Nobody while it is secret.

    Three queries with merged reports, two without. Followers hear only of what the public may see.
    """
    if report.secret:
        return []
    children = list(report.duplicates.select_related("contact", "reporter"))
    known: set[object] = set()
    own = _as_reporter(report)
    if own is not None:
        known |= own.names
    found = []
    for one in _candidates(report, children):
        if one.names and not (one.names & known):
            known |= one.names
            found.append(one)
    return found


def waiting(report: Report) -> int:
    """How many neighbours wait for this: confirmed followers of it and of public reports merged into it."""
    of_these = Q(case=report) | Q(case__merged_into=report, case__secret=False)
    return ReportFollower.objects.filter(of_these, confirmed_at__isnull=False).count()


def _candidates(report: Report, children: list[Report]) -> Iterator[Listener]:
    """Reporters first: their letter leads to their own report."""
    for child in children:
        reporter = _as_reporter(child)
        if reporter is not None:
            yield reporter
    if report.hidden:
        return
    public = [report, *(child for child in children if not (child.secret or child.hidden))]
    followers = ReportFollower.objects.filter(case__in=public, confirmed_at__isnull=False)
    for follower in followers.select_related("user").order_by("since", "pk"):
        yield Listener(follower.user, follower.email, follower.language, follower=follower)


def _as_reporter(report: Report) -> Listener | None:
    contact = getattr(report, "contact", None)
    email = contact.email if contact else ""
    if not email and report.reporter_id is None:
        return None
    return Listener(report.reporter, email, report.language, child=report)
