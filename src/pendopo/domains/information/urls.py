"""Addresses of the information room: for citizens below /ppid/, for staff below /meja/ppid/."""

from pendopo.domains.information import (
    urls_catalogue,
    urls_desk,
    urls_keeping,
    urls_openness,
    urls_requests,
)

app_name = "information"
urlpatterns = [
    *urls_requests.urlpatterns,
    *urls_openness.urlpatterns,
    *urls_keeping.urlpatterns,
    *urls_desk.urlpatterns,
    *urls_catalogue.urlpatterns,
]
