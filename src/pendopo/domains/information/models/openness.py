"""What the office tells about its own openness: the yearly report, and the pages of charter and service standard."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.roles import roles_of

# The parts of the yearly report that people write; everything else is counted.
REPORT_TEXTS = (
    "facilities", "facilities_state", "staff", "qualifications", "budget", "obstacles_inside", "obstacles_outside",
    "recommendations", "follow_up",
)  # fmt: skip


class YearReportQuerySet(QuerySet):
    def published(self) -> Self:
        """Fixed reports: what everybody may read."""
        return self.filter(fixed_at__isnull=False)

    def visible_to(self, user: Any) -> Self:
        """Staff read reports that are still being written; everybody else the fixed ones."""
        return self if roles_of(user).is_staff else self.published()


class YearReport(models.Model):
    """The access report of a year (UU 14/2008 Pasal 12; PERKI 1/2021). One row for each body and year.

    Until it is fixed its numbers are counted anew on every page. Fixing keeps them in `numbers` (by the keys of
    `yearly.py`) with a SHA-256 of numbers and texts; opening it again is possible, with a reason, and counts as a
    new `revision`.
    """

    body = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="+", verbose_name="badan publik"
    )
    year = models.PositiveSmallIntegerField("tahun")
    facilities = models.TextField("sarana dan prasarana", blank=True, default="")
    facilities_state = models.TextField("keadaan sarana dan prasarana", blank=True, default="")
    staff = models.TextField("sumber daya manusia", blank=True, default="")
    qualifications = models.TextField("kualifikasi", blank=True, default="")
    budget = models.TextField("anggaran dan penggunaannya", blank=True, default="")
    obstacles_inside = models.TextField("kendala internal", blank=True, default="")
    obstacles_outside = models.TextField("kendala eksternal", blank=True, default="")
    recommendations = models.TextField("rekomendasi", blank=True, default="")
    follow_up = models.TextField("rencana tindak lanjut", blank=True, default="")
    version = models.PositiveIntegerField("versi", default=1)
    revision = models.PositiveSmallIntegerField("revisi", default=0)
    numbers = models.JSONField("angka yang ditetapkan", default=dict, blank=True)
    digest = models.CharField("sidik (SHA-256)", max_length=64, blank=True, default="")
    fixed_at = models.DateTimeField("ditetapkan pada", null=True, blank=True)
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField("diubah pada")

    objects = YearReportQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan tahunan"
        verbose_name_plural = "laporan tahunan"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year"], name="information_one_report_a_year"),
            models.CheckConstraint(
                condition=Q(fixed_at=None, digest="") | (Q(fixed_at__isnull=False) & ~Q(digest="")),
                name="information_fixed_report_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"laporan {self.year}"


class PageKind(models.TextChoices):
    CHARTER = "CHARTER", _("Maklumat pelayanan")
    STANDARD = "STANDARD", _("Standar layanan")


class ServicePage(models.Model):
    """One version of a service page, in both languages. The newest whose day has come is shown; old ones stay.

    `audio` is the page read aloud (PERKI 1/2021 Pasal 48), `sign_url` a film in sign language elsewhere.
    Words between double braces are filled when the page is shown, so that limits are never out of date.
    """

    kind = models.CharField("halaman", max_length=8, choices=PageKind.choices)
    valid_from = models.DateField("berlaku sejak")
    title = models.CharField("judul", max_length=160)
    body = models.TextField("isi")
    title_en = models.CharField("judul (Inggris)", max_length=160, blank=True, default="")
    body_en = models.TextField("isi (Inggris)", blank=True, default="")
    audio = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")
    sign_url = models.URLField("film bahasa isyarat", max_length=300, blank=True, default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField("disimpan pada")
    form_key = models.UUIDField("kunci formulir", null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = "halaman layanan"
        verbose_name_plural = "halaman layanan"
        ordering = ["kind", "-valid_from", "-pk"]
        indexes = [models.Index(fields=["kind", "-valid_from", "-id"], name="information_service_page")]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"
