"""The way through a report: which steps there are, which one is next, and what the answers add up to."""

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

from pendopo.domains.reports.actions.drafts import KEPT_DAYS
from pendopo.domains.reports.actions.intake import NewReport
from pendopo.domains.reports.categories_in_use import categories
from pendopo.domains.reports.forms.fields import MOST_KEPT
from pendopo.domains.reports.forms.wizard import ContactForm, PlaceForm, StoryForm, WhatForm
from pendopo.domains.reports.models import Draft
from pendopo.kernel.text import clean

COOKIE = "draf"
_SALT = "reports.draft"
_MAX_AGE = int(dt.timedelta(days=KEPT_DAYS).total_seconds())


@dataclass(frozen=True)
class Step:
    """One page of the way. `key` is kept in the draft's list of finished steps."""

    key: str
    label: str | Promise
    form: type[forms.Form]

    @property
    def url_name(self) -> str:
        return f"reports:{self.key}"


STEPS = (
    Step("new", _("Apa"), WhatForm),
    Step("place", _("Di mana"), PlaceForm),
    Step("story", _("Cerita"), StoryForm),
    Step("contact", _("Kontak"), ContactForm),
)
TOTAL = len(STEPS) + 1  # the last one is the check
BY_KEY = {step.key: step for step in STEPS}


def number_of(step: Step) -> int:
    return STEPS.index(step) + 1


def draft_id(request: HttpRequest) -> uuid.UUID | None:
    """The draft that this browser's signed cookie names, None without one, or with an old or forged one."""
    try:
        return uuid.UUID(request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_MAX_AGE) or "")
    except ValueError:
        return None


def remember_draft(request: HttpRequest, response: HttpResponse, draft: Draft) -> None:
    """Let this browser find its draft again for a week."""
    response.set_signed_cookie(
        COOKIE,
        str(draft.pk),
        salt=_SALT,
        max_age=_MAX_AGE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def answers_of(step: Step, form: forms.Form, *, valid: bool, draft: Draft) -> dict[str, Any]:
    """What the draft keeps of a step: judged values, or what was typed when something is still wrong."""
    done = [key for key in draft.answers.get("done", []) if key != step.key]
    if valid:
        kept = {name: _plain(form.cleaned_data.get(name)) for name in form.fields if name not in _NEVER_KEPT}
        return {**kept, "done": [*done, step.key]}
    typed = {
        name: _typed(form, name) for name, field in form.fields.items() if name not in {*_NEVER_KEPT, *_POINT}
    }
    return {**typed, "done": done}


_NEVER_KEPT = {"photos", "decision"}
_POINT = {"latitude", "longitude"}


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float) or value is None else str(value)


def _typed(form: forms.Form, name: str) -> Any:
    if isinstance(form.fields[name], forms.BooleanField):
        return bool(form.cleaned_data.get(name))
    return clean(str(form.data.get(name, ""))[:MOST_KEPT])


def initial_of(step: Step, draft: Draft, user: Any) -> dict[str, Any]:
    """Answers to show again. A signed-in citizen finds name and address filled in."""
    known = {name: draft.answers[name] for name in step.form.base_fields if name in draft.answers}
    if step.key == "contact" and "name" not in known and getattr(user, "is_authenticated", False):
        known = {"name": user.name, "email": user.email, "phone": user.phone, **known}
    return known


def first_open(draft: Draft) -> Step | None:
    """The first step that still needs an answer, None when the report can be checked and sent."""
    done = set(draft.answers.get("done", []))
    return next((step for step in STEPS if step.key not in done), None)


def judge_again(draft: Draft) -> Step | None:
    """The first step whose kept answers no longer hold (a category or kelurahan was closed meanwhile)."""
    for step in STEPS:
        form = step.form(data=_as_posted(step, draft.answers))
        if step.key not in draft.answers.get("done", []) or not form.is_valid():
            return step
    return None


def _as_posted(step: Step, answers: Mapping[str, Any]) -> dict[str, Any]:
    posted = {name: answers[name] for name in step.form.base_fields if answers.get(name) not in (None, False)}
    if step.key == "place":
        posted["decision"] = "pilihan"  # the citizen decided already
    return {name: value if isinstance(value, bool) else str(value) for name, value in posted.items()}


def new_report(draft: Draft) -> NewReport:
    """The facts of a finished draft. Raises KeyError for one that is not finished (`judge_again` first)."""
    answers = draft.answers
    return NewReport(
        category=next(c for c in categories() if c.pk == answers["category"]),
        text=answers["text"],
        region_code=answers["region"],
        address=answers.get("address") or "",
        latitude=answers.get("latitude"),
        longitude=answers.get("longitude"),
        anonymous=bool(answers.get("anonymous")),
        secret=bool(answers.get("secret")),
        name=answers.get("name") or "",
        email=answers.get("email") or "",
        phone=answers.get("phone") or "",
        language="en" if (get_language() or "id").startswith("en") else "id",
        photos=tuple(photo.file for photo in draft.photos.select_related("file")),
    )
