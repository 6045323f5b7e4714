"""The door of every ninja operation: token, scope, quota, size and kind of the body, in this order.

@router.get("/things", auth=OPEN)                      # everybody may read; a token has its own quota
@router.post("/things", auth=Door("things:create"))    # a token with this scope
caller = caller_of(request)
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security.base import AuthBase

from pendopo.base.clients import callers, problems
from pendopo.base.clients.problems import Problem
from pendopo.kernel import clock

MOST_JSON = 256 * 1024
JSON, FORM = "application/json", "multipart/form-data"


class Door(AuthBase):
    """Opens for tokens with `scope`, for everybody when it is "".

    `kind` is the Content-Type a body must have, `most` its largest size in bytes.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, scope: str = "", *, kind: str = JSON, most: int = MOST_JSON) -> None:
        self.scope, self.kind, self.most = scope, kind, most
        super().__init__()

    def __call__(self, request: HttpRequest) -> callers.Caller:
        """The caller, also as `request.machine`. Raises Problem."""
        now = clock.now()
        request.machine_reads = not self.scope and request.method == "GET"  # type: ignore[attr-defined]
        caller = callers.authenticate(request, now=now)
        callers.charge(caller, now=now)
        request.machine = caller  # type: ignore[attr-defined]
        if self.scope:
            callers.require_scope(caller, self.scope)
        if request.method in {"POST", "PUT", "PATCH"}:
            self._judge_body(request)
        return caller

    def _judge_body(self, request: HttpRequest) -> None:
        if int(request.META.get("CONTENT_LENGTH") or 0) > self.most:
            raise Problem("terlalu-besar")
        if (request.content_type or "").lower() != self.kind:
            raise Problem("jenis-isi")


OPEN = Door()
# How OpenAPI says that a token is welcome but not needed.
OPTIONAL_TOKEN: dict[str, Any] = {"security": [{}, {"Door": []}]}


def caller_of(request: HttpRequest) -> callers.Caller:
    caller: callers.Caller = request.machine  # type: ignore[attr-defined]
    return caller


def speak_problems(api: NinjaAPI) -> None:
    """Let an API answer everything that goes wrong with problem+json."""

    @api.exception_handler(Problem)
    def _problem(request: HttpRequest, problem: Any) -> HttpResponse:
        return problems.answer(problem)

    @api.exception_handler(ValidationError)
    def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
        return problems.answer(problems.from_validation(error.errors))

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, error: Any) -> HttpResponse:
        return problems.answer(problems.for_code(error.status_code))

    @api.exception_handler(Http404)
    def _missing(request: HttpRequest, error: Any) -> HttpResponse:
        return problems.answer(Problem("tidak-ada"))
