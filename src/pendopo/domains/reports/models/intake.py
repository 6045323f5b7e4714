"""A report being written: kept on the server step by step, so that a lost connection loses nothing."""

import uuid

from django.db import models

from pendopo.domains.reports.models.report import Report


class Draft(models.Model):
    """Answers so far, found by a signed cookie. `report` is set once sent: sending twice makes one report.

    Holds contact data, so a draft is deleted a week after its last change (tasks.sweep_drafts). One that came
    from a phone's queue is its key: emptied when sent, it stays for a year, for a phone that tries again late.
    Holds contact data, so the clock deletes it soon after its last change (forgetting.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answers = models.JSONField("jawaban", default=dict)
    created_at = models.DateTimeField("dibuat pada")
    updated_at = models.DateTimeField("berubah pada", db_index=True)
    from_phone = models.BooleanField("dari antrean ponsel", default=False)
    report = models.OneToOneField(Report, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "draf laporan"
        verbose_name_plural = "draf laporan"

    def __str__(self) -> str:
        return str(self.pk)


class DraftPhoto(models.Model):
    """A photo of a draft, already checked and stored."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="photos")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "foto draf"
        verbose_name_plural = "foto draf"

    def __str__(self) -> str:
        return str(self.file_id)
