"""Every message that leaves or appears in an inbox is a row here first."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from pendopo.base.organizations.roles import roles_of


class Channel(models.TextChoices):
    EMAIL = "EMAIL", "surel"
    INAPP = "INAPP", "kotak masuk"


class State(models.TextChoices):
    QUEUED = "QUEUED", "menunggu dikirim"
    SENT = "SENT", "terkirim"
    DEAD = "DEAD", "gagal setelah beberapa kali dicoba"


class NoticeQuerySet(QuerySet["Notice"]):
    def visible_to(self, user: Any) -> "NoticeQuerySet":
        """A person's own inbox."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(recipient_id=user.pk, channel=Channel.INAPP)

    def dead_for(self, user: Any) -> "NoticeQuerySet":
        """The dead-letter page: administrators see that a message failed, never its words."""
        return self.filter(state=State.DEAD) if roles_of(user).administers else self.none()


class Notice(models.Model):
    """One message to one address in one language over one channel."""

    event = models.CharField("peristiwa", max_length=60)
    channel = models.CharField("saluran", max_length=5, choices=Channel.choices)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    address = models.CharField("alamat", max_length=254, blank=True, default="")
    language = models.CharField("bahasa", max_length=5, default="id")
    subject = models.CharField("perihal", max_length=200)
    body = models.TextField("isi")
    link = models.CharField("tautan", max_length=300, blank=True, default="")
    about_kind = models.CharField(max_length=60, blank=True, default="")
    about_id = models.BigIntegerField(null=True, blank=True)
    dedupe_key = models.CharField(max_length=160, unique=True)
    state = models.CharField("keadaan", max_length=6, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    last_error = models.CharField("kesalahan terakhir", max_length=300, blank=True, default="")
    created_at = models.DateTimeField("dibuat pada")
    sent_at = models.DateTimeField("terkirim pada", null=True, blank=True)
    read_at = models.DateTimeField("dibaca pada", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "pemberitahuan"
        verbose_name_plural = "pemberitahuan"
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["recipient", "-created_at"], condition=Q(channel="INAPP"), name="notices_inbox"
            ),
            models.Index(fields=["state", "created_at"], name="notices_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.channel}"
