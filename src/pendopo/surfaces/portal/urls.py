from django.urls import URLPattern, path

from pendopo.surfaces.portal import views, views_app, views_gaya

app_name = "portal"

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("cari/", views.search, name="search"),
    path("peta/", views.map_page, name="map"),
    path("tentang/", views.about, name="about"),
    path("privasi/", views.privacy, name="privacy"),
    path("aksesibilitas/", views.accessibility, name="accessibility"),
    path("pekerja.js", views_app.worker, name="worker"),
    path("aplikasi.webmanifest", views_app.manifest, name="manifest"),
    path("ikon/192.png", views_app.icon, {"size": 192}, name="icon-192"),
    path("ikon/512.png", views_app.icon, {"size": 512}, name="icon-512"),
    path("ikon/penuh-512.png", views_app.full_icon, name="full-icon"),
    path("gaya/", views_gaya.patterns, name="gaya"),
    path("gaya/meja/", views_gaya.desk_patterns, name="gaya_meja"),
]
