"""Addresses of the whole product."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("akun/", include("pendopo.base.accounts.urls")),
    path("pengaturan/", admin.site.urls),
    path("", include("pendopo.config.api")),
    path("", include("pendopo.base.clients.urls")),
    path("", include("pendopo.base.letters.urls")),
    path("", include("pendopo.base.audit.urls")),
    path("", include("pendopo.base.files.urls")),
    path("", include("pendopo.base.notices.urls")),
    path("", include("pendopo.base.mailroom.urls")),
    path("", include("pendopo.base.privacy.urls")),
    path("", include("pendopo.base.redaction.urls")),
    path("", include("pendopo.domains.reports.urls")),
    path("", include("pendopo.domains.information.urls")),
    path("meja/", include("pendopo.surfaces.desk.urls")),
    path("wilayah/", include("pendopo.base.regions.urls")),
    path("kalender/", include("pendopo.base.calendar.urls")),
    path("", include("pendopo.surfaces.portal.urls")),
]

handler400 = "pendopo.base.ui.views.bad_request"
handler403 = "pendopo.base.ui.views.forbidden"
handler404 = "pendopo.base.ui.views.not_found"
handler500 = "pendopo.base.ui.views.server_error"
