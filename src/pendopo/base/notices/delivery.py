"""One try to deliver one message, and what follows from failing."""

import datetime as dt
import logging

from django.db import DatabaseError, transaction

from pendopo.base.notices import events
from pendopo.base.notices.channels import Failure, PermanentFailure, TemporaryFailure, adapters
from pendopo.base.notices.models import Notice, State
from pendopo.base.notices.retention import GONE

logger = logging.getLogger(__name__)

# Waiting time after the first, second, … failed try. A mail server that is down for a night is survived;
# after the last wait (about 15 hours in all) a person has to look: the message is dead.
BACK_OFF = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=20),
    dt.timedelta(hours=1),
    dt.timedelta(hours=3),
    dt.timedelta(hours=5),
    dt.timedelta(hours=6),
)
MAX_ATTEMPTS = len(BACK_OFF) + 1


@transaction.atomic
def attempt(*, notice_id: int, now: dt.datetime) -> Notice | None:
    """Deliver a queued message. Returns it when it must be tried again at `next_attempt_at`, else None.

    The row stays locked while the channel works, so two workers never send one message at a time. A worker
    that dies after sending leaves the row queued: it is sent again under the same identity.
    """
    notice = Notice.objects.claim(notice_id)
    if notice is None:
        return None
    try:
        _deliver(notice, now)
    except Failure as failure:
        _failed(notice, failure, now)
    else:
        notice.move_to(State.SENT)
        notice.sent_at = now
        notice.attempts += 1
        notice.last_error = ""
    if notice.sensitive and notice.state != State.QUEUED:
        notice.forget_words()
        if _forgets_address(notice):
            notice.address = f"{GONE}{notice.pk}"
    notice.save()
    return notice if notice.state == State.QUEUED else None


def _deliver(notice: Notice, now: dt.datetime) -> None:
    adapter = adapters().get(notice.channel)
    if adapter is None:
        raise PermanentFailure("NoAdapter")
    if _too_late(notice, now):
        raise PermanentFailure("TooLate")
    try:
        adapter.deliver(notice)
    except (Failure, DatabaseError):
        raise
    except Exception as error:  # a bug in one adapter must not stop the others, nor show the words in a log
        raise TemporaryFailure(type(error).__name__) from None


def _failed(notice: Notice, failure: Failure, now: dt.datetime) -> None:
    notice.attempts += 1
    notice.last_error = failure.reason[:60]
    if isinstance(failure, PermanentFailure) or notice.attempts >= MAX_ATTEMPTS:
        notice.move_to(State.DEAD)
        logger.error("notice %s (%s) is dead: %s", notice.pk, notice.event, failure.reason)
    else:
        notice.next_attempt_at = now + BACK_OFF[notice.attempts - 1]
        logger.warning("notice %s (%s) waits: %s", notice.pk, notice.event, failure.reason)


def _forgets_address(notice: Notice) -> bool:
    try:
        return events.get(notice.event).forgets_address
    except events.UnknownEvent:
        return False


def _too_late(notice: Notice, now: dt.datetime) -> bool:
    try:
        limit = events.get(notice.event).give_up_after
    except events.UnknownEvent:  # the room was removed while its message waited
        return False
    return limit is not None and now > notice.created_at + limit
