"""Messages to the reporter, to followers and to the office. No words of a report ever travel in them."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from pendopo.base.accounts.models import User
from pendopo.base.notices.actions import Recipient, send
from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.public import escalation_chain, head_of, officers_of
from pendopo.base.ui import words
from pendopo.domains.reports.listeners import listeners
from pendopo.domains.reports.models import Report, ReportFollower, Status
from pendopo.kernel import clock

FOLLOW_SALT = "reports.follow"
UNFOLLOW_SALT = "reports.unfollow"
CONFIRM_SALT = "reports.confirm-following"


def follow_link(report: Report) -> str:
    """A signed address that opens the reporter's own view; only ever sent to the reporter."""
    token = signing.dumps(report.pk, salt=FOLLOW_SALT)
    return settings.PUBLIC_URL + reverse("reports:open-link", args=[token])


def tell_reporter(report: Report, event: str, *, now: dt.datetime, once: str) -> None:
    """Tell the reporter by e-mail, with an account in the inbox, and on phones. `once` names this occasion."""
    tell_phones(report, event, now=now, once=once)
    contact = getattr(report, "contact", None)
    email = contact.email if contact else ""
    if not email and report.reporter_id is None:
        return
    with override(report.language):
        status, date = report.get_status_display(), due_words(report)
    send(
        event=event,
        to=Recipient(user=report.reporter, email=email, language=report.language),
        context={
            "code": report.code,
            "status": status,
            "url": follow_link(report),
            "date": date,
        },
        about=report,
        link=reverse("reports:follow-own", args=[report.code]),
        dedupe_key=f"{event}:{report.pk}:{once}",
        now=now,
    )


def tell_phones(report: Report, event: str, *, now: dt.datetime, once: str) -> None:
    """Tell the phones that the reporter named. A lock screen is read by others: of a secret report only that
    there is news, without its number."""
    own = reverse("reports:follow-own", args=[report.code])
    for link in report.pushes.select_related("subscription"):
        phone = link.subscription
        with override(phone.language):
            status = report.get_status_display()
        send(
            event="reports.phone_secret" if report.secret else "reports.phone",
            to=Recipient(push=str(phone.token), language=phone.language),
            context={} if report.secret else {"code": report.code, "status": status},
            about=report,
            link=reverse("reports:follow") if report.secret else own,
            dedupe_key=f"{event}:{report.pk}:{once}:phone",
            now=now,
        )


def due_words(report: Report) -> str:
    """The limit that runs now as a day in the active language, "" when none runs."""
    return words.long_date(report.due_at) if report.due_at else ""


def tell_followers(report: Report, event: str, *, now: dt.datetime, once: str) -> None:
    """Tell confirmed followers of a public report, and those who sent or follow a report merged into it.

    A report that became secret tells nobody; a hidden one only reporters, whose own pages stay open to them.
    """
    for listener in listeners(report):
        if listener.child is not None:
            _tell_merged(listener.child, report, now=now, once=once)
        elif listener.follower is not None:
            _tell_follower(listener.follower, report, event, now=now, once=once)


def _tell_merged(child: Report, parent: Report, *, now: dt.datetime, once: str) -> None:
    """To who sent a merged report: what became of the work, with the link to the own report only."""
    asks = parent.status == Status.ANSWERED
    event = "reports.joined_confirm" if asks else "reports.joined"
    with override(child.language):
        status, date = parent.get_status_display(), due_words(parent) if asks else ""
    send(
        event=event,
        to=Recipient(user=child.reporter, email=child.contact.email, language=child.language),
        context={"code": child.code, "status": status, "url": follow_link(child), "date": date},
        about=child,
        link=reverse("reports:follow-own", args=[child.code]),
        dedupe_key=f"{event}:{parent.pk}:{once}:{child.pk}",
        now=now,
    )


def _tell_follower(
    follower: ReportFollower, report: Report, event: str, *, now: dt.datetime, once: str
) -> None:
    token = signing.dumps(follower.pk, salt=UNFOLLOW_SALT)
    with override(follower.language):
        status = report.get_status_display()
    page = reverse("reports:detail", args=[report.slug])
    send(
        event=event,
        to=Recipient(user=follower.user, email=follower.email, language=follower.language),
        context={
            "status": status,
            "url": settings.PUBLIC_URL + page,
            "stop_url": settings.PUBLIC_URL + reverse("reports:unfollow", args=[token]),
        },
        about=report,
        link=page,
        dedupe_key=f"{event}:{report.pk}:{once}:{follower.pk}",
        now=now,
    )


def tell_office(report: Report, event: str, *, now: dt.datetime, once: str, link: str = "") -> None:
    """Tell those who have to act: the handler, or the officers of the office while nobody took it.

    `link` is the page to open, the case when empty."""
    people = [report.handler] if report.handler else on_duty(report.office, clock.local_date(now))
    link = link or reverse("desk:case", args=[report.KIND, report.code])
    for person in people:
        send(
            event=event,
            to=Recipient(user=person, language=person.language),
            context={"code": report.code, "office": report.office.name, "url": settings.PUBLIC_URL + link},
            about=report,
            link=link,
            dedupe_key=f"{event}:{report.pk}:{once}:{person.pk}",
            now=now,
        )


def on_duty(office: Organization, today: dt.date) -> list[User]:
    """Officers of the office; at the intake office the koordinator, who routes there."""
    people = officers_of(office, today)
    if office.is_intake:
        people += next(step.users for step in escalation_chain(office, today) if step.name == "COORDINATOR")
    return list({person.pk: person for person in people}.values())


def tell_checkers(report: Report, *, exclude: User, now: dt.datetime, once: str) -> None:
    """Tell the head and the colleagues that a closing waits for a second pair of eyes."""
    today = clock.local_date(now)
    head = head_of(report.office, today)
    people = {p.pk: p for p in [*officers_of(report.office, today), *([head] if head else [])]}
    people.pop(exclude.pk, None)
    link = reverse("desk:case", args=[report.KIND, report.code])
    for person in people.values():
        send(
            event="reports.check",
            to=Recipient(user=person, language=person.language),
            context={"code": report.code, "office": report.office.name, "url": settings.PUBLIC_URL + link},
            about=report,
            link=link,
            dedupe_key=f"reports.check:{report.pk}:{once}:{person.pk}",
            now=now,
        )


def ask_to_confirm_following(follower: ReportFollower, *, now: dt.datetime) -> None:
    """Send the confirmation link to somebody who typed an address; once a day at the most."""
    token = signing.dumps(follower.pk, salt=CONFIRM_SALT)
    send(
        event="reports.confirm_following",
        to=Recipient(user=None, email=follower.email, language=follower.language),
        context={"url": settings.PUBLIC_URL + reverse("reports:confirm-following", args=[token])},
        about=follower.case,
        dedupe_key=f"reports.confirm_following:{follower.pk}:{clock.local_date(now)}",
        now=now,
    )
