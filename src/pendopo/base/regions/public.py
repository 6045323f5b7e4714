"""The door of the room: where is this point, which government is this, how do its areas look."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from pendopo.base.regions import official, places
from pendopo.base.regions.models import Region
from pendopo.base.regions.outlines import outlines_geojson
from pendopo.base.regions.places import Place, PlaceArea
from pendopo.kernel.caches import timed

__all__ = [
    "Place",
    "PlaceArea",
    "explain",
    "find",
    "government",
    "government_code",
    "outlines_geojson",
    "regions_by_code",
]


def find(latitude: float, longitude: float) -> Place:
    """What is known about a WGS84 point; answered from memory in microseconds.

    Raises ValueError for numbers that are not finite.
    """
    return places.atlas.get().find(latitude, longitude)


def explain(place: Place) -> str:
    """A sentence for the person who pointed at the place."""
    if not place.known:
        return _(
            "Batas wilayah belum dimuat, jadi titik di peta belum bisa dikenali. Pilih kelurahan dari daftar."
        )
    if place.area is not None:
        return _("Titik ini berada di %(area)s.") % {"area": _with_above(place.area)}
    ours = government()
    words = {
        "ours": ours.full_name if ours else "",
        "nearest": place.nearest.full_name if place.nearest else "",
        "distance": _distance(place.distance_km or 0),
        "government": place.neighbour_government.full_name if place.neighbour_government else "",
    }
    if place.neighbour_government is not None:
        return (
            _(
                "Titik ini berada di %(government)s, di luar %(ours)s."
                " Wilayah kami yang terdekat: %(nearest)s, %(distance)s dari titik ini."
            )
            % words
        )
    return (
        _(
            "Titik ini berada di luar %(ours)s."
            " Wilayah kami yang terdekat: %(nearest)s, %(distance)s dari titik ini."
        )
        % words
    )


def government() -> PlaceArea | None:
    """The area that is served: a regency or city, or a whole province. None before set-up."""
    return places.atlas.get().government


def government_code() -> str:
    """The code of `government()`, "" before set-up."""
    area = government()
    return area.code if area else ""


def _with_above(area: PlaceArea) -> str:
    """`Kelurahan Pajang, Kecamatan Laweyan`."""
    if not area.above:
        return area.full_name
    return f"{area.full_name}, {official.full_name(area.parent_code, area.above[0])}"


def _distance(kilometres: float) -> str:
    """`350 m`, `1,2 km`, `48 km`."""
    if kilometres < 0.995:
        return f"{max(10, round(kilometres * 100) * 10)} m"
    return f"{kilometres:.1f} km".replace(".", ",") if kilometres < 9.95 else f"{kilometres:.0f} km"


@timed(60)
def regions_by_code() -> Mapping[str, Region]:
    """The served areas with their names, for lists. Remembered for a minute; of a province some thousand rows."""
    rows = Region.objects.filter(served=True).only("code", "name", "level")
    return {region.code: region for region in rows}
