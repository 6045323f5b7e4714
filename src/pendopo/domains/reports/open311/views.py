"""The calls of GeoReport v2 over HTTP: discovery, services, a definition, requests, one request, a token."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pendopo.domains.reports.categories_in_use import categories
from pendopo.domains.reports.models import Report
from pendopo.domains.reports.open311 import asking, sending, shapes
from pendopo.domains.reports.open311.calls import SPECIFICATION, georeport
from pendopo.domains.reports.open311.errors import missing
from pendopo.domains.reports.open311.formats import TYPES, answer
from pendopo.kernel import clock

# When this façade last changed in a way a client could notice.
CHANGESET = "2026-11-22T00:00:00+07:00"


@georeport("GET")
def discovery(request: HttpRequest, format_name: str) -> HttpResponse:
    """Service discovery: where the API is and which formats it speaks."""
    site = settings.PUBLIC_URL
    found = {
        "changeset": CHANGESET,
        "contact": _("Hubungi pengelola situs %(site)s.") % {"site": site},
        "key_service": _("Kunci API (api_key) diberikan pengelola situs; lihat %(page)s.")
        % {"page": f"{site}/api/"},
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": f"{site}/open311/v2",
                "changeset": CHANGESET,
                "type": "production",
                "formats": list(TYPES.values()),
            }
        ],
    }
    return answer("discovery", found, format_name)


@georeport("GET")
def services(request: HttpRequest, format_name: str) -> HttpResponse:
    """GET Service List."""
    return answer("services", [shapes.service(category) for category in categories()], format_name)


@georeport("GET")
def definition(request: HttpRequest, format_name: str, service: str) -> HttpResponse:
    """GET Service Definition."""
    category = next((category for category in categories() if category.pk == service), None)
    if category is None:
        raise missing(_("service_code %(code)s tidak ada.") % {"code": service[:40]})
    return answer("service_definition", shapes.definition(category), format_name)


@georeport("GET", "POST")
def requests(request: HttpRequest, format_name: str) -> HttpResponse:
    """GET Service Requests and POST Service Request share one address."""
    if request.method == "POST":
        return answer("service_requests", [sending.create(request)], format_name, status=201)
    asked = asking.read(request.GET.dict(), now=clock.now())
    found = asked.narrow(shapes.readable(Report.objects.visible_to(None).public()))
    return answer("service_requests", [shapes.request(report) for report in found], format_name)


@georeport("GET")
def one_request(request: HttpRequest, format_name: str, slug: str) -> HttpResponse:
    """GET Service Request."""
    report = shapes.readable(Report.objects.visible_to(None).public()).filter(slug=slug).first()
    if report is None:
        raise missing(_("service_request_id %(id)s tidak ada.") % {"id": slug[:20]})
    return answer("service_requests", [shapes.request(report)], format_name)


@georeport("GET")
def token(request: HttpRequest, format_name: str, token: str) -> HttpResponse:
    """GET service_request_id from a token."""
    return answer(
        "service_requests", [{"service_request_id": sending.number_of(token), "token": token}], format_name
    )
