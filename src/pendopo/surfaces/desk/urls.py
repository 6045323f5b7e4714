"""Addresses of the officer's desk."""

from django.urls import path

from pendopo.surfaces.desk import views, views_act, views_export

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("masuk/", views.arrive, name="arrive"),
    path("<slug:kind_key>/", views.first_queue, name="kind"),
    path("<slug:kind_key>/antrean/<slug:queue_key>/", views.queue, name="queue"),
    path("<slug:kind_key>/antrean/<slug:queue_key>/unduh.csv", views_export.export, name="export"),
    path("<slug:kind_key>/kasus/<str:code>/", views.case, name="case"),
    path("<slug:kind_key>/kasus/<str:code>/<slug:verb_key>/", views_act.act, name="act"),
]
