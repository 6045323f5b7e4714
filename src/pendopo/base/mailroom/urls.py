"""Addresses of the room: staff pages under /meja/surat/."""

from django.urls import path

from pendopo.base.mailroom import views

app_name = "mailroom"
urlpatterns = [
    path("meja/surat/", views.index, name="list"),
    path("meja/surat/<int:pk>/", views.detail, name="detail"),
]
