"""The service charter (maklumat) and the service standard as they hold today, their limits read from the rows."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendopo.base.cases.models import ClockRule
from pendopo.base.letters import markup
from pendopo.base.letters.kinds import Value, table
from pendopo.base.organizations.public import identity
from pendopo.domains.information import offices, seeds
from pendopo.domains.information.models import Dispute, InformationRequest, Objection, PageKind, ServicePage
from pendopo.kernel import clock

_TEXTS = Path(__file__).parent / "data"
# Names an editor may write between braces, each with the step whose limit it becomes.
STEPS = {
    "batas_jawaban": (InformationRequest.KIND, "answer"),
    "batas_perpanjangan": (InformationRequest.KIND, "extend"),
    "batas_keberatan": (InformationRequest.KIND, "objection"),
    "batas_tanggapan": (Objection.KIND, "reply"),
    "batas_sengketa": (Objection.KIND, "dispute"),
}
_KINDS = (InformationRequest.KIND, Objection.KIND, Dispute.KIND)
_LABELS: Mapping[str, Mapping[str, Any]] = {
    InformationRequest.KIND: seeds.STEP_LABELS,
    Objection.KIND: seeds.OBJECTION_LABELS,
    Dispute.KIND: seeds.DISPUTE_LABELS,
}


def current(kind: str, on: dt.date) -> ServicePage | None:
    """The version that holds on a day."""
    return ServicePage.objects.filter(kind=kind, valid_from__lte=on).select_related("audio").first()


def versions() -> list[ServicePage]:
    return list(ServicePage.objects.select_related("audio", "made_by"))


def values(on: dt.date) -> dict[str, Value]:
    """What stands for the names in a page's text, in the active language. One query."""
    rules = ClockRule.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on), kind__in=_KINDS, case_class="", valid_from__lte=on
    )
    by_step = {(rule.kind, rule.step): rule for rule in rules}
    ours = identity()
    told: dict[str, Value] = {
        "pemerintah": ours.name,
        "kantor": offices.main_office().name,
        "surel": ours.email or "–",
        "telepon": ours.phone or "–",
        "tabel_batas": table(
            [_("Langkah"), _("Paling lama"), _("Dasar")], [_cells(rule) for rule in _in_order(by_step)]
        ),
    }
    for name, step in STEPS.items():
        rule = by_step.get(step)
        told[name] = f"{rule.amount} {rule.get_unit_display()}" if rule else _("(belum diatur)")
    return told


def _in_order(by_step: Mapping[tuple[str, str], ClockRule]) -> list[ClockRule]:
    steps = [(kind, step) for kind in _KINDS for step in (*_LABELS[kind], "extend")]
    return [by_step[step] for step in steps if step in by_step]


def _cells(rule: ClockRule) -> list[str]:
    label = _LABELS[rule.kind].get(rule.step) or _("perpanjangan")
    return [str(label), f"{rule.amount} {rule.get_unit_display()}", _(rule.source)]


def words_of(page: ServicePage, language: str) -> tuple[str, str]:
    """Title and body in a language, Indonesian where there is no other."""
    if language.startswith("en") and page.title_en and page.body_en:
        return page.title_en, page.body_en
    return page.title, page.body


def drawn(page: ServicePage, on: dt.date) -> tuple[str, SafeString]:
    """Title and HTML in the active language."""
    title, body = words_of(page, get_language() or "id")
    told = values(on)
    return markup.line_of(title, told), markup.html_of(body, told)


def faults(title: str, body: str, on: dt.date) -> list[tuple[str, str]]:
    """(field, sentence) of what would not be shown as its writer means it."""
    return markup.faults(title, body, values(on))


def load() -> None:
    """The pages every installation begins with; an office's own version stays."""
    now = clock.now()
    for kind in PageKind:
        if not ServicePage.objects.filter(kind=kind).exists():
            (title, body), (title_en, body_en) = _written(kind, "id"), _written(kind, "en")
            ServicePage.objects.create(
                kind=kind,
                valid_from=clock.local_date(now),
                title=title,
                body=body,
                title_en=title_en,
                body_en=body_en,
                made_at=now,
            )


def _written(kind: PageKind, language: str) -> tuple[str, str]:
    """Title and body of the room's own text. They hold what PERKI 1/2021 Pasal 47 asks: legal basis, procedure, time,
    cost, guarantee, evaluation."""
    words = (_TEXTS / f"page_{kind.lower()}.{language}.txt").read_text(encoding="utf-8")
    title, _empty, body = words.partition("\n\n")
    return title, body
