from django.urls import path

from pendopo.base.audit import views

app_name = "audit"
urlpatterns = [
    path("meja/jejak/", views.journal, name="journal"),
    path("meja/jejak/unduh/", views.download, name="download"),
]
