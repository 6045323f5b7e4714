"""The one API of the product: every room's router, the description that programs read, and the page for people."""

import json
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, re_path
from ninja import NinjaAPI

from pendopo.base.clients import api as clients
from pendopo.base.clients import problems, views_docs
from pendopo.base.clients.door import speak_problems
from pendopo.domains.reports import api as reports

VERSION = "1.0"
SNAPSHOT = Path("docs") / "api" / "openapi.json"

api = NinjaAPI(
    title="Pendopo",
    version=VERSION,
    description=(
        "Laporan warga untuk program lain. Semua galat dijawab sebagai application/problem+json (RFC 9457); "
        "Accept-Language: en memberi kalimat bahasa Inggris."
    ),
    docs_url=None,  # its page would load scripts from other sites; ours is /api/
    openapi_url=None,
    urls_namespace="api-v1",
)
speak_problems(api)
api.add_router("", clients.router)
api.add_router("", reports.router)


def description() -> dict[str, Any]:
    """The OpenAPI description of /api/v1/, the same for every installation."""
    schema: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    for operations in schema["paths"].values():
        for operation in operations.values():
            _tell_problems(operation)
    return schema


def _tell_problems(operation: dict[str, Any]) -> None:
    """Errors are problem+json, which ninja does not know how to say."""
    for code, response in operation["responses"].items():
        if int(code) >= 400:
            response["description"] = str(problems.for_code(int(code)).kind.title)
            response["content"] = {problems.CONTENT_TYPE: response["content"]["application/json"]}
        elif code == "201":
            response["description"] = "Created"


def openapi(request: HttpRequest) -> HttpResponse:
    """`/api/v1/openapi.json`."""
    response = JsonResponse(description(), json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """Everything else below /api/v1/."""
    return problems.answer(problems.Problem("tidak-ada"))


def snapshot() -> str:
    """The text of docs/api/openapi.json, which `make docs` writes and a test compares."""
    return json.dumps(description(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


urlpatterns = [
    path("api/", views_docs.page, {"description": description}, name="api-page"),
    path("api/v1/openapi.json", openapi, name="api-openapi"),
    path("api/v1/", api.urls),
    re_path(r"^api/v(?P<rest>.*)$", unknown),
]
