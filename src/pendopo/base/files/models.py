"""Files people hand in, checked by content, stored under names of our own."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    IMAGE = "IMAGE", _("gambar")
    PDF = "PDF", "PDF"
    DOCX = "DOCX", "Word (DOCX)"
    XLSX = "XLSX", "Excel (XLSX)"
    CSV = "CSV", "CSV"


class File(models.Model):
    """A stored file. Who may open it is decided by the room that links it; then a signed link opens it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("jenis", max_length=5, choices=FileKind.choices)
    name = models.CharField("nama asal", max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("ukuran (bita)")
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    key = models.CharField("letak di penyimpanan", max_length=120)
    thumbnail_key = models.CharField(max_length=120, blank=True, default="")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField("dibuat pada")

    class Meta:
        verbose_name = "berkas"
        verbose_name_plural = "berkas"
        indexes = [models.Index(fields=["created_at"], name="files_by_time")]

    def __str__(self) -> str:
        return self.name


class SealedFile(models.Model):
    """An identity proof: its object is ciphertext, its key is wrapped here, its name and digest are not kept.

    Once destroyed the row stays, without a key, so that the room can still say when. Only `sealed` reads and
    writes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    host = models.CharField("ruang pemilik", max_length=40)
    kind = models.CharField("jenis", max_length=5, choices=FileKind.choices)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("ukuran (bita)")
    key = models.CharField("letak di penyimpanan", max_length=120, blank=True)
    wrapped_key = models.BinaryField("kunci data yang terbungkus", max_length=60)
    wrapped_by = models.CharField("tanda kunci pembungkus", max_length=16, blank=True)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField("dibuat pada")
    destroyed_at = models.DateTimeField("dimusnahkan pada", null=True, blank=True)

    class Meta:
        verbose_name = "berkas tersegel"
        verbose_name_plural = "berkas tersegel"
        indexes = [models.Index(fields=["created_at"], name="files_sealed_by_time")]

    def __str__(self) -> str:
        return f"tersegel {self.pk}"
