"""Addresses of the open catalogue and of what machines harvest."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
