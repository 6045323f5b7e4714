"""`{% load reports_staff %}`: short words and shapes of a report for dense staff screens."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import Urgency
from pendopo.domains.reports.models import Status
from pendopo.domains.reports.phrases import tone_of

register = template.Library()

_SHORT: dict[str, str | Promise] = {
    Status.RECEIVED: _("Diterima"),
    Status.VERIFIED: _("Diverifikasi"),
    Status.ASSIGNED: _("Didisposisikan"),
    Status.IN_PROGRESS: _("Ditindaklanjuti"),
    Status.AWAITING_INFO: _("Menunggu pelapor"),
    Status.ANSWERED: _("Menunggu konfirmasi"),
    Status.CLOSED_BY_CITIZEN: _("Selesai (pelapor)"),
    Status.CLOSED_BY_OFFICER: _("Selesai (petugas)"),
    Status.CLOSED_BY_SYSTEM: _("Selesai (sistem)"),
    Status.ARCHIVED: _("Diarsipkan"),
    Status.REOPENED: _("Dibuka lagi"),
    Status.FORWARDED: _("Diteruskan ke luar"),
    Status.MERGED: _("Digabung"),
}
_URGENCY = {Urgency.EMERGENCY: "late", Urgency.HIGH: "waiting", Urgency.NORMAL: "plain"}


@register.filter
def short_status(status: str) -> str:
    """A status in at most two words."""
    return str(_SHORT[Status(status)])


@register.filter
def status_tone(status: str) -> str:
    return tone_of(status)


@register.filter
def urgency_tone(urgency: int) -> str:
    return _URGENCY[Urgency(urgency)]
