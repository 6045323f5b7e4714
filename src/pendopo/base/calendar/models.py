"""Days on which offices are closed, each with the decree it comes from."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.dates import long_date
from pendopo.kernel.states import Transitions

scope_code = RegexValidator(
    r"^\d{2}(\.\d{2})?$",
    _("Tulis kode provinsi seperti 33 atau kabupaten/kota seperti 33.72; kosong untuk nasional."),
)


class HolidayKind(models.TextChoices):
    NATIONAL = "NATIONAL", _("libur nasional")
    JOINT_LEAVE = "JOINT_LEAVE", _("cuti bersama")
    LOCAL = "LOCAL", _("libur daerah")


class HolidayStatus(models.TextChoices):
    ESTIMATED = "ESTIMATED", _("perkiraan")
    FIXED = "FIXED", _("ditetapkan")
    REVOKED = "REVOKED", _("dicabut")


TRANSITIONS = Transitions.of(
    HolidayStatus.ESTIMATED,
    {
        HolidayStatus.ESTIMATED: [HolidayStatus.FIXED, HolidayStatus.REVOKED],
        HolidayStatus.FIXED: [HolidayStatus.REVOKED],
        HolidayStatus.REVOKED: [],  # declared again as a row of its own
    },
)


class HolidayQuerySet(QuerySet["Holiday"]):
    def visible_to(self, user: Any) -> "HolidayQuerySet":
        return self  # the calendar is public law

    def in_force(self) -> "HolidayQuerySet":
        return self.exclude(status=HolidayStatus.REVOKED)

    def holding_in(self, scope: str) -> "HolidayQuerySet":
        """National rows, those of the province and those of the region itself."""
        return self.filter(scope__in=scopes_of(scope))


class Holiday(models.Model):
    """One closed day. `scope` is empty for the nation, else the code of the region it holds for."""

    date = models.DateField("tanggal")
    name = models.CharField("nama", max_length=160)
    kind = models.CharField("jenis", max_length=11, choices=HolidayKind.choices)
    status = models.CharField("keadaan", max_length=9, choices=HolidayStatus.choices)
    scope = models.CharField(
        "berlaku di (kode wilayah)", max_length=13, blank=True, default="", validators=[scope_code]
    )
    decree = models.CharField("nomor keputusan", max_length=200, blank=True, default="")
    source = models.CharField("sumber", max_length=200, blank=True, default="")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    TRANSITIONS = TRANSITIONS
    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur"
        ordering = ["date", "kind", "scope"]
        constraints = [
            # A revoked row stays as history, so the same day may be declared again beside it.
            models.UniqueConstraint(
                fields=["date", "kind", "scope"],
                condition=~Q(status="REVOKED"),
                name="calendar_holiday_once",
                violation_error_message=_("Tanggal ini sudah ada untuk jenis dan wilayah yang sama."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=HolidayStatus.values), name="calendar_holiday_status"
            ),
            models.CheckConstraint(
                condition=~Q(kind="LOCAL", scope=""),
                name="calendar_local_has_scope",
                violation_error_message=_("Libur daerah perlu kode wilayah."),
            ),
            models.CheckConstraint(
                condition=Q(date__range=(dt.date(2000, 1, 1), dt.date(2100, 12, 31))),
                name="calendar_holiday_in_span",
                violation_error_message=_("Tanggal harus antara tahun 2000 dan 2100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{long_date(self.date)}: {self.label}"

    def move_to(self, new: str) -> None:
        """The only writer of `status`. Raises RefusedTransition; the caller saves."""
        self.TRANSITIONS.check(self.status, new)
        self.status = new

    @property
    def label(self) -> str:
        """The name people read: `Cuti bersama: Hari Suci Nyepi`, `Idul Fitri (perkiraan)`."""
        name = f"Cuti bersama: {self.name}" if self.kind == HolidayKind.JOINT_LEAVE else self.name
        return f"{name} (perkiraan)" if self.status == HolidayStatus.ESTIMATED else name


class WorkWeekQuerySet(QuerySet["WorkWeek"]):
    def visible_to(self, user: Any) -> "WorkWeekQuerySet":
        return self  # the calendar is public law

    def holding_in(self, scope: str) -> "WorkWeekQuerySet":
        return self.filter(scope__in=scopes_of(scope))


class WorkWeek(models.Model):
    """Which weekdays offices work (1 = Monday … 7 = Sunday), with its legal source and validity.

    The row of the smallest scope rules; among equal scopes the one that began last.
    """

    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name="hari kerja")
    scope = models.CharField(
        "berlaku di (kode wilayah)", max_length=13, blank=True, default="", validators=[scope_code]
    )
    joint_leave_is_closed = models.BooleanField("cuti bersama bukan hari kerja", default=True)
    source = models.CharField("dasar hukum", max_length=200)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai", null=True, blank=True)

    objects = WorkWeekQuerySet.as_manager()

    class Meta:
        verbose_name = "pekan kerja"
        verbose_name_plural = "pekan kerja"
        ordering = ["scope", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "valid_from"],
                name="calendar_week_once",
                violation_error_message=_("Sudah ada pekan kerja lain yang berlaku sejak tanggal ini."),
            ),
            models.CheckConstraint(
                condition=Q(weekdays__len__gte=1, weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]),
                name="calendar_week_has_days",
                violation_error_message=_(
                    "Pilih paling sedikit satu hari kerja, Senin (1) sampai Minggu (7)."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="calendar_week_ordered",
                violation_error_message=_("Tanggal akhir tidak boleh sebelum tanggal mulai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekdays} sejak {self.valid_from}"


def scopes_of(scope: str) -> list[str]:
    """The scopes whose rows hold in a region, widest first: `33.72.01` → "", "33", "33.72"."""
    parts = scope.split(".")[:2] if scope else []
    return ["", *(".".join(parts[:length]) for length in range(1, len(parts) + 1))]
