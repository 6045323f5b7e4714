"""Addresses about personal data: /data-saya/ for everybody, /meja/privasi/ for staff."""

from django.urls import path

from pendopo.base.privacy import views, views_staff

app_name = "privacy"
urlpatterns = [
    path("data-saya/", views.index, name="mine"),
    path("data-saya/unduh/", views.download, name="download"),
    path("data-saya/surel/", views.ask_letter, name="ask-letter"),
    path("data-saya/bukti/<str:token>/", views.prove, name="prove"),
    path("data-saya/lupakan/", views.forget_proof, name="forget-proof"),
    path("data-saya/hapus/", views.ask, name="ask"),
    path("data-saya/hapus/<str:request_code>/batal/", views.withdraw, name="withdraw"),
    path("meja/privasi/", views_staff.desk, name="desk"),
    path("meja/privasi/permintaan/<str:request_code>/", views_staff.decide, name="request"),
    path("meja/privasi/penahanan/", views_staff.holds, name="holds"),
    path("meja/privasi/penahanan/<int:pk>/lepas/", views_staff.release, name="release"),
    path("meja/privasi/retensi/", views_staff.retention_report, name="retention"),
    path("meja/privasi/retensi/<str:keeper_key>/", views_staff.rule, name="rule"),
    path("meja/privasi/penglihatan/", views_staff.looked, name="looked"),
]
