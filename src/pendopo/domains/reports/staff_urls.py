"""Addresses of the room's staff pages, under /meja/laporan/."""

from django.urls import path

from pendopo.domains.reports import views_staff
from pendopo.domains.reports.views import resolution

urlpatterns = [
    path("baru/", views_staff.enter_report, name="enter"),
    path("tercatat/<str:code>/", views_staff.entered, name="entered"),
    path("beres/", resolution.desk, name="resolution-desk"),
    path("aturan/", views_staff.rule_list, name="rules"),
    path("aturan/baru/", views_staff.rule_edit, name="rule-new"),
    path("aturan/<int:pk>/", views_staff.rule_edit, name="rule"),
]
