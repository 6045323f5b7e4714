"""The ready counts equal a count of all public reports, whatever happened to them and whenever they are added up."""

import datetime as dt
import random
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from pendopo.base.regions import public as regions
from pendopo.base.regions.public import Place, PlaceArea
from pendopo.domains.reports import cells, counted, figures, geo, phrases, tallies
from pendopo.domains.reports.models import CellTally, MonthTally, Report, Status, TallyChange
from pendopo.domains.reports.models.tally import ALL
from pendopo.domains.reports.testing import a_report
from pendopo.kernel import h3cells

AROUND = (-7.56, 110.81)


def random_act(dice: random.Random, offices: list[int], still: dt.datetime) -> None:
    """One thing that may happen to a report, written as SQL would: the trigger must see every way."""
    report = dice.choice(list(Report.objects.all()))
    rows = Report.objects.filter(pk=report.pk)
    match dice.randrange(8):
        case 0:
            rows.update(secret=not report.secret)
        case 1:
            rows.update(hidden=not report.hidden)
        case 2:
            rows.update(category=dice.choice(["sampah", "lampu-jalan"]))
        case 3:
            rows.update(office=dice.choice(offices), reopened_count=dice.randrange(2))
        case 4:
            status = dice.choice([s for s in Status if s != Status.ARCHIVED and s != Status.MERGED])
            ended = status in cells.FINAL
            rows.update(status=status, closed_at=still if ended else None)
        case 5:
            rows.update(
                verified_in_time=dice.choice([True, False, None]), answered_in_time=dice.choice([True, None])
            )
        case 6:
            point = AROUND[0] + dice.gauss(0, 0.01), AROUND[1] + dice.gauss(0, 0.01)
            rows.update(latitude=point[0], longitude=point[1], cell=h3cells.cell_of(*point))
        case 7:
            rows.update(received_at=still - dt.timedelta(days=dice.randrange(300)))


def brute_force(resolution: int, category: str, group: str) -> Counter[int]:
    rows = Report.objects.public().exclude(cell=None)
    if category:
        rows = rows.filter(category=category)
    if group:
        rows = rows.filter(status__in=next(g for g in phrases.GROUPS if g.key == group).statuses)
    return Counter(tallies.low_of(cell, resolution) for cell in rows.values_list("cell", flat=True))


def agrees(now: dt.datetime) -> None:
    """Every cell at every resolution, and every figure of every period, against the reports themselves."""
    for resolution in range(tallies.COARSEST, tallies.FINEST + 1):
        for category, group in ((ALL, ""), ("sampah", ""), (ALL, "proses"), ("lampu-jalan", "selesai")):
            told = cells._counted(resolution, None, category, group)
            assert {cell: n for cell, (n, _ended) in told.items()} == brute_force(resolution, category, group)
    for period in figures.periods(now.date(), dt.date(2025, 1, 1)):
        rows = Report.objects.public().filter(figures.received_between(period.since, period.until))
        told = counted.counted(period, now=now)
        for measure in figures.MEASURES:
            assert told.totals[measure.key] == rows.filter(measure.condition(now)).count(), measure.key
        assert (
            sum(row.received for row in told.by_office)
            == sum(row.received for row in told.by_month)
            == rows.count()
        )


@pytest.mark.parametrize("seed", [1, 2])
def test_random_acts_are_counted_before_and_after_adding_up(seed: int, city: Any, still: dt.datetime) -> None:
    dice = random.Random(seed)
    offices = [city.works.pk, city.intake.pk]
    for number in range(8):
        a_report(secret=number == 0, now=still - dt.timedelta(days=40 * number))
    for number in range(40):
        random_act(dice, offices, still)
        if number % 13 == 0:
            assert tallies.fold() > 0
    agrees(still)
    tallies.fold()
    assert not TallyChange.objects.exists()
    agrees(still)
    assert tallies.recount() == 0
    agrees(still)


def test_a_wrong_count_is_found_and_corrected(city: Any, still: dt.datetime) -> None:
    a_report(point=AROUND, now=still)
    tallies.fold()
    CellTally.objects.filter(resolution=7).update(n=99)
    MonthTally.objects.update(received=5)
    assert tallies.recount() > 0
    agrees(still)


def test_two_do_not_add_up_at_once(city: Any, still: dt.datetime) -> None:
    a_report(now=still)
    with (
        connection.cursor() as cursor
    ):  # a lock of this very session does not stop it, so only the way is proved
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [tallies._ONE_AT_A_TIME])
    assert tallies.fold() == 1
    assert tallies.fold() == 0


def test_secret_and_hidden_reports_are_in_no_count(city: Any, still: dt.datetime) -> None:
    report = a_report(point=AROUND, now=still)
    tallies.fold()
    for change in ({"secret": True}, {"secret": False, "hidden": True}):
        Report.objects.filter(pk=report.pk).update(**change)
        assert cells._counted(8, None, ALL, "") == {}
        assert Client().get("/laporan/peta.json").json()["features"] == []
    Report.objects.filter(pk=report.pk).delete()
    tallies.fold()
    assert not CellTally.objects.filter(n__gt=0).exists()


def test_a_crowded_window_is_counted_by_cell_and_small(
    city: Any, still: dt.datetime, monkeypatch: Any
) -> None:
    monkeypatch.setattr(cells, "FEW", 3)
    dice = random.Random(3)
    first = a_report(point=AROUND, now=still)
    for _number in range(12):
        a_report(point=(AROUND[0] + dice.gauss(0, 0.02), AROUND[1] + dice.gauss(0, 0.02)), now=still)
    window = geo.Bounds(AROUND[1] - 0.2, AROUND[0] - 0.2, AROUND[1] + 0.2, AROUND[0] + 0.2)
    for zoom in (5, 9, 12, 15, 18):
        found = cells.clusters(Report.objects.public(), bounds=window, zoom=zoom)
        assert sum(one["n"] for one in found) == 13 and len(found) <= geo.MOST_MARKERS
        assert sum(one["open"] for one in found) == 13
        for one in found:  # never finer than what is public, and a cell that the list understands
            assert h3cells.resolution_of(int(one["cell"], 16)) <= geo.PUBLIC_RESOLUTION
            assert geo.read_cell(one["cell"]) is not None
    assert first.latitude not in {one["lat"] for one in found}


def test_a_filter_nobody_counted_ahead_says_how_many_it_counts(
    city: Any, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr(cells, "NEWEST", 2)
    for _number in range(2):
        a_report(point=AROUND)
    whole = client.get("/laporan/peta.json?z=12&q=lampu").json()
    assert "newest" not in whole and sum(one["properties"]["n"] for one in whole["features"]) == 2
    a_report(point=AROUND)
    cut = client.get("/laporan/peta.json?z=12&q=lampu").json()
    assert cut["newest"] == 2 and sum(one["properties"]["n"] for one in cut["features"]) == 2
    assert "newest" not in client.get("/laporan/peta.json?z=12&kategori=lampu-jalan").json()
    assert "peta menghitung {n} yang terbaru saja" in client.get("/laporan/").content.decode()


def test_the_page_of_the_map_names_the_place_of_every_circle(
    city: Any, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr(cells, "FEW", 0)
    a_report(point=AROUND)
    words = client.get("/peta/").content.decode()
    assert ">1 laporan</a>" in words and "?sel=" in words, "a lone report of the ready counts has no title"
    near = Place(known=True, area=PlaceArea("99.71.01.1001", "Mawar", 4, True, ()))
    monkeypatch.setattr(regions, "find", lambda *_point: near)
    assert "1 laporan di sekitar Mawar" in client.get("/peta/").content.decode()
