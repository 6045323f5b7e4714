"""What the government decided about phones, and which acts of officers in the field have arrived."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from pendopo.base.cases.models import case_link
from pendopo.base.notices.models import PushSubscription
from pendopo.domains.reports.models.report import Report


class PhonePolicy(models.Model):
    """One row. Without it the values below hold: one working day, and a burst of fifty reports with room."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    task_hours = models.PositiveSmallIntegerField(
        "tugas tersimpan di ponsel petugas (jam)",
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(168)],
    )
    reports_per_hour = models.PositiveIntegerField(
        "laporan dari antrean ponsel per jaringan dalam satu jam",
        default=60,
        validators=[MinValueValidator(20), MaxValueValidator(10_000)],
    )
    reason = models.CharField("alasan", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "kebijakan ponsel"
        verbose_name_plural = "kebijakan ponsel"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="reports_one_phone_policy"),
            models.CheckConstraint(condition=Q(task_hours__range=(1, 168)), name="reports_sane_task_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.task_hours} jam"

    @classmethod
    def now(cls) -> "PhonePolicy":
        """The row, or the defaults when nobody wrote one."""
        return cls.objects.first() or cls()


class FieldAct(models.Model):
    """An officer's act sent from the field. The phone's key makes it happen once."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Report, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField("versi laporan sesudahnya")
    proposed = models.BooleanField("mengusulkan selesai", default=False)
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "kabar lapangan"
        verbose_name_plural = "kabar lapangan"

    def __str__(self) -> str:
        return str(self.key)


class ReportPush(models.Model):
    """A phone that its owner asked to be told about one own report."""

    case = case_link(Report, "pushes")
    subscription = models.ForeignKey(PushSubscription, models.CASCADE, related_name="+")
    since = models.DateTimeField("sejak")

    class Meta:
        verbose_name = "kabar di ponsel"
        verbose_name_plural = "kabar di ponsel"
        constraints = [models.UniqueConstraint(fields=["case", "subscription"], name="reports_push_once")]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.subscription_id}"
