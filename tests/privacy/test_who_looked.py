"""Every look at contact data is written down; the citizen reads office and role, the koordinator the name."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pendopo.base.audit import looks
from pendopo.domains.reports.actions import moderation
from pendopo.domains.reports.models import Status
from pendopo.domains.reports.testing import a_report
from tests.privacy.conftest import Known


def test_the_citizen_reads_office_and_role_but_no_name(
    citizen: Client, known: Known, everyone: dict[str, Any], still: Any
) -> None:
    page = citizen.get("/data-saya/").content.decode()
    assert known.own.code in page
    assert "Dinas Pekerjaan Umum" in page
    assert "Petugas" in page
    assert everyone["sari"].name not in page
    assert "menelepon" not in page  # the purpose is the office's note


def test_a_stranger_reads_nothing(known: Known, still: Any) -> None:
    page = Client().get("/data-saya/").content.decode()
    assert known.own.code not in page
    assert "Siapa yang melihat kontak saya" not in page


def test_the_koordinator_reads_every_name(
    as_user: Callable[[Any], Client], known: Known, everyone: dict[str, Any], still: Any
) -> None:
    page = as_user(everyone["koordinator"]).get("/meja/privasi/penglihatan/").content.decode()
    assert everyone["sari"].name in page
    assert "menelepon" in page


@pytest.mark.parametrize("name", ["anon", "warga", "sari", "tono", "ibu_ratna", "pengamat", "lurah_officer"])
def test_others_find_no_log(name: str, as_user: Callable[[Any], Client], city: Any, everyone: Any) -> None:
    answer = as_user(everyone[name]).get("/meja/privasi/penglihatan/")
    assert answer.status_code == (302 if name == "anon" else 404)


def test_a_look_at_a_secret_report_stays_in_its_office(
    city: Any, everyone: dict[str, Any], now: dt.datetime
) -> None:
    secret = a_report(status=Status.IN_PROGRESS, office=city.works, secret=True, now=now)
    moderation.open_contact(report_id=secret.pk, purpose="bertanya", by=everyone["sari"], now=now)
    assert not looks.seen_by(everyone["koordinator"]).exists()
    assert not looks.seen_by(everyone["administrator"]).exists()
    assert looks.seen_by(everyone["ibu_ratna"]).count() == 1
    (look,) = looks.at_cases("reports.report", [secret.pk])
    assert look.role == "petugas"
