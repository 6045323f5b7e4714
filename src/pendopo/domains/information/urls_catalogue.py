"""Addresses of the open catalogue and of what machines harvest. Item and file addresses never change."""

from django.urls import URLPattern, path

from pendopo.domains.information.views import (
    catalogue,
    catalogue_files,
    catalogue_lists,
    catalogue_machines,
)

urlpatterns: list[URLPattern] = [
    path("ppid/", catalogue.home, name="home"),
    path("ppid/informasi/", catalogue.index, name="list"),
    path("ppid/informasi/data.csv", catalogue_machines.csv_file, name="data-csv"),
    path("ppid/informasi/umpan.atom", catalogue_machines.atom, name="feed"),
    path("ppid/informasi/<slug:slug>/", catalogue.item, name="item"),
    *(
        path(f"ppid/informasi/<slug:slug>.{kind}", catalogue_machines.item, {"kind": kind}, name=f"item-{kind}")
        for kind in catalogue_machines.WRITERS
    ),
    path("ppid/berkas/<slug:slug>/<int:number>/<str:filename>", catalogue_files.file, name="file"),
    path("ppid/dip/", catalogue_lists.dip, name="dip"),
    *(
        path(f"ppid/dip.{kind}", catalogue_lists.dip_file, {"kind": kind}, name=f"dip-{kind}")
        for kind in ("csv", "xlsx")
    ),
    path("ppid/dik/", catalogue_lists.dik, name="dik"),
    *(
        path(f"ppid/dik.{kind}", catalogue_lists.dik_file, {"kind": kind}, name=f"dik-{kind}")
        for kind in ("csv", "xlsx")
    ),
    path("ppid/dcat/", catalogue_machines.dcat_door, name="dcat"),
    *(
        path(f"ppid/dcat/katalog.{kind}", catalogue_machines.dcat_page, {"kind": kind}, name=f"dcat-{kind}")
        for kind in catalogue_machines.WRITERS
    ),
    path("ppid/api/3/action/<slug:action>", catalogue_machines.ckan_action, name="ckan"),
]
