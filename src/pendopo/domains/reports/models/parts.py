"""What hangs on a report: the shared parts of every case, and hand-overs, closures and ratings of its own."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import (
    AbstractAttachment,
    AbstractClock,
    AbstractContact,
    AbstractFollower,
    AbstractMessage,
    case_link,
)
from pendopo.domains.reports.models.report import Report


class ReportContact(AbstractContact):
    """How to reach the reporter, until it is forgotten. What was there before stays known, so figures hold."""

    case = case_link(Report, "contact", once=True)
    had_name = models.BooleanField("pernah ada nama", default=False)
    had_email = models.BooleanField("pernah ada surel", default=False)
    had_phone = models.BooleanField("pernah ada telepon", default=False)
    had_account = models.BooleanField("pernah terhubung akun", default=False)
    forgotten_at = models.DateTimeField("dihapus pada", null=True, blank=True)

    class Meta(AbstractContact.Meta):
        verbose_name = "kontak pelapor"


class ReportClock(AbstractClock):
    case = case_link(Report, "clocks")

    class Meta(AbstractClock.Meta):
        verbose_name = "jam laporan"


class ReportMessage(AbstractMessage):
    case = case_link(Report, "messages")

    class Meta(AbstractMessage.Meta):
        verbose_name = "pesan"
        indexes = [models.Index(fields=["case", "at"], name="reportmessage_case")]


class ReportAttachment(AbstractAttachment):
    case = case_link(Report, "attachments")
    message = models.ForeignKey(
        ReportMessage, models.CASCADE, null=True, blank=True, related_name="attachments"
    )

    class Meta(AbstractAttachment.Meta):
        verbose_name = "lampiran"


class ReportFollower(AbstractFollower):
    case = case_link(Report, "followers")

    class Meta(AbstractFollower.Meta):
        verbose_name = "pengikut"


class Handover(models.Model):
    """One disposisi: from which office to which, by whom or by which rule, and whether it came back."""

    class Origin(models.TextChoices):
        PERSON = "PERSON", _("dipilih koordinator")
        RULE = "RULE", _("aturan")
        PLACE = "PLACE", _("tempat")
        TEXT = "TEXT", _("isi laporan")

    case = case_link(Report, "handovers")
    source = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    target = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    origin = models.CharField("asal saran", max_length=6, choices=Origin.choices, default=Origin.PERSON)
    rule = models.ForeignKey(
        "reports.RoutingRule", models.SET_NULL, null=True, blank=True, related_name="handovers"
    )
    automatic = models.BooleanField("otomatis", default=False)
    instruction = models.TextField("arahan", blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField("pada")
    returned_at = models.DateTimeField("dikembalikan pada", null=True, blank=True)
    return_reason = models.CharField("alasan pengembalian", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "disposisi"
        verbose_name_plural = "disposisi"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["origin", "at"], name="reports_handover_origin")]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class Closure(models.Model):
    """A proposal to close with proof, and the second person's check."""

    case = case_link(Report, "closures")
    summary = models.TextField("apa yang dikerjakan")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("diusulkan pada")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField("diperiksa pada", null=True, blank=True)
    accepted = models.BooleanField("diterima", null=True)
    remark = models.CharField("catatan pemeriksa", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "usulan penutupan"
        verbose_name_plural = "usulan penutupan"
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(checked_at=None), name="reports_one_open_closure"
            ),
            # The one who proposes never checks: the database refuses it too.
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=models.F("proposed_by")),
                name="reports_second_person_checks",
            ),
        ]

    def __str__(self) -> str:
        return f"penutupan {self.case_id}"


class Rating(models.Model):
    """What the reporter thought of one closing. One rating a closing; a reopened report may get another."""

    case = case_link(Report, "ratings")
    stars = models.PositiveSmallIntegerField(
        "bintang", validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    comment = models.TextField("kesan", blank=True, default="")
    round = models.PositiveSmallIntegerField("putaran", default=0)
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "penilaian"
        verbose_name_plural = "penilaian"
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="reports_one_rating_a_round"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="reports_stars_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} bintang"
