"""Days on which offices are closed, each with the decree it comes from."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import QuerySet


class HolidayKind(models.TextChoices):
    NATIONAL = "NATIONAL", "libur nasional"
    JOINT_LEAVE = "JOINT_LEAVE", "cuti bersama"
    LOCAL = "LOCAL", "libur daerah"


class HolidayStatus(models.TextChoices):
    ESTIMATED = "ESTIMATED", "perkiraan"
    FIXED = "FIXED", "ditetapkan"
    REVOKED = "REVOKED", "dicabut"


class HolidayQuerySet(QuerySet["Holiday"]):
    def visible_to(self, user: Any) -> "HolidayQuerySet":
        return self  # the calendar is public law

    def in_force(self) -> "HolidayQuerySet":
        return self.exclude(status=HolidayStatus.REVOKED)


class Holiday(models.Model):
    """One closed day. `scope` is empty for the nation, else the code of the region it holds for."""

    date = models.DateField("tanggal")
    name = models.CharField("nama", max_length=160)
    kind = models.CharField("jenis", max_length=11, choices=HolidayKind.choices)
    status = models.CharField("keadaan", max_length=9, choices=HolidayStatus.choices)
    scope = models.CharField("berlaku di (kode wilayah)", max_length=13, blank=True, default="")
    decree = models.CharField("nomor keputusan", max_length=200, blank=True, default="")
    source = models.CharField("sumber", max_length=200, blank=True, default="")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur"
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["date", "kind", "scope"], name="calendar_holiday_once")
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class WorkWeek(models.Model):
    """Which weekdays offices work (1 = Monday … 7 = Sunday), with its legal source and validity."""

    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name="hari kerja")
    scope = models.CharField("berlaku di (kode wilayah)", max_length=13, blank=True, default="")
    joint_leave_is_closed = models.BooleanField("cuti bersama bukan hari kerja", default=True)
    source = models.CharField("dasar hukum", max_length=200)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai", null=True, blank=True)

    class Meta:
        verbose_name = "pekan kerja"
        verbose_name_plural = "pekan kerja"

    def __str__(self) -> str:
        return f"{self.weekdays} sejak {self.valid_from}"
