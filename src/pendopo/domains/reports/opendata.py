"""Public reports as open data: a table, a map file, a feed. What neighbours may read, places rounded, never more."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pendopo.domains.reports import published
from pendopo.domains.reports.models import Report, ReportQuerySet
from pendopo.kernel.tables import csv_text

MOST_ROWS = 50_000
COLUMNS = (
    "id", "diterima", "berubah", "ditutup", "kategori", "keadaan", "kelompok", "isi", "alamat", "kode_wilayah",
    "kelurahan", "kecamatan", "kantor", "lintang", "bujur", "ketelitian_m", "tautan",
)  # fmt: skip


def rows(reports: ReportQuerySet) -> Iterator[dict[str, Any]]:
    """Published reports, newest first, a thousand at a time; at most `MOST_ROWS`."""
    found = published.for_machines(reports).prefetch_related(None).order_by("-received_at", "-pk")[:MOST_ROWS]
    for report in found.iterator(chunk_size=1000):
        report.pictures = []  # links to photos expire; a file lives longer
        yield published.public_report(report)


def as_csv(told: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A CSV for spreadsheets. Column names are Indonesian, as in other data of the government."""
    return csv_text(COLUMNS, (_line(one) for one in told))


def _line(one: dict[str, Any]) -> list[object]:
    place = one["location"] or {}
    return [
        one["id"],
        one["received_at"],
        one["updated_at"],
        one["closed_at"],
        one["category"]["label"],
        one["status"]["label"],
        one["status"]["group"],
        one["text"],
        one["address"],
        one["region"]["code"],
        one["region"]["name"],
        one["region"]["district"],
        one["office"]["name"],
        place.get("latitude"),
        place.get("longitude"),
        place.get("accuracy_m"),
        one["url"],
    ]


def as_geojson(told: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A FeatureCollection (RFC 7946), a feature a line; reports without a point have a null geometry."""
    yield '{"type": "FeatureCollection", "features": [\n'
    first = True
    for one in told:
        yield ("" if first else ",\n") + json.dumps(_feature(one), ensure_ascii=False)
        first = False
    yield "\n]}\n"


def _feature(one: dict[str, Any]) -> dict[str, Any]:
    place = one["location"]
    point = {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]} if place else None
    kept = ("url", "text", "address", "received_at", "updated_at", "closed_at")
    return {
        "type": "Feature",
        "id": one["id"],
        "geometry": point,
        "properties": {
            **{name: one[name] for name in kept},
            "category": one["category"]["label"],
            "status": one["status"]["label"],
            "status_group": one["status"]["group"],
            "region_code": one["region"]["code"],
            "region": one["region"]["name"],
            "office": one["office"]["name"],
            "accuracy_m": place["accuracy_m"] if place else None,
        },
    }


def newest(reports: ReportQuerySet, *, most: int = 50) -> list[Report]:
    """The reports of a feed, newest first, in one query."""
    found = reports.select_related("category", "region__parent", "office").defer("text", "search")
    return list(found.order_by("-received_at", "-pk")[:most])
