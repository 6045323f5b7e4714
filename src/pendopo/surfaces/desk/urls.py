"""Addresses of the officer's desk."""

from django.urls import path

from pendopo.surfaces.desk import views, views_act, views_bulk, views_export, views_keys

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("masuk/", views.arrive, name="arrive"),
    path("tombol/", views_keys.keys, name="keys"),
    path("sekaligus/", views_bulk.batches, name="batches"),
    path("sekaligus/<uuid:key>/", views_bulk.batch, name="batch"),
    path("sekaligus/<uuid:key>/kabar/", views_bulk.batch_note, name="batch-note"),
    path("sekaligus/<uuid:key>/batal/", views_bulk.undo, name="batch-undo"),
    path("<slug:kind_key>/", views.first_queue, name="kind"),
    path("<slug:kind_key>/antrean/<slug:queue_key>/", views.queue, name="queue"),
    path("<slug:kind_key>/antrean/<slug:queue_key>/unduh.csv", views_export.export, name="export"),
    path("<slug:kind_key>/antrean/<slug:queue_key>/sekaligus/", views_bulk.bulk, name="bulk"),
    path("<slug:kind_key>/kasus/<str:code>/", views.case, name="case"),
    path("<slug:kind_key>/kasus/<str:code>/dibuka/", views.opened, name="opened"),
    path("<slug:kind_key>/kasus/<str:code>/<slug:verb_key>/", views_act.act, name="act"),
]
