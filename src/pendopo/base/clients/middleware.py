"""Manners of /api/v…: no cookies, the language that was asked for, problem+json for every error, ETag and CORS."""

import hashlib
from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.decorators import sync_and_async_middleware
from django.utils.http import parse_http_date_safe
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header

from pendopo.base.clients import problems

MACHINES = "/api/v"
# What a page of another site may read of our answers, and send to get them.
_READABLE = "ETag, Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After"
_SENDABLE = "Accept-Language, If-None-Match, If-Modified-Since"
_Answer = HttpResponseBase | Awaitable[HttpResponseBase]


@sync_and_async_middleware
def machine_manners(get_response: Callable[[HttpRequest], _Answer]) -> Callable[[HttpRequest], _Answer]:
    """Stands outside the sessions, so that a browser's cookies never reach the machines' door."""
    if iscoroutinefunction(get_response):

        async def answer(request: HttpRequest) -> HttpResponseBase:
            early = _before(request)
            if early is not None:
                return early
            response: HttpResponseBase = await get_response(request)
            return _after(request, response)

        return answer

    def reply(request: HttpRequest) -> HttpResponseBase:
        early = _before(request)
        if early is not None:
            return early
        response = get_response(request)
        assert isinstance(response, HttpResponseBase)
        return _after(request, response)

    return reply


def _before(request: HttpRequest) -> HttpResponse | None:
    if not request.path_info.startswith(MACHINES):
        return None
    # No session and no signed-in person here; the language stands where Preferences looks for a choice.
    request.COOKIES = {settings.LANGUAGE_COOKIE_NAME: _language(request)}
    asks = request.headers.get("Access-Control-Request-Method", "")
    if request.method == "OPTIONS" and request.headers.get("Origin") and asks == "GET":
        return HttpResponse(
            status=204,
            headers={
                "Access-Control-Allow-Origin": "*",
                "Access-Control-Allow-Methods": "GET",
                "Access-Control-Allow-Headers": _SENDABLE,
                "Access-Control-Max-Age": "86400",
            },
        )
    return None


def _after(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if not request.path_info.startswith(MACHINES) or not isinstance(response, HttpResponse):
        return response
    language = _language(request)
    if response.status_code >= 400 and response.get("Content-Type") != problems.CONTENT_TYPE:
        response = _as_problem(response, language)
    caller = getattr(request, "machine", None)
    for name, value in (caller.headers if caller else {}).items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Language", language)
    response.headers.setdefault("Cache-Control", "no-store")
    if getattr(request, "machine_reads", False):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _READABLE
        if response.status_code == 200:
            response = _cacheable(request, response)
    return response


def _as_problem(response: HttpResponse, language: str) -> HttpResponse:
    """A page of the site (404, 405, 413, 500 …) in the words of machines."""
    with override(language):
        told = problems.answer(problems.for_code(response.status_code))
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            told.headers[name] = response.headers[name]
    return told


def _cacheable(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """ETag by content; with a token the answer belongs to one client's cache only."""
    patch_vary_headers(response, ("Accept-Language", "Authorization"))
    if request.headers.get("Authorization"):
        response.headers["Cache-Control"] = response.headers["Cache-Control"].replace("public", "private")
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    kept = {name: response.headers[name] for name in _KEPT_UNCHANGED if name in response.headers}
    modified = parse_http_date_safe(response.get("Last-Modified", ""))
    answer: HttpResponse = get_conditional_response(request, etag, modified, response)  # type: ignore[assignment]
    for name, value in kept.items():
        answer.headers.setdefault(name, value)
    return answer


_KEPT_UNCHANGED = (
    "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Content-Language", "RateLimit",
    "RateLimit-Policy", "Vary",
)  # fmt: skip


def _language(request: HttpRequest) -> str:
    """English when a client prefers it, otherwise Indonesian."""
    header = request.headers.get("Accept-Language", "")[:200]
    for code, _weight in parse_accept_lang_header(header):
        if code.split("-")[0] in ("id", "en"):
            return code.split("-")[0]
    return "id"
