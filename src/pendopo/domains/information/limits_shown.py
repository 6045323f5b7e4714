"""The times the law gives, in a citizen's words: rows of `ClockRule` that hold today, each with its article."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.cases import clocks
from pendopo.base.cases.models import ClockRule
from pendopo.domains.information.models import InformationRequest, Objection

SENTENCES: dict[tuple[str, str], str | Promise] = {
    (InformationRequest.KIND, "answer"): gettext_lazy("Kami menjawab permohonan Anda secara tertulis"),
    (InformationRequest.KIND, "extend"): gettext_lazy(
        "Bila perlu waktu lebih, kami menambah satu kali dan memberi alasannya"
    ),
    (InformationRequest.KIND, "objection"): gettext_lazy("Tidak puas? Anda dapat mengajukan keberatan"),
    (Objection.KIND, "reply"): gettext_lazy("Atasan PPID menanggapi keberatan Anda"),
    (Objection.KIND, "dispute"): gettext_lazy(
        "Masih tidak puas? Anda dapat membawa sengketa ke Komisi Informasi"
    ),
}


def length(kind: str, step: str, on: dt.date) -> str:
    """How long a step may take that begins on that day: "10 hari kerja"."""
    try:
        rule = clocks.rule_for(kind, step, case_class="", on=on)
    except clocks.NoRule:
        return _("(belum diatur)")
    return f"{rule.amount} {rule.get_unit_display()}"


@dataclass(frozen=True)
class Limit:
    sentence: str | Promise
    amount: int
    unit: str
    source: str
    confirmed: bool


def limits_on(day: dt.date) -> list[Limit]:
    """The limits in the order in which a citizen meets them. One query."""
    kinds = {kind for kind, _step in SENTENCES}
    rules = ClockRule.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day), kind__in=kinds, case_class="", valid_from__lte=day
    )
    by_step = {(rule.kind, rule.step): rule for rule in rules}
    return [
        Limit(sentence, rule.amount, rule.get_unit_display(), rule.source, rule.confirmed)
        for key, sentence in SENTENCES.items()
        if (rule := by_step.get(key))
    ]
