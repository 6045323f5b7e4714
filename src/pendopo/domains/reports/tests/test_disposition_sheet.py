"""The printed disposition sheet: complete, only for the own desk, and written down."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.regions.models import Boundary
from pendopo.domains.reports import sheet
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.domains.reports.tests.shared_work import ASKED, shared

pytestmark = pytest.mark.django_db
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[110.80, -7.60], [110.82, -7.60], [110.82, -7.58], [110.80, -7.58]]],
}


def test_it_carries_all_that_a_paper_needs(
    city: Any, sari: Any, as_user: Callable[..., Client], still: dt.datetime
) -> None:
    report, _tasks = shared(city, sari, still, point=(-7.595, 110.805))
    Boundary.objects.update_or_create(region=report.region, defaults={"geometry": SQUARE, "loaded_at": still})
    page = as_user(sari).get(reverse("reports:sheet", args=[report.code]))
    words = page.content.decode()
    for part in (
        report.code, "LEMBAR DISPOSISI", "9 Maret 2026", "Dinas Pekerjaan Umum", "Jalan Melati", "-7.595",
        "Standar pelayanan", "Dinas Lingkungan Hidup", ASKED, "Nama dan NIP", "<svg", "Pencetakan tercatat",
    ):  # fmt: skip
        assert part in words, part
    assert "RAHASIA" not in words and "<script" not in words
    for personal in ("Rina", "rina@contoh", "81234567890"):
        assert personal not in words
    assert "no-store" in page["Cache-Control"]
    entry = Entry.objects.about(report).get(verb="reports.sheet_printed")
    assert (entry.actor, entry.at, entry.restricted) == (sari, still, False)


def test_a_secret_one_says_so_and_stays_with_its_office(
    city: Any, everyone: dict[str, Any], as_user: Callable[..., Client], still: dt.datetime
) -> None:
    secret = a_report(status=Status.IN_PROGRESS, office=city.works, secret=True)
    address = reverse("reports:sheet", args=[secret.code])
    for name in ("tono", "koordinator", "pengamat", "administrator", "lurah_officer", "warga"):
        assert as_user(everyone[name]).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert not Entry.objects.filter(verb="reports.sheet_printed").exists()
    assert "RAHASIA" in as_user(everyone["sari"]).get(address).content.decode()
    assert Entry.objects.get(verb="reports.sheet_printed").restricted


def test_the_asked_office_prints_its_own_task_only(
    city: Any, sari: Any, tono: Any, as_user: Callable[..., Client], still: dt.datetime
) -> None:
    report, (mine, _other) = shared(city, sari, still)
    client = as_user(tono)
    assert client.get(reverse("reports:sheet", args=[report.code])).status_code == 404
    words = client.get(reverse("reports:task-sheet", args=[mine.pk])).content.decode()
    assert ASKED in words and "Atur lalu lintas" not in words and "5 hari kerja" in words


def test_the_plan_puts_the_cross_where_the_place_is(city: Any, still: dt.datetime) -> None:
    report = a_report(point=(-7.59, 110.81))
    assert sheet.plan(report) is None  # no outline is known
    Boundary.objects.update_or_create(region=report.region, defaults={"geometry": SQUARE, "loaded_at": still})
    drawn = sheet.plan(report)
    assert drawn is not None
    assert (float(drawn["x"]), float(drawn["y"])) == (sheet.SIDE / 2, sheet.SIDE / 2)
    Report.objects.filter(pk=report.pk).update(latitude=None, longitude=None, cell=None)
    report.refresh_from_db()
    assert sheet.plan(report) is None
