"""Staff without a second factor are citizens until they show one."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from pendopo.base.accounts import second_factor
from pendopo.base.accounts.models import User
from pendopo.base.organizations.roles import roles_of, withhold

_SIGNED_IN_AT = {"account_login", "account_email_verification_sent"}


class StaffSecondFactor(MiddlewareMixin):
    """Anyone with a role must have a second factor, and must have shown it in this session.

    Until then the person holds no roles: public pages work as for any citizen, staff pages are not found,
    and "not found" or "forbidden" leads to the page that sets the second factor up (or asks for it). It fails
    closed: a staff page that somebody forgets to guard still asks `roles_of`.
    """

    def process_request(self, request: HttpRequest) -> None:
        if _lacks_second_factor(request):
            withhold(request.user)
            request._acached_user = request.user  # type: ignore[attr-defined]  # what request.auser() answers
            request.second_factor_missing = True  # type: ignore[attr-defined]

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        match = getattr(request, "resolver_match", None)
        if response.status_code in (403, 404) and getattr(request, "second_factor_missing", False):
            if not request.path.startswith(reverse("accounts:profile")):
                return _send_to_set_up(request, request.get_full_path() if request.method == "GET" else "")
        elif response.status_code == 302 and match and match.url_name in _SIGNED_IN_AT:
            lacking = _lacks_second_factor(request)
            return _send_to_set_up(request, response["Location"], keep=response) if lacking else response
        return response


def _lacks_second_factor(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or second_factor.passed(request):
        return False
    return roles_of(user).is_staff


def _send_to_set_up(request: HttpRequest, target: str, keep: HttpResponse | None = None) -> HttpResponse:
    assert isinstance(request.user, User)
    way = second_factor.way_in(request.user)
    if target:
        way = f"{way}?{urlencode({'next': target})}"
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(way)
    if keep is not None:  # cookies of the sign-in stay
        keep.headers["Location"] = way
        return keep
    return HttpResponseRedirect(way)
