"""Every message that leaves or appears in an inbox is a row here first."""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.roles import roles_of
from pendopo.kernel.states import Transitions

INAPP = "INAPP"
EMAIL = "EMAIL"
PUSH = "PUSH"


class State(models.TextChoices):
    QUEUED = "QUEUED", _("menunggu dikirim")
    SENT = "SENT", _("terkirim")
    DEAD = "DEAD", _("gagal setelah beberapa kali dicoba")
    IGNORED = "IGNORED", _("gagal dan diabaikan")


TRANSITIONS = Transitions.of(
    State.QUEUED,
    {
        State.QUEUED: [State.SENT, State.DEAD],
        State.SENT: [],
        State.DEAD: [State.QUEUED, State.IGNORED],
        State.IGNORED: [],
    },
)


class NoticeQuerySet(QuerySet["Notice"]):
    def visible_to(self, user: Any) -> "NoticeQuerySet":
        """A person's own inbox."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(recipient_id=user.pk, channel=INAPP)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(channel=INAPP, read_at__isnull=True)

    def dead_for(self, user: Any) -> "NoticeQuerySet":
        """The dead-letter page: administrators see that a message failed, never its words."""
        if not roles_of(user).administers:
            return self.none()
        return self.filter(state=State.DEAD).defer("subject", "link")

    def lost(self, *, before: dt.datetime) -> "NoticeQuerySet":
        """Queued messages whose time to be tried passed before that moment: their job is gone."""
        return self.filter(state=State.QUEUED, next_attempt_at__lt=before)

    def claim(self, pk: int) -> "Notice | None":
        """The queued message, locked for this transaction; None when it is done or another worker has it."""
        return self.select_for_update(skip_locked=True).filter(pk=pk, state=State.QUEUED).first()


class Notice(models.Model):
    """One message to one address in one language over one channel."""

    token = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    event = models.CharField("peristiwa", max_length=60)
    # a channel is a name of NOTICE_ADAPTERS or INAPP; a government may add its own, so it is no fixed choice
    channel = models.CharField("saluran", max_length=12)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    address = models.CharField("alamat", max_length=254, blank=True, default="")
    language = models.CharField("bahasa", max_length=5, default="id")
    subject = models.CharField("perihal", max_length=200)
    body = models.TextField("isi", blank=True)
    link = models.CharField("tautan", max_length=300, blank=True, default="")
    sensitive = models.BooleanField("memuat kode rahasia", default=False)
    about_kind = models.CharField(max_length=60, blank=True, default="")
    about_id = models.BigIntegerField(null=True, blank=True)
    dedupe_key = models.CharField(max_length=160)
    state = models.CharField("keadaan", max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    last_error = models.CharField("kesalahan terakhir", max_length=60, blank=True, default="")
    created_at = models.DateTimeField("dibuat pada")
    next_attempt_at = models.DateTimeField("dicoba lagi pada", null=True, blank=True)
    sent_at = models.DateTimeField("terkirim pada", null=True, blank=True)
    read_at = models.DateTimeField("dibaca pada", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "pemberitahuan"
        verbose_name_plural = "pemberitahuan"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key", "channel", "recipient", "address"],
                name="notices_sent_once",
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(
                fields=["recipient", "-created_at"], condition=Q(channel="INAPP"), name="notices_inbox"
            ),
            models.Index(
                fields=["recipient"],
                condition=Q(channel="INAPP", read_at__isnull=True),
                name="notices_unread",
            ),
            models.Index(fields=["next_attempt_at"], condition=Q(state="QUEUED"), name="notices_queued"),
            models.Index(fields=["-created_at"], condition=Q(state="DEAD"), name="notices_dead"),
            # a person's messages are found when they ask for a copy or for erasure, and with the case they are about
            models.Index(fields=["address"], condition=~Q(address=""), name="notices_address"),
            models.Index(fields=["about_kind", "about_id"], condition=~Q(address=""), name="notices_about"),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.channel}"

    def move_to(self, new: State) -> None:
        """The only writer of `state`. Raises RefusedTransition; the caller saves."""
        TRANSITIONS.check(self.state, new)
        self.state = new

    def mark_read(self, now: dt.datetime) -> None:
        if self.read_at is None:
            self.read_at = now
            self.save(update_fields=["read_at"])

    def forget_words(self) -> None:
        """Drop what a stranger must not find here later; that it was sent stays. The caller saves."""
        self.body = ""
        self.link = ""


class PushSubscription(models.Model):
    """A browser that may be told something although no page is open (RFC 8030).

    Its address and keys come from the browser. The address of a notice is `token`: push addresses are long
    and are nobody's business in a list. Rooms link a subscription to what it wants to hear about.
    """

    token = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    endpoint = models.CharField("alamat layanan", max_length=1500, unique=True)
    p256dh = models.CharField("kunci peramban", max_length=100)
    auth = models.CharField("rahasia bersama", max_length=40)
    language = models.CharField("bahasa", max_length=5, default="id")
    since = models.DateTimeField("sejak")

    class Meta:
        verbose_name = "langganan kabar ponsel"
        verbose_name_plural = "langganan kabar ponsel"

    def __str__(self) -> str:
        return str(self.token)
