"""The room's door for surfaces and for config/wiring.py."""

from pendopo.domains.information.actions.tasks import end_of_request
from pendopo.domains.information.events import RequestEnded
from pendopo.domains.information.task_clocks import recompute as measure_tasks_anew

__all__ = ["RequestEnded", "end_of_request", "measure_tasks_anew"]
