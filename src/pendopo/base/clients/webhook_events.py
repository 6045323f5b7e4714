"""What machines may be told about. Each room registers its public events from `apps.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from pendopo.base.registries import Registry


@dataclass(frozen=True)
class WebhookEvent:
    """`render(subject_id)` is what the public may read about the subject right now as plain JSON values, or
    None when there is nothing public to tell; it is asked before a call is planned and again when it is sent.
    """

    key: str
    label: str | Promise
    render: Callable[[int], dict[str, Any] | None]
    order: int = 0


webhook_events: Registry[WebhookEvent] = Registry("clients.webhook_events")
