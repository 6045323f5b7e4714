"""The times the law gives, in a citizen's words: rows of `ClockRule` that hold today, each with its article."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import ClockRule
from pendopo.domains.information.models import InformationRequest, Objection

SENTENCES: dict[tuple[str, str], str | Promise] = {
    (InformationRequest.KIND, "answer"): _("Kami menjawab permohonan Anda secara tertulis"),
    (InformationRequest.KIND, "extend"): _(
        "Bila perlu waktu lebih, kami menambah satu kali dan memberi alasannya"
    ),
    (InformationRequest.KIND, "objection"): _("Tidak puas? Anda dapat mengajukan keberatan"),
    (Objection.KIND, "reply"): _("Atasan PPID menanggapi keberatan Anda"),
    (Objection.KIND, "dispute"): _("Masih tidak puas? Anda dapat membawa sengketa ke Komisi Informasi"),
}


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
