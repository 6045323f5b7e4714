"""Settings and builders for tests of mails that become reports."""

import datetime as dt
from typing import Any

from pendopo.base.mailroom.models import Mail
from pendopo.base.mailroom.testing import taken_in
from pendopo.base.mailroom.tests.letters import OURS, SERVER, a_mail
from pendopo.base.notices.delivery import attempt as deliver
from pendopo.base.notices.models import Notice, State

RINA = "rina@contoh.example"


def opened(settings: Any) -> None:
    """Mail comes in at this address, judged by this server."""
    settings.MAIL_IN_ADDRESS, settings.MAIL_IN_AUTHSERV_ID = OURS, SERVER
    settings.DEFAULT_FROM_EMAIL = "kabar@kota.example"


def arrives(now: dt.datetime, *, recipient: str = "", **parts: Any) -> Mail:
    """`a_mail` read by the worker."""
    return taken_in(a_mail(**parts), now=now, recipient=recipient)


def answer_address(event: str, report_id: int) -> str:
    """The address that our last letter of that event asked to answer to."""
    token = Notice.objects.filter(event=event, about_id=report_id, channel="EMAIL").latest("pk").token
    local, _at, domain = OURS.rpartition("@")
    return f"{local}+{token.hex}@{domain}"


def sent(now: dt.datetime) -> None:
    """What the worker would send now."""
    for notice in Notice.objects.filter(state=State.QUEUED, channel="EMAIL"):
        deliver(notice_id=notice.pk, now=now)
