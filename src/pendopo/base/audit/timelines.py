"""History as people read it: one line for each entry, oldest first."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from pendopo.base.audit import verbs
from pendopo.base.audit.models import NAMELESS, Entry, EntryQuerySet


@dataclass(frozen=True)
class Line:
    """One line of a timeline. `actor` is who acted, in the words this reader may see; `sentence` is plain
    text; `number` grows with every entry.
    """

    at: dt.datetime
    sentence: str
    verb: str
    public: bool
    actor: str
    number: int = 0


def citizen_timeline(subject: Model, *, limit: int = 200) -> list[Line]:
    """The newest `limit` public entries about `subject`. Offices act, never an officer by name."""
    lines = []
    for entry in _newest(Entry.objects.about(subject).public(), limit):
        actor = citizen_actor(entry)
        verb = verbs.find(entry.verb)
        if verb is not None and verb.citizen is not None:
            lines.append(
                Line(entry.at, _told(verb.citizen, entry, actor), entry.verb, public=True, actor=actor)
            )
    return lines


def officer_timeline(subject: Model, *, limit: int = 500) -> list[Line]:
    """Every entry about `subject`, the newest `limit` of them. Only for who may see the subject: ask its
    room.
    """
    return [
        Line(entry.at, officer_sentence(entry), entry.verb, entry.public, actor_of(entry), entry.pk)
        for entry in _newest(Entry.objects.about(subject), limit)
    ]


def officer_sentence(entry: Entry) -> str:
    """The staff sentence of one entry; an entry of a room that was removed shows its verb."""
    verb = verbs.find(entry.verb)
    actor = actor_of(entry)
    return _told(verb.staff, entry, actor) if verb else f"{actor}: {entry.verb}"


def actor_of(entry: Entry) -> str:
    """Who acted, as officers read it: a person by name, or a nameless label in the reader's language."""
    return _(entry.actor_label) if entry.actor_label in NAMELESS else entry.actor_label


def citizen_actor(entry: Entry) -> str:
    """Who acted, without a personal name: a nameless label as it is, else the office, else "Petugas"."""
    if entry.actor_label in NAMELESS:
        return actor_of(entry)
    return entry.organization.name if entry.organization else _("Petugas")


def _newest(entries: EntryQuerySet, limit: int) -> list[Entry]:
    rows = entries.select_related("organization").order_by("-at", "-pk")[:limit]
    return list(reversed(rows))


def _told(sentence: verbs.Sentence, entry: Entry, actor: str) -> str:
    office = entry.organization.name if entry.organization else ""
    return verbs.tell(sentence, {"office": office, "code": entry.subject_code, **entry.facts, "actor": actor})
