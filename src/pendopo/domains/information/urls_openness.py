"""Addresses of registers, yearly report, public log, figures, service pages, the counter, and each person's work."""

from django.urls import URLPattern, path, re_path

from pendopo.domains.information.views import (
    openness_counter,
    openness_log,
    openness_pages,
    openness_registers,
    openness_work,
    openness_yearly,
)

_REPORTS, _REGISTER = "meja/ppid/laporan/", "meja/ppid/register/<slug:key>/"
_FILE = r"(?P<year>[0-9]{4})\.(?P<kind>pdf|xlsx)$"

urlpatterns: list[URLPattern] = [
    path("ppid/catatan/", openness_log.log, name="log"),
    path("ppid/catatan/data.csv", openness_log.log_csv, name="log-csv"),
    path("ppid/angka/", openness_log.figures, name="figures"),
    path("ppid/maklumat/", openness_pages.page, {"word": "maklumat"}, name="charter"),
    path("ppid/standar/", openness_pages.page, {"word": "standar"}, name="standard"),
    re_path(
        r"^ppid/(?P<word>maklumat|standar)/suara/(?P<pk>[0-9]{1,9})/$",
        openness_pages.audio,
        name="page-audio",
    ),
    path("ppid/laporan/", openness_yearly.public_index, name="reports-public"),
    path("ppid/laporan/<int:year>/", openness_yearly.public_report, name="report-public"),
    re_path(rf"^ppid/laporan/{_FILE}", openness_yearly.public_file, name="report-file"),
    path("meja/ppid/", openness_work.index, name="work"),
    path("meja/ppid/loket/", openness_counter.index, name="counter"),
    path("meja/ppid/loket/saran/", openness_counter.hints, name="counter-hints"),
    path("meja/ppid/loket/<str:code>/", openness_counter.done, name="counter-done"),
    path(_REGISTER, openness_registers.index, name="register"),
    path(f"{_REGISTER}pemohon/", openness_registers.people, name="register-people"),
    re_path(
        r"^meja/ppid/register/(?P<key>[a-z]+)/unduh\.(?P<kind>pdf|xlsx)$",
        openness_registers.export,
        name="register-file",
    ),
    path(_REPORTS, openness_yearly.staff_index, name="reports"),
    path(f"{_REPORTS}<int:year>/", openness_yearly.staff_report, name="report"),
    path(f"{_REPORTS}<int:year>/tulis/", openness_yearly.write, name="report-write"),
    path(f"{_REPORTS}<int:year>/tetapkan/", openness_yearly.fix, name="report-fix"),
    path(f"{_REPORTS}<int:year>/buka/", openness_yearly.reopen, name="report-reopen"),
    re_path(rf"^meja/ppid/laporan/{_FILE}", openness_yearly.staff_file, name="report-staff-file"),
    path("meja/ppid/halaman/", openness_pages.index, name="service-pages"),
    re_path(r"^meja/ppid/halaman/(?P<word>maklumat|standar)/$", openness_pages.edit, name="service-page"),
]
