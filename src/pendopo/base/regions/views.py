"""The outlines that the maps draw."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_headers

from pendopo.base.regions.models import Level
from pendopo.base.regions.outlines import Outlines, outlines

LEVELS = {"kelurahan": Level.VILLAGE, "kecamatan": Level.DISTRICT, "kota": Level.REGENCY}


def _asked(request: HttpRequest) -> Outlines:
    try:
        return outlines(LEVELS[request.GET.get("tingkat", "kelurahan")])
    except KeyError:
        raise Http404 from None


def _etag(request: HttpRequest) -> str:
    return f'W/"{_asked(request).etag}"'


@require_safe
@vary_on_headers("Accept-Encoding")
@cache_control(public=True, max_age=3600)
@condition(etag_func=_etag)
def draw(request: HttpRequest) -> HttpResponse:
    """`?tingkat=kelurahan|kecamatan|kota` as GeoJSON, packed once for everybody."""
    found = _asked(request)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(found.packed, content_type="application/geo+json")
        response["Content-Encoding"] = "gzip"
        return response
    return HttpResponse(found.text, content_type="application/geo+json")
