"""Addresses of the whole product."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("akun/", include("allauth.urls")),
    path("pengaturan/", admin.site.urls),
    path("", include("pendopo.base.audit.urls")),
    path("", include("pendopo.base.files.urls")),
    path("", include("pendopo.base.notices.urls")),
]
