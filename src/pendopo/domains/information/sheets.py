"""Consequence tests as other parts of the room read them."""

import datetime as dt
from typing import Any

from django.db.models import Q

from pendopo.domains.information.models import ConsequenceTest, InformationRequest, TestStatus
from pendopo.domains.information.models.exemptions import ConsequenceTestQuerySet
from pendopo.kernel import clock


def tests_for(request: InformationRequest) -> ConsequenceTestQuerySet:
    """Tests made for a request or invoked in one of its decisions, newest first."""
    found: ConsequenceTestQuerySet = ConsequenceTest.objects.filter(
        Q(request=request) | Q(pk__in=_invoked(request))
    )
    return found.select_related("office", "ground", "decree")


def _invoked(request: InformationRequest) -> Any:
    return ConsequenceTest.objects.filter(invocations__decision__case=request).values("pk")


def fixed_tests(user: Any, *, on: dt.date | None = None) -> ConsequenceTestQuerySet:
    """Tests in force on a day (today when None) that this person may read: what a refusal may rest on."""
    day = on or clock.local_date(clock.now())
    found: ConsequenceTestQuerySet = ConsequenceTest.objects.visible_to(user).in_force(day)
    return found.select_related("office", "ground", "decree", "item").defer("item__file_text", "item__search")


def alike(user: Any, words: str) -> ConsequenceTestQuerySet:
    """Earlier tests whose information, law or number holds the words: to be used again."""
    found: ConsequenceTestQuerySet = ConsequenceTest.objects.visible_to(user).exclude(status=TestStatus.DRAFT)
    for word in words.split()[:6]:
        found = found.filter(
            Q(information__icontains=word) | Q(law__icontains=word) | Q(code__icontains=word)
        )
    return found.select_related("office", "ground")
