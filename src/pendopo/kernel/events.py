"""Rooms tell facts; reactions of other rooms run as their own jobs, born in the same transaction.

A fact is a frozen dataclass of plain values (ids, codes, dates as ISO text), never a model instance.
`config/wiring.py` lists which function reacts to which fact. `publish` defers one job for each reaction:
when the transaction rolls back there is no job, when the process dies after commit the job is still there.
"""

import dataclasses
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

Reaction = Callable[..., object]

_reactions: dict[type, list[Reaction]] = {}


def wire(rows: Iterable[tuple[type, Reaction]]) -> None:
    """Replace the table of reactions. Called once, by config, when Django is ready."""
    _reactions.clear()
    for fact_type, reaction in rows:
        _reactions.setdefault(fact_type, []).append(reaction)


def reactions_to(fact_type: type) -> list[Reaction]:
    return list(_reactions.get(fact_type, ()))


def publish(fact: Any) -> None:
    """Tell a fact. Must be called inside the transaction that makes it true."""
    facts = dataclasses.asdict(fact)
    jobs = [
        {"reaction": f"{reaction.__module__}:{reaction.__qualname__}", "facts": facts}
        for reaction in _reactions.get(type(fact), ())
    ]
    if jobs:
        run_reaction.batch_defer(*jobs)  # one statement, however many rooms react


def _run_reaction(*, reaction: str, facts: dict[str, Any], **_: Any) -> None:
    """Call one reaction with the fact's values as keyword arguments."""
    module, _sep, name = reaction.partition(":")
    getattr(import_module(module), name)(**facts)


run_reaction: Task = app.task(
    name="pendopo.kernel.events.run_reaction",
    queue="reactions",
    retry=RetryStrategy(max_attempts=8, exponential_wait=3),
)(_run_reaction)
