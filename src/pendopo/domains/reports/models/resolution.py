"""Was it really solved? One row for each closing, neighbours' voices, and small sums for the pages.

A fact holds no personal data and outlives its report, so that figures of past years do not change when the
clock deletes old reports.
"""

import datetime as dt
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import case_link
from pendopo.base.organizations.roles import roles_of
from pendopo.domains.reports.models.report import Category, Report


class How(models.TextChoices):
    """Who ended the report; never added up into one number."""

    CITIZEN = "CITIZEN", _("ditutup pelapor")
    OFFICER = "OFFICER", _("ditutup petugas")
    TIMER = "TIMER", _("ditutup sistem")


class Again(models.TextChoices):
    """Why a closed report counts as not solved."""

    REOPENED = "REOPENED", _("dibuka lagi")
    MERGED = "MERGED", _("laporan baru digabungkan ke laporan ini")
    SAME_PLACE = "SAME_PLACE", _("laporan baru dengan kategori sama di dekatnya")


class ResolutionPolicyQuerySet(QuerySet):
    def in_force(self, *, on: dt.date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class ResolutionPolicy(models.Model):
    """What counts as "reported again", and from how many reports on a share is shown. Rows with a reason."""

    days = models.PositiveSmallIntegerField("dilaporkan lagi dalam (hari)")
    metres = models.PositiveSmallIntegerField("dalam jarak (meter)")
    least = models.PositiveSmallIntegerField("persentase mulai dari (laporan)")
    reason = models.CharField("alasan", max_length=200)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai", null=True, blank=True)

    objects = ResolutionPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "kebijakan angka penyelesaian"
        verbose_name_plural = "kebijakan angka penyelesaian"
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__range=(1, 365), metres__range=(10, 2000), least__gt=0),
                name="reports_resolution_sane",
            ),
            ExclusionConstraint(
                name="reports_resolution_once",
                expressions=[(Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"), "&&")],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days} hari, {self.metres} m"


class NeighbourVerdict(models.Model):
    """One voice about a closed report: really done or not. `mark` is a keyed hash of the browser or account.

    It only keeps one person from speaking twice about one closing, and the clock removes it.
    """

    case = case_link(Report, "verdicts")
    round = models.PositiveSmallIntegerField("putaran", default=0)
    reporter = models.BooleanField("dari pelapor", default=False)
    done = models.BooleanField("sudah beres")
    mark = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "suara tetangga"
        verbose_name_plural = "suara tetangga"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round", "mark"], condition=~Q(mark=""), name="reports_one_voice_each"
            ),
            models.UniqueConstraint(
                fields=["case", "round"], condition=Q(reporter=True), name="reports_one_voice_of_reporter"
            ),
        ]

    def __str__(self) -> str:
        return "beres" if self.done else "belum"


class OfficeQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The desk page: koordinator and observers see every office, heads and officers their own."""
        roles = roles_of(user)
        if roles.sees_all:
            return self
        return self.filter(office__in=roles.offices)


class FactQuerySet(OfficeQuerySet):
    def came_back(self) -> Self:
        """Closings that did not hold, of reports that still exist; the latest first. Secret ones are left out."""
        return self.filter(case__secret=False).exclude(again="").order_by("-closed_at", "-pk")


class MonthQuerySet(OfficeQuerySet):
    def everybodys(self) -> Self:
        """Sums hold public reports only, so everybody may read them all."""
        return self.all()

    def first_month(self) -> dt.date | None:
        found: dt.date | None = self.aggregate(first=models.Min("month"))["first"]
        return found


class ResolutionFact(models.Model):
    """One closing. `settled` once the days are over in which a problem may come back; then `again` is final."""

    case = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="resolutions")
    round = models.PositiveSmallIntegerField("putaran", default=0)
    public = models.BooleanField("dihitung untuk umum", default=True)
    how = models.CharField("ditutup", max_length=7, choices=How.choices)
    closed_at = models.DateTimeField("ditutup pada")
    month = models.DateField("bulan")
    office = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    district = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    reporter_says = models.BooleanField("kata pelapor beres", null=True)
    yes = models.PositiveIntegerField("tetangga bilang beres", default=0)
    no = models.PositiveIntegerField("tetangga bilang belum", default=0)
    again = models.CharField("dilaporkan lagi", max_length=10, choices=Again.choices, blank=True, default="")
    window_ends = models.DateField("dinilai mulai")
    settled = models.BooleanField("sudah dinilai", default=False)
    changed_at = models.DateTimeField("berubah pada")

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = "fakta penyelesaian"
        verbose_name_plural = "fakta penyelesaian"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round"], condition=Q(case__isnull=False), name="reports_one_fact_a_closing"
            ),
        ]
        indexes = [
            models.Index(fields=["month"], name="reports_fact_month"),
            models.Index(fields=["window_ends"], condition=Q(settled=False), name="reports_fact_unsettled"),
            models.Index(fields=["changed_at"], name="reports_fact_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.how} {self.closed_at:%Y-%m-%d}"


class ResolutionMonth(models.Model):
    """Sums of one month, office, category and kecamatan: what the pages read. Never secret or hidden reports.

    `judged`/`judged_done`: closings about which neighbours spoke, and those of which more said done than not.
    `settled`/`again`: closings whose days are over, and those that came back within them.
    """

    month = models.DateField("bulan")
    office = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    district = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    citizen = models.PositiveIntegerField(default=0)
    officer = models.PositiveIntegerField(default=0)
    timer = models.PositiveIntegerField(default=0)
    reporter_spoke = models.PositiveIntegerField(default=0)
    reporter_done = models.PositiveIntegerField(default=0)
    judged = models.PositiveIntegerField(default=0)
    judged_done = models.PositiveIntegerField(default=0)
    settled = models.PositiveIntegerField(default=0)
    again = models.PositiveIntegerField(default=0)
    computed_at = models.DateTimeField("dihitung pada")

    objects = MonthQuerySet.as_manager()

    class Meta:
        verbose_name = "penyelesaian per bulan"
        verbose_name_plural = "penyelesaian per bulan"
        constraints = [
            models.UniqueConstraint(
                fields=["month", "office", "category", "district"], name="reports_one_month_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
