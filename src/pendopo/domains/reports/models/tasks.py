"""Parts of a report that several offices do: each with its own clock, conversation and links for outsiders."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import LIVE_TASKS, AbstractClock, AbstractTask, case_link
from pendopo.base.organizations.roles import roles_of
from pendopo.domains.reports.models.report import Report


class TaskQuerySet(QuerySet):
    """Reading tasks. A task opens the task to the asked office, not the report."""

    def visible_to(self, user: Any) -> Self:
        """Tasks asked of the own offices, and those of reports on the own desk. Never of a secret report."""
        roles = roles_of(user)
        if not roles.is_staff:
            return self.none()
        known = self.filter(case__secret=False)
        if roles.sees_all:
            return known
        return known.filter(Q(office_id__in=roles.offices) | Q(case__office_id__in=roles.offices))

    def asked_of(self, offices: Any) -> Self:
        return self.filter(office_id__in=list(offices), case__secret=False)

    def live(self) -> Self:
        return self.filter(status__in=LIVE_TASKS)


class ReportTask(AbstractTask):
    case = case_link(Report, "tasks")

    objects = TaskQuerySet.as_manager()

    class Meta(AbstractTask.Meta):
        verbose_name = "tugas kantor lain"


class ReportTaskClock(AbstractClock):
    """The clock of one task. With `chosen` the officer set the day; a changed calendar then moves nothing."""

    task = models.OneToOneField(ReportTask, models.CASCADE, related_name="clock")
    chosen = models.BooleanField("tanggal dipilih petugas", default=False)

    class Meta:
        verbose_name = "jam tugas"
        indexes = [
            models.Index(
                fields=["next_look_on"], condition=Q(stopped_at__isnull=True), name="reports_task_look"
            )
        ]


class TaskNoteQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Words about tasks that this person may see."""
        return self.filter(task__in=ReportTask.objects.visible_to(user))


class TaskNote(models.Model):
    """Words between the asking and the asked office. Apart from the report's own conversation and notes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(ReportTask, models.CASCADE, related_name="notes")
    body = models.TextField("isi")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    office = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    at = models.DateTimeField("pada")

    objects = TaskNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "percakapan tugas"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"catatan tugas {self.task_id}"


class TaskLink(models.Model):
    """A signed way to one task for somebody without an account. Ends by revoking, by its day, or with the task."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(ReportTask, models.CASCADE, related_name="links")
    name = models.CharField("nama", max_length=80)
    role = models.CharField("sebagai", max_length=80)
    phone = models.CharField("nomor telepon", max_length=20, blank=True, default="")
    email = models.EmailField("surel", blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField("dibuat pada")
    expires_at = models.DateTimeField("berlaku sampai")
    revoked_at = models.DateTimeField("dicabut pada", null=True, blank=True)
    opened = models.PositiveIntegerField("kali dibuka", default=0)
    opened_at = models.DateTimeField("terakhir dibuka", null=True, blank=True)

    class Meta:
        verbose_name = "tautan tugas"
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"tautan {self.pk}"


class TaskUpdate(models.Model):
    """What somebody with a link told. It changes nothing until an officer has accepted it."""

    class Kind(models.TextChoices):
        STARTED = "STARTED", _("mulai dikerjakan")
        DONE = "DONE", _("selesai dikerjakan")
        NOT_MINE = "NOT_MINE", _("bukan tugas saya")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(TaskLink, models.CASCADE, related_name="updates")
    kind = models.CharField("kabar", max_length=8, choices=Kind.choices)
    words = models.TextField("keterangan", blank=True, default="")
    at = models.DateTimeField("pada")
    accepted = models.BooleanField("diterima", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("diputuskan pada", null=True, blank=True)

    class Meta:
        verbose_name = "kabar lewat tautan"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class TaskFile(models.Model):
    """A photo of the work. Shown to the citizen only when the officer puts it into the closing words."""

    task = models.ForeignKey(ReportTask, models.CASCADE, related_name="files")
    update = models.ForeignKey(TaskUpdate, models.CASCADE, null=True, blank=True, related_name="files")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "foto tugas"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"foto tugas {self.task_id}"


class TaskPolicy(models.Model):
    """One row, seeded with its reason: how long a link opens a task, and how often it may be used."""

    DEFAULTS: ClassVar[dict[str, Any]] = {
        "link_days": 14,
        "opens_per_hour": 120,
        "sends_per_hour": 20,
        "reason": "Kebijakan bawaan: sama dengan batas penyelesaian laporan biasa; dapat diubah koordinator.",
    }

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    link_days = models.PositiveSmallIntegerField(
        "tautan berlaku (hari)", default=14, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    opens_per_hour = models.PositiveIntegerField("dibuka per tautan dalam satu jam", default=120)
    sends_per_hour = models.PositiveIntegerField("kabar per tautan dalam satu jam", default=20)
    reason = models.CharField("alasan", max_length=300)

    class Meta:
        verbose_name = "kebijakan tautan tugas"
        verbose_name_plural = "kebijakan tautan tugas"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="reports_one_task_policy"),
            models.CheckConstraint(condition=Q(link_days__range=(1, 90)), name="reports_sane_link_days"),
        ]

    def __str__(self) -> str:
        return f"{self.link_days} hari"

    @classmethod
    def now(cls) -> "TaskPolicy":
        """The row, or the same values before it was seeded."""
        return cls.objects.first() or cls(**cls.DEFAULTS)
