"""Addresses of GeoReport v2. A format may be left out; then the Accept header decides."""

from django.urls import path, re_path

from pendopo.domains.reports.open311 import calls, views

urlpatterns = [
    path("discovery.<slug:format_name>", views.discovery, name="open311-discovery"),
    path("v2/discovery.<slug:format_name>", views.discovery),
    path("v2/services", views.services),
    path("v2/services.<slug:format_name>", views.services, name="open311-services"),
    path("v2/services/<slug:service>.<slug:format_name>", views.definition, name="open311-definition"),
    path("v2/requests", views.requests),
    path("v2/requests.<slug:format_name>", views.requests, name="open311-requests"),
    path("v2/requests/<slug:slug>.<slug:format_name>", views.one_request, name="open311-request"),
    path("v2/tokens/<str:token>.<slug:format_name>", views.token, name="open311-token"),
    re_path(r"^(?P<anything>.*)$", calls.lost),
]
