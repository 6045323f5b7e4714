"""Addresses where staff keep the lists: entries, decrees, consequence tests, imports."""

from django.urls import URLPattern, path

from pendopo.domains.information.views import (
    keeping,
    keeping_decrees,
    keeping_files,
    keeping_tables,
    keeping_tests,
)

_LIST, _DECREES, _TESTS = "meja/ppid/informasi/", "meja/ppid/keputusan/", "meja/ppid/uji/"
urlpatterns: list[URLPattern] = [
    path(_LIST, keeping.index, name="items"),
    path(f"{_LIST}baru/", keeping.new, name="item-new"),
    path(f"{_LIST}unduh/", keeping_tables.take_out, name="items-table"),
    path(f"{_LIST}contoh/", keeping_tables.template, name="import-template"),
    path(f"{_LIST}masuk/", keeping_tables.bring_in, name="import-new"),
    path(f"{_LIST}masuk/<uuid:pk>/", keeping_tables.one, name="import"),
    path(f"{_LIST}masuk/<uuid:pk>/jalankan/", keeping_tables.confirm, name="import-confirm"),
    path(f"{_LIST}masuk/<uuid:pk>/ditolak.xlsx", keeping_tables.refused, name="import-refused"),
    path(f"{_LIST}<int:pk>/", keeping.one, name="entry"),
    path(f"{_LIST}<int:pk>/ubah/", keeping.edit, name="item-edit"),
    path(f"{_LIST}<int:pk>/berkas/", keeping_files.add, name="version-add"),
    path(f"{_LIST}<int:pk>/<slug:entry_verb>/", keeping.act, name="item-act"),
    path("meja/ppid/berkas/<int:pk>/", keeping_files.download, name="version-file"),
    path("meja/ppid/berkas/<int:pk>/terbitkan/", keeping_files.publish, name="version-publish"),
    path("meja/ppid/berkas/<int:pk>/tarik/", keeping_files.withdraw, name="version-withdraw"),
    path("meja/ppid/berkas/<int:pk>/hitamkan/", keeping_files.blacken, name="version-blacken"),
    path("meja/ppid/berkas/<int:pk>/ambil/", keeping_files.take_blackened, name="version-take"),
    path(_DECREES, keeping_decrees.index, name="decrees"),
    path(f"{_DECREES}<int:pk>/", keeping_decrees.one, name="decree"),
    path(f"{_DECREES}daftar/", keeping_decrees.fix_items, name="fix-items"),
    path(f"{_DECREES}pengecualian/", keeping_decrees.fix_tests, name="fix-tests"),
    path(_TESTS, keeping_tests.index, name="tests"),
    path(f"{_TESTS}baru/", keeping_tests.new, name="test-new"),
    path(f"{_TESTS}<int:pk>/", keeping_tests.one, name="test"),
    path(f"{_TESTS}<int:pk>/ubah/", keeping_tests.edit, name="test-edit"),
    path(f"{_TESTS}<int:pk>/pendapat/", keeping_tests.opinion, name="test-opinion"),
    path(f"{_TESTS}<int:pk>/<slug:test_verb>/", keeping_tests.act, name="test-act"),
]
