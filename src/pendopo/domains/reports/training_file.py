"""Examples for training from a CSV file: names of offices and areas matched with those of this installation."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from pendopo.base.organizations.models import Organization
from pendopo.base.regions.models import Level, Region
from pendopo.domains.reports.models import RoutingModel
from pendopo.domains.reports.routing_model.fit import Example
from pendopo.domains.reports.routing_model.table import OF_THE_PLACE, Row, read
from pendopo.domains.reports.textmodel import THE_KECAMATAN, THE_KELURAHAN, area_of
from pendopo.domains.reports.training import OF_THE_PLACE as KINDS
from pendopo.domains.reports.training import train
from pendopo.kernel.errors import Refused


@dataclass(frozen=True)
class FromFile:
    """What a file gave: examples, and the names of offices nobody here bears, with how many reports each."""

    examples: list[Example]
    unmatched: list[tuple[str, int]]


def load(path: str) -> FromFile:
    """Read a file. Raises Refused for a bad file, or when no office of it exists here."""
    rows = read(path).rows
    offices, regions = _offices(), _regions()
    found: list[Example] = []
    unknown: Counter[str] = Counter()
    for row in rows:
        office = _office(row, offices)
        if office is None:
            unknown[row.office] += 1
            continue
        at = timezone.make_aware(row.at, timezone.get_current_timezone())
        code = regions.get((_plain(row.district), _plain(row.village)), "")
        found.append(Example(row.text, "", office, at, area_of(code) if code else ()))
    if not found:
        raise Refused(f"Tidak ada satu pun nama kantor di {path} yang dikenal di sini.")
    return FromFile(found, unknown.most_common())


def train_from(path: str, *, now: dt.datetime) -> tuple[RoutingModel, FromFile]:
    """`training.train` with the reports of a file beside the office's own."""
    loaded = load(path)
    return train(now=now, more=loaded.examples), loaded


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _offices() -> dict[str, int]:
    """What the model calls each office, by its plain name."""
    rows = Organization.objects.filter(active=True).values_list("name", "pk", "kind")
    return {_plain(name): KINDS.get(kind, pk) for name, pk, kind in rows}


def _office(row: Row, offices: dict[str, int]) -> int | None:
    """An office of a place need not exist here by name: the place of the report says which one it is."""
    if row.folded == OF_THE_PLACE and _plain(row.office) not in offices:
        return THE_KELURAHAN if row.office.startswith("Kelurahan ") else THE_KECAMATAN
    return offices.get(_plain(row.office))


def _regions() -> dict[tuple[str, str], str]:
    """Codes of the served kelurahan by the plain names of kecamatan and kelurahan."""
    rows = Region.objects.served().filter(level=Level.VILLAGE).values_list("parent__name", "name", "code")
    return {(_plain(str(above)), _plain(name)): code for above, name, code in rows}
