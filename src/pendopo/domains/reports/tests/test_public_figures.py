"""Every public figure equals the list behind it, and no figure counts what is not public."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from pendopo.base import registries
from pendopo.base.accounts.models import User
from pendopo.base.organizations.testing import build_government, build_people
from pendopo.domains.reports import figures
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report, prepare
from pendopo.domains.reports.tests.demo_city import kept_for_module
from pendopo.kernel import clock

NOW = dt.datetime(2026, 3, 9, 2, 0, tzinfo=dt.UTC)  # Monday, 09:00 in Jakarta


@pytest.fixture(scope="module")
def a_year(django_db_setup: Any, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    """Each state, at two ages, and as many secret and hidden ones; and the people who may look."""

    def build() -> dict[str, User]:
        government = build_government()
        people = build_people(government)
        prepare()
        for number, status in enumerate(Status.values):
            for age in (2, 100):
                when = NOW - dt.timedelta(days=age, hours=number)
                a_report(status=status, office=government.works, now=when)
            for kept_back in ({"secret": True}, {"hidden": True}):
                a_report(status=status, office=government.works, now=NOW - dt.timedelta(days=2), **kept_back)
        return people

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        yield from kept_for_module(django_db_blocker, build)


@pytest.fixture(autouse=True)
def _in_march(still: dt.datetime, db: None) -> None:
    """Views too look at the clock of `a_year`."""


def test_each_figure_equals_its_list(a_year: Any) -> None:
    client = Client()
    for span in ("bulan", "12-bulan", "2026", "2025"):
        shown = client.get("/angka/", {"masa": span}).context["figures"]
        assert len(shown) == len(figures.MEASURES)
        for figure in shown:
            listed = client.get(figure["url"])
            assert listed.status_code == 200
            assert listed.context["total"] == figure["value"], (span, figure["key"])


def test_each_bar_equals_its_list(a_year: Any) -> None:
    client = Client()
    context = client.get("/angka/").context
    for label, value, _late, url in [*context["by_office"], *context["by_month"]]:
        assert client.get(url).context["total"] == value, label


def test_figures_count_public_reports_only(a_year: Any) -> None:
    shown = {figure["key"]: figure["value"] for figure in Client().get("/angka/").context["figures"]}
    assert shown["masuk"] == Report.objects.filter(secret=False, hidden=False).count()
    assert shown["masuk"] == 2 * len(Status) + 4  # and the parent of each merged one, also of those not shown
    assert shown["ditutup-pelapor"] == shown["ditutup-petugas"] == shown["ditutup-sistem"] == 2
    assert shown["selesai"] == 6
    assert shown["diarsipkan"] == shown["diteruskan"] == shown["digabung"] == 2
    assert shown["dibuka-lagi"] == 2
    parts = ("selesai", "diarsipkan", "diteruskan", "digabung", "terbuka")
    assert shown["masuk"] == sum(shown[part] for part in parts)
    assert shown["lewat"] >= 1


def test_everybody_reads_the_same_numbers(a_year: dict[str, User], as_user: Any) -> None:
    expected = [figure["value"] for figure in Client().get("/angka/").context["figures"]]
    for who, person in {**a_year, "anon": AnonymousUser()}.items():
        shown = as_user(person).get("/angka/").context["figures"]
        assert [figure["value"] for figure in shown] == expected, who


def test_the_page_asks_few_queries(a_year: Any, django_assert_max_num_queries: Any) -> None:
    Client().get("/angka/")
    with django_assert_max_num_queries(6):
        Client().get("/angka/")


def test_the_table_holds_the_same_numbers(a_year: Any) -> None:
    response = Client().get("/angka/unduh.csv")
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert response["Content-Type"].startswith("text/csv")
    assert "Ringkasan,Masuk,30," in lines[1]
    assert any(line.startswith("Kantor,") for line in lines)
    assert any(line.startswith("Bulan,2026-03,") for line in lines)


def test_figures_of_the_home_page_lead_to_their_lists(a_year: Any, anon: Any) -> None:
    own = [figure for figure in registries.figures if figure.key.startswith("reports.")]
    assert len(own) == 4
    for figure in own:
        assert Client().get(figure.url()).context["total"] == figure.count(anon)
