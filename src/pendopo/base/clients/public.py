"""The door of the room: what rooms with addresses for machines use. Signatures are in the README."""

from pendopo.base.clients.actions.repeats import Answer, keep_photo, once, take_photos
from pendopo.base.clients.actions.webhooks import emit
from pendopo.base.clients.callers import Caller, authenticate, charge, require_scope
from pendopo.base.clients.models import ApiClient
from pendopo.base.clients.problems import FieldError, Problem
from pendopo.base.clients.scopes import Scope, scopes
from pendopo.base.clients.webhook_events import WebhookEvent, webhook_events

__all__ = [
    "Answer",
    "ApiClient",
    "Caller",
    "FieldError",
    "Problem",
    "Scope",
    "WebhookEvent",
    "authenticate",
    "charge",
    "emit",
    "keep_photo",
    "once",
    "require_scope",
    "scopes",
    "take_photos",
    "webhook_events",
]
