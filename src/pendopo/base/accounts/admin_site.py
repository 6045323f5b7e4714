"""Django's own administration, entered only with a second factor and by the product's sign-in page."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from pendopo.base.accounts import second_factor
from pendopo.base.accounts.models import User


class Site(admin.AdminSite):
    site_title = _("Pengaturan")
    site_header = _("Pengaturan Pendopo")
    index_title = _("Yang bisa diatur")
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and second_factor.passed(request)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send on: visitors to the sign-in page, staff to their second factor, others nowhere."""
        target = request.GET.get("next") or request.get_full_path()
        if not isinstance(request.user, User):
            return redirect_to_login(target)
        if not request.user.is_staff:
            raise Http404
        if second_factor.passed(request):
            return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
        way = second_factor.way_in(request.user)
        return HttpResponseRedirect(f"{way}?{urlencode({'next': target})}")
