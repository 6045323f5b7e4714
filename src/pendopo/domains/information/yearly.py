"""The yearly report: its parts, its numbers, and when it is due.

Every number is named by the register and the filter it counts ("permohonan?hasil=ditolak&huruf=h"): the name is the
address of exactly those rows. Numbers and registers use the same conditions (registers/facets.py).
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Aggregate, Count, FloatField, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from pendopo.domains.information import rules
from pendopo.domains.information.models import REPORT_TEXTS, InformationRequest, KeepingRule, YearReport
from pendopo.domains.information.registers.facets import Facet
from pendopo.domains.information.registers.kinds import DISPUTES, OBJECTIONS, REGISTERS, REQUESTS, Register

MEDIAN = "median"  # the one number that is no count
Numbers = Mapping[str, float | None]


class Median(Aggregate):
    """The middle value; of an even number of values the mean of the two in the middle."""

    function = "PERCENTILE_CONT"
    name = "Median"
    output_field = FloatField()
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True)
class Line:
    """One number. `always` ones are shown at zero too."""

    register: Register
    label: str
    chosen: Mapping[str, str] = field(default_factory=dict)
    always: bool = True

    @property
    def key(self) -> str:
        return f"{self.register.key}?{urlencode(self.chosen)}" if self.chosen else self.register.key


@dataclass(frozen=True)
class Group:
    title: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Shown:
    """A line with its number, and the address of its rows ("" for who may not read them all)."""

    label: str
    number: float | None
    url: str


def due_on(year: int) -> tuple[dt.date, KeepingRule] | None:
    """Until when the report of a year must be there, and the row that says so; None when an office removed it."""
    end = dt.date(year, 12, 31)
    rule = rules.rule(rules.Key.REPORT_MONTHS, end)
    return (rules.add_months(end, rule.amount), rule) if rule else None


def groups(year: int) -> list[Group]:
    """All numbers of a year's report, in the order of the law."""
    return [*_of_requests(year), *_of_objections(year), *_of_disputes(year)]


def _of_requests(year: int) -> Iterator[Group]:
    facets = {facet.key: facet for facet in REQUESTS.facets(year)}
    results = _lines(REQUESTS, facets["hasil"])
    yield Group(_("Permohonan informasi"), [Line(REQUESTS, _("Permohonan yang diterima")), *results])
    timed = [
        *_lines(REQUESTS, facets["waktu"]),
        *_lines(REQUESTS, facets["tepat"]),
        *_lines(REQUESTS, facets["perpanjangan"]),
    ]
    yield Group(_("Waktu pemberitahuan tertulis"), timed)
    for option, title in (
        ("ditolak", _("Ditolak, menurut alasan")),
        ("sebagian", _("Dikabulkan sebagian, menurut alasan")),
    ):
        lines = _lines(REQUESTS, facets["huruf"], always=False, hasil=option)
        yield Group(title, lines)
    yield Group(_("Menurut unit yang menjawab"), _lines(REQUESTS, facets["kantor"], always=False))
    yield Group(_("Menurut cara masuk"), _lines(REQUESTS, facets["saluran"]))
    yield Group(_("Menurut pemohon"), _lines(REQUESTS, facets["pemohon"]))


def _of_objections(year: int) -> Iterator[Group]:
    facets = {facet.key: facet for facet in OBJECTIONS.facets(year)}
    answers = [*_lines(OBJECTIONS, facets["keputusan"]), *_lines(OBJECTIONS, facets["tepat"])]
    yield Group(_("Keberatan"), [Line(OBJECTIONS, _("Keberatan yang diterima")), *answers])
    yield Group(_("Keberatan menurut alasan"), _lines(OBJECTIONS, facets["alasan"]))
    yield Group(_("Pelaksanaan tanggapan yang mengubah putusan"), _lines(OBJECTIONS, facets["pelaksanaan"]))


def _of_disputes(year: int) -> Iterator[Group]:
    facets = {facet.key: facet for facet in DISPUTES.facets(year)}
    yield Group(
        _("Sengketa informasi"),
        [Line(DISPUTES, _("Sengketa yang diajukan")), *_lines(DISPUTES, facets["tahap"])],
    )
    results = [*_lines(DISPUTES, facets["putusan"]), *_lines(DISPUTES, facets["pengadilan"])]
    yield Group(_("Hasil mediasi, ajudikasi, dan pengadilan"), results)


def _lines(register: Register, facet: Facet, *, always: bool = True, **also: str) -> list[Line]:
    return [
        Line(register, str(label), {**also, facet.key: key}, always)
        for key, (label, _q) in facet.options.items()
    ]


def counted(year: int) -> dict[str, float | None]:
    """Every number of the year as it stands now: one query for each register, and one for the median."""
    wanted: dict[str, list[Line]] = {key: [] for key in REGISTERS}
    for group in groups(year):
        for line in group.lines:
            wanted[line.register.key].append(line)
    numbers: dict[str, float | None] = {}
    for key, lines in wanted.items():
        numbers.update(_counts(REGISTERS[key], year, lines))
    rows = REQUESTS.of_year(InformationRequest.objects.exclude(decision=""), year)
    return {**numbers, MEDIAN: rows.aggregate(m=Median("answer_days"))["m"]}


def _counts(register: Register, year: int, lines: Sequence[Line]) -> dict[str, float | None]:
    facets = {facet.key: facet for facet in register.facets(year)}
    asked = {f"n{place}": Count("pk", filter=_condition(facets, line)) for place, line in enumerate(lines)}
    found = register.of_year(register.whole().order_by(), year).aggregate(**asked)
    return {line.key: found[f"n{place}"] for place, line in enumerate(lines)}


def _condition(facets: Mapping[str, Facet], line: Line) -> Q:
    # Django counts nothing under an empty filter, so "all" is said.
    condition = Q(pk__isnull=False)
    for key, option in line.chosen.items():
        condition &= facets[key].condition(option)
    return condition


def shown(year: int, numbers: Numbers, *, links: bool) -> list[tuple[str, list[Shown]]]:
    """The groups as pages and papers show them. Lines that a fixed report did not have are left out."""
    found = []
    for group in groups(year):
        lines = [line for line in group.lines if line.key in numbers and (line.always or numbers[line.key])]
        if lines:
            found.append(
                (
                    group.title,
                    [Shown(line.label, numbers[line.key], _url(line, year, links)) for line in lines],
                )
            )
    return found


def _url(line: Line, year: int, links: bool) -> str:
    if not links:
        return ""
    address = reverse("information:register", args=[line.register.key])
    return f"{address}?{urlencode({'tahun': str(year), **line.chosen})}"


def texts_of(report: YearReport) -> dict[str, str]:
    return {name: getattr(report, name) for name in REPORT_TEXTS}


def digest_of(report: YearReport, numbers: Numbers) -> str:
    """SHA-256 over what the report says, so that everybody can see that it was not changed."""
    said = {
        "year": report.year,
        "revision": report.revision,
        "numbers": dict(numbers),
        "texts": texts_of(report),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def numbers_of(report: YearReport | None, year: int) -> dict[str, Any]:
    """The fixed numbers, else those of this moment."""
    return dict(report.numbers) if report is not None and report.fixed_at else counted(year)
