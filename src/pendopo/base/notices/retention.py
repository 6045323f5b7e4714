"""How long words of messages are kept. What is gone cannot leak (UU 27/2022, article 16: personal data)."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from pendopo.base.notices.models import INAPP, Notice, State

# Long enough to answer "I never got your mail", and no longer: mails to citizens hold their words and links.
KEEP_SENT = dt.timedelta(days=30)
# A dead message nobody looked at for a quarter is not worth sending any more.
KEEP_DEAD = dt.timedelta(days=90)
# An inbox is a work list, not an archive: the case itself keeps its history.
KEEP_INBOX = dt.timedelta(days=365)


@transaction.atomic
def forget(*, now: dt.datetime) -> int:
    """Wipe what is old. Returns the number of messages touched."""
    sent = Q(state=State.SENT, sent_at__lt=now - KEEP_SENT)
    dead = Q(state__in=[State.DEAD, State.IGNORED], created_at__lt=now - KEEP_DEAD)
    wiped = (
        Notice.objects.exclude(channel=INAPP).exclude(body="").filter(sent | dead).update(body="", link="")
    )
    deleted, _by_model = Notice.objects.filter(channel=INAPP, created_at__lt=now - KEEP_INBOX).delete()
    return wiped + deleted
