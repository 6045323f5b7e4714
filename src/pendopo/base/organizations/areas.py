"""Which office serves a place."""

from collections.abc import Iterable

from pendopo.base.organizations.models import Kind, Organization, ServiceArea

_TERRITORIAL = (Kind.VILLAGE, Kind.DISTRICT)


def office_for_region(code: str) -> Organization | None:
    """The kelurahan/desa office of an area, else its kecamatan office, else None."""
    return offices_for_regions([code]).get(code)


def offices_for_regions(codes: Iterable[str]) -> dict[str, Organization]:
    """`office_for_region` for many codes with one query. Codes without an office are left out."""
    wanted = {code: _above(code) for code in codes}
    served: dict[str, Organization] = {}
    areas = (
        ServiceArea.objects.filter(
            region__in={*wanted, *wanted.values()},
            organization__active=True,
            organization__kind__in=_TERRITORIAL,
        )
        .select_related("organization")
        .order_by("-organization__kind", "organization_id")  # VILLAGE before DISTRICT
    )
    for area in areas:
        served.setdefault(area.region_id, area.organization)
    return {
        code: office
        for code, above in wanted.items()
        if (office := served.get(code) or served.get(above)) is not None
    }


def _above(code: str) -> str:
    """33.72.01.1001 lies in 33.72.01."""
    return code.rpartition(".")[0]
