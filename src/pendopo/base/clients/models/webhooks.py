"""Whom we call when something public happened, and each call until it arrived or died."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.clients.models.client import ApiClient, manages
from pendopo.kernel.states import Transitions


class SubscriptionStatus(models.TextChoices):
    ACTIVE = "ACTIVE", _("mengirim")
    PAUSED = "PAUSED", _("dijeda")


class DeliveryStatus(models.TextChoices):
    QUEUED = "QUEUED", _("menunggu dikirim")
    SENT = "SENT", _("sampai")
    DEAD = "DEAD", _("gagal")
    DROPPED = "DROPPED", _("tidak dikirim lagi")


_S, _D = SubscriptionStatus, DeliveryStatus
SUBSCRIPTION = Transitions.of(_S.ACTIVE, {_S.ACTIVE: [_S.PAUSED], _S.PAUSED: [_S.ACTIVE]})
DELIVERY = Transitions.of(
    _D.QUEUED,
    {
        _D.QUEUED: [_D.SENT, _D.DEAD, _D.DROPPED],
        _D.DEAD: [_D.QUEUED, _D.DROPPED],
        _D.SENT: [],
        _D.DROPPED: [],
    },
)


class SubscriptionQuerySet(QuerySet["WebhookSubscription"]):
    def visible_to(self, user: Any) -> "SubscriptionQuerySet":
        return self.all() if manages(user) else self.none()

    def listening(self, event: str, *, on: dt.date) -> "SubscriptionQuerySet":
        """Those that want this event on that day."""
        clients = ApiClient.objects.usable(on=on)
        return self.filter(status=_S.ACTIVE, events__contains=[event], client__in=clients)


class WebhookSubscription(models.Model):
    """An address of a client that hears about public events.

    The signing secret is never stored: it follows from `seed` and the installation's SECRET_KEY (signing.py).
    For a day after a change the old `previous_seed` signs too. `failing_since` is the first of the failures
    since the last call that arrived.
    """

    TRANSITIONS: ClassVar[Transitions] = SUBSCRIPTION

    client = models.ForeignKey(ApiClient, models.CASCADE, related_name="webhooks")
    url = models.CharField("alamat", max_length=500)
    events = ArrayField(models.CharField(max_length=60), verbose_name="peristiwa")
    status = models.CharField("keadaan", max_length=8, choices=_S.choices, default=_S.ACTIVE)
    pause_reason = models.CharField("alasan dijeda", max_length=120, blank=True, default="")
    seed = models.CharField(max_length=64)
    previous_seed = models.CharField(max_length=64, blank=True, default="")
    previous_until = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField("gagal sejak", null=True, blank=True)
    last_sent_at = models.DateTimeField("terakhir sampai", null=True, blank=True)
    created_at = models.DateTimeField("dibuat pada")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = "langganan kabar"
        verbose_name_plural = "langganan kabar"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=_S.values), name="clients_subscription_known_status"
            ),
            models.UniqueConstraint(fields=["client", "url"], name="clients_one_subscription_an_address"),
        ]

    def __str__(self) -> str:
        return self.url

    def move_to(self, new: str) -> None:
        """The only writer of `status`. Raises RefusedTransition; the caller saves."""
        self.TRANSITIONS.check(self.status, new)
        self.status = new


class DeliveryQuerySet(QuerySet["WebhookDelivery"]):
    def visible_to(self, user: Any) -> "DeliveryQuerySet":
        return self.all() if manages(user) else self.none()

    def dead(self) -> "DeliveryQuerySet":
        return self.filter(status=_D.DEAD)

    def lost(self, *, before: dt.datetime) -> "DeliveryQuerySet":
        """Queued calls whose time passed before that moment: their job is gone."""
        return self.filter(status=_D.QUEUED, next_attempt_at__lt=before)

    def claim(self, pk: uuid.UUID) -> "WebhookDelivery | None":
        """The queued call, locked for this transaction; None when it is done or another worker has it."""
        found = self.select_related("subscription__client").select_for_update(skip_locked=True, of=("self",))
        return found.filter(pk=pk, status=_D.QUEUED).first()


class WebhookDelivery(models.Model):
    """One call. It keeps which event of which subject, never words: the body is made when it is sent, from
    what is public then, so a report that became secret meanwhile is never told.
    """

    TRANSITIONS: ClassVar[Transitions] = DELIVERY

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subscription = models.ForeignKey(WebhookSubscription, models.CASCADE, related_name="deliveries")
    event = models.CharField("peristiwa", max_length=60)
    subject_id = models.BigIntegerField()
    happened_at = models.DateTimeField("terjadi pada")
    status = models.CharField("keadaan", max_length=8, choices=_D.choices, default=_D.QUEUED)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    next_attempt_at = models.DateTimeField("dicoba lagi pada", null=True, blank=True)
    last_answer = models.CharField("jawaban terakhir", max_length=120, blank=True, default="")
    sent_at = models.DateTimeField("sampai pada", null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "kiriman kabar"
        verbose_name_plural = "kiriman kabar"
        ordering = ["-happened_at", "-pk"]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(status="QUEUED"), name="clients_queued"),
            models.Index(fields=["-happened_at"], condition=Q(status="DEAD"), name="clients_dead"),
            models.Index(fields=["happened_at"], name="clients_delivery_time"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=_D.values), name="clients_delivery_known_status")
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.subscription_id}"

    def move_to(self, new: str) -> None:
        """The only writer of `status`. Raises RefusedTransition; the caller saves."""
        self.TRANSITIONS.check(self.status, new)
        self.status = new
