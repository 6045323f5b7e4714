"""The room's news for other programs: which facts are public events, and passing them on."""

from django.utils.translation import gettext_lazy as _

from pendopo.base.clients import public as clients
from pendopo.domains.reports.published import webhook_data
from pendopo.kernel import clock

EVENTS = (
    ("report.received", _("Laporan diterima")),
    ("report.assigned", _("Laporan diteruskan ke kantor")),
    ("report.answered", _("Kantor menyatakan selesai, pelapor diminta memeriksa")),
    ("report.closed", _("Laporan selesai, diarsipkan, atau diteruskan ke luar")),
    ("report.reopened", _("Laporan dibuka lagi")),
)


def register() -> None:
    for order, (key, label) in enumerate(EVENTS):
        clients.webhook_events.register(clients.WebhookEvent(key, label, webhook_data, order))


def tell_received(report_id: int) -> None:
    clients.emit(event="report.received", subject_id=report_id, now=clock.now())


def tell_assigned(report_id: int, office_id: int, automatic: bool) -> None:
    clients.emit(event="report.assigned", subject_id=report_id, now=clock.now())


def tell_answered(report_id: int) -> None:
    clients.emit(event="report.answered", subject_id=report_id, now=clock.now())


def tell_closed(report_id: int, status: str) -> None:
    clients.emit(event="report.closed", subject_id=report_id, now=clock.now())


def tell_reopened(report_id: int) -> None:
    clients.emit(event="report.reopened", subject_id=report_id, now=clock.now())
