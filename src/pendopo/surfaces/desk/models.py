"""What the desk itself keeps: batches of work on many cases."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import status_check
from pendopo.kernel.states import Transitions


class BatchStatus(models.TextChoices):
    PENDING = "PENDING", _("menunggu, masih dapat dibatalkan")
    RUNNING = "RUNNING", _("sedang dijalankan")
    DONE = "DONE", _("selesai")
    CANCELLED = "CANCELLED", _("dibatalkan")


BATCH_TRANSITIONS = Transitions.of(
    BatchStatus.PENDING,
    {
        BatchStatus.PENDING: [BatchStatus.RUNNING, BatchStatus.CANCELLED],
        BatchStatus.RUNNING: [BatchStatus.DONE],
        BatchStatus.DONE: [],
        BatchStatus.CANCELLED: [],
    },
)


class BatchQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Only one's own: what somebody ticked and typed is nobody else's business, nor theirs to undo."""
        return self.filter(by_id=user.pk) if getattr(user, "is_authenticated", False) else self.none()


class Batch(models.Model):
    """One verb on many cases. Nothing happens before `runs_at`; until the work begins it can be undone.

    `key` is made with the form, so that a form sent twice makes one batch. `values` are the typed strings of
    the verb's form; they are read again when the work begins. `trail` is the queue with its filters.
    """

    TRANSITIONS: ClassVar[Transitions] = BATCH_TRANSITIONS

    key = models.UUIDField(unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    verb = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    trail = models.CharField(max_length=2000, blank=True, default="")
    status = models.CharField(max_length=10, choices=BatchStatus.choices, default=BatchStatus.PENDING)
    total = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    runs_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "tindakan sekaligus"
        verbose_name_plural = "tindakan sekaligus"
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["by", "-made_at"], name="desk_batch_own")]
        constraints = [status_check("desk_batch", BatchStatus.values)]

    def __str__(self) -> str:
        return f"{self.verb} × {self.total}"

    @property
    def is_open(self) -> bool:
        """Still waiting or being worked on?"""
        return self.status in {BatchStatus.PENDING, BatchStatus.RUNNING}

    @property
    def can_be_undone(self) -> bool:
        return self.status == BatchStatus.PENDING

    def seconds_left(self, now: dt.datetime) -> int:
        """Whole seconds until the work begins, 0 when the time has come."""
        return max(0, -int((now - self.runs_at).total_seconds() // 1))

    def move_to(self, new: str, *, now: dt.datetime) -> None:
        """Change the status if the table allows it; the row must be locked. Raises `RefusedTransition`."""
        self.TRANSITIONS.check(self.status, new)
        self.status = new
        self.ended_at = now if not self.is_open else None
        self.save(update_fields=["status", "ended_at"])


class Outcome(models.TextChoices):
    WAITING = "WAITING", _("menunggu")
    DONE = "DONE", _("selesai")
    REFUSED = "REFUSED", _("tidak dijalankan")
    FAILED = "FAILED", _("gangguan")


class BatchItem(models.Model):
    """One case of a batch. `version` is the case's when it was chosen, `left_at_version` after the act."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    case_id = models.BigIntegerField()
    code = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.WAITING)
    reason = models.CharField(max_length=300, blank=True, default="")
    left_at_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "kasus dalam tindakan sekaligus"
        verbose_name_plural = "kasus dalam tindakan sekaligus"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["batch"], condition=Q(outcome="WAITING"), name="desk_item_waiting"),
            models.Index(fields=["case_id"], name="desk_item_case"),
        ]
        constraints = [models.UniqueConstraint(fields=["batch", "case_id"], name="desk_item_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.outcome}"
