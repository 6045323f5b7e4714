"""The three registers: whose rows they are, in which order, and what may be read beside a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Min, Prefetch, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.roles import roles_of
from pendopo.domains.information.models import Decision, Dispute, InformationRequest, Objection, UnitTask
from pendopo.domains.information.registers import columns, facets
from pendopo.domains.information.registers.facets import Facet, Text


@dataclass(frozen=True)
class Register:
    """`whole()` is what numbers are counted from, `rows(user)` what a person may read of it; `full` adds what the
    columns show. Rows are placed by `at` (a year and a number), newest first; a file lists them oldest first."""

    key: str
    label: Text
    explanation: Text
    whole: Callable[[], QuerySet[Any]]
    rows: Callable[[Any], QuerySet[Any]]
    full: Callable[[QuerySet[Any]], QuerySet[Any]]
    columns: Sequence[columns.Column]
    facets: Callable[[int], Sequence[Facet]]
    at: tuple[Any, Any]
    seen_verb: str = ""

    def of_year(self, rows: QuerySet[Any], year: int | None) -> QuerySet[Any]:
        return rows.alias(in_year=self.at[0]).filter(in_year=year) if year else rows

    def years(self, user: Any) -> list[int]:
        """The years from its newest row to its oldest. One query, at both ends of an index."""
        return self.years_of(self.rows(user))

    def years_of(self, rows: QuerySet[Any]) -> list[int]:
        ends = rows.order_by().aggregate(first=Min(self.at[0]), last=Max(self.at[0]))
        return list(range(ends["last"], ends["first"] - 1, -1)) if ends["last"] else []


def requests_for(user: Any) -> QuerySet[InformationRequest]:
    """All for PPID Utama and who watches all offices; a unit's people read those their unit was asked for."""
    asked = UnitTask.objects.filter(office_id__in=roles_of(user).offices, status__in=facets.ASKED)
    rows: QuerySet[InformationRequest] = InformationRequest.objects.defer("search").in_register(
        user, asked=Q(pk__in=asked.values("case_id"))
    )
    return rows


def _full_requests(rows: QuerySet[Any]) -> QuerySet[Any]:
    decisions = Decision.objects.order_by("-sequence").prefetch_related("grounds__ground")
    tasks = UnitTask.objects.filter(status__in=facets.ASKED).order_by("pk")
    return rows.select_related("contact").prefetch_related(
        Prefetch("decisions", decisions), Prefetch("tasks", tasks)
    )


def _objections_for(user: Any) -> QuerySet[Objection]:
    rows: QuerySet[Objection] = Objection.objects.desk_of(user)
    return rows


def _full_objections(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("contact", "request", "item").defer(
        "request__search", "item__search", "item__file_text"
    )


def _disputes_for(user: Any) -> QuerySet[Dispute]:
    rows: QuerySet[Dispute] = Dispute.objects.desk_of(user)
    return rows


REQUESTS = Register(
    "permohonan",
    _("Register permohonan"),
    _("Setiap permohonan informasi menurut nomor pendaftarannya."),
    InformationRequest.objects.all,
    requests_for,
    _full_requests,
    columns.REQUESTS,
    facets.of_requests,
    (F("year"), F("number")),
    "information.register_seen",
)
OBJECTIONS = Register(
    "keberatan",
    _("Register keberatan"),
    _("Setiap keberatan kepada Atasan PPID dan tanggapannya."),
    Objection.objects.all,
    _objections_for,
    _full_objections,
    columns.OBJECTIONS,
    facets.of_objections,
    (F("year"), F("number")),
    "objections.register_seen",
)
DISPUTES = Register(
    "sengketa",
    _("Register sengketa"),
    _("Sengketa di Komisi Informasi dan pengadilan, menurut tahun diajukan."),
    Dispute.objects.all,
    _disputes_for,
    lambda rows: rows.select_related("objection"),
    columns.DISPUTES,
    facets.of_disputes,
    (ExtractYear("filed_on"), F("pk")),
)
REGISTERS = {register.key: register for register in (REQUESTS, OBJECTIONS, DISPUTES)}
