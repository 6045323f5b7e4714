"""What SP4N-LAPOR! files leave behind: where a report came from, its categories in our words, and each import."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.roles import roles_of
from pendopo.domains.reports.models.report import Category, Report


class Sp4nOrigin(models.Model):
    """The row of a report that came from SP4N. Its tracking id is what makes an import repeatable."""

    case = models.OneToOneField(Report, models.CASCADE, related_name="sp4n")
    tracking_id = models.CharField("Tracking ID", max_length=60, unique=True)
    category_id = models.CharField("ID Kategori", max_length=20, blank=True, default="")
    category_label = models.CharField("Kategori", max_length=200, blank=True, default="")
    agency_id = models.CharField("ID Instansi Terdisposisi", max_length=20, blank=True, default="")
    agency_label = models.CharField("Instansi Terdisposisi", max_length=200, blank=True, default="")
    source = models.CharField("Sumber Laporan", max_length=120, blank=True, default="")
    title = models.CharField("Judul Laporan", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "asal SP4N"
        verbose_name_plural = "asal SP4N"

    def __str__(self) -> str:
        return self.tracking_id


class Sp4nCategory(models.Model):
    """What a category of SP4N is called here. Unknown ones are learned by imports; the koordinator fills them in."""

    code = models.CharField("ID Kategori", max_length=20, primary_key=True)
    label = models.CharField("Kategori", max_length=200)
    category = models.ForeignKey(
        Category, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kategori kita"
    )

    class Meta:
        verbose_name = "kategori SP4N"
        verbose_name_plural = "kategori SP4N"
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class Sp4nImportQuerySet(models.QuerySet["Sp4nImport"]):
    def visible_to(self, user: Any) -> Self:
        """Imports belong to the koordinator. Lists leave the file's own words out."""
        return self.defer("content") if roles_of(user).coordinates else self.none()


class Sp4nImport(models.Model):
    """One file on its way in. `content` holds citizens' words and is emptied when the last row was read."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("menunggu")
        RUNNING = "RUNNING", _("sedang dibaca")
        DONE = "DONE", _("selesai")

    name = models.CharField("nama berkas", max_length=120)
    digest = models.CharField("sidik berkas", max_length=64)
    content = models.TextField("isi", blank=True)
    state = models.CharField("tahap", max_length=8, choices=State.choices, default=State.WAITING)
    rows = models.PositiveIntegerField("baris")
    next_row = models.PositiveIntegerField("baris berikutnya", default=0)
    created = models.PositiveIntegerField("laporan baru", default=0)
    known = models.PositiveIntegerField("sudah ada", default=0)
    refused = models.JSONField("ditolak", default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("pada")
    finished_at = models.DateTimeField("selesai pada", null=True, blank=True)

    objects = Sp4nImportQuerySet.as_manager()

    class Meta:
        verbose_name = "impor SP4N"
        verbose_name_plural = "impor SP4N"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name
