"""The room's jobs by the clock, where the worker looks for them."""

from pendopo.domains.information import tasks_desk, tasks_keeping, tasks_requests

__all__ = ["tasks_desk", "tasks_keeping", "tasks_requests"]
