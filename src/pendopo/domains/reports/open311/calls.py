"""What all calls of GeoReport v2 share: one format, the right method, our jurisdiction, and refusals as error lists."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from pendopo.base.clients import public as clients
from pendopo.domains.reports.open311.errors import Open311Refused, Said, error_answer, missing
from pendopo.domains.reports.open311.formats import TYPES
from pendopo.kernel import clock

View = Callable[..., HttpResponse]


def georeport(*methods: str) -> Callable[[View], View]:
    """A call that answers `methods` in JSON or XML, by the end of its address or else by the Accept header."""

    def wrap(view: View) -> View:
        @csrf_exempt  # cookies mean nothing here: writing needs an api_key
        @wraps(view)
        def answered(request: HttpRequest, format_name: str = "", **named: Any) -> HttpResponse:
            shown = chosen_format(request, format_name)
            try:
                _check(request, format_name, methods)
                if request.method != "POST":  # writing is charged with its key
                    _charge(request)
                response = view(request, shown, **named)
            except Open311Refused as refused:
                response = error_answer(refused, shown)
            patch_vary_headers(response, ["Accept", "Accept-Language"])
            return response

        return answered

    return wrap


def _charge(request: HttpRequest) -> None:
    """Reading costs one question of the caller's quota, by api_key or by address."""
    now = clock.now()
    try:
        caller = clients.authenticate(request, now=now, token=request.GET.get("api_key", "").strip() or None)
        clients.charge(caller, now=now)
    except clients.Problem as problem:
        raise as_refusal(problem) from None


def as_refusal(problem: clients.Problem, names: Mapping[str, str] | None = None) -> Open311Refused:
    """A refusal of the machines' door in the specification's codes: 403 for the key, 400 for the fields.

    `names` says what our fields are called over there.
    """
    code = {401: 403, 422: 400}.get(problem.kind.code, problem.kind.code)
    wait = problem.headers.get("Retry-After")
    said = [
        f"{(names or {}).get(one.field, one.field)}: {one.message}".lstrip(": ") for one in problem.errors
    ]
    rows = [Said(code, sentence) for sentence in said or [problem.detail]]
    return Open311Refused(*rows, retry_after=int(wait) if wait else None)


def chosen_format(request: HttpRequest, format_name: str) -> str:
    """json or xml. XML is what every server of the specification must speak, so it is the last resort."""
    if format_name in TYPES:
        return format_name
    return "json" if "json" in request.headers.get("Accept", "") else "xml"


def _check(request: HttpRequest, format_name: str, methods: tuple[str, ...]) -> None:
    if format_name and format_name not in TYPES:
        raise missing(_("Bentuk %(name)s tidak ada. Pakai json atau xml.") % {"name": format_name[:10]})
    if request.method not in {*methods, "HEAD" if "GET" in methods else ""}:
        raise Open311Refused(
            Said(405, _("Alamat ini hanya menerima %(methods)s.") % {"methods": ", ".join(methods)})
        )
    asked = request.GET.get("jurisdiction_id") or (
        request.POST.get("jurisdiction_id") if request.method == "POST" else ""
    )
    if asked and asked != jurisdiction():
        raise missing(
            _("jurisdiction_id tidak ditemukan. Situs ini hanya melayani %(ours)s.")
            % {"ours": jurisdiction()}
        )


def jurisdiction() -> str:
    """The one jurisdiction of this site: its host name. Clients need not send it."""
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def lost(request: HttpRequest, anything: str) -> HttpResponse:
    """Any other address under /open311/: the same refusal shape as everywhere."""
    wanted = chosen_format(request, anything.rpartition(".")[2])
    return error_answer(missing(_("Alamat ini tidak ada. Lihat %(spec)s.") % {"spec": SPECIFICATION}), wanted)


SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
