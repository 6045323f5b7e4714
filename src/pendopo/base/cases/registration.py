"""What the room shows to others, registered once when Django is ready."""

from django.utils.translation import gettext_lazy as _

from pendopo.base.audit import verbs
from pendopo.base.notices import events


def register() -> None:
    """Called from `apps.ready` only."""
    verbs.register(
        "cases.deadline_moved", _("Batas waktu {step} berubah dari {old} menjadi {new} karena kalender.")
    )
    events.register("cases.soon", _("Batas waktu mendekat"))
    events.register("cases.late", _("Batas waktu lewat"))
