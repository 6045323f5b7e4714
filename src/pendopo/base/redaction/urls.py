"""Addresses of the room: the studio under /meja/penghitaman/."""

from django.urls import path

from pendopo.base.redaction import views

app_name = "redaction"
_HERE = "meja/penghitaman/<uuid:pk>/"
urlpatterns = [
    path(_HERE, views.show, name="studio"),
    path(f"{_HERE}halaman/<int:number>.png", views.page_picture, name="picture"),
    path(f"{_HERE}kotak/", views.add, name="add"),
    path(f"{_HERE}saran/", views.accept, name="accept"),
    path(f"{_HERE}kata/", views.hide, name="hide"),
    path(f"{_HERE}kotak/<int:box>/hapus/", views.remove, name="remove"),
    path(f"{_HERE}hitamkan/", views.burn, name="burn"),
    path(f"{_HERE}ubah/", views.reopen, name="reopen"),
]
