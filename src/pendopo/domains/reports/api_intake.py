"""From the JSON of a machine to the facts of a report, judged by the same forms that citizens fill in."""

from collections.abc import Mapping
from typing import Any

from django import forms

from pendopo.base.clients import problems
from pendopo.domains.reports.actions.intake import NewReport
from pendopo.domains.reports.api_schemas import NewReportIn
from pendopo.domains.reports.categories_in_use import categories
from pendopo.domains.reports.forms.wizard import ContactForm, PlaceForm, StoryForm, WhatForm
from pendopo.domains.reports.models import Channel
from pendopo.kernel.text import clean_line

# A question that the page asks the citizen is answered by the machine's own field.
_NAMES = {"decision": "region"}


def new_report(payload: NewReportIn) -> NewReport:
    """The facts of a report. Raises Problem 422 with the sentences of the site's forms."""
    given = payload.model_dump()
    typed = {
        name: given[name] for name in ("category", "text", "region", "address", "name", "email", "phone")
    }
    typed |= {name: "on" for name in ("anonymous", "secret") if given[name]}
    for name in ("latitude", "longitude"):
        typed[name] = "" if given[name] is None else repr(given[name])
    # The kelurahan that was named counts; without one it follows from the point.
    typed["decision"] = "pilihan" if given["region"] else "titik"
    judged = judge(typed)
    known = next(category for category in categories() if category.pk == judged["category"])
    return NewReport(
        category=known,
        text=judged["text"],
        region_code=judged["region"],
        address=judged["address"],
        latitude=judged["latitude"],
        longitude=judged["longitude"],
        anonymous=payload.anonymous,
        secret=payload.secret,
        name=judged["name"],
        email=judged["email"],
        phone=judged["phone"],
        language=payload.language,
        channel=Channel.API,
        external_number=clean_line(payload.external_id),
    )


def judge(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Answers judged by the four forms of the site. Raises Problem 422 with every sentence at once."""
    judged: dict[str, Any] = {}
    errors: dict[str, list[Any]] = {}
    kinds: tuple[type[forms.Form], ...] = (WhatForm, PlaceForm, StoryForm, ContactForm)
    for kind in kinds:
        form = kind(data=typed)
        if form.is_valid():
            judged |= form.cleaned_data
        for field, messages in form.errors.items():
            errors.setdefault(field, []).extend(messages)
    if errors:
        raise problems.from_form(errors, _NAMES)
    return judged
