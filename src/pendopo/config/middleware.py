"""Headers that Django has no setting for."""

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.decorators import sync_and_async_middleware

# Reports need the place and the camera; nothing needs the rest.
PERMISSIONS = "geolocation=(self), camera=(self), microphone=(), payment=(), usb=(), browsing-topics=()"


@sync_and_async_middleware
def permissions_policy(
    get_response: Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]],
) -> Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]:
    """What a page of ours may ask of the phone it is opened on."""
    if iscoroutinefunction(get_response):

        async def answer(request: HttpRequest) -> HttpResponseBase:
            response: HttpResponseBase = await get_response(request)
            response.headers.setdefault("Permissions-Policy", PERMISSIONS)
            return response

        return answer

    def reply(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        assert isinstance(response, HttpResponseBase)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return reply


class Compression(GZipMiddleware):
    """Django's own, except for event streams, whose events it would hold back until a block is full, and for
    downloads that can be resumed, whose bytes it would count anew.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        events = response.get("Content-Type", "").startswith("text/event-stream")
        if events or response.has_header("Accept-Ranges"):
            return response
        return super().process_response(request, response)
