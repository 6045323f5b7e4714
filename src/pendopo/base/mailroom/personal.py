"""What the mailroom knows about people, for their copy, for erasing, and for the clock."""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.mailroom.models import WAITING, Mail, RawMail, Status
from pendopo.base.registries import personal
from pendopo.base.registries.personal import Erased, Erasure, Held, Holding, Subject


def _of(subject: Subject) -> QuerySet[Mail]:
    return Mail.objects.filter(sender__in=subject.emails)


def collect(subject: Subject) -> Holding:
    return Holding(
        [
            {
                "pada": mail.received_at,
                "dari": mail.sender,
                "nama": mail.sender_name,
                "perihal": mail.subject,
                "isi": mail.words,
                "lampiran": mail.enclosed,
                "keadaan": str(mail.get_status_display()),
            }
            for mail in _of(subject).order_by("received_at")
        ]
    )


def erase(order: Erasure) -> Erased:
    """Mails of these addresses. One that waits is nothing without its sender, so it is deleted whole; of one
    that was dealt with stays only that it came, or nothing when the words are to go."""
    found = _of(order.subject)
    held = found.filter(under_hold(order.held)).count()
    free = found.exclude(under_hold(order.held))
    whole = free if order.words else free.filter(status__in=[*WAITING, Status.RECEIVED])
    done = whole.count()
    whole.delete()
    return Erased(done + _wipe(free.filter(forgotten_at=None), order.now), held)


def under_hold(held: Held) -> Q:
    """Mails of held people and about held cases."""
    found = Q(sender__in=held.emails)
    for kind, pk in held.cases:
        found |= Q(about_kind__startswith=f"{kind}.", about_id=pk)
    return found


def _wipe(mails: QuerySet[Mail], now: dt.datetime) -> int:
    RawMail.objects.filter(mail__in=mails.values("pk")).delete()
    return mails.update(
        sender="",
        sender_name="",
        subject="",
        words="",
        enclosed=[],
        remark="",
        recipient="",
        forgotten_at=now,
    )


def _done(before: dt.datetime) -> QuerySet[Mail]:
    """Mails that became something or were thrown away; that they came stays."""
    done = Mail.objects.filter(status__in=[Status.HANDLED, Status.DISCARDED], forgotten_at=None)
    return done.filter(done_at__lt=before)


def _ignored(before: dt.datetime) -> QuerySet[Mail]:
    return Mail.objects.filter(status=Status.IGNORED, done_at__lt=before)


def _waiting(before: dt.datetime) -> QuerySet[Mail]:
    """Mails nobody decided about for so long."""
    return Mail.objects.filter(status__in=WAITING, done_at__lt=before)


@transaction.atomic
def _forget(*, pk: int, now: dt.datetime) -> bool:
    return bool(_wipe(Mail.objects.filter(pk=pk, forgotten_at=None), now))


@transaction.atomic
def _delete(*, pk: int, now: dt.datetime) -> bool:
    return bool(Mail.objects.filter(pk=pk).delete()[0])


def register() -> None:
    """Called once from `apps.ready`."""
    personal.holders.register(
        personal.PersonalDataHolder(
            "mailroom",
            _("Surat masuk"),
            what=_("Surel yang dikirim kepada kami: alamat, nama, perihal, isi, dan nama lampirannya."),
            whose=_("Siapa saja yang menyurati kami"),
            where="mailroom_mail, mailroom_rawmail",
            collect=collect,
            erase=erase,
            order=15,
        )
    )
    rows = (
        ("mailroom.done", _("Surat masuk yang sudah ditangani"), _("surat ditangani"),
         _("Alamat, perihal, dan keterangan dihapus; catatan bahwa surat pernah datang tetap."), _done, _forget),
        ("mailroom.ignored", _("Surat masuk yang tidak diteruskan"), _("surat dibaca"),
         _("Dihapus seluruhnya."), _ignored, _delete),
        ("mailroom.waiting", _("Surat masuk yang tidak diputuskan siapa pun"), _("surat dibaca"),
         _("Dihapus seluruhnya."), _waiting, _delete),
    )  # fmt: skip
    for order, (key, label, since, outcome, due, act) in enumerate(rows):
        personal.keepers.register(
            personal.Keeper(key, label, since, outcome, due, under_hold, act, 60 + order)
        )
