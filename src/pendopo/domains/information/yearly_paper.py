"""The yearly report as pages and files show it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from pendopo.base.letters import sheets
from pendopo.domains.information import yearly
from pendopo.domains.information.forms.openness_yearly import LABELS
from pendopo.domains.information.harvest.tables import as_xlsx
from pendopo.domains.information.models import YearReport
from pendopo.domains.information.offices import body

LANGUAGE = "id"


def context(report: YearReport | None, year: int, *, links: bool) -> dict[str, Any]:
    """What the pages and the paper draw."""
    numbers = yearly.numbers_of(report, year)
    groups = yearly.shown(year, numbers, links=links)
    return {
        "report": report,
        "year": year,
        "body": body(),
        "due": yearly.due_on(year),
        "median": numbers.get(yearly.MEDIAN),
        "groups": groups,
        "before": _texts(report, "facilities", "facilities_state", "staff", "qualifications", "budget"),
        "after": _texts(report, "obstacles_inside", "obstacles_outside", "recommendations", "follow_up"),
    }


def _texts(report: YearReport | None, *names: str) -> list[tuple[str, str]]:
    return [(str(LABELS[name][0]), getattr(report, name, "")) for name in names]


def as_file(kind: str, report: YearReport | None, year: int) -> bytes:
    """The report as "pdf" or "xlsx"."""
    with override(LANGUAGE):
        told = context(report, year, links=False)
        if kind == "xlsx":
            return as_xlsx([_("Bagian"), _("Keterangan"), _("Jumlah")], _rows(told), title=str(year))
        return sheets.pdf_of("information/openness/print/report.html", told)


def _rows(told: dict[str, Any]) -> Iterator[list[object]]:
    for part, texts in (("before", _("Gambaran umum")), ("after", _("Kendala, rekomendasi, tindak lanjut"))):
        if part == "before":
            yield from ([texts, label, words] for label, words in told["before"])
            for title, lines in told["groups"]:
                yield from ([title, line.label, line.number] for line in lines)
            yield [_("Waktu pemberitahuan tertulis"), _("Median hari kerja"), told["median"]]
        else:
            yield from ([texts, label, words] for label, words in told["after"])
