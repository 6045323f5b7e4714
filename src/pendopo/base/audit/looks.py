"""Looking at a citizen's personal data is itself an act. Here are the acts that count as a look, and who looked.

A citizen reads when, which office and in which role, never the officer's name: an office answers for its people,
and a name on a phone screen has put officers in danger before. The koordinator reads the name.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from pendopo.base.audit import secrecy
from pendopo.base.audit.models import WORKING_ROLES, Entry, EntryQuerySet
from pendopo.base.organizations.models import Role
from pendopo.base.organizations.roles import roles_of

_looks: set[str] = set()
_RANKS = (Role.HEAD, Role.COORDINATOR, Role.OFFICER, Role.ADMINISTRATOR)


def register(verb: str) -> None:
    """An act whose entry means: somebody saw this subject's contact data. Its subject must be the case itself.

    A download that holds contact data of many cases writes one entry for each (`actions.record_many`).
    """
    _looks.add(verb)


def verbs() -> frozenset[str]:
    return frozenset(_looks)


@dataclass(frozen=True)
class Look:
    """One look as the person concerned reads it. `role` is "petugas" where an old entry did not keep it."""

    at: dt.datetime
    office: str
    role: str
    code: str


def entries() -> EntryQuerySet:
    """Every look, newest first."""
    found: EntryQuerySet = Entry.objects.filter(verb__in=_looks)
    return found.select_related("organization", "actor").order_by("-at", "-pk")


def at_cases(kind: str, ids: Collection[int], *, limit: int = 200) -> list[Look]:
    """Looks at the contact data of these subjects ("reports.report"), newest first."""
    about = Q(subject_kind=kind, subject_id__in=list(ids))
    return [look_of(entry) for entry in entries().filter(about)[:limit]]


def look_of(entry: Entry) -> Look:
    role: Any = entry.facts.get("role", "")
    office = entry.organization.name if entry.organization else ""
    return Look(entry.at, office, _(role) if role else _("petugas"), entry.subject_code)


def seen_by(user: Any) -> EntryQuerySet:
    """The log of looks for staff: the koordinator reads every office's, others their own office's.

    Looks at secret cases are read only in the office that handles them, as everything about those.
    """
    roles = roles_of(user)
    if not roles.coordinates:
        return Entry.objects.visible_to(user).filter(verb__in=_looks).select_related("organization", "actor")
    own = Q(organization__in=roles.offices_as(*WORKING_ROLES))
    found = entries().filter(Q(restricted=False) | own)
    for kind, hidden_from in secrecy.guards().items():
        found = found.exclude(subject_kind=kind, subject_id__in=hidden_from(user))
    return found


def role_at(user: Any, office_id: int) -> Any:
    """The words for the role in which somebody looks: the highest in that office, else at the government."""
    roles = roles_of(user)
    held = roles.held.get(office_id) or roles.central
    return next((role.label for role in _RANKS if role in held), "")
