"""Pages for when something is wrong. Each says what happened, what is safe, and what to do now."""

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

# What a page may carry back as hidden fields after an expired session.
_MOST_FIELDS: Final = 200
_MOST_TEXT: Final = 200_000
_NEVER_KEPT: Final = ("password", "sandi", "token", "code", "otp")
_NOT_TYPED: Final = ("csrfmiddlewaretoken",)


def refuse(request: HttpRequest, message: str, status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> HttpResponse:
    """A whole page that says why a request was not accepted, for places without a form to show again."""
    return render(request, "422.html", {"message": message}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Stands alone: no database, no session, no context processors, for they may be what is broken."""
    page = get_template("500.html").render({"CSP_NONCE": getattr(request, "csp_nonce", "")})
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token is missing or old, mostly because a page stood open for long.

    When the browser itself says that the form came from our own page, what was typed is offered for sending
    again with a fresh token. Another site's form gets no such offer: that is the attack the token is for.
    """
    typed = kept_values(request) if from_our_own_page(request) else None
    context = {
        "typed": typed,
        "address": request.get_full_path(),
        "files_lost": bool(typed is not None and request.FILES),
    }
    response = render(request, "403_csrf.html", context, status=HTTPStatus.FORBIDDEN)
    response.headers["Cache-Control"] = "no-store"
    return response


def from_our_own_page(request: HttpRequest) -> bool:
    """True only when the Origin header is exactly this site's address. Browsers do not let pages forge it."""
    origin = request.headers.get("Origin", "")
    fetched_from = request.headers.get("Sec-Fetch-Site", "same-origin")
    own = f"{request.scheme}://{request.get_host()}"
    return bool(origin) and urlsplit(origin).netloc != "" and origin == own and fetched_from == "same-origin"


def kept_values(request: HttpRequest) -> list[tuple[str, str]] | None:
    """Names and values for hidden fields; None when we must not or cannot carry them."""
    pairs = [
        (name, value) for name, values in request.POST.lists() for value in values if name not in _NOT_TYPED
    ]
    secret = any(word in name.lower() for name, _ in pairs for word in _NEVER_KEPT)
    too_much = len(pairs) > _MOST_FIELDS or sum(len(n) + len(v) for n, v in pairs) > _MOST_TEXT
    return None if secret or too_much or not pairs else pairs
