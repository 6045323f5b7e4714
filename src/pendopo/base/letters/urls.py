"""Addresses of the room: the public check, and staff pages under /meja/surat-resmi/."""

from django.urls import path

from pendopo.base.letters import views, views_settings, views_templates

app_name = "letters"
urlpatterns = [
    path("surat/", views.check, name="check"),
    path("surat/<str:slug>/", views.verify, name="verify"),
    path("meja/surat-resmi/", views.index, name="list"),
    path("meja/surat-resmi/<int:pk>/", views.sign, name="sign"),
    path("meja/surat-resmi/templat/", views_templates.index, name="templates"),
    path("meja/surat-resmi/templat/<str:key>/", views_templates.edit, name="template"),
    path("meja/surat-resmi/nomor/<str:key>/", views_templates.pattern, name="pattern"),
    path("meja/surat-resmi/kop/<int:pk>/", views_templates.letterhead, name="letterhead"),
    path("meja/surat-resmi/penanda-tangan/", views_settings.index, name="signers"),
    path("meja/surat-resmi/penanda-tangan/uji/", views_settings.try_seal, name="try-seal"),
    path("meja/surat-resmi/penanda-tangan/bsre/", views_settings.ask_bsre, name="ask-bsre"),
]
