"""Statutory clocks as data: how many days, of which kind, from which article, valid when."""

import datetime as dt
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.workdays import Pause


class Unit(models.TextChoices):
    WORKING_DAYS = "WORKING_DAYS", _("hari kerja")
    CALENDAR_DAYS = "CALENDAR_DAYS", _("hari kalender")


class ClockRule(models.Model):
    """How long a step of a kind of case may take, for a class of case (blank: every class).

    Two rules for the same step and class may not hold on the same day; the database refuses it. `ceiling` is the
    most the law allows: a local rule may be shorter, never longer. None where a step has no statutory limit.
    """

    kind = models.CharField("jenis perkara", max_length=20)
    step = models.CharField("langkah", max_length=20)
    case_class = models.CharField("golongan", max_length=20, blank=True, default="")
    amount = models.PositiveSmallIntegerField("jumlah")
    ceiling = models.PositiveSmallIntegerField("paling lama menurut undang-undang", null=True, blank=True)
    unit = models.CharField("satuan", max_length=13, choices=Unit.choices)
    starts_on = models.CharField("dihitung sejak", max_length=80)
    source = models.CharField("dasar hukum atau sumber", max_length=200)
    confirmed = models.BooleanField("sudah dicocokkan dengan naskah aslinya", default=False)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai", null=True, blank=True)

    class Meta:
        verbose_name = "batas waktu menurut aturan"
        verbose_name_plural = "batas waktu menurut aturan"
        ordering = ["kind", "step", "case_class", "valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="cases_rule_positive"),
            models.CheckConstraint(
                condition=Q(ceiling=None) | Q(amount__lte=F("ceiling")),
                name="cases_rule_within_the_law",
                violation_error_message=_(
                    "Batas setempat boleh lebih pendek dari undang-undang, tidak boleh lebih lama."
                ),
            ),
            ExclusionConstraint(
                name="cases_rule_once",
                expressions=[
                    ("kind", "="),
                    ("step", "="),
                    ("case_class", "="),
                    (Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}.{self.step} {self.case_class}: {self.amount} {self.get_unit_display()}"


class EscalationStep(models.Model):
    """Who is warned when a share of the time has passed. Several rows may share one percentage."""

    class Audience(models.TextChoices):
        OFFICER = "OFFICER", _("petugas")
        HEAD = "HEAD", _("kepala kantor")
        COORDINATOR = "COORDINATOR", _("koordinator")
        SECRETARY = "SECRETARY", _("sekretaris daerah")

    kind = models.CharField("jenis perkara", max_length=20)
    percent = models.PositiveSmallIntegerField("persen waktu terpakai")
    audience = models.CharField("yang diperingatkan", max_length=11, choices=Audience.choices)
    source = models.CharField("dasar", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "jenjang peringatan"
        verbose_name_plural = "jenjang peringatan"
        ordering = ["kind", "percent"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "percent", "audience"], name="cases_escalation_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.percent} % {self.audience}"


class AbstractClock(models.Model):
    """One running or stopped clock of one case. `amount` and `unit` are copied from the rule at the start.

    `pauses` is a list of [since, until-or-null] dates (ISO). `due_on` is null while paused. `alarm_on` is
    the earlier reading that counts cuti bersama as working days: the law does not say, so staff are safe
    under both. `next_look_on` is the day the next warning is due, so that the sweep is an index scan.
    """

    step = models.CharField("langkah", max_length=20)
    rule = models.ForeignKey(ClockRule, models.PROTECT, related_name="+")
    amount = models.PositiveSmallIntegerField("jumlah")
    unit = models.CharField("satuan", max_length=13, choices=Unit.choices)
    started_at = models.DateTimeField("mulai")
    started_on = models.DateField("hari ke-0")
    pauses = models.JSONField("jeda", default=list)
    paused = models.BooleanField(default=False)
    due_on = models.DateField("jatuh tempo", null=True, blank=True)
    alarm_on = models.DateField("tanggal aman", null=True, blank=True)
    stopped_at = models.DateTimeField("berhenti", null=True, blank=True)
    in_time = models.BooleanField("tepat waktu", null=True)
    warned_percent = models.PositiveSmallIntegerField("peringatan terakhir (%)", default=0)
    next_look_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["next_look_on"], condition=Q(stopped_at__isnull=True), name="%(class)s_look")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step"], condition=Q(stopped_at__isnull=True), name="%(class)s_one_running"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.due_on}"

    @cached_property
    def pause_days(self) -> tuple[Pause, ...]:
        def day(text: Any) -> dt.date | None:
            return dt.date.fromisoformat(text) if text else None

        return tuple(Pause(dt.date.fromisoformat(since), day(until)) for since, until in self.pauses)
