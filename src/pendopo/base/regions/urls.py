from django.urls import path

from pendopo.base.regions import views

app_name = "regions"
urlpatterns = [path("garis.json", views.draw, name="outlines")]
