"""What the outbox knows about people, for their copy, for erasing, and for the clock."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.notices import events, retention
from pendopo.base.notices.models import INAPP, Notice
from pendopo.base.registries import personal
from pendopo.base.registries.personal import Erased, Erasure, Holding, Subject


def _of(subject: Subject) -> QuerySet[Notice]:
    mine = Q(recipient=subject.user_id) if subject.user_id else Q(pk__in=[])
    return Notice.objects.filter(mine | Q(address__in=[*subject.emails, *subject.phones]))


def collect(subject: Subject) -> Holding:
    return Holding([_told(notice) for notice in _of(subject).order_by("created_at")])


def _told(notice: Notice) -> dict[str, Any]:
    return {
        "pada": notice.created_at,
        "peristiwa": events.label_of(notice.event),
        "saluran": notice.channel,
        "alamat": "" if notice.address.startswith(retention.GONE) else notice.address,
        "perihal": notice.subject,
        # a one-time code or link must not be read in a copy that lies around
        "isi": "" if notice.sensitive else notice.body,
        "keadaan": str(notice.get_state_display()),
        "terkirim": notice.sent_at,
        "dibaca": notice.read_at,
    }


def erase(order: Erasure) -> Erased:
    found = _of(order.subject)
    protected = retention.under_hold(order.held)
    free = found.exclude(protected)
    held = found.filter(protected).count()
    gone = free.filter(channel=INAPP).delete()[0]
    outside = free.exclude(channel=INAPP).exclude(address__startswith=retention.GONE)
    return Erased(gone + retention.wipe(outside), held)


def register() -> None:
    """Called once from `apps.ready`."""
    personal.holders.register(
        personal.PersonalDataHolder(
            "notices",
            _("Pemberitahuan"),
            what=_("Pesan yang kami kirim: alamat tujuan, perihal, isi, dan waktunya."),
            whose=_("Siapa saja yang kami kabari"),
            where="notices_notice",
            collect=collect,
            erase=erase,
            order=80,
        )
    )
    keepers = (
        ("notices.sent", _("Isi dan alamat pesan terkirim"), _("pesan terkirim"), retention.sent),
        ("notices.dead", _("Isi dan alamat pesan gagal"), _("pesan dibuat"), retention.dead),
    )
    for order, (key, label, since, due) in enumerate(keepers):
        personal.keepers.register(
            personal.Keeper(
                key, label, since, _("Isi dan alamat dihapus; catatan bahwa pesan pernah ada tetap."),
                due, retention.under_hold, retention.forget_words, 50 + order,
            )
        )  # fmt: skip
    personal.keepers.register(
        personal.Keeper(
            "notices.inbox", _("Kotak masuk"), _("pesan dibuat"), _("Pesan dihapus dari kotak masuk."),
            retention.inbox, retention.under_hold, retention.remove, 55,
        )
    )  # fmt: skip
