"""Verbs that only tests know, and one short way to write an entry."""

import datetime as dt
from typing import Any

from pendopo.base.audit import actions, verbs
from pendopo.base.audit.models import Entry

CLOSED = "tests.closed"
NOTED = "tests.noted"

if verbs.find(CLOSED) is None:  # once a process
    verbs.register(
        CLOSED,
        "{actor} menutup {code} dengan bukti {proof}; batasnya {due}.",
        "{actor} menyatakan selesai sebelum {due}.",
    )
    verbs.register(NOTED, "{actor} menulis catatan.")


def wrote(**changes: Any) -> Entry:
    """One recorded entry; name what matters to the test."""
    given: dict[str, Any] = {
        "actor": None,
        "verb": NOTED,
        "subject": None,
        "at": dt.datetime(2026, 3, 9, 2, 0, tzinfo=dt.UTC),
    }
    return actions.record(**{**given, **changes})
