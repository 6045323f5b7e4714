"""Prepared answers at work: which fit a report, their variables, and how the citizen will read the words."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from pendopo.base.audit import verbs
from pendopo.base.cases.desk import ReadyAnswers
from pendopo.base.ui import words as spoken
from pendopo.domains.reports.models import CannedAnswer, Purpose, Report
from pendopo.domains.reports.phrases import WORDS
from pendopo.domains.reports.reading import Told
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

_HOLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Variable:
    """One thing that may stand in braces. `private` ones never go into words that the public may read."""

    label: str | Promise
    read: Callable[[Report, Any], str]
    private: bool = False


def _due(report: Report, _user: Any) -> str:
    return spoken.long_date(report.due_at) if report.due_at else _("batas waktu yang berlaku")


# Nothing of the reporter's contact: an officer sees that only with a purpose, and written down.
VARIABLES: dict[str, Variable] = {
    "kode": Variable(gettext_lazy("nomor laporan"), lambda report, user: report.code, private=True),
    "kantor": Variable(gettext_lazy("kantor yang menangani"), lambda report, user: report.office.name),
    "kategori": Variable(gettext_lazy("kategori laporan"), lambda report, user: str(report.category)),
    "tempat": Variable(gettext_lazy("kelurahan tempat kejadian"), lambda report, user: report.region.name),
    "keadaan": Variable(
        gettext_lazy("keadaan laporan sekarang"), lambda report, user: str(WORDS[report.status])  # type: ignore[index]
    ),
    "tanggal_lapor": Variable(
        gettext_lazy("hari laporan diterima"), lambda report, user: spoken.long_date(report.received_at)
    ),
    "tenggat": Variable(gettext_lazy("batas waktu yang sedang berjalan"), _due),
    "nama_petugas": Variable(
        gettext_lazy("nama Anda yang mengirim"), lambda report, user: str(user), private=True
    ),
}  # fmt: skip

_COMPOSERS = {
    "jawab": ("body", Purpose.ANSWER, "reports.answered", "moving"),
    "tanya": ("body", Purpose.QUESTION, "reports.asked", "waiting"),
    "tutup": ("summary", Purpose.CLOSING, "reports.answer_checked", "waiting"),
}


def names_in(body: str) -> list[str]:
    """What stands in braces, in order, each once."""
    return list(dict.fromkeys(_HOLE.findall(body)))


def check_variables(body: str, purpose: str) -> None:
    """Raises Refused with a sentence that names the variable which does not exist or may not stand there."""
    for name in names_in(body):
        if name not in VARIABLES:
            raise Refused(
                _("Isian {%(name)s} tidak dikenal. Yang ada: %(known)s.")
                % {"name": name[:40], "known": ", ".join(f"{{{known}}}" for known in VARIABLES)},
                field="body",
            )
        if purpose == Purpose.CLOSING and VARIABLES[name].private:
            raise Refused(
                _("Isian {%(name)s} tidak boleh ada dalam penutupan, sebab penutupan juga dibaca publik.")
                % {"name": name},
                field="body",
            )


def render_for(answer: CannedAnswer, report: Report, user: Any) -> str:
    """The answer's words for this report, in the answer's language."""
    with override(answer.language):
        return _filled(answer.body, report, user)


def fill(words: str, report: Report, user: Any) -> str:
    """Words that still have names in braces, for this report and in its reporter's language."""
    with override(report.language):
        return _filled(words, report, user)


def _filled(words: str, report: Report, user: Any) -> str:
    """Only names of VARIABLES are replaced, by plain text: nothing in a template or in a value is ever run.
    Needs `report.office`, `report.category` and `report.region` loaded when many are rendered.
    """

    def value(hole: "re.Match[str]") -> str:
        variable = VARIABLES.get(hole[1])
        return variable.read(report, user) if variable else hole[0]

    return _HOLE.sub(value, words)


def offers(reports: Iterable[Report], user: Any, verb_key: str) -> list[CannedAnswer]:
    """The answers that fit every one of these reports and a verb, the own office's first; one query.

    For a closing those with private variables are left out: a closing is read by the public.
    """
    purpose = _COMPOSERS[verb_key][1]
    found = CannedAnswer.objects.visible_to(user).fitting(reports, purpose)
    rows = found.select_related("office").order_by(F("office__name").asc(nulls_last=True), "order", "title")
    if purpose != Purpose.CLOSING:
        return list(rows)
    return [
        one for one in rows if not any(VARIABLES[n].private for n in names_in(one.body) if n in VARIABLES)
    ]


def preview(report: Report, verb_key: str, words: str) -> str:
    """The message as the citizen's page will draw it, in the citizen's language."""
    _field, _purpose, verb, tone = _COMPOSERS[verb_key]
    sentence = verbs.get(verb).citizen
    with override(report.language):
        facts: Mapping[str, Any] = {"office_name": report.office.name}
        title = verbs.tell(sentence or "", facts)
        told = Told(title=title, when=clock.now(), text=words, tone=tone)
        return render_to_string("reports/parts/timeline.html", {"timeline": [told]})


READY = ReadyAnswers(
    composers={verb: field for verb, (field, *_rest) in _COMPOSERS.items()},
    offers=offers,
    render=render_for,
    fill=fill,
    preview=preview,
)
