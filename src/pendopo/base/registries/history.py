"""How rooms below the audit room write history: they hold the paper, `config` puts in the audit room's pen.

Rooms above the audit room call `pendopo.base.audit.actions.record` themselves.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.db.models import Model


class Recorder(Protocol):
    def __call__(
        self,
        *,
        actor: Any,
        verb: str,
        subject: Model | None,
        at: dt.datetime,
        organization: Any = None,
        facts: Mapping[str, Any] | None = None,
        public: bool = False,
    ) -> object: ...


_pen: list[Recorder] = []
_verbs: dict[str, Any] = {}


def declare(verb: str, staff: Any) -> None:
    """Name a verb and its sentence for officers (see audit/verbs.py). Called from a room's `apps.py`."""
    _verbs[verb] = staff


def use(recorder: Recorder, register: Callable[[str, Any], object]) -> None:
    """Put the pen in and hand over the declared verbs. Called once, by config, when Django is ready."""
    _pen[:] = [recorder]
    for verb, staff in _verbs.items():
        register(verb, staff)


def record(
    *,
    actor: Any,
    verb: str,
    subject: Model | None,
    at: dt.datetime,
    organization: Any = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Append one entry in the transaction of the act. Without a pen it fails: no act without history."""
    if not _pen:
        raise RuntimeError("history.use() was never called: config is not installed")
    _pen[0](actor=actor, verb=verb, subject=subject, at=at, organization=organization, facts=facts)
