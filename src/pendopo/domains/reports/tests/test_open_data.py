"""Open data: the list as table, map file and feed; places rounded, nobody named who did not want it, secrets absent."""

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client
from django.urls import reverse

from pendopo.domains.reports.models import Status
from pendopo.domains.reports.opendata import COLUMNS
from pendopo.domains.reports.testing import a_report

ATOM = "{http://www.w3.org/2005/Atom}"
POINT = (-7.5601, 110.8301)


@pytest.fixture
def city(government: Any, now: dt.datetime) -> dict[str, Any]:
    return {
        "lamp": a_report(now=now, point=POINT, address="Jalan Melati No. 7", region="99.71.02.1001"),
        "road": a_report(
            now=now, category="jalan-rusak", status=Status.CLOSED_BY_CITIZEN, office=government.works,
            text="=HYPERLINK() jalan berlubang sekali", region="99.71.01.1001",
        ),
        "secret": a_report(now=now, secret=True, text="Pungutan zebrakuning di kantor"),
        "hidden": a_report(now=now, hidden=True, text="Disembunyikan zebrahijau"),
    }  # fmt: skip


def table(**given: str) -> list[dict[str, str]]:
    body = Client().get(reverse("reports:data-csv"), given).getvalue().decode()
    assert "zebra" not in body
    return list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"))))


def shapes(**given: str) -> list[dict[str, Any]]:
    response = Client().get(reverse("reports:data-geojson"), given)
    assert response["Content-Type"] == "application/geo+json"
    found = json.loads(response.getvalue())
    assert found["type"] == "FeatureCollection"
    features: list[dict[str, Any]] = found["features"]
    return features


def test_the_table_has_every_public_report_without_house_numbers_and_formulas(city: dict[str, Any]) -> None:
    road, lamp = table()
    assert tuple(road) == COLUMNS
    assert (lamp["id"], lamp["alamat"], lamp["kelompok"]) == (city["lamp"].slug, "Jalan Melati", "baru")
    assert road["isi"].startswith("'=HYPERLINK")
    assert (road["lintang"], road["bujur"]) == ("", "")
    assert (float(lamp["lintang"]), float(lamp["bujur"])) != POINT
    assert lamp["tautan"].endswith(f"/laporan/{city['lamp'].slug}/")


def test_the_map_file_has_points_in_the_order_of_the_standard(city: dict[str, Any]) -> None:
    road, lamp = shapes()
    assert road["geometry"] is None
    longitude, latitude = lamp["geometry"]["coordinates"]
    assert abs(longitude - POINT[1]) < 0.002
    assert abs(latitude - POINT[0]) < 0.002
    assert (longitude, latitude) != POINT[::-1]
    assert lamp["properties"]["accuracy_m"] == 70
    assert shapes(q="tidakadayangbegini") == []


def test_filters_of_the_list_fit_files_and_feeds(city: dict[str, Any]) -> None:
    assert [row["id"] for row in table(kategori="lampu-jalan")] == [city["lamp"].slug]
    assert [row["id"] for row in shapes(wilayah="99.71.01")] == [city["road"].slug]
    feed = Client().get(reverse("reports:feed"), {"kategori": "lampu-jalan", "wilayah": "99.71.02"})
    assert feed["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(feed.content)
    assert root.find(f"{ATOM}title").text == "Laporan warga: Lampu jalan, Anggrek"
    (entry,) = root.findall(f"{ATOM}entry")
    assert city["lamp"].slug in entry.find(f"{ATOM}id").text
    assert entry.find(f"{ATOM}summary").text == city["lamp"].public_text
    assert b"zebra" not in Client().get(reverse("reports:feed")).content


@pytest.mark.parametrize("name", ["data-csv", "data-geojson", "feed"])
def test_a_wrong_filter_is_a_problem_that_names_it(city: dict[str, Any], name: str) -> None:
    response = Client().get(reverse(f"reports:{name}"), {"kategori": "tidak-ada"})
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["errors"][0]["field"] == "kategori"


def test_files_cost_quota_and_say_when_to_come_back(city: dict[str, Any]) -> None:
    asked = [Client().get(reverse("reports:data-csv")).status_code for _ in range(4)]
    assert asked == [200, 200, 200, 429]


def test_the_reporters_own_secret_is_not_in_the_file_either(
    city: dict[str, Any], warga: Any, as_user: Any, now: dt.datetime
) -> None:
    a_report(now=now, secret=True, reporter=warga, text="Milik sendiri zebraputih")
    body = as_user(warga).get(reverse("reports:data-csv")).getvalue().decode()
    assert "zebra" not in body


def test_the_queries_do_not_grow_with_the_rows(
    city: dict[str, Any], now: dt.datetime, django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        a_report(now=now)
    Client().get(reverse("reports:feed"))  # categories, places and quotas are remembered
    with django_assert_max_num_queries(2):
        table()
    with django_assert_max_num_queries(2):
        Client().get(reverse("reports:feed"))


def test_the_list_leads_to_its_files_with_its_filters(city: dict[str, Any]) -> None:
    page = Client().get(reverse("reports:list"), {"kategori": "lampu-jalan"}).content.decode()
    assert "/laporan/data.csv?kategori=lampu-jalan" in page
    assert 'type="application/atom+xml"' in page
