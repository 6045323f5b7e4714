"""Addresses of the desk beside its queues: tasks of units, letters, limits."""

from django.urls import URLPattern, path

from pendopo.domains.information.views import limits, unit_tasks

urlpatterns: list[URLPattern] = [
    path("meja/ppid/tugas/", unit_tasks.index, name="tasks"),
    path("meja/ppid/tugas/<int:pk>/", unit_tasks.one, name="task"),
    path("meja/ppid/batas/", limits.index, name="limits"),
    path("meja/ppid/batas/<str:kind>/<str:step>/", limits.edit, name="limit"),
]
