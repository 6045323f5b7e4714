"""Ready counts of public reports: for the map by cell, for the figures by month and office.

A trigger writes one `TallyChange` row for each change of a public report, in its transaction: writers never
wait for each other. `tallies.fold` adds these rows to the two tables every minute; a reader counts both, so
the numbers are always those of this moment (docs/decisions/0016).
"""

from typing import Any, Self

from django.db import models
from django.db.models import QuerySet

ALL = ""  # the category of rows that count every category


class PublicCounts(QuerySet):
    """Only what everybody may see is counted, so everybody may read the counts."""

    def visible_to(self, user: Any) -> Self:
        return self


class TallyChange(models.Model):
    """What one change adds (`n` = 1) or takes away (-1). Written by the trigger `reports_tally` only."""

    n = models.SmallIntegerField()
    cell = models.BigIntegerField(null=True)
    category = models.CharField(max_length=40)
    state = models.CharField(max_length=20)  # the report's status
    received_at = models.DateTimeField()
    office = models.BigIntegerField()
    verified = models.BooleanField(null=True)
    answered = models.BooleanField(null=True)
    reopened = models.BooleanField()

    objects = PublicCounts.as_manager()

    class Meta:
        verbose_name = "perubahan hitungan"
        verbose_name_plural = "perubahan hitungan"

    def __str__(self) -> str:
        return f"{self.n} {self.state}"


class CellTally(models.Model):
    """Public reports in one H3 cell. `cell` is the lowest resolution-15 number in it, so windows are ranges."""

    resolution = models.PositiveSmallIntegerField()
    cell = models.BigIntegerField()
    category = models.CharField(max_length=40)
    group = models.CharField(max_length=12)  # phrases.GROUPS
    n = models.IntegerField()

    objects = PublicCounts.as_manager()

    class Meta:
        verbose_name = "hitungan per sel"
        verbose_name_plural = "hitungan per sel"
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "category", "cell", "group"], include=["n"], name="reports_cell_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cell}/{self.resolution}: {self.n}"


class MonthTally(models.Model):
    """Public reports received in one month (of the government's time zone) and now at one office."""

    month = models.DateField()
    office = models.BigIntegerField()
    received = models.IntegerField(default=0)
    verified = models.IntegerField(default=0)
    verified_in_time = models.IntegerField(default=0)
    answered = models.IntegerField(default=0)
    answered_in_time = models.IntegerField(default=0)
    by_citizen = models.IntegerField(default=0)
    by_officer = models.IntegerField(default=0)
    by_system = models.IntegerField(default=0)
    reopened = models.IntegerField(default=0)
    archived = models.IntegerField(default=0)
    forwarded = models.IntegerField(default=0)
    merged = models.IntegerField(default=0)

    objects = PublicCounts.as_manager()

    class Meta:
        verbose_name = "hitungan per bulan"
        verbose_name_plural = "hitungan per bulan"
        constraints = [models.UniqueConstraint(fields=["month", "office"], name="reports_month_once")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.office}: {self.received}"
