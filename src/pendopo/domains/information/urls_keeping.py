"""Addresses where staff keep the lists: entries, decrees, consequence tests, imports."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
