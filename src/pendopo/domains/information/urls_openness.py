"""Addresses of registers, yearly report, public log, charter and figures."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
