"""Consequence tests as other parts of the room read them."""

from typing import Any

from django.db.models import Q

from pendopo.domains.information.models import ConsequenceTest, InformationRequest, TestStatus
from pendopo.domains.information.models.exemptions import ConsequenceTestQuerySet


def tests_for(request: InformationRequest) -> ConsequenceTestQuerySet:
    """Tests made for a request or invoked in one of its decisions, newest first."""
    found: ConsequenceTestQuerySet = ConsequenceTest.objects.filter(
        Q(request=request) | Q(pk__in=_invoked(request))
    )
    return found.select_related("office", "ground", "decree")


def _invoked(request: InformationRequest) -> Any:
    return ConsequenceTest.objects.filter(invocations__decision__case=request).values("pk")


def alike(user: Any, words: str) -> ConsequenceTestQuerySet:
    """Earlier tests whose information, law or number holds the words: to be used again."""
    found: ConsequenceTestQuerySet = ConsequenceTest.objects.visible_to(user).exclude(status=TestStatus.DRAFT)
    for word in words.split()[:6]:
        found = found.filter(
            Q(information__icontains=word) | Q(law__icontains=word) | Q(code__icontains=word)
        )
    return found.select_related("office", "ground")
