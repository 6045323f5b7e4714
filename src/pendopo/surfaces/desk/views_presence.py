"""The stream that tells who else has a case open."""

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from pendopo.base.organizations.roles import roles_of
from pendopo.surfaces.desk import presence, presence_access
from pendopo.surfaces.desk.views import find_case, find_kind

_HEADERS = {"Cache-Control": "no-store, private", "X-Accel-Buffering": "no"}
_TYPE = "text/event-stream; charset=utf-8"


@require_GET
async def present(request: HttpRequest, kind_key: str) -> HttpResponseBase:
    """Server-sent events: `?kasus=CODE` stands at a case, `?daftar=CODE,CODE` only looks on."""
    streams = isinstance(request, ASGIRequest)
    seat = await sync_to_async(_seat)(request, kind_key, streams)
    if isinstance(seat, HttpResponseBase):
        return seat
    if not streams:  # a server that cannot stream gives the beginning of one; the browser asks again
        return HttpResponse("retry: 30000\n\n", content_type=_TYPE, headers=_HEADERS)
    hub = presence.hub(settings.DESK_STREAMS)
    if hub.full:
        return HttpResponse(status=503, headers={**_HEADERS, "Retry-After": "60"})
    return StreamingHttpResponse(hub.stream(seat), content_type=_TYPE, headers=_HEADERS)


def _seat(request: HttpRequest, kind_key: str, gives_back: bool) -> presence.Seat | HttpResponseBase:
    """Where this person may sit. The connection goes back to the pool before the stream begins."""
    try:
        if not request.user.is_authenticated:
            return HttpResponse(status=204)  # the session has ended: the browser stops asking
        if not roles_of(request.user).is_staff:
            raise Http404
        kind, place = find_kind(kind_key), None
        codes = [code for code in request.GET.get("daftar", "").split(",") if code]
        watched = presence_access.watched(kind, codes, request.user)
        if code := request.GET.get("kasus", ""):
            case = find_case(kind, code, request.user)
            place = (kind.key, case.pk)
            watched[place] = case.code
        return presence.Seat(request.session.session_key or "", request.user.pk, place, watched)
    finally:
        if gives_back:
            connections.close_all()
