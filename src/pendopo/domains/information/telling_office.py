"""What offices hear of what citizens did: reactions to the room's own facts, each a job of its own.

A job, because whoever asks for the next number waits for the transaction that takes a request in. Safe to run twice.
"""

from django.db import transaction

from pendopo.domains.information import telling_desk
from pendopo.domains.information.models import InformationRequest, Objection
from pendopo.kernel import clock


@transaction.atomic
def request_received(*, request_id: int) -> None:
    """PPID Utama's people, but for who wrote it down at the counter."""
    request = _request(request_id)
    if request.handler_id is None and request.closed_at is None:
        but = request.entered_by_id
        telling_desk.tell_handler(request, "information.arrived", now=clock.now(), once="1", but=but)


@transaction.atomic
def request_completed(*, request_id: int) -> None:
    request = _request(request_id)
    times = request.clocks.filter(step="complete").count()  # asked and completed again is news again
    telling_desk.tell_handler(request, "information.completed_desk", now=clock.now(), once=str(times))


@transaction.atomic
def request_withdrawn(*, request_id: int) -> None:
    """Only who had work with it."""
    request = _request(request_id)
    if request.handler_id is not None:
        telling_desk.tell_handler(request, "information.withdrawn_desk", now=clock.now(), once="1")


@transaction.atomic
def requester_wrote(*, request_id: int, message_id: int) -> None:
    telling_desk.tell_handler(
        _request(request_id), "information.wrote_desk", now=clock.now(), once=str(message_id)
    )


@transaction.atomic
def objection_filed(*, objection_id: int) -> None:
    """Atasan PPID, who answers, and PPID Utama, who prepares."""
    objection = _objection(objection_id)
    if objection.closed_at is None:
        telling_desk.tell_answerer(objection, "objections.arrived", now=clock.now(), once="1")
        telling_desk.tell_ppid(objection, "objections.arrived", now=clock.now(), once="1")


@transaction.atomic
def objection_withdrawn(*, objection_id: int) -> None:
    objection = _objection(objection_id)
    telling_desk.tell_answerer(objection, "objections.withdrawn_desk", now=clock.now(), once="1")


def _request(request_id: int) -> InformationRequest:
    rows = InformationRequest.objects.select_related("office", "handler").defer("search")
    found: InformationRequest = rows.get(pk=request_id)
    return found


def _objection(objection_id: int) -> Objection:
    rows = Objection.objects.select_related("office", "handler", "request__handler")
    found: Objection = rows.defer("request__search").get(pk=objection_id)
    return found
