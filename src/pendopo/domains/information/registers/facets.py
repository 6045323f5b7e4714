"""What a register can be narrowed by. The yearly report and the figures count with the same conditions, so that a
number and the list behind it cannot differ.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.clocks import NoRule, rule_for
from pendopo.base.cases.models import TaskStatus
from pendopo.base.organizations.public import offices_by_id
from pendopo.domains.information.models import (
    REQUEST_OPEN,
    Decision,
    DecisionGround,
    DecisionKind,
    Dispute,
    DisputeStatus,
    InformationRequest,
    ObjectionGround,
    ObjectionStatus,
    Outcome,
    RequestChannel,
    RequesterKind,
    RequestStatus,
    UnitTask,
)
from pendopo.domains.information.policy import who

Text = str | Promise
ASKED = (
    TaskStatus.OPEN,
    TaskStatus.ACCEPTED,
    TaskStatus.DONE,
)  # a unit that gave its task back answered nothing
_DECIDED = ~Q(decision="")
_ENDED_UNDECIDED = (RequestStatus.WITHDRAWN, RequestStatus.LAPSED)
LETTERS = "abcdefghij"  # of UU 14/2008 Pasal 17


@dataclass(frozen=True)
class Facet:
    """One filter. `options` maps a word of the address to its label and condition; `folded` ones have no field of
    their own in the panel, they are chosen by following a number."""

    key: str
    label: Text
    options: Mapping[str, tuple[Text, Q]]
    folded: bool = False

    def condition(self, option: str) -> Q:
        return self.options[option][1]


def bounds(year: int) -> tuple[int, int, int]:
    """Half the limit of the notice, the limit, and the limit with its extension, in working days, at the year's end."""
    day = dt.date(year, 12, 31)
    try:
        limit = rule_for(InformationRequest.KIND, "answer", case_class="", on=day).amount
        more = rule_for(InformationRequest.KIND, "extend", case_class="", on=day).amount
    except NoRule:  # a year before the law held
        return 0, 0, 0
    return limit // 2, limit, limit + more


def of_requests(year: int) -> list[Facet]:
    return [
        Facet("hasil", _("Putusan"), _results()),
        Facet("periode", _("Masa"), _periods("received_at")),
        Facet("kantor", _("Unit yang menjawab"), _offices()),
        Facet("waktu", _("Waktu menjawab"), _bands(year), folded=True),
        Facet(
            "tepat",
            _("Tepat waktu"),
            _in_time(Q(decided_in_time=True), Q(decided_in_time=False), _DECIDED),
            folded=True,
        ),
        Facet("huruf", _("Pasal 17 huruf"), _letters(), folded=True),
        Facet("saluran", _("Cara masuk"), _choices("channel", RequestChannel), folded=True),
        Facet("pemohon", _("Pemohon"), _choices("requester_kind", RequesterKind), folded=True),
        Facet("perpanjangan", _("Perpanjangan"), {"ya": (_("diperpanjang"), Q(extended=True))}, folded=True),
        Facet("biaya", _("Biaya"), {"ya": (_("dikenai biaya"), Q(cost__gt=0))}, folded=True),
    ]


def of_objections(_year: int) -> list[Facet]:
    changed = Q(outcome__in=[Outcome.CHANGED, Outcome.SETTLED])
    waiting = Q(request__status__in=REQUEST_OPEN)
    return [
        Facet("keputusan", _("Keputusan Atasan PPID"), _outcomes()),
        Facet("periode", _("Masa"), _periods("received_at")),
        Facet("alasan", _("Alasan"), _choices("ground", ObjectionGround, letters=True)),
        Facet(
            "tepat",
            _("Tepat waktu"),
            _in_time(Q(answered_in_time=True), Q(answered_in_time=False), Q(status=ObjectionStatus.ANSWERED)),
            folded=True,
        ),
        Facet(
            "pelaksanaan",
            _("Pelaksanaan"),
            {
                "sudah": (_("sudah dilaksanakan"), changed & ~waiting),
                "belum": (_("belum dilaksanakan"), changed & waiting),
            },
            folded=True,
        ),
    ]


def of_disputes(_year: int) -> list[Facet]:
    in_court = ~Q(court_number="") | Q(status__in=[DisputeStatus.COURT, DisputeStatus.CASSATION])
    return [
        Facet("tahap", _("Tahap"), _choices("status", DisputeStatus)),
        Facet("putusan", _("Hasil"), _choices("result", Dispute.Winner)),
        Facet("pengadilan", _("Pengadilan"), {"ya": (_("sampai ke pengadilan"), in_court)}, folded=True),
    ]


def newest_grounds() -> QuerySet[DecisionGround]:
    """Grounds of the decision that counts: the newest of each request."""
    newest = Decision.objects.filter(case=OuterRef("decision__case")).order_by("-sequence").values("pk")[:1]
    return DecisionGround.objects.alias(newest=Subquery(newest)).filter(decision_id=F("newest"))


