"""Which pages a phone may keep for later: only those drawn for nobody in particular."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from pendopo.base.ui.middleware import THEME_COOKIE

HEADER = "Pendopo-Keep"  # read by static/js/worker.js


def may_be_kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark the page for the service worker, unless the browser carries anything that could make it personal."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        harmless = {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME, THEME_COOKIE}
        if response.status_code == HTTPStatus.OK and request.COOKIES.keys() <= harmless:
            response.headers[HEADER] = "public"
        return response

    return marked
