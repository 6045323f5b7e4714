"""Addresses of the room's staff pages, under /meja/laporan/."""

from django.urls import path

from pendopo.domains.reports import (
    views_canned,
    views_drift,
    views_field,
    views_rules,
    views_sheet,
    views_staff,
    views_tasks,
)
from pendopo.domains.reports.sp4n import views as sp4n
from pendopo.domains.reports.views import resolution

urlpatterns = [
    path("baru/", views_staff.enter_report, name="enter"),
    path("tercatat/<str:code>/", views_staff.entered, name="entered"),
    path("lapangan/", views_field.tasks, name="field"),
    path("lapangan/luring/", views_field.shell, name="field-offline"),
    path("lapangan/tugas.json", views_field.data, name="field-data"),
    path("lapangan/<str:code>/", views_field.act, name="field-act"),
    path("tugas/", views_tasks.index, name="tasks"),
    path("tugas/<int:pk>/", views_tasks.one, name="task"),
    path("tugas/<int:pk>/lembar/", views_sheet.task, name="task-sheet"),
    path("lembar/<str:code>/", views_sheet.report, name="sheet"),
    path("beres/", resolution.desk, name="resolution-desk"),
    path("ketepatan/", views_drift.drift_page, name="drift"),
    path("ketepatan/unduh/", views_drift.drift_table, name="drift-table"),
    path("aturan/", views_staff.rule_list, name="rules"),
    path("aturan/baru/", views_rules.rule_edit, name="rule-new"),
    path("aturan/baru/coba/", views_rules.try_form, name="rule-new-try"),
    path("aturan/coba/", views_rules.tried, name="rule-tried"),
    path("aturan/<int:pk>/", views_rules.rule_edit, name="rule"),
    path("aturan/<int:pk>/coba/", views_rules.try_form, name="rule-try"),
    path("aturan/<int:pk>/geser/", views_rules.try_move, name="rule-move"),
    path("aturan/<int:pk>/hapus/", views_rules.try_delete, name="rule-delete"),
    path("aturan/<int:pk>/riwayat/", views_rules.rule_history, name="rule-history"),
    path("sp4n/", sp4n.index, name="sp4n"),
    path("sp4n/masuk/", sp4n.bring_in, name="sp4n-in"),
    path("sp4n/masuk/<int:pk>/", sp4n.one_import, name="sp4n-import"),
    path("sp4n/masuk/<int:pk>/ditolak.csv", sp4n.refused, name="sp4n-refused"),
    path("sp4n/unduh/", sp4n.take_out, name="sp4n-out"),
    path("sp4n/unduh-lengkap/", sp4n.take_everything_out, name="sp4n-everything"),
    path("jawaban/", views_canned.answer_list, name="answers"),
    path("jawaban/baru/", views_canned.answer_edit, name="answer-new"),
    path("jawaban/<int:pk>/", views_canned.answer_edit, name="answer"),
]
