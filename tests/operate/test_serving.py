"""What leaves the server besides pages: static files, headers, and logs without personal data."""

import asyncio
import json
import logging
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.checks import run_checks
from django.db import connections
from django.test import AsyncClient, Client

from pendopo.config import logs
from pendopo.config.statics import LIBRARIES


@pytest.mark.parametrize("name", LIBRARIES)
def test_each_browser_library_is_found_in_its_package(name: str) -> None:
    found = finders.find(f"lib/{name}")
    assert isinstance(found, str) and Path(found).stat().st_size > 100


def test_nothing_else_of_those_packages_is_served() -> None:
    assert finders.find("lib/leaflet/leaflet-src.js") is None
    assert finders.find("django_htmx/htmx-2.min.js") is None


@pytest.mark.django_db
def test_a_static_file_is_served_by_both_kinds_of_server() -> None:
    address = "/static/lib/htmx.min.js"
    plain = Client().get(address)
    asynchronous = asyncio.run(AsyncClient().get(address))
    assert plain.status_code == asynchronous.status_code == 200
    assert plain.content == asynchronous.content and len(plain.content) > 1000
    assert plain["content-type"].startswith("text/javascript")


def test_a_part_of_a_static_file_can_be_asked_for() -> None:
    part = Client().get("/static/lib/htmx.min.js", headers={"range": "bytes=0-9"})
    assert (part.status_code, len(part.content)) == (206, 10)


def test_pages_ask_for_place_and_camera_only() -> None:
    answer = Client().get("/static/lib/htmx.min.js")
    assert "geolocation=(self), camera=(self), microphone=()" in answer["permissions-policy"]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("siti.aminah+1@contoh.go.id gagal", "<surel> gagal"),
        ("telepon 0812-3456-7890 salah", "telepon <nomor> salah"),
        ("NIK 3372010101900001", "NIK <nomor>"),
        ("Not Found: /lacak/LAP-7K2M-Q9XA/", "Not Found: /lacak/LAP-<kode>/"),
        ("duplicate key\nDETAIL:  Key (name)=(Siti) already exists.", "duplicate key\n<baris>"),
        ("selesai dalam 12 detik pada 2026-03-09", "selesai dalam 12 detik pada 2026-03-09"),
    ],
)
def test_personal_data_is_masked_in_logs(words: str, kept: str) -> None:
    assert logs.masked(words) == kept


def test_an_error_is_one_line_with_places_but_no_values() -> None:
    try:
        secret = "siti@contoh.id"
        raise ValueError(secret)
    except ValueError:
        record = logging.LogRecord("pendopo", logging.ERROR, "", 0, "gagal", (), sys.exc_info())
    line = logs.Lines().format(record)
    facts = json.loads(line)
    assert "\n" not in line and "siti" not in line
    assert facts["level"] == "ERROR" and facts["error"] == "ValueError: <surel>" and facts["where"]


@pytest.mark.django_db
def test_an_old_postgresql_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections["default"].__dict__, "pg_version", 140011)
    found = [message for message in run_checks(databases=["default"]) if message.id == "pendopo.E001"]
    assert [str(message.msg) for message in found] == [
        "PostgreSQL di DATABASE_URL berversi 14; Pendopo perlu versi 15 ke atas."
    ]
