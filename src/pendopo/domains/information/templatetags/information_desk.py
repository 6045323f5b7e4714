"""`{% load information_desk %}`: short words and shapes of PPID's cases for dense staff screens."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendopo.domains.information import desk, desk_disputes, desk_objections
from pendopo.domains.information.models import (
    DisputeStatus,
    ObjectionStatus,
    RequestChannel,
    RequesterKind,
    RequestStatus,
)

register = template.Library()
_SHORT: dict[str, str | Promise] = {
    RequestStatus.REGISTERED: _("Terdaftar"),
    RequestStatus.INCOMPLETE: _("Menunggu pemohon"),
    RequestStatus.IN_PROGRESS: _("Diproses"),
    RequestStatus.GRANTED: _("Dikabulkan"),
    RequestStatus.DELIVERED: _("Diserahkan"),
    RequestStatus.REFUSED: _("Ditolak"),
    RequestStatus.NOT_HELD: _("Tidak dikuasai"),
    RequestStatus.WITHDRAWN: _("Dicabut"),
    RequestStatus.LAPSED: _("Gugur"),
}
_KINDS: dict[str, str | Promise] = {
    RequesterKind.PERSON: _("perorangan"),
    RequesterKind.LEGAL_ENTITY: _("badan hukum"),
    RequesterKind.GROUP: _("kelompok"),
}


@register.filter
def request_status(status: str) -> str:
    """A request's status in at most two words."""
    return str(_SHORT[RequestStatus(status)])


@register.filter
def request_tone(status: str) -> str:
    return desk.tone_of(status)


@register.filter
def channel(key: str) -> str:
    """The way a request came in, in words."""
    return str(RequestChannel(key).label)


@register.filter
def requester(kind: str) -> str:
    return str(_KINDS[RequesterKind(kind)])


@register.filter
def objection_tone(status: str) -> str:
    return desk_objections.TONES[ObjectionStatus(status)]


@register.filter
def dispute_tone(status: str) -> str:
    return desk_disputes.tone_of(DisputeStatus(status))
