"""How reports were merged: one row for each time a report became the child of another."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pendopo.domains.reports.models.report import Report


class Merging(models.Model):
    """One report merged into another, and what it needs to come back exactly as it was.

    `Report.merged_into` says what holds now; these rows say who did it, when, and from which state. There is
    one level only: when the parent itself is merged, its children move along, and `came_with` names the
    merging that moved them, so that they go back with it. The clocks it halted carry its moment (`merged_clocks`).
    """

    child = models.ForeignKey(Report, models.CASCADE, related_name="mergings")
    parent = models.ForeignKey(Report, models.PROTECT, related_name="+")
    status_before = models.CharField("keadaan sebelumnya", max_length=20)
    came_with = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="brought")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField("digabung pada")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField("dipisahkan pada", null=True, blank=True)

    class Meta:
        verbose_name = "penggabungan"
        verbose_name_plural = "penggabungan"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["parent"], condition=Q(ended_at=None), name="reports_merging_parent")]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(ended_at=None), name="reports_merged_into_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.child_id} → {self.parent_id}"
