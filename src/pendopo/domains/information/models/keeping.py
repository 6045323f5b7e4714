"""What keeping the lists needs beside them: numbers of the law, and lists that were brought in as a file."""

import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _


class KeepingRuleQuerySet(QuerySet):
    def valid(self, on: dt.date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class KeepingRule(models.Model):
    """One number of the law or of the city about keeping the lists, with its article and the time it holds."""

    class Key(models.TextChoices):
        BERKALA_MONTHS = "BERKALA_MONTHS", _("informasi berkala diperbarui paling lama setiap (bulan)")
        EXPIRY_WARNING_DAYS = "EXPIRY_WARNING_DAYS", _("diingatkan sebelum pengecualian berakhir (hari)")
        UNIT_AT_ONCE = "UNIT_AT_ONCE", _("PPID Pelaksana boleh menerbitkan serta merta (1 ya, 0 tidak)")

    key = models.CharField("aturan", max_length=20, choices=Key.choices)
    amount = models.PositiveSmallIntegerField("nilai")
    source = models.CharField("dasar", max_length=200)
    confirmed = models.BooleanField("sudah dicocokkan dengan naskah aslinya", default=False)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai", null=True, blank=True)

    objects = KeepingRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan daftar informasi"
        verbose_name_plural = "aturan daftar informasi"
        ordering = ["key", "valid_from"]
        constraints = [
            ExclusionConstraint(
                name="information_keeping_rule_once",
                expressions=[
                    ("key", "="),
                    (Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.amount}"


class ImportState(models.TextChoices):
    WAITING = "WAITING", _("menunggu dibaca")
    CHECKED = "CHECKED", _("sudah diperiksa, belum dimasukkan")
    RUNNING = "RUNNING", _("sedang dimasukkan")
    DONE = "DONE", _("selesai")
    REFUSED = "REFUSED", _("tidak dapat dibaca")


class ItemImportQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Only who brought the file in."""
        return self.filter(by_id=user.pk) if getattr(user, "is_authenticated", False) else self.none()


class ItemImport(models.Model):
    """A table of entries that an officer brought in. First everything is judged, then, once confirmed, written.

    `rows` are the cells of the file by column; `refused` are {row, column, reason}. `next_row` is where writing goes on
    after a crash. The rows are emptied when all is written.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(
        "keadaan", max_length=8, choices=ImportState.choices, default=ImportState.WAITING
    )
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    office = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="+", verbose_name="perangkat daerah"
    )
    update = models.BooleanField("perbarui yang sudah ada", default=False)
    rows = models.JSONField("baris", default=list)
    total = models.PositiveIntegerField("jumlah baris", default=0)
    accepted = models.PositiveIntegerField("baris yang diterima", default=0)
    refused = models.JSONField("baris yang ditolak", default=list)
    next_row = models.PositiveIntegerField("baris berikutnya", default=0)
    created = models.PositiveIntegerField("entri baru", default=0)
    updated = models.PositiveIntegerField("entri diperbarui", default=0)
    problem = models.CharField("sebab tidak dapat dibaca", max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField("dimulai pada")
    finished_at = models.DateTimeField("selesai pada", null=True, blank=True)

    objects = ItemImportQuerySet.as_manager()

    class Meta:
        verbose_name = "daftar yang dimasukkan"
        verbose_name_plural = "daftar yang dimasukkan"
        ordering = ["-at"]
        indexes = [models.Index(fields=["by", "-at"], name="information_import_own")]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.total}"
