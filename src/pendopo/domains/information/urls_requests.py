"""Addresses where citizens ask, follow, object."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
