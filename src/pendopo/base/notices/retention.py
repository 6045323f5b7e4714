"""How messages are forgotten. What is gone cannot leak (UU 27/2022, article 16: personal data).

When is a row of the privacy room; how is here. An inbox is a work list, not an archive: the case itself keeps
its history, so old inbox rows go whole. A message that left the house stays as a row without words and address.
"""

import datetime as dt

from django.db import transaction
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from pendopo.base.notices.models import INAPP, Notice, State
from pendopo.base.registries.personal import Held

GONE = "dihapus:"  # stands where the address was; with the id, so that no two messages become the same
_GONE_ADDRESS = Concat(Value(GONE), Cast(F("pk"), CharField()))


def sent(before: dt.datetime) -> QuerySet[Notice]:
    """Messages that left the house before that moment and still know to whom."""
    return _outside().filter(state=State.SENT, sent_at__lt=before)


def dead(before: dt.datetime) -> QuerySet[Notice]:
    """A dead message nobody looked at for so long is not worth sending any more."""
    return _outside().filter(state__in=[State.DEAD, State.IGNORED], created_at__lt=before)


def inbox(before: dt.datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(channel=INAPP, created_at__lt=before)


def under_hold(held: Held) -> Q:
    """Messages to held people. What is about a held case is found again in the case itself."""
    return Q(recipient__in=held.users) | Q(address__in=[*held.emails, *held.phones])


@transaction.atomic
def forget_words(*, pk: int, now: dt.datetime) -> bool:
    """Wipe words, link and address of one message; that it was sent stays."""
    return bool(wipe(_outside().filter(pk=pk)))


@transaction.atomic
def remove(*, pk: int, now: dt.datetime) -> bool:
    return bool(Notice.objects.filter(pk=pk).delete()[0])


def wipe(notices: QuerySet[Notice]) -> int:
    """Forget what was said and to whom, for many messages. Queued ones are never sent."""
    waiting = notices.filter(state=State.QUEUED).delete()[0]
    return waiting + notices.update(body="", link="", address=_GONE_ADDRESS)


def forget_about(kind: str, pk: int) -> int:
    """Forget addresses and words of every message about one subject that was sent to an outside address."""
    about = Notice.objects.filter(about_kind=kind, about_id=pk).exclude(address="")
    return wipe(about.filter(recipient=None).exclude(address__startswith=GONE))


def _outside() -> QuerySet[Notice]:
    return Notice.objects.exclude(channel=INAPP).exclude(address__startswith=GONE)
