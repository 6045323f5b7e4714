"""Addresses of the officer's desk."""

from django.urls import path

from pendopo.surfaces.desk import (
    views,
    views_act,
    views_bulk,
    views_export,
    views_keys,
    views_presence,
    views_saved,
)

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
    path("<slug:kind_key>/saringan/", views_saved.index, name="views"),
    path("<slug:kind_key>/saringan/baru/", views_saved.new, name="view-new"),
    path("<slug:kind_key>/saringan/hitung/", views_saved.counted, name="view-counts"),
    path("<slug:kind_key>/saringan/<int:pk>/", views_saved.edit, name="view"),
    path("<slug:kind_key>/saringan/<int:pk>/pindah/", views_saved.move, name="view-move"),
    path("<slug:kind_key>/saringan/<int:pk>/hapus/", views_saved.remove, name="view-remove"),
    path("<slug:kind_key>/hadir/", views_presence.present, name="present"),
    path("<slug:kind_key>/kasus/<str:code>/", views.case, name="case"),
    path("<slug:kind_key>/kasus/<str:code>/dibuka/", views.opened, name="opened"),
    path("<slug:kind_key>/kasus/<str:code>/<slug:verb_key>/", views_act.act, name="act"),
]
