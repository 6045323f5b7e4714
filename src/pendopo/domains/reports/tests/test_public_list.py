"""The public list, its map and one report's page: what neighbours may read, and nothing else."""

import datetime as dt
from itertools import product
from typing import Any

import pytest
from django.test import Client

from pendopo.domains.reports import geo, paging
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.domains.reports.tests.conftest import CEMPAKA, KENANGA, MAWAR
from pendopo.domains.reports.tests.holding import holder_of
from pendopo.kernel import caches, h3cells

HERE = (-7.5601, 110.8112)


@pytest.fixture
def reports(city: Any) -> dict[str, Report]:
    """Two that everybody may read, one secret, one hidden."""
    return {
        "lampu": a_report(text="Lampu mati di jalan kecil.", point=HERE, region=MAWAR, anonymous=False),
        "sampah": a_report(text="Sampah menumpuk di pasar.", category="sampah", region=CEMPAKA, status=Status.ANSWERED,
                           office=city.works),
        "rahasia": a_report(text="Pungutan zebrakuning di loket.", secret=True, point=HERE),
        "tersembunyi": a_report(text="Tulisan jerapahbiru kasar.", hidden=True, point=HERE),
    }  # fmt: skip


def test_a_search_beyond_the_newest_finds_and_counts_all(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        a_report(text=f"Pohon tumbang nomor {number}." if number != 1 else "Jalan berlubang.")
    monkeypatch.setattr(paging, "LATELY", 1)  # the two newest
    monkeypatch.setattr(paging, "MOST_BROWSED", 1)
    found = Client().get("/laporan/?q=pohon").context
    assert (found["total"], found["total"].more) == (1, True)
    monkeypatch.setattr(paging, "MOST_BROWSED", 100)
    found = Client().get("/laporan/?q=pohon").context
    assert (found["total"], found["total"].more) == (3, False)
    assert [line["title"][-2] for line in found["reports"]] == ["3", "2", "0"]


EVERYBODY = (
    "anon",
    "warga",
    "sari",
    "budi",
    "tono",
    "ibu_ratna",
    "koordinator",
    "pengamat",
    "administrator",
    "sekda",
)


def test_everybody_sees_the_same_two(reports: Any, everyone: Any, as_user: Any) -> None:
    for who in EVERYBODY:
        response = as_user(everyone[who]).get("/laporan/")
        words = response.content.decode()
        assert response.context["total"] == 2, who
        assert "Lampu mati" in words and "Sampah menumpuk" in words, who
        assert "zebrakuning" not in words and "jerapahbiru" not in words, who


@pytest.mark.parametrize("many", [3, 40])
def test_the_list_asks_at_most_eight_queries(
    many: int,
    city: Any,
    everyone: Any,
    as_user: Any,
    django_assert_max_num_queries: Any,
    now: dt.datetime,
) -> None:
    for number in range(many):
        a_report(now=now - dt.timedelta(hours=number))
    for who in EVERYBODY:
        client = as_user(everyone[who])
        caches.clear_all()  # each person as the first of the day; then what every page asks
        client.get("/laporan/")
        with django_assert_max_num_queries(8, info=who):
            client.get("/laporan/")


FILTERS = [
    ("q=sampah", {"sampah"}), ("q=menumpuknya", {"sampah"}), ("kategori=lampu-jalan", {"lampu"}),
    ("keadaan=menunggu", {"sampah"}), ("wilayah=99.71.01", {"lampu"}), (f"wilayah={CEMPAKA}", {"sampah"}),
    (f"wilayah={KENANGA}", set()), ("q=zebrakuning", set()), ("q=jerapahbiru", set()), ("dari=2999-01-01", set()),
    ("kantor=dpu", {"sampah"}), ("angka=terbuka", {"lampu", "sampah"}),
]  # fmt: skip


def test_filters_narrow_the_list(reports: Any, city: Any) -> None:
    for query, found in FILTERS:
        context = Client().get(f"/laporan/?{query.replace('dpu', city.works.slug)}").context
        shown = {line["slug"] for line in context["reports"]}
        assert shown == {reports[name].slug for name in found}, query
        assert context["total"] == len(found), query


def test_pages_go_forth_and_back_without_gaps(city: Any, now: dt.datetime) -> None:
    slugs = [a_report(now=now - dt.timedelta(minutes=number // 2)).slug for number in range(45)]
    client, seen, url = Client(), [], "/laporan/"
    while url:
        context = client.get(url).context
        seen.append([line["slug"] for line in context["reports"]])
        url = context["older_url"] and f"/laporan/{context['older_url']}"
    assert [len(page) for page in seen] == [20, 20, 5]
    assert sorted(slug for page in seen for slug in page) == sorted(slugs)
    last = client.get(f"/laporan/{client.get('/laporan/').context['older_url']}")
    back = client.get(f"/laporan/{last.context['newer_url']}")
    assert [line["slug"] for line in back.context["reports"]] == seen[0]


def test_one_report_shows_words_and_no_person(reports: Any, city: Any, sari: Any) -> None:
    shown = Client().get(f"/laporan/{reports['sampah'].slug}/").content.decode()
    assert "Sampah menumpuk di pasar." in shown
    assert "Anonim" in shown
    assert "Lampu sudah kami ganti dan sudah menyala." in shown  # the checked closing words
    for private in ("Rina Marlina", "rina@contoh.example", "81234567890", sari.name, reports["sampah"].code):
        assert private not in shown


def test_a_name_shows_only_when_the_citizen_wants_it(reports: Any) -> None:
    assert "Rina Marlina" in Client().get(f"/laporan/{reports['lampu'].slug}/").content.decode()


def test_secret_and_hidden_reports_have_no_page(reports: Any, everyone: Any, as_user: Any) -> None:
    for who, which in product(EVERYBODY, ("rahasia", "tersembunyi")):
        slug, client = reports[which].slug, as_user(everyone[who])
        assert client.get(f"/laporan/{slug}/").status_code == 404, (who, which)
        followed = client.post(f"/laporan/{slug}/ikuti/", {"email": "a@contoh.example"})
        assert followed.status_code == 404, (who, which)


def test_not_even_the_reporter_finds_a_secret_report_in_public_places(reports: Any) -> None:
    client = holder_of(reports["rahasia"])
    for path in (
        "/laporan/",
        "/laporan/?q=zebrakuning",
        "/",
        "/cari/?q=zebrakuning",
        "/peta/",
        "/laporan/peta.json",
    ):
        assert "Pungutan zebrakuning" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("Jalan Kenanga No. 12, depan warung", "Jalan Kenanga, depan warung"), ("Gang Mawar nomor 7A", "Gang Mawar"),
     ("Blok C-12 Perumahan Asri", "Perumahan Asri"), ("RT 03/RW 05", "RT 03/RW 05"),
     ("Jl. Nomadik raya", "Jl. Nomadik raya"),
     ("Rumah #45", "Rumah"), ("", "")],
)  # fmt: skip
def test_house_numbers_are_not_public(typed: str, shown: str) -> None:
    assert geo.public_address(typed) == shown


def test_the_exact_point_is_nowhere_public(reports: Any) -> None:
    for path in (f"/laporan/{reports['lampu'].slug}/", "/laporan/", "/laporan/peta.json?z=22", "/peta/"):
        words = Client().get(path).content.decode()
        assert "7.5601" not in words and "110.8112" not in words
    cell = h3cells.parent(h3cells.cell_of(*HERE), geo.PUBLIC_RESOLUTION)
    assert geo.public_point(h3cells.cell_of(*HERE)) == tuple(round(x, 5) for x in h3cells.centre_of(cell))


class TestTheMap:
    def points(self, query: str = "", client: Client | None = None) -> list[dict[str, Any]]:
        response = (client or Client()).get(f"/laporan/peta.json{query}")
        assert response.status_code == 200
        return list(response.json()["features"])

    def test_counts_only_what_is_public(self, reports: Any) -> None:
        [feature] = self.points()
        assert feature["properties"]["n"] == 1
        assert feature["properties"]["s"] == reports["lampu"].slug

    def test_a_circle_leads_to_exactly_its_reports(self, city: Any) -> None:
        for number in range(6):
            a_report(point=(-7.56 + number * 0.00001, 110.81))
        a_report(point=(-7.60, 110.90))
        for feature in self.points("?z=12"):
            listed = Client().get("/laporan/", {"sel": feature["properties"]["c"]})
            assert listed.context["total"] == feature["properties"]["n"]

    def test_a_window_shows_what_lies_in_it(self, city: Any) -> None:
        a_report(point=(-7.56, 110.81))
        a_report(point=(-7.60, 110.90))
        assert len(self.points("?z=14&kotak=110.80,-7.57,110.82,-7.55")) == 1
        assert len(self.points("?z=14&kotak=110.0,-8.0,111.0,-7.0")) == 2

    def test_probing_with_tiny_windows_finds_only_the_cell(self, city: Any) -> None:
        a_report(point=HERE)
        middle = geo.public_point(h3cells.cell_of(*HERE))
        assert middle is not None
        lat, lon = middle
        assert self.points(f"?z=20&kotak={lon - 1e-4},{lat - 1e-4},{lon + 1e-4},{lat + 1e-4}")
        assert not self.points(
            f"?z=20&kotak={HERE[1] - 1e-5},{HERE[0] - 1e-5},{HERE[1] + 1e-5},{HERE[0] + 1e-5}"
        )
        assert Client().get("/laporan/", {"sel": f"{h3cells.cell_of(*HERE):x}"}).status_code == 422

    def test_a_crowded_city_stays_small(self, city: Any) -> None:
        first = a_report(point=HERE)
        rows = [
            Report(**{f.attname: getattr(first, f.attname) for f in Report._meta.concrete_fields
                      if f.attname not in {"id", "search", "code", "slug", "cell"}},
                   code=f"LAP-{n:04d}-0000", slug=f"s{n:08d}",
                   cell=h3cells.cell_of(-7.50 - (n // 30) * 0.004, 110.75 + (n % 30) * 0.004))
            for n in range(900)
        ]  # fmt: skip
        Report.objects.bulk_create(rows)
        response = Client().get("/laporan/peta.json?z=16")
        features = response.json()["features"]
        assert len(features) <= geo.MOST_MARKERS
        assert len(response.content) <= 30_000
        assert sum(feature["properties"]["n"] for feature in features) == 901


def test_a_house_number_cannot_be_confirmed_by_searching_for_it(government: Any, client: Client) -> None:
    report = a_report(address="Jalan Flamboyan No. 4719", text="Saluran air mampet sejak kemarin sore.")
    assert report.slug in client.get("/laporan/?q=flamboyan").content.decode()
    assert report.slug not in client.get("/laporan/?q=4719").content.decode()
