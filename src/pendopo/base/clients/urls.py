"""Addresses of the room: staff pages under /meja/aplikasi/."""

from django.urls import path

from pendopo.base.clients import views, views_webhooks

app_name = "clients"
urlpatterns = [
    path("meja/aplikasi/", views.index, name="list"),
    path("meja/aplikasi/baru/", views.new, name="new"),
    path("meja/aplikasi/<int:pk>/", views.detail, name="detail"),
    path("meja/aplikasi/<int:pk>/ubah/", views.edit, name="edit"),
    path("meja/aplikasi/<int:pk>/token/", views.issue, name="issue"),
    path("meja/aplikasi/<int:pk>/kabar/", views_webhooks.subscribe, name="subscribe"),
    path("meja/aplikasi/token/<int:pk>/cabut/", views.revoke, name="revoke"),
    path("meja/aplikasi/kabar/<int:pk>/", views_webhooks.change, name="webhook"),
    path("meja/aplikasi/kabar-gagal/", views_webhooks.dead, name="dead"),
    path("meja/aplikasi/kabar-gagal/<uuid:key>/", views_webhooks.resend, name="resend"),
]
