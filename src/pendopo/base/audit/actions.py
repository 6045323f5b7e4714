"""Writing history, inside the transaction of the act: find – may – change – record – tell."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import override

from pendopo.base.accounts.models import User
from pendopo.base.audit import verbs
from pendopo.base.audit.models import CITIZEN, SYSTEM, Entry
from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.roles import roles_of
from pendopo.kernel import text


def record(
    *,
    actor: User | None,
    verb: str,
    subject: Model | None,
    at: dt.datetime,
    organization: Organization | int | None = None,
    facts: Mapping[str, Any] | None = None,
    public: bool = False,
    restricted: bool = False,
    actor_label: str = "",
) -> Entry:
    """Append one entry and return it. See `draft` for the arguments; one INSERT."""
    entry = draft(
        actor=actor,
        verb=verb,
        subject=subject,
        at=at,
        organization=organization,
        facts=facts,
        public=public,
        restricted=restricted,
        actor_label=actor_label,
    )
    entry.save(force_insert=True)
    return entry


def record_many(entries: Iterable[Entry]) -> list[Entry]:
    """Append many drafts with one INSERT for each thousand (imports, the demo city)."""
    return Entry.objects.bulk_create(entries, batch_size=1000)


@dataclass(frozen=True)
class Line:
    """What differs between entries of the same act of the system on very many subjects."""

    subject_id: int
    subject_code: str
    organization_id: int | None
    facts: Mapping[str, Any]
    restricted: bool = False


def record_lines(*, verb: str, subject_kind: str, lines: Iterable[Line], at: dt.datetime) -> int:
    """Append an entry of the system for each line, streamed to the database; returns how many.

    For acts on a hundred thousand subjects at once, where building rows one by one takes longer than writing them.
    Equal facts may share one mapping: it is read once. Raises UnknownVerb, TypeError (facts).
    """
    verbs.get(verb)
    told: dict[int, tuple[Mapping[str, Any], str]] = {}  # holding the mapping keeps its identity its own
    count = 0
    fields = "at, actor_label, organization_id, verb, subject_kind, subject_id, subject_code, facts, public, restricted"
    table = connection.ops.quote_name(Entry._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({fields}) FROM STDIN") as copy:
        when = at.isoformat()
        for line in lines:
            if id(line.facts) not in told:
                plain = {str(name): _plain(value) for name, value in line.facts.items()}
                told[id(line.facts)] = (line.facts, json.dumps(plain, ensure_ascii=False))
            row = (when, SYSTEM, line.organization_id, verb, subject_kind, line.subject_id)
            copy.write_row((*row, line.subject_code[:60], told[id(line.facts)][1], False, line.restricted))
            count += 1
    return count


def draft(
    *,
    actor: User | None,
    verb: str,
    subject: Model | None,
    at: dt.datetime,
    organization: Organization | int | None = None,
    facts: Mapping[str, Any] | None = None,
    public: bool = False,
    restricted: bool = False,
    actor_label: str = "",
) -> Entry:
    """An entry that is not written yet.

    `actor` is None for the system and for citizens without an account (say `actor_label="Pelapor"`).
    `subject` is what the act is about; its `code`, when it has one, is kept for reading and searching.
    `organization` is the office for which the actor acted, or whose work the entry is.
    `facts` are plain JSON values (dates become ISO text, lazy texts their Indonesian words): never personal
    data of a citizen, never words of a secret case, because history cannot be erased. `public` shows the
    entry on the citizen's timeline.
    `restricted` must be set for acts on a secret case: then only the people who do the work of `organization`
    ever find it in a list or an export.
    Raises UnknownVerb, ValueError (public without a citizen's sentence, time without zone), TypeError
    (facts).
    """
    sentence = verbs.get(verb)
    if public and sentence.citizen is None:
        raise ValueError(f"{verb!r} has no sentence for citizens, so it cannot be public")
    if at.tzinfo is None:
        raise ValueError("`at` needs a time zone")
    return Entry(
        at=at,
        actor=actor,
        actor_label=text.clean_line(actor_label or _label(actor))[:120],
        organization_id=organization.pk if isinstance(organization, Organization) else organization,
        verb=verb,
        facts={str(name): _plain(value) for name, value in (facts or {}).items()},
        public=public,
        restricted=restricted,
        **_subject_fields(subject),
    )


def _subject_fields(subject: Model | None) -> dict[str, Any]:
    if subject is None:
        return {"subject_kind": "", "subject_id": None, "subject_code": ""}
    number = subject.pk if isinstance(subject.pk, int) else None
    code = getattr(subject, "code", "") or ("" if number is not None else subject.pk)
    return {
        "subject_kind": subject._meta.label_lower,
        "subject_id": number,
        "subject_code": str(code)[:60],
    }


def _label(actor: User | None) -> str:
    """Staff stand in history by name; a citizen's name is personal data and stays out of it."""
    if actor is None:
        return SYSTEM
    return str(actor) if roles_of(actor).is_staff else CITIZEN


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Promise):  # kept in the source language; every reader gets it in their own
        with override(settings.LANGUAGE_CODE):
            return text.clean(str(value))
    if isinstance(value, str):
        return text.clean(str(value))  # PostgreSQL's jsonb refuses NUL
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    raise TypeError(f"facts hold plain values, not {type(value).__name__}")
