"""Addresses where staff keep the lists: entries, decrees, consequence tests, imports."""

from django.urls import URLPattern, path

from pendopo.domains.information.views import keeping, keeping_decrees, keeping_tests

urlpatterns: list[URLPattern] = [
    path("meja/ppid/informasi/", keeping.index, name="items"),
    path("meja/ppid/informasi/<int:pk>/", keeping.one, name="item"),
    path("meja/ppid/keputusan/<int:pk>/", keeping_decrees.one, name="decree"),
    path("meja/ppid/uji/<int:pk>/", keeping_tests.one, name="test"),
]
