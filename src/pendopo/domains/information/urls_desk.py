"""Addresses of the desk beside its queues: tasks of units, letters, files, the counter."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
