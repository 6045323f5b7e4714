"""Where a report should go: rules of the koordinator, and what was suggested for each report."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.roles import roles_of
from pendopo.domains.reports.models.report import Category, Report


class CoordinatorQuerySet(QuerySet):
    """Rows about routing: read by the government's koordinator, by nobody else."""

    def visible_to(self, user: Any) -> Self:
        return self if roles_of(user).coordinates else self.none()


class RoutingRule(models.Model):
    """Category × place × time → office. Rules are tried in `order`; the first that fits wins."""

    order = models.PositiveSmallIntegerField(_("urutan"))
    name = models.CharField(_("nama aturan"), max_length=120)
    categories = models.ManyToManyField(Category, blank=True, related_name="+", verbose_name=_("kategori"))
    regions = models.ManyToManyField(
        "regions.Region", blank=True, related_name="+", verbose_name=_("wilayah")
    )
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("hari (1 = Senin)"), blank=True, default=list
    )
    from_time = models.TimeField(_("dari pukul"), null=True, blank=True)
    until_time = models.TimeField(_("sampai pukul"), null=True, blank=True)
    office = models.ForeignKey(
        "organizations.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Kosongkan untuk kantor kelurahan atau kecamatan di tempat kejadian."),
    )
    active = models.BooleanField(_("dipakai"), default=True)
    automatic = models.BooleanField(
        _("boleh otomatis"),
        default=False,
        help_text=_(
            "Disposisi tanpa orang hanya bila ketepatan aturan ini mencapai ambang yang ditetapkan koordinator."
        ),
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField("diubah pada", null=True, blank=True)

    objects = CoordinatorQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan disposisi"
        verbose_name_plural = "aturan disposisi"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_time=None, until_time=None)
                | Q(from_time__isnull=False, until_time__isnull=False),
                name="reports_rule_whole_window",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RoutingPolicy(models.Model):
    """When routing may act without a person. One row; the koordinator sets it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    automatic = models.BooleanField(_("disposisi otomatis"), default=False)
    min_precision = models.FloatField(
        _("ketepatan paling rendah"),
        default=0.95,
        validators=[MinValueValidator(0.5), MaxValueValidator(1.0)],
    )
    min_cases = models.PositiveIntegerField(_("jumlah kasus paling sedikit untuk menilai"), default=30)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField("diubah pada", null=True, blank=True)

    objects = CoordinatorQuerySet.as_manager()

    class Meta:
        verbose_name = "kebijakan disposisi"
        verbose_name_plural = "kebijakan disposisi"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="reports_one_policy"),
            models.CheckConstraint(
                condition=Q(min_precision__range=(0.5, 1.0)), name="reports_sane_precision"
            ),
        ]

    def __str__(self) -> str:
        return "otomatis" if self.automatic else "dengan orang"


class RoutingModel(models.Model):
    """One trained text model: arrays only (npz), never pickled code. At most one is in use.

    `compared_*`: on how many reports unseen by both it was held against the model in use, and how many first answers
    of each were right (all 0 when there was none in use).
    """

    trained_at = models.DateTimeField("dilatih pada")
    examples = models.PositiveIntegerField("jumlah contoh")
    classes = models.PositiveIntegerField("jumlah kantor")
    top1 = models.FloatField("tepat pada saran pertama")
    top3 = models.FloatField("tepat pada tiga saran")
    compared_on = models.PositiveIntegerField("laporan pembanding", default=0)
    compared_new = models.PositiveIntegerField("tepat, model ini", default=0)
    compared_current = models.PositiveIntegerField("tepat, model yang dipakai saat itu", default=0)
    thresholds = models.JSONField("ambang kepastian per ketepatan", default=dict)
    weights = models.BinaryField("bobot (npz)")
    in_use = models.BooleanField("dipakai", default=False)

    objects = CoordinatorQuerySet.as_manager()

    class Meta:
        verbose_name = "model isi laporan"
        verbose_name_plural = "model isi laporan"
        constraints = [
            models.UniqueConstraint(
                fields=["in_use"], condition=Q(in_use=True), name="reports_one_model_in_use"
            )
        ]

    def __str__(self) -> str:
        return f"model {self.trained_at:%Y-%m-%d}"


class Suggestion(models.Model):
    """One of the up to three offices suggested for a report, with the reason a person can check."""

    case = models.ForeignKey(Report, models.CASCADE, related_name="suggestions")
    rank = models.PositiveSmallIntegerField("urutan")
    office = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    origin = models.CharField("asal", max_length=6)  # Handover.Origin
    rule = models.ForeignKey(RoutingRule, models.SET_NULL, null=True, blank=True, related_name="+")
    score = models.FloatField("kepastian", null=True, blank=True)
    unknown_words = models.FloatField("bagian kata yang belum pernah dilihat model", null=True, blank=True)
    reason = models.CharField("alasan", max_length=300)
    words = ArrayField(models.CharField(max_length=40), verbose_name="kata yang menentukan", default=list)

    class Meta:
        verbose_name = "saran disposisi"
        verbose_name_plural = "saran disposisi"
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["case", "rank"], name="reports_suggestion_rank_once"),
            models.UniqueConstraint(fields=["case", "office"], name="reports_suggestion_office_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.office_id}"
