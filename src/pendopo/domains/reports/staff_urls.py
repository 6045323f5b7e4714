"""Addresses of the room's staff pages, under /meja/laporan/."""

from django.urls import path

from pendopo.domains.reports import views_field, views_staff

urlpatterns = [
    path("baru/", views_staff.enter_report, name="enter"),
    path("tercatat/<str:code>/", views_staff.entered, name="entered"),
    path("lapangan/", views_field.tasks, name="field"),
    path("lapangan/luring/", views_field.shell, name="field-offline"),
    path("lapangan/tugas.json", views_field.data, name="field-data"),
    path("lapangan/<str:code>/", views_field.act, name="field-act"),
    path("aturan/", views_staff.rule_list, name="rules"),
    path("aturan/baru/", views_staff.rule_edit, name="rule-new"),
    path("aturan/<int:pk>/", views_staff.rule_edit, name="rule"),
]
