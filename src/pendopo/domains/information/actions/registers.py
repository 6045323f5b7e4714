"""Opening and taking out a register with the people in it: every look is history of each case."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import transaction

from pendopo.base.accounts.models import User
from pendopo.base.audit import looks
from pendopo.base.audit.actions import draft, record, record_many
from pendopo.domains.information.offices import main_office
from pendopo.domains.information.policy import who
from pendopo.domains.information.registers.kinds import Register
from pendopo.kernel.errors import require

OPENED, EXPORTED = "information.register_opened", "information.register_exported"


@transaction.atomic
def note_look(
    *,
    register: Register,
    rows: Iterable[Any],
    purpose: str,
    asked: str,
    export: bool,
    by: User,
    now: dt.datetime,
) -> int:
    """Record who read whose data for what: one line for the register, one for each case in it. Returns how many.

    Raises NotAllowed.
    """
    require(who.serves_requests, by)
    facts = {"purpose": purpose, "role": str(looks.role_at(by, main_office().pk))}
    count = 0
    for part in _parts(rows):
        record_many(
            draft(
                actor=by, verb=register.seen_verb, subject=row, organization=row.office_id, facts=facts,
                restricted=row.secret, at=now,
            )
            for row in part
        )  # fmt: skip
        count += len(part)
    record(
        actor=by, verb=EXPORTED if export else OPENED, subject=None, organization=main_office(), at=now,
        facts={"register": register.label, "rows": count, "purpose": purpose, "filter": asked or "–"},
    )  # fmt: skip
    return count


@transaction.atomic
def note_taken(
    *, register: Register, rows: Sequence[Any], purpose: str, asked: str, by: User, now: dt.datetime
) -> None:
    """A register left the house as a file. With a purpose it held people: then each of them can read who took it."""
    if purpose:
        note_look(register=register, rows=rows, purpose=purpose, asked=asked, export=True, by=by, now=now)
        return
    record(
        actor=by, verb=EXPORTED, subject=None, at=now,
        facts={"register": register.label, "rows": len(rows), "purpose": "–", "filter": asked or "–"},
    )  # fmt: skip


def _parts(rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    left = iter(rows)
    while part := tuple(islice(left, 1000)):
        yield part
