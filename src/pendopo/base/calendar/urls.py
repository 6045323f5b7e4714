from django.urls import path

from pendopo.base.calendar import views

app_name = "calendar"
urlpatterns = [path("", views.year_page, name="year")]
