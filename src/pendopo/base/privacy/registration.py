"""What the privacy room shows to others, registered once when Django is ready."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.base.privacy import seeds
from pendopo.base.privacy.models import DataRequest, LegalHold, Status, Tombstone
from pendopo.base.registries import personal
from pendopo.base.registries.personal import Buried, Erased, Erasure, Holding, Subject


def _write_tombstone(buried: Buried, now: dt.datetime) -> None:
    Tombstone.objects.get_or_create(
        case_kind=buried.kind,
        case_id=buried.case_id,
        defaults={
            "code": buried.code,
            "last_state": buried.last_state,
            "category": buried.category,
            "reason": buried.reason,
            "received_on": buried.received_on,
            "closed_on": buried.closed_on,
            "buried_at": now,
        },
    )


def _collect(subject: Subject) -> Holding:
    return Holding(
        [
            {
                "nomor": one.code,
                "diminta": one.asked_at,
                "keadaan": str(Status(one.status).label),
                "pesan": one.wish,
                "diputus": one.decided_at,
                "penjelasan": one.explanation,
            }
            for one in DataRequest.objects.of(subject)
        ]
    )


def _erase(order: Erasure) -> Erased:
    """Finished requests forget their person by themselves; the running one is wiped when it ends."""
    return Erased()


def register() -> None:
    personal.use_graveyard(_write_tombstone)
    registries.seeds.register(
        registries.Seed("privacy", "Lama simpan dan batas waktu data pribadi", seeds.load, order=40)
    )
    registries.states.register(
        registries.PrintableState(
            "privacy", DataRequest.TRANSITIONS, {str(s.value): str(s.label) for s in Status}
        )
    )
    personal.holders.register(
        personal.PersonalDataHolder(
            "privacy",
            _("Permintaan tentang data pribadi"),
            what=_(
                "Permintaan penghapusan: alamat pemohon sampai diputus, lalu hanya nomor dan keputusannya."
            ),
            whose=_("Pemohon"),
            where=f"{DataRequest._meta.db_table}, {LegalHold._meta.db_table}",
            collect=_collect,
            erase=_erase,
            order=88,
        )
    )
