"""The way through a request: which steps there are, which one is next, and what the answers add up to."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pendopo.domains.information.actions.drafts import KEPT_DAYS, proofs_of
from pendopo.domains.information.actions.intake import NewRequest
from pendopo.domains.information.forms.asking import FILES, NEEDED, HowForm, WhatForm, Who, WhoForm
from pendopo.domains.information.forms.fields import MOST_KEPT
from pendopo.domains.information.models import RequestDraft, RequesterKind
from pendopo.kernel.text import clean

COOKIE = "drafminta"
_SALT = "information.draft"
_MAX_AGE = int(dt.timedelta(days=KEPT_DAYS).total_seconds())
NEVER_KEPT = frozenset({"number", *FILES.values()})  # sealed apart, never among the answers
_KINDS = {
    Who.SELF: RequesterKind.PERSON,
    Who.ENTITY: RequesterKind.LEGAL_ENTITY,
    Who.GROUP: RequesterKind.GROUP,
    Who.PROXY: RequesterKind.PERSON,
}


@dataclass(frozen=True)
class Step:
    """One page of the way. `key` is kept in the draft's list of finished steps."""

    key: str
    label: str | Promise

    @property
    def url_name(self) -> str:
        return f"information:{self.key}"


WHAT, HOW, WHO = Step("ask", _("Apa")), Step("ask-how", _("Cara")), Step("ask-who", _("Pemohon"))
STEPS = (WHAT, HOW, WHO)
TOTAL = len(STEPS) + 1  # the last one is the check


def number_of(step: Step) -> int:
    return STEPS.index(step) + 1


def form_of(step: Step, draft: RequestDraft, **given: Any) -> forms.Form:
    """The form of a step; the third depends on what the second said and on the documents that are here."""
    if step == WHAT:
        return WhatForm(**given)
    if step == HOW:
        return HowForm(**given)
    rows = [] if draft._state.adding else list(draft.proofs.all())
    who = who_of(draft)
    return WhoForm(
        **given,
        who=who,
        send_way=draft.answers.get("send_way", ""),
        kept={row.kind for row in rows if row.sealed_file},
        numbered=any(row.kind == NEEDED[who][0] and row.sealed_number for row in rows),
    )


def who_of(draft: RequestDraft) -> str:
    """In whose name, "SELF" until it was said."""
    who = str(draft.answers.get("who", ""))
    return who if who in NEEDED else str(Who.SELF)


def draft_id(request: HttpRequest) -> uuid.UUID | None:
    """The draft that this browser's signed cookie names, None without one, or with an old or forged one."""
    try:
        return uuid.UUID(request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_MAX_AGE) or "")
    except ValueError:
        return None


def remember_draft(request: HttpRequest, response: HttpResponse, draft: RequestDraft) -> None:
    """Let this browser find its draft again for a week."""
    response.set_signed_cookie(
        COOKIE, str(draft.pk), salt=_SALT, max_age=_MAX_AGE, httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip


def answers_of(step: Step, form: forms.Form, *, valid: bool, draft: RequestDraft) -> dict[str, Any]:
    """What the draft keeps of a step: judged values, or what was typed when something is still wrong."""
    done = [key for key in draft.answers.get("done", []) if key != step.key]
    names = [name for name in form.fields if name not in NEVER_KEPT]
    if not valid:
        return {**{name: clean(str(form.data.get(name, ""))[:MOST_KEPT]) for name in names}, "done": done}
    kept = {name: form.cleaned_data.get(name) or "" for name in names}
    if step == HOW and kept["who"] != draft.answers.get("who"):
        done = [key for key in done if key != WHO.key]  # other documents are needed now
    return {**kept, "done": [*done, step.key]}


def initial_of(step: Step, draft: RequestDraft, user: Any) -> dict[str, Any]:
    """Answers to show again. A signed-in citizen finds name and address filled in."""
    known = {name: value for name, value in draft.answers.items() if name != "done" and value != ""}
    if step == WHO and "name" not in known and getattr(user, "is_authenticated", False):
        known = {"name": user.name, "email": user.email, "phone": user.phone, **known}
    return known


def first_open(draft: RequestDraft) -> Step | None:
    """The first step that still needs an answer, None when the request can be checked and sent."""
    done = set(draft.answers.get("done", []))
    return next((step for step in STEPS if step.key not in done), None)


def judge_again(draft: RequestDraft) -> Step | None:
    """The first step whose kept answers no longer hold."""
    for step in STEPS:
        form = form_of(step, draft, data=_as_posted(draft.answers))
        if step.key not in draft.answers.get("done", []) or not form.is_valid():
            return step
    return None


def _as_posted(answers: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in answers.items() if name != "done"}


def new_request(draft: RequestDraft) -> NewRequest:
    """The facts of a finished draft. Raises KeyError for one that is not finished (`judge_again` first)."""
    answers, who = draft.answers, who_of(draft)
    return NewRequest(
        details=answers["details"],
        purpose=answers["purpose"],
        access=answers["access"],
        form=answers["form"],
        send_way=answers["send_way"],
        requester_kind=_KINDS[Who(who)],
        by_proxy=who in (Who.GROUP, Who.PROXY),
        proxy_for=answers.get("proxy_for", "") if who in (Who.GROUP, Who.PROXY) else "",
        name=answers["name"],
        address=answers["address"],
        occupation=answers.get("occupation", "") if who != Who.ENTITY else "",
        email=answers.get("email", ""),
        phone=answers.get("phone", ""),
        language=language_of_page(),
        proofs=proofs_of(draft, NEEDED[who]),
    )


def language_of_page() -> str:
    """ "en" or "id": in which language this visitor will be written to."""
    return "en" if (get_language() or "id").startswith("en") else "id"
