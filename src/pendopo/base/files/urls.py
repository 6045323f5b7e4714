from django.urls import path

from pendopo.base.files import views

app_name = "files"
urlpatterns = [
    path("berkas/tersegel/<str:token>/", views.open_sealed_file, name="open-sealed"),
    path("berkas/<str:token>/", views.open_file, name="open"),
]
