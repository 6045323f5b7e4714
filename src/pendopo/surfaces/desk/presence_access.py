"""Who may stand at which case: asked when a stream opens, and again and again while it is open."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.db import connections
from django.http import HttpRequest

from pendopo.base.accounts import second_factor
from pendopo.base.cases.desk import DeskKind, desk_kinds
from pendopo.base.organizations.roles import withhold
from pendopo.kernel.ids import normalize_code

MOST_WATCHED = 80  # a page of a list, and the queue beside a case


def watched(kind: DeskKind, codes: Collection[str], user: Any) -> dict[tuple[str, int], str]:
    """The cases with these codes that are on this person's desk; one query. All others are passed over."""
    wanted = {found for code in list(codes)[:MOST_WATCHED] if (found := normalize_code(code))}
    if not wanted:
        return {}
    rows = kind.model.objects.desk_of(user).filter(code__in=wanted).values_list("pk", "code")
    return {(kind.key, pk): code for pk, code in rows}


def allowed_still(
    sessions: Mapping[str, Collection[tuple[str, int]]],
) -> dict[str, set[tuple[str, int]] | None]:
    """For each session the places its person may still see, None when it ended or shows no second factor.

    Runs in a thread of its own and gives its connection back.
    """
    try:
        return {key: _allowed(key, places) for key, places in sessions.items()}
    finally:
        connections.close_all()


def _allowed(key: str, places: Collection[tuple[str, int]]) -> set[tuple[str, int]] | None:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    request.user = user = get_user(request)
    if not user.is_authenticated:
        return None
    if not second_factor.passed(request):
        withhold(user)
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind_key, pk in places:
        by_kind[kind_key].add(pk)
    seen = set()
    for kind_key, ids in by_kind.items():
        kind = desk_kinds.get(kind_key)
        if kind is not None:
            found = kind.model.objects.desk_of(user).filter(pk__in=ids).values_list("pk", flat=True)
            seen |= {(kind_key, pk) for pk in found}
    return seen
