"""Addresses of the room's staff pages, under /meja/laporan/."""

from django.urls import path

from pendopo.domains.reports import views_drift, views_staff

urlpatterns = [
    path("baru/", views_staff.enter_report, name="enter"),
    path("tercatat/<str:code>/", views_staff.entered, name="entered"),
    path("ketepatan/", views_drift.drift_page, name="drift"),
    path("ketepatan/unduh/", views_drift.drift_table, name="drift-table"),
    path("aturan/", views_staff.rule_list, name="rules"),
    path("aturan/baru/", views_staff.rule_edit, name="rule-new"),
    path("aturan/<int:pk>/", views_staff.rule_edit, name="rule"),
]
