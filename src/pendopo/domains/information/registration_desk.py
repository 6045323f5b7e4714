"""Requests, objections and disputes on the desk."""

from pendopo.base.cases.desk import desk_kinds
from pendopo.base.files import owners
from pendopo.base.redaction.hosts import hosts
from pendopo.domains.information import (
    desk,
    desk_disputes,
    desk_objections,
    history_desk,
    letters,
    linked,
    redacting,
)


def register() -> None:
    """Fill the registries. Called from `registration.register` only."""
    history_desk.register()
    letters.register()
    owners.register("information-answers", linked.answers)
    hosts.register(redacting.HOST)
    for kind in (desk.KIND, desk_objections.KIND, desk_disputes.KIND):
        desk_kinds.register(kind)
