"""Kinds of cases, as their rooms register them. The one way this room reaches a case without knowing its room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from pendopo.base.cases.models import AbstractCase
from pendopo.base.registries import Registry


@dataclass(frozen=True)
class CaseKind:
    """A room's kind of case. `step_labels` names its clock steps; in `reporter_steps` the reporter has to act, or
    who else `reporter` says ("pemohon").

    `desk_url` and `public_url` are the addresses of a case for staff and for everybody.
    """

    key: str
    label: str
    model: type[AbstractCase]
    step_labels: Mapping[str, str | Promise]
    desk_url: Callable[[AbstractCase], str]
    public_url: Callable[[AbstractCase], str]
    reporter_steps: frozenset[str] = frozenset()
    order: int = 0
    reporter: str | Promise = ""

    @property
    def clocks(self) -> Any:
        """Manager of the room's clock model."""
        return self.model.clocks.rel.related_model._default_manager  # type: ignore[attr-defined]


kinds: Registry[CaseKind] = Registry("case kinds")


def kind_of(case: AbstractCase) -> CaseKind:
    found = kinds.get(case.KIND)
    if found is None:
        raise LookupError(f"case kind {case.KIND!r} is not registered")
    return found
