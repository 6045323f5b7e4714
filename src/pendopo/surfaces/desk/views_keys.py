"""The help page of the single keys, which is also where they are switched off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendopo.base.accounts.models import User
from pendopo.base.accounts.preferences import set_single_keys
from pendopo.surfaces.desk.access import staff_only


@require_http_methods(["GET", "POST"])
@staff_only
def keys(request: HttpRequest) -> HttpResponse:
    """Every key and what it does; POST keeps the person's choice with the account."""
    if request.method == "GET":
        return render(request, "desk/keys.html")
    assert isinstance(request.user, User)
    on = request.POST.get("nyala") == "1"
    set_single_keys(on=on, by=request.user)
    messages.success(request, _("Tombol cepat dinyalakan.") if on else _("Tombol cepat dimatikan."))
    return redirect("desk:keys")
