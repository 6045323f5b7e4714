"""Pages of a person's own account that allauth does not have. The rest is allauth's, in our templates."""

from typing import Any

from allauth.account.internal import flows
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from pendopo.base.accounts import demo_mode, invitations, second_factor
from pendopo.base.accounts.adapter import speak
from pendopo.base.accounts.forms import NewPassword, Profile
from pendopo.base.accounts.models import User


class SignInView(LoginView):  # type: ignore[misc]
    """allauth's, and in demo mode the people of the demo city to tap on."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "demo_people": demo_mode.people()}


@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    user = _person(request)
    form = Profile(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Perubahan sudah disimpan."))
        response = redirect("accounts:profile")
        speak(response, user.language)
        return response
    status = 422 if form.errors else 200
    context = {"form": form, "has_second_factor": second_factor.owned(user)}
    return render(request, "accounts/profile.html", context, status=status)


@never_cache
@login_required
@require_safe
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Why staff need a second factor, and the two ways to set one up."""
    if second_factor.owned(_person(request)):
        return redirect("mfa_index")
    return render(request, "accounts/second_factor.html")


@login_required
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End every session of this person but this one."""
    user = _person(request)
    User.objects.filter(pk=user.pk).update(session_version=F("session_version") + 1)
    user.refresh_from_db(fields=["session_version"])
    update_session_auth_hash(request, user)
    messages.success(request, _("Perangkat lain sudah dikeluarkan. Perangkat ini tetap masuk."))
    return redirect("accounts:profile")


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One tap, demo mode only. In any other mode this address does not exist."""
    if not demo_mode.on():
        raise Http404
    who = request.POST.get("who", "")
    people = User.objects.filter(is_demo=True, is_active=True)
    user = get_object_or_404(people, pk=int(who) if who.isascii() and who.isdigit() and len(who) < 12 else 0)
    login(request, user, backend="pendopo.base.accounts.backends.Backend")
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    response = redirect(target if safe else settings.LOGIN_REDIRECT_URL)
    speak(response, user.language)
    return response


@never_cache
@sensitive_post_parameters("password1", "password2")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Set the first password. The second factor is asked for at the first sign-in."""
    user = invitations.guest_of(token)
    if user is None:
        return render(request, "accounts/invitation_gone.html", status=410)
    form = NewPassword(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        flows.password_reset.reset_password(user, form.cleaned_data["password1"])
        messages.success(request, _("Kata sandi sudah dibuat. Sekarang silakan masuk."))
        return redirect("account_login")
    return render(
        request,
        "accounts/invitation.html",
        {"form": form, "invited": user},
        status=422 if form.errors else 200,
    )


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # login_required stands in front
    return request.user
