"""What the desk itself keeps: saved filters, who has a case open, batches of work on many cases."""

import datetime as dt
import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import status_check
from pendopo.base.organizations.roles import roles_of
from pendopo.kernel.states import Transitions


class Audience(models.TextChoices):
    MINE = "MINE", _("Hanya saya")
    OFFICE = "OFFICE", _("Kantor saya")
    ALL = "ALL", _("Semua petugas")


class SavedViewQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The own ones, those of the own offices, and those for all members of staff."""
        roles = roles_of(user)
        if not roles.is_staff:
            return self.none()
        shared = Q(audience=Audience.OFFICE, office__in=roles.offices) | Q(audience=Audience.ALL)
        return self.filter(Q(owner=roles.user_id) | shared)


class SavedView(models.Model):
    """A queue with a filter under a name. Only the question is kept, never an answer: each reader asks anew.

    `query` is the query string of the list's address, with the names of the kind's filter form.
    """

    kind = models.CharField("jenis perkara", max_length=20)
    queue = models.CharField("antrean", max_length=40)
    query = models.CharField("saringan", max_length=1000, blank=True, default="")
    name = models.CharField("nama", max_length=60)
    audience = models.CharField("untuk", max_length=6, choices=Audience.choices, default=Audience.MINE)
    office = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField("urutan", default=0)
    changed_at = models.DateTimeField("diubah pada")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "saringan tersimpan"
        verbose_name_plural = "saringan tersimpan"
        ordering = ["order", "pk"]
        indexes = [
            models.Index(fields=["office"], condition=Q(audience="OFFICE"), name="desk_view_office"),
            models.Index(fields=["audience"], condition=Q(audience="ALL"), name="desk_view_all"),
        ]
        constraints = [
            models.UniqueConstraint("owner", "kind", Lower("name"), name="desk_view_name_once"),
            models.CheckConstraint(
                condition=Q(audience="OFFICE", office__isnull=False)
                | (~Q(audience="OFFICE") & Q(office__isnull=True)),
                name="desk_view_office_only_for_offices",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """One open stream of one person at one case. Worth nothing after `expires_at`, nor after a crash.

    Written and read by presence.py only, with the clock of the database; the table is not logged (migration).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=20)
    case_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField("sampai")

    class Meta:
        verbose_name = "kehadiran"
        verbose_name_plural = "kehadiran"
        indexes = [
            models.Index(fields=["kind", "case_id"], name="desk_presence_case"),
            models.Index(fields=["expires_at"], name="desk_presence_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.kind}:{self.case_id}"


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
