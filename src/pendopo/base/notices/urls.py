from django.urls import path

from pendopo.base.notices import views

app_name = "notices"
urlpatterns = [
    path("kotak-masuk/", views.inbox, name="inbox"),
    path("kotak-masuk/dibaca/", views.read_all, name="read-all"),
    path("kotak-masuk/<int:pk>/buka/", views.read, name="read"),
    path("meja/surat-gagal/", views.dead_letters, name="dead-letters"),
    path("meja/surat-gagal/<int:pk>/", views.dead_letter, name="dead-letter"),
]
