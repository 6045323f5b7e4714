"""The point decides the kelurahan; where point and choice disagree, or the point is elsewhere, the citizen decides."""

from typing import Any

import pytest
from django.test import Client

from pendopo.base.regions.models import Boundary, Level, Region
from pendopo.domains.reports.models import Draft
from pendopo.domains.reports.tests.conftest import KENANGA, MAWAR
from pendopo.kernel import caches, clock

IN_MAWAR, IN_KENANGA = ("-7.55", "110.81"), ("-7.55", "110.83")
NEXT_DOOR, AT_SEA = ("-7.55", "110.845"), ("-9.0", "105.0")


def square(west: float, south: float, side: float) -> dict[str, Any]:
    east, north = west + side, south + side
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


@pytest.fixture
def polygons(city: Any) -> None:
    """Mawar and Kenanga side by side, Kota Sebelah east of them."""
    Region.objects.create(
        code="99.72", name="Kota Sebelah", level=Level.REGENCY, parent_id="99", served=False
    )
    for code, west, side in ((MAWAR, 110.80, 0.02), (KENANGA, 110.82, 0.02), ("99.72", 110.84, 0.1)):
        Boundary.objects.create(region_id=code, geometry=square(west, -7.56, side), loaded_at=clock.now())
    caches.clear_all()


@pytest.fixture
def client_there(city: Any) -> Client:
    client = Client()
    client.post("/lapor/", {"category": "sampah"})
    return client


def send(client: Client, point: tuple[str, str], **more: str) -> Any:
    return client.post("/lapor/tempat/", {"latitude": point[0], "longitude": point[1], **more})


def answers() -> dict[str, Any]:
    return dict(Draft.objects.get().answers)


def test_a_point_alone_is_enough(polygons: None, client_there: Client) -> None:
    assert send(client_there, IN_MAWAR).status_code == 302
    assert answers()["region"] == MAWAR
    assert "Titik ini berada di Kelurahan Mawar" in client_there.get("/lapor/tempat/").content.decode()


def test_a_point_that_agrees_passes(polygons: None, client_there: Client) -> None:
    assert send(client_there, IN_KENANGA, region=KENANGA).status_code == 302


def test_a_point_that_disagrees_asks(polygons: None, client_there: Client) -> None:
    response = send(client_there, IN_MAWAR, region=KENANGA)
    words = response.content.decode()
    assert response.status_code == 422
    assert "Titik lokasi berada di Mawar, tetapi Anda memilih Kenanga." in words
    assert 'value="-7.55"' in words  # nothing typed is lost


@pytest.mark.parametrize(("decision", "region"), [("titik", MAWAR), ("pilihan", KENANGA)])
def test_the_citizen_decides(decision: str, region: str, polygons: None, client_there: Client) -> None:
    assert send(client_there, IN_MAWAR, region=KENANGA, decision=decision).status_code == 302
    assert answers()["region"] == region
    assert answers()["latitude"] == -7.55


def test_a_point_elsewhere_names_the_neighbour_and_the_nearest_kelurahan(
    polygons: None, client_there: Client
) -> None:
    response = send(client_there, NEXT_DOOR, address="Dekat batas kota")
    words = response.content.decode()
    assert response.status_code == 422
    assert "Kota Sebelah" in words and "Kelurahan Kenanga" in words
    assert "lapor.go.id" in words
    assert "Dekat batas kota" in words


def test_a_point_at_sea_names_the_nearest_kelurahan(polygons: None, client_there: Client) -> None:
    response = send(client_there, AT_SEA)
    assert response.status_code == 422
    assert "Kelurahan Mawar" in response.content.decode()


def test_the_nearest_kelurahan_can_be_chosen_and_the_point_goes(polygons: None, client_there: Client) -> None:
    response = send(client_there, NEXT_DOOR, address="Dekat batas kota", decision="terdekat")
    assert response.status_code == 302
    assert (answers()["region"], answers()["latitude"]) == (KENANGA, None)


def test_another_kelurahan_can_be_chosen_and_the_point_goes(polygons: None, client_there: Client) -> None:
    assert send(client_there, NEXT_DOOR, address="Depan pasar", decision="pilihan").status_code == 422
    assert (
        send(client_there, NEXT_DOOR, address="Depan pasar", decision="pilihan", region=MAWAR).status_code
        == 302
    )
    assert (answers()["region"], answers()["latitude"]) == (MAWAR, None)


def test_a_point_can_be_thrown_away(polygons: None, client_there: Client) -> None:
    send(client_there, IN_MAWAR)
    response = send(client_there, IN_MAWAR, region=MAWAR, address="Depan pasar", forget_point="1")
    assert response.status_code == 302
    assert answers()["latitude"] is None


def test_without_polygons_the_list_decides(client_there: Client) -> None:
    assert send(client_there, IN_MAWAR).status_code == 422
    assert send(client_there, IN_MAWAR, region=KENANGA).status_code == 302


@pytest.mark.parametrize(
    "point",
    [("abc", "110.8"), ("nan", "nan"), ("inf", "-inf"), ("1e400", "0"), ("91", "181"), ("48.8", "2.3"), ("-7.5", ""),
     ("", "110.8"), ("-7.5\x00", "110.8"), ("-7,5", "110,8"), ("0x10", "1" * 5000), ("<script>", "' OR 1=1")],
)  # fmt: skip
def test_a_broken_point_is_dropped_with_a_sentence(point: tuple[str, str], client_there: Client) -> None:
    response = send(client_there, point, address="Depan pasar", region=MAWAR)
    words = response.content.decode()
    assert response.status_code == 422
    assert "Titik lokasi tidak terbaca" in words
    assert "Depan pasar" in words
    assert "<script>" not in words.replace("<script nonce", "").replace("<script type", "")


def test_neither_address_nor_point_asks_for_one(client_there: Client) -> None:
    response = client_there.post("/lapor/tempat/", {"region": MAWAR})
    assert response.status_code == 422
    assert "Tulis alamat atau patokan" in response.content.decode()
