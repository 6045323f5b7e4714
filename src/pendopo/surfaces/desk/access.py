"""The door of the desk: members of staff only; everybody else finds no desk at all."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from pendopo.base.organizations.roles import roles_of

View = Callable[..., HttpResponseBase]


def is_preload(request: HttpRequest) -> bool:
    """Does the browser only fetch ahead what nobody has opened yet (Sec-Purpose, Fetch Metadata)?

    Such an answer counts no look, spends no message and may never be seen; the page says when it is opened.
    """
    return "prefetch" in request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")


def staff_only(view: View) -> View:
    """Anonymous visitors are sent to sign in; people without a membership get 404."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not roles_of(request.user).is_staff:
            raise Http404
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"  # a shared office PC keeps nothing
        return response

    return guarded
