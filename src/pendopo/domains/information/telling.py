"""Messages to requesters and to those who object. What they asked for never travels in them."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from pendopo.base.notices.actions import Recipient, send
from pendopo.base.ui import words
from pendopo.domains.information.models import InformationRequest, Objection

FOLLOW_SALT = "information.follow"
Told = (
    str | int | dt.date
)  # what a notice may say beside the usual; a day is written out in the reader's language


def follow_link(case: InformationRequest | Objection) -> str:
    """A signed address that opens the person's own page; only ever sent to that person."""
    token = signing.dumps([case.KIND, case.pk], salt=FOLLOW_SALT)
    return settings.PUBLIC_URL + reverse("information:open-link", args=[token])


def own_page(case: InformationRequest | Objection) -> str:
    """The person's own page of a request or objection."""
    name = "information:own-objection" if isinstance(case, Objection) else "information:own"
    return reverse(name, args=[case.code])


def tell_requester(
    request: InformationRequest, event: str, *, now: dt.datetime, once: str, **context: Told
) -> None:
    """Tell the requester by e-mail and, with an account, in the inbox. `event` without "information.".

    `once` names this occasion. The words may use code, registration, status, date (the limit that runs, "" when
    none does), url, and what `context` adds.
    """
    _tell(request, f"information.{event}", now=now, once=once, context=context)


def tell_objector(objection: Objection, event: str, *, now: dt.datetime, once: str, **context: Told) -> None:
    """The same for who filed an objection; `event` without "objections."."""
    _tell(objection, f"objections.{event}", now=now, once=once, context=context)


def _tell(
    case: InformationRequest | Objection, event: str, *, now: dt.datetime, once: str, context: dict[str, Told]
) -> None:
    contact = getattr(case, "contact", None)
    email = contact.email if contact else ""
    if not email and case.reporter_id is None:
        return
    with override(case.language):
        status, date = case.get_status_display(), words.long_date(case.due_at) if case.due_at else ""
        said = {
            name: words.long_date(value) if isinstance(value, dt.date) else value
            for name, value in context.items()
        }
    send(
        event=event,
        to=Recipient(user=case.reporter, email=email, language=case.language),
        context={
            "code": case.code, "registration": case.registration, "status": status, "date": date,
            "url": follow_link(case), **said,
        },
        about=case,
        link=own_page(case),
        dedupe_key=f"{event}:{case.pk}:{once}",
        now=now,
    )  # fmt: skip
