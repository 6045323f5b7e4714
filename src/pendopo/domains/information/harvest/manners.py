"""Manners of addresses for machines: read by every site, asked again cheaply, fair to the others."""

import datetime as dt
import hashlib
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import client_ip
from pendopo.kernel import clock

# A whole harvest of 10,000 entries, one call for each, takes a few minutes; more would take it from the others.
PER_MINUTE = 3000
FILE_COST = 50  # a whole table weighs like fifty questions
_View = Callable[..., HttpResponseBase]
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
}
_PREFLIGHT = {
    **_CORS,
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


def open_data(*, cost: int = 1) -> Callable[[_View], _View]:
    """A view for machines: GET, HEAD and OPTIONS, in Indonesian whoever asks, with ETag, CORS and a limit."""

    def wrap(view: _View) -> _View:
        @require_http_methods(["GET", "HEAD", "OPTIONS"])
        @wraps(view)
        def answered(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers=_PREFLIGHT)
            stopped = _stopped(request, cost)
            if stopped is not None:
                return stopped
            with override("id"):
                response = view(request, *args, **named)
            for name, value in _CORS.items():
                response.headers[name] = value
            return _kept(request, response) if isinstance(response, HttpResponse) else response

        return answered

    return wrap


def _stopped(request: HttpRequest, cost: int) -> HttpResponse | None:
    now = clock.now()
    window = dt.timedelta(minutes=1)
    verdict = limits.tally([(f"panen:{client_ip(request)}", PER_MINUTE, window)], now=now, cost=cost)[0]
    if verdict:
        return None
    wait = max(1, int((verdict.again_at - now).total_seconds()))
    return HttpResponse(
        "Too many requests", status=429, content_type="text/plain", headers={"Retry-After": str(wait), **_CORS}
    )


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """ETag by content: who has it already gets one line (304)."""
    if response.status_code != 200:
        return response
    response.headers.setdefault("Cache-Control", "public, max-age=60")
    patch_vary_headers(response, ("Accept-Encoding",))
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    known = get_conditional_response(request, etag=etag, response=response)
    assert known is not None  # it is the response itself when nothing is known
    for name, value in _CORS.items():
        known.headers.setdefault(name, value)
    return known
