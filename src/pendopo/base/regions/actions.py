"""Setting up the government's regions and their boundaries."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from pendopo.base import registries
from pendopo.base.regions import official, places
from pendopo.base.regions.boundaries import (
    BadFile,
    Candidate,
    Refusal,
    Refused,
    as_geojson,
    candidates,
    checked,
)
from pendopo.base.regions.models import Boundary, Level, Region
from pendopo.base.regions.official import Area


class RefusedLoad(ValueError):
    """The government cannot be set up; nothing was changed. The message is for the administrator."""


@dataclass(frozen=True)
class Loaded:
    """What a load left in the database: areas by level, and how many of them are new."""

    government: str
    regencies: int
    districts: int
    villages: int
    added: int


@transaction.atomic
def load_government(*, code: str) -> Loaded:
    """Write the regions of a government, then let every room build on them. Idempotent.

    `code` is a province (`33`) or a regency or city (`33.72`). Raises RefusedLoad.
    """
    wanted = _government_area(code)
    settled = Region.objects.served().filter(level__lte=Level.REGENCY).order_by("code").first()
    if settled is not None and settled.code != wanted.code:
        raise RefusedLoad(
            f"Pangkalan data ini sudah berisi {settled.full_name} ({settled.code}). Satu pemasangan melayani"
            f" satu pemerintah: siapkan pangkalan data kosong untuk {wanted.full_name}."
        )
    areas = official.under(wanted.code)
    before = Region.objects.count()
    _write(official.find(official.ancestors(wanted.code)).values(), served=False)
    _write(areas, served=True)
    for setup in registries.government_setup:
        setup.build(wanted.code)
    for seed in registries.seeds:
        seed.load()
    places.atlas.forget()
    levels = [area.level for area in areas]
    return Loaded(
        government=wanted.full_name,
        regencies=levels.count(Level.REGENCY),
        districts=levels.count(Level.DISTRICT),
        villages=levels.count(Level.VILLAGE),
        added=Region.objects.count() - before,
    )


def _government_area(typed: str) -> Area:
    code = official.normalize_code(typed)
    if code is None:
        raise RefusedLoad(
            f"{typed[:30]!r} bukan kode wilayah. "
            "Tulis kode provinsi seperti 33 atau kabupaten/kota seperti 33.72."
        )
    area = official.find([code]).get(code)
    if area is None:
        raise RefusedLoad(
            f"Kode {code} tidak ada di daftar resmi. Cari kodenya dengan: pendopo regions search NAMA"
        )
    if area.level > Level.REGENCY:
        above = ".".join(code.split(".")[:2])
        raise RefusedLoad(
            f"{code} adalah {area.full_name}, bukan pemerintah daerah. Mungkin maksudnya {above}."
        )
    return area


def _write(areas: Iterable[Area], *, served: bool) -> None:
    """Insert or rename areas, parents first; the polygon and middle of an area stay."""
    Region.objects.bulk_create(
        (
            Region(
                code=area.code,
                name=area.name,
                level=area.level,
                parent_id=official.parent_code(area.code) or None,
                served=served,
            )
            for area in areas
        ),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "parent", "served"],
        batch_size=2000,
    )


@dataclass
class ImportReport:
    """What became of each feature of a file."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    neighbours: list[str] = field(default_factory=list)  # of the above, those not served
    refused: list[Refusal] = field(default_factory=list)


@transaction.atomic
def import_boundaries(*, features: Sequence[object], source: str, now: dt.datetime) -> ImportReport:
    """Keep the polygons of a file, refusing broken ones one by one. Idempotent.

    Each feature needs the property `kode`. A code that is not served but official becomes a neighbour, so
    that a point outside can be told where it lies. Raises BadFile when no government is loaded.
    """
    if not Region.objects.served().exists():
        raise BadFile("wilayah pemerintah belum dimuat; jalankan dahulu: pendopo regions load KODE")
    report = ImportReport()
    found = []
    for item in candidates(list(features)):
        if isinstance(item, Refusal):
            report.refused.append(item)
        else:
            found.append(item)
    regions = _regions_of(found)
    kept = dict(Boundary.objects.filter(pk__in=regions).values_list("pk", "geometry"))
    rows: list[Boundary] = []
    for candidate in found:
        region = regions.get(candidate.code)
        if region is None:
            report.refused.append(
                Refusal(candidate.label, "kode tidak ada di daftar resmi wilayah Indonesia.")
            )
            continue
        try:
            row = _boundary(region, candidate, source, now)
        except Refused as refusal:
            report.refused.append(Refusal(f"{candidate.code} {region.name}", str(refusal)))
            continue
        _sort(report, row, kept.get(region.code))
        if not region.served:
            report.neighbours.append(region.code)
        if row.geometry != kept.get(region.code):
            rows.append(row)
    _save(rows)
    places.atlas.forget()
    return report


def _regions_of(found: Sequence[Candidate]) -> dict[str, Region]:
    """The regions of the candidates by code; official neighbours that have no row yet are not saved here."""
    codes = {candidate.code for candidate in found}
    regions = Region.objects.in_bulk(codes)
    for code, area in official.find(codes - set(regions)).items():
        regions[code] = Region(
            code=code, name=area.name, level=area.level,
            parent_id=official.parent_code(code) or None, served=False,
        )  # fmt: skip
    return regions


def _boundary(region: Region, candidate: Candidate, source: str, now: dt.datetime) -> Boundary:
    """An unsaved boundary, with the middle of the polygon noted on its region. Raises Refused."""
    polygon = checked(candidate.geometry)
    middle = polygon.representative_point()
    region.latitude, region.longitude = round(float(middle.y), 6), round(float(middle.x), 6)
    return Boundary(region=region, geometry=as_geojson(polygon), source=source[:200], loaded_at=now)


def _sort(report: ImportReport, row: Boundary, kept: object) -> None:
    if kept is None:
        report.new.append(row.region_id)
    elif kept == row.geometry:
        report.unchanged.append(row.region_id)
    else:
        report.changed.append(row.region_id)


def _save(rows: Sequence[Boundary]) -> None:
    regions = [row.region for row in rows]
    unsaved = [region.code for region in regions if region._state.adding]
    above = {code for region in unsaved for code in official.ancestors(region)}
    missing = above - set(Region.objects.filter(pk__in=above).values_list("pk", flat=True))
    _write(sorted(official.find(missing).values(), key=lambda area: area.code), served=False)
    Region.objects.bulk_create(
        regions,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["latitude", "longitude"],
        batch_size=1000,
    )
    Boundary.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["region"],
        update_fields=["geometry", "source", "loaded_at"],
        batch_size=200,
    )
