"""Addresses of the whole product."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("akun/", include("allauth.urls")),
    path("pengaturan/", admin.site.urls),
    path("wilayah/", include("pendopo.base.regions.urls")),
]
