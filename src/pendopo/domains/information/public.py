"""The room's door for surfaces and for config/wiring.py."""

from pendopo.domains.information.events import (
    ObjectionFiled,
    ObjectionWithdrawn,
    RequestCompleted,
    RequesterWrote,
    RequestReceived,
    RequestWithdrawn,
)
from pendopo.domains.information.task_clocks import recompute as measure_tasks_anew
from pendopo.domains.information.telling_office import (
    objection_filed,
    objection_withdrawn,
    request_completed,
    request_received,
    request_withdrawn,
    requester_wrote,
)

__all__ = [
    "ObjectionFiled",
    "ObjectionWithdrawn",
    "RequestCompleted",
    "RequestReceived",
    "RequestWithdrawn",
    "RequesterWrote",
    "measure_tasks_anew",
    "objection_filed",
    "objection_withdrawn",
    "request_completed",
    "request_received",
    "request_withdrawn",
    "requester_wrote",
]
