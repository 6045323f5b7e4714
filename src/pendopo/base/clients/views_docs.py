"""`/api/`: the API for people, drawn by us from the same description that programs read."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from pendopo.base.clients import allowances
from pendopo.base.clients.handbook import chapters
from pendopo.base.clients.problems import KINDS
from pendopo.base.clients.scopes import scopes
from pendopo.base.clients.webhook_events import webhook_events
from pendopo.kernel import clock


@require_safe
def page(request: HttpRequest, description: Callable[[], dict[str, Any]]) -> HttpResponse:
    """The handbook of the API: how to ask, every address, every problem, and how calls of ours are signed."""
    with override("id"):  # names of fields and examples are one for all
        schema = description()
    context = {
        "chapters": chapters(schema),
        "kinds": list(KINDS.values()),
        "scopes": list(scopes),
        "events": list(webhook_events),
        "policy": allowances.in_force(clock.local_date(clock.now())),
        "base": request.build_absolute_uri("/api/v1/").rstrip("/"),
    }
    response = render(request, "clients/handbook.html", context)
    return response
