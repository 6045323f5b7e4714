"""Public figures of a year: how much was asked, how fast it was answered, what was refused and why.

A bar counts every request. Its hatched part are those in the public log, and its link leads to exactly these.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from pendopo.base.organizations.public import offices_by_id
from pendopo.domains.information import facets as shelf
from pendopo.domains.information import public_log
from pendopo.domains.information.models import (
    Category,
    Dispute,
    DownloadDay,
    InformationRequest,
    Objection,
    UnitTask,
)
from pendopo.domains.information.policy import who
from pendopo.domains.information.registers.facets import ASKED, LETTERS, Facet, newest_grounds
from pendopo.domains.information.registers.kinds import DISPUTES, OBJECTIONS, REQUESTS
from pendopo.domains.information.yearly import Median
from pendopo.kernel.caches import timed

_IN_LOG = ~Q(log_title="") & Q(secret=False, hidden=False)
Row = tuple[str, int, int, str]  # label, all, in the log, address of those


@dataclass(frozen=True)
class Chart:
    name: str
    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Figures:
    """`in_time` and `late` are requests with a notice; `median` is in working days, None without one."""

    year: int
    received: int = 0
    logged: int = 0
    median: float | None = None
    in_time: int = 0
    late: int = 0
    charts: Sequence[Chart] = ()
    objections: Sequence[tuple[str, int]] = ()
    disputes: Sequence[tuple[str, int]] = ()
    downloads: int = 0
    months: Sequence[int] = ()
    categories: Sequence[tuple[str, int, int, str]] = field(default=())

    @property
    def answered(self) -> int:
        return self.in_time + self.late


def years() -> list[int]:
    return REQUESTS.years_of(InformationRequest.objects.all())


@timed(60)
def of_year(year: int, language: str) -> Figures:
    """The figures, kept for a minute. Nine queries, whatever the number of requests."""
    counts, charts = _requests(year)
    objections = _plain(OBJECTIONS.of_year(Objection.objects.all(), year), OBJECTIONS.facets(year)[0])
    disputes = _plain(DISPUTES.of_year(Dispute.objects.all(), year), DISPUTES.facets(year)[0])
    months = _downloads(year)
    return Figures(
        year=year, **counts, charts=charts, objections=objections, disputes=disputes,
        downloads=sum(months), months=months, categories=_categories(),
    )  # fmt: skip


def _requests(year: int) -> tuple[dict[str, Any], list[Chart]]:
    facets = {facet.key: facet for facet in REQUESTS.facets(year)}
    drawn = [
        (facets["hasil"], _("Menurut putusan")),
        (facets["waktu"], _("Menurut waktu menjawab")),
        (facets["tepat"], _("Tepat waktu")),
        (facets["huruf"], _("Ditolak atau dihitamkan, menurut huruf Pasal 17")),
        (facets["kantor"], _("Menurut unit yang menjawab")),
    ]
    asked: dict[str, Any] = {
        "received": Count("pk"), "logged": Count("pk", filter=_IN_LOG),
        "median": Median("answer_days", filter=~Q(decision="")),
        "in_time": Count("pk", filter=facets["tepat"].condition("ya")),
        "late": Count("pk", filter=facets["tepat"].condition("tidak")),
    }  # fmt: skip
    grouped = {"huruf": _by_letter(year), "kantor": _by_unit(year)}
    for facet, _title in drawn:
        for option, (_label, condition) in facet.options.items():
            if option in grouped.get(facet.key, ()):
                continue
            asked[f"{facet.key}:{option}"] = Count("pk", filter=condition)
            asked[f"log:{facet.key}:{option}"] = Count("pk", filter=condition & _IN_LOG)
    # names of aggregates must be plain words, so they are numbered
    plain = {f"n{place}": one for place, one in enumerate(asked.values())}
    rows = REQUESTS.of_year(InformationRequest.objects.order_by(), year)
    found = dict(zip(asked, rows.aggregate(**plain).values(), strict=True))
    for key, options in grouped.items():
        for option, (number, logged) in options.items():
            found |= {f"{key}:{option}": number, f"log:{key}:{option}": logged}
    charts = [Chart(facet.key, title, _rows(facet, found, year)) for facet, title in drawn]
    charts.append(Chart("topik", _("Menurut topik"), _topics(year)))
    heads = {name: found[name] for name in ("received", "logged", "median", "in_time", "late")}
    return heads, [chart for chart in charts if chart.rows]


def _by_letter(year: int) -> dict[str, tuple[int, int]]:
    """Requests refused or blackened by each letter, and those in the log: one query instead of one look for each."""
    found = newest_grounds().filter(decision__case__year=year)
    return dict.fromkeys(LETTERS, (0, 0)) | _counted(found, "ground__letter", "decision__case")


def _by_unit(year: int) -> dict[str, tuple[int, int]]:
    """The same for the units that were asked. PPID Utama has those that nobody was asked for: another condition."""
    asked = UnitTask.objects.filter(status__in=ASKED, case__year=year)
    counted = _counted(asked, "office_id", "case")
    units = offices_by_id()
    return {unit.slug: counted.get(pk, (0, 0)) for pk, unit in units.items() if pk != who.main_office_id()}


def _counted(rows: QuerySet[Any], by: str, case: str) -> dict[Any, tuple[int, int]]:
    in_log = ~Q(**{f"{case}__log_title": ""}) & Q(**{f"{case}__secret": False, f"{case}__hidden": False})
    number, logged = Count(case, distinct=True), Count(case, distinct=True, filter=in_log)
    return {key: (n, m) for key, n, m in rows.order_by().values_list(by).annotate(n=number, m=logged)}


def _rows(facet: Facet, found: dict[str, Any], year: int) -> list[Row]:
    return [
        (str(label), all_of_them, logged, _log_url(year, **{facet.key: option}) if logged else "")
        for option, (label, _q) in facet.options.items()
        if (all_of_them := found[f"{facet.key}:{option}"])
        for logged in (found[f"log:{facet.key}:{option}"],)
    ]


def _topics(year: int) -> list[Row]:
    """Topics are written by officers for the log, so all of these are in it."""
    rows = REQUESTS.of_year(public_log.rows().exclude(log_topic="").order_by(), year)
    counted = rows.values_list("log_topic").annotate(n=Count("pk")).order_by("-n", "log_topic")[:12]
    return [(topic, number, number, _log_url(year, topik=topic)) for topic, number in counted]


def _log_url(year: int, **chosen: str) -> str:
    return f"{reverse('information:log')}?{urlencode({'tahun': str(year), **chosen})}"


def _plain(rows: Any, facet: Facet) -> list[tuple[str, int]]:
    """Numbers without a list: objections and disputes are never public one by one."""
    asked = {f"n{place}": Count("pk", filter=q) for place, (_label, q) in enumerate(facet.options.values())}
    found = rows.order_by().aggregate(**asked)
    labels = [str(label) for label, _q in facet.options.values()]
    return [(label, found[f"n{place}"]) for place, label in enumerate(labels) if found[f"n{place}"]]


def _downloads(year: int) -> list[int]:
    """Downloads of each month up to the last one that had any."""
    days = DownloadDay.objects.filter(day__gte=dt.date(year, 1, 1), day__lte=dt.date(year, 12, 31))
    by_month = dict(days.values_list("day__month").annotate(n=Sum("count")).values_list("day__month", "n"))
    return [by_month.get(month, 0) for month in range(1, max(by_month, default=0) + 1)]


def _categories() -> list[tuple[str, int, int, str]]:
    counts = shelf.tallies().counted({})["kategori"]
    address = reverse("information:list")
    return [
        (str(label), counts[key], 0, f"{address}?{urlencode({'kategori': key})}")
        for key, label in Category.choices
        if counts.get(key)
    ]
