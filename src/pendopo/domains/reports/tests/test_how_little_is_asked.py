"""How many SQL statements the busy pages and a new report ask: the same few, whatever the number of reports."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pendopo.domains.reports import cells
from pendopo.domains.reports.actions import drafts, intake
from pendopo.domains.reports.models import Category
from pendopo.domains.reports.testing import a_report

VILLAGE = "99.71.01.1001"


@pytest.mark.parametrize("reports", [1, 25])
@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/laporan/", 4),
        ("/laporan/?q=lampu&kategori=lampu-jalan", 4),
        ("/laporan/peta.json?z=12", 2),
        ("/laporan/peta.json?z=12&q=lampu", 2),
        ("/angka/", 4),
    ],
)
def test_a_public_page(
    address: str, most: int, reports: int, city: Any, django_assert_max_num_queries: Any
) -> None:
    for _number in range(reports):
        a_report()
    client = Client()
    client.get(address)  # what processes remember is read by the first request of the day
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_a_crowded_map(city: Any, monkeypatch: Any, django_assert_max_num_queries: Any) -> None:
    monkeypatch.setattr(cells, "FEW", 0)
    a_report(point=(-7.56, 110.81))
    client = Client()
    client.get("/laporan/peta.json?z=15")
    with django_assert_max_num_queries(1):
        assert client.get("/laporan/peta.json?z=15").json()["features"]


def test_receiving_a_report_with_its_suggestions(city: Any, still: dt.datetime) -> None:
    asked = []
    for _number in range(2):  # the second one finds rules, offices and calendar remembered
        draft = drafts.keep_answers(draft=drafts.open_draft(None, now=still), answers={}, now=still)
        new = intake.NewReport(
            category=Category.objects.get(pk="lampu-jalan"),
            text="Lampu jalan mati sejak tiga malam, gang jadi gelap.",
            region_code=VILLAGE,
            email="wulan@contoh.example",
        )
        with CaptureQueriesContext(connection) as queries:
            report = intake.receive(draft=draft, new=new, by=None, now=still)
        asked.append([query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]])
    assert report.suggestions.exists()
    assert len(asked[-1]) <= 12, "\n".join(asked[-1])