def answered_by(office_id: int) -> Q:
    """Requests that a unit was asked for; of PPID Utama those that no unit was asked for."""
    asked = UnitTask.objects.filter(status__in=ASKED)
    if office_id == who.main_office_id():
        return ~Q(pk__in=asked.values("case_id"))
    return Q(pk__in=asked.filter(office_id=office_id).values("case_id"))


def _results() -> dict[str, tuple[Text, Q]]:
    """Every request is in exactly one of them. What was decided again after an objection counts as it stands now."""
    return {
        "penuh": (DecisionKind.FULL.label, Q(decision=DecisionKind.FULL)),
        "sebagian": (DecisionKind.PARTIAL.label, Q(decision=DecisionKind.PARTIAL)),
        "ditolak": (DecisionKind.REFUSED.label, Q(decision=DecisionKind.REFUSED)),
        "tidak-dikuasai": (DecisionKind.NOT_HELD.label, Q(decision=DecisionKind.NOT_HELD)),
        "dicabut": (_("dicabut pemohon"), Q(decision="", status=RequestStatus.WITHDRAWN)),
        "gugur": (_("tidak dilengkapi pemohon"), Q(decision="", status=RequestStatus.LAPSED)),
        "berjalan": (_("masih diproses"), Q(decision="") & ~Q(status__in=_ENDED_UNDECIDED)),
    }


def _outcomes() -> dict[str, tuple[Text, Q]]:
    answered = {
        "dikuatkan": (Outcome.UPHELD.label, Q(outcome=Outcome.UPHELD)),
        "diubah": (Outcome.CHANGED.label, Q(outcome=Outcome.CHANGED)),
        "musyawarah": (Outcome.SETTLED.label, Q(outcome=Outcome.SETTLED)),
    }
    return {
        **answered,
        "dicabut": (_("dicabut"), Q(outcome="", status=ObjectionStatus.WITHDRAWN)),
        "berjalan": (_("belum ditanggapi"), Q(outcome="") & ~Q(status=ObjectionStatus.WITHDRAWN)),
    }


def _bands(year: int) -> dict[str, tuple[Text, Q]]:
    half, limit, extended = bounds(year)
    return {
        "1": (_("sampai %(n)d hari kerja") % {"n": half}, _DECIDED & Q(answer_days__lte=half)),
        "2": (_("%(a)d–%(b)d hari kerja") % {"a": half + 1, "b": limit}, _between(half, limit)),
        "3": (_("%(a)d–%(b)d hari kerja") % {"a": limit + 1, "b": extended}, _between(limit, extended)),
        "4": (_("lebih dari %(n)d hari kerja") % {"n": extended}, _DECIDED & Q(answer_days__gt=extended)),
        "0": (_("tidak terukur"), _DECIDED & Q(answer_days=None)),
    }


def _between(above: int, most: int) -> Q:
    return _DECIDED & Q(answer_days__gt=above, answer_days__lte=most)


def _in_time(yes: Q, no: Q, among: Q) -> dict[str, tuple[Text, Q]]:
    return {"ya": (_("tepat waktu"), among & yes), "tidak": (_("lewat batas"), among & no)}


def _letters() -> dict[str, tuple[Text, Q]]:
    grounds = newest_grounds()
    return {
        letter: (
            _("huruf %(letter)s") % {"letter": letter},
            Q(pk__in=grounds.filter(ground__letter=letter).values("decision__case_id")),
        )
        for letter in LETTERS
    }


def _offices() -> dict[str, tuple[Text, Q]]:
    offices = sorted(offices_by_id().values(), key=lambda office: office.name)
    return {office.slug: (office.name, answered_by(office.pk)) for office in offices}


def _choices(field: str, words: type, *, letters: bool = False) -> dict[str, tuple[Text, Q]]:
    pairs = words.choices  # type: ignore[attr-defined]
    return {
        str(value).lower(): (f"{value}. {label}" if letters else label, Q(**{field: value}))
        for value, label in pairs
    }


def _periods(field: str) -> dict[str, tuple[Text, Q]]:
    """Halves, quarters and months of a year."""
    spans: list[tuple[str, Text, int, int]] = [
        *((f"s{n}", _("Semester %(n)d") % {"n": n}, 6 * n - 5, 6 * n) for n in (1, 2)),
        *((f"t{n}", _("Triwulan %(n)d") % {"n": n}, 3 * n - 2, 3 * n) for n in (1, 2, 3, 4)),
        *((f"b{n}", name, n, n) for n, name in enumerate(_MONTHS, 1)),
    ]
    return {
        key: (label, Q(**{f"{field}__month__gte": first, f"{field}__month__lte": last}))
        for key, label, first, last in spans
    }


_MONTHS = (
    _("Januari"),
    _("Februari"),
    _("Maret"),
    _("April"),
    _("Mei"),
    _("Juni"),
    _("Juli"),
    _("Agustus"),
    _("September"),
    _("Oktober"),
    _("November"),
    _("Desember"),
)
