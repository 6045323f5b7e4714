"""Prepared answers in a verb's form: chosen, put into the box, previewed. Which ones fit, the room says.

Without JavaScript a button sends the form back to its own page: the text stands in the box, everything typed
stays, nothing is done to the case. With it `static/js/answers.js` inserts at the cursor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpRequest

from pendopo.base.cases.desk import BulkVerb, DeskKind, ReadyAnswers, Verb
from pendopo.kernel.text import clean

INSERT, PREVIEW = "sisipkan", "pratinjau"  # names of the two buttons
CHOICE = "jawaban-siap"
MOST_OFFERED = 40


@dataclass(frozen=True)
class Offer:
    """One prepared answer, filled for this case."""

    pk: int
    title: str
    words: str


@dataclass(frozen=True)
class Composer:
    """What stands below the box of a message: the offers by group, and the preview once asked for."""

    field: str
    groups: Sequence[tuple[str, Sequence[Offer]]]
    preview: str = ""
    asked: bool = False
    previews: bool = True  # a bulk verb shows its words on a page of its own


def asked(request: HttpRequest) -> bool:
    """Did a button of the composer send this form, and not the one that acts?"""
    return request.method == "POST" and (INSERT in request.POST or PREVIEW in request.POST)


def filled(form: forms.Form, request: HttpRequest) -> forms.Form:
    """An unbound form that holds what was typed: nobody is told off for a message that is not sent yet."""
    for name, field in form.fields.items():
        if name not in request.POST:
            continue
        several = isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
        form.initial[name] = request.POST.getlist(name) if several else request.POST[name]
    return form


def composer(request: HttpRequest, kind: DeskKind, case: Any, verb: Verb, form: Any) -> Composer | None:
    """The composer of a verb's form, None for a verb whose words no citizen reads.

    Also puts the chosen answer into the form when its button was pressed.
    """
    ready = kind.answers
    field = ready.composers.get(verb.key, "") if ready else ""
    if ready is None or not field:
        return None
    offered = ready.offers([case], request.user, verb.key)[:MOST_OFFERED]
    words = [ready.render(one, case, request.user) for one in offered]
    groups = _groups(request, form, field, offered, words)
    wants_preview = request.method == "POST" and PREVIEW in request.POST
    return Composer(field, groups, _preview(request, ready, case, verb, field), asked=wants_preview)


def composer_of_many(
    request: HttpRequest, kind: DeskKind, cases: Sequence[Any], verb: BulkVerb, form: Any
) -> Composer | None:
    """The composer of a bulk verb's form: what fits all of the cases, its names in braces still to be filled."""
    ready = kind.answers
    field = ready.composers.get(verb.key, "") if ready else ""
    if ready is None or not field or not cases:
        return None
    offered = ready.offers(cases, request.user, verb.key)[:MOST_OFFERED]
    groups = _groups(request, form, field, offered, [one.body for one in offered])
    return Composer(field, groups, previews=False) if groups else None


def _groups(
    request: HttpRequest, form: Any, field: str, offered: Sequence[Any], words: Sequence[str]
) -> list[tuple[str, list[Offer]]]:
    """The offers by heading; the chosen one is put into the form when its button was pressed."""
    offers = [
        (str(one.group), Offer(one.pk, one.title, text)) for one, text in zip(offered, words, strict=True)
    ]
    if request.method == "POST" and INSERT in request.POST:
        _insert(request, form, field, [offer for _label, offer in offers])
    return [(label, [offer for _l, offer in rows]) for label, rows in groupby(offers, key=lambda o: o[0])]


def _insert(request: HttpRequest, form: Any, field: str, offers: list[Offer]) -> None:
    chosen = request.POST.get(CHOICE, "")
    words = next((offer.words for offer in offers if str(offer.pk) == chosen), "")
    before = request.POST.get(field, "").rstrip()
    form.initial[field] = "\n\n".join(part for part in (before, words) if part)


def _preview(request: HttpRequest, ready: ReadyAnswers, case: Any, verb: Verb, field: str) -> str:
    if request.method != "POST" or PREVIEW not in request.POST:
        return ""
    words = clean(request.POST.get(field, "")[:20_000])
    return ready.preview(case, verb.key, words) if words else ""
