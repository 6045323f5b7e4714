"""Neighbours who want to hear about a public report."""

import datetime as dt
from typing import Any

from django.db import transaction

from pendopo.domains.reports import telling
from pendopo.domains.reports.models import Report, ReportFollower


@transaction.atomic
def follow(*, slug: str, by: Any, email: str, language: str, now: dt.datetime) -> None:
    """Ask to hear about a public report. An address must first confirm by the link it gets.

    Says nothing about whether the address followed before. Raises Report.DoesNotExist.
    """
    report = Report.objects.visible_to(by).public().get(slug=slug)
    if getattr(by, "is_authenticated", False):
        ReportFollower.objects.get_or_create(
            case=report, user=by, defaults={"since": now, "confirmed_at": now, "language": language}
        )
        return
    follower, _new = ReportFollower.objects.get_or_create(
        case=report, email=email.strip().lower(), defaults={"since": now, "language": language}
    )
    if follower.confirmed_at is None:
        telling.ask_to_confirm_following(follower, now=now)


@transaction.atomic
def confirm_following(*, follower_id: int, now: dt.datetime) -> Report | None:
    """The address proved itself. None when the wish is gone or the report is no longer public."""
    follower = ReportFollower.objects.select_for_update(of=("self",)).filter(pk=follower_id).first()
    if follower is None:
        return None
    if follower.confirmed_at is None:
        follower.confirmed_at = now
        follower.save(update_fields=["confirmed_at"])
    return Report.objects.public().filter(pk=follower.case_id).first()


@transaction.atomic
def unfollow(*, follower_id: int) -> None:
    """Stop hearing about a report. Stopping twice is fine."""
    ReportFollower.objects.filter(pk=follower_id).delete()
