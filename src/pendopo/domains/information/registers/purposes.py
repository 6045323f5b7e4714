"""For half an hour after somebody of PPID Utama stated a purpose, registers show them who asked."""

import datetime as dt

from django.http import HttpRequest

from pendopo.domains.information.policy import who
from pendopo.kernel import clock

_KEPT = "information.register_purpose"
HOLDS = dt.timedelta(minutes=30)


def open_for(request: HttpRequest, purpose: str, *, now: dt.datetime) -> None:
    request.session[_KEPT] = {"purpose": purpose, "until": (now + HOLDS).isoformat()}


def close(request: HttpRequest) -> None:
    request.session.pop(_KEPT, None)


def of(request: HttpRequest, *, now: dt.datetime | None = None) -> str:
    """The stated purpose, "" when there is none, it is too old, or the person serves no requests any more."""
    kept = request.session.get(_KEPT)
    if not kept or not who.serves_requests(request.user):
        return ""
    if dt.datetime.fromisoformat(kept["until"]) <= (now or clock.now()):
        return ""
    return str(kept["purpose"])
