from django.urls import URLPattern, path

from pendopo.surfaces.portal import views_gaya

app_name = "portal"

urlpatterns: list[URLPattern] = [
    path("gaya/", views_gaya.patterns, name="gaya"),
    path("gaya/meja/", views_gaya.desk_patterns, name="gaya_meja"),
]
