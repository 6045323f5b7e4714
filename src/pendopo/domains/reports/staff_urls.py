"""Addresses of the room's staff pages, under /meja/laporan/."""

from django.urls import path

from pendopo.domains.reports import views_canned, views_staff

urlpatterns = [
    path("baru/", views_staff.enter_report, name="enter"),
    path("tercatat/<str:code>/", views_staff.entered, name="entered"),
    path("aturan/", views_staff.rule_list, name="rules"),
    path("aturan/baru/", views_staff.rule_edit, name="rule-new"),
    path("aturan/<int:pk>/", views_staff.rule_edit, name="rule"),
    path("jawaban/", views_canned.answer_list, name="answers"),
    path("jawaban/baru/", views_canned.answer_edit, name="answer-new"),
    path("jawaban/<int:pk>/", views_canned.answer_edit, name="answer"),
]
