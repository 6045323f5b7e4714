"""Jawaban siap pakai: prepared words for the citizen, by state, category and language."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import MessageKind
from pendopo.base.organizations.roles import roles_of
from pendopo.domains.reports.models.report import Category, Report, Status


class Purpose(models.TextChoices):
    """What the citizen gets: the message kinds that an office writes to a citizen."""

    ANSWER = MessageKind.ANSWER.value, _("Jawaban")
    QUESTION = MessageKind.QUESTION.value, _("Pertanyaan")
    CLOSING = MessageKind.CLOSING.value, _("Penutupan")


class CannedAnswerQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of all offices and of the own ones; the koordinator sees all. Nobody else sees any."""
        roles = roles_of(user)
        if not roles.is_staff:
            return self.none()
        return self if roles.coordinates else self.filter(Q(office=None) | Q(office__in=roles.offices))

    def fitting(self, reports: Iterable[Report], purpose: str) -> Self:
        """Used ones for this purpose that fit the state, category and language of each of these reports."""
        states, kept, languages = set[str](), set[str](), set[str]()
        for report in reports:
            states.add(report.status)
            kept.add(report.category_id)
            languages.add("en" if report.language.startswith("en") else "id")
        if len(languages) != 1:
            return self.none()  # no text is in two languages
        return self.filter(
            Q(purpose="") | Q(purpose=purpose),
            Q(state="") | Q(state__in=states if len(states) == 1 else ()),
            Q(category=None) | Q(category__in=kept if len(kept) == 1 else ()),
            active=True,
            language=languages.pop(),
        )


class CannedAnswer(models.Model):
    """One prepared text. Empty conditions fit everything; without an office it is offered to all.

    `number` counts its versions. A message that was sent holds its own words and never changes with this row.
    `seed` names a row that came with the product, so that it is laid down once.
    """

    title = models.CharField(_("nama jawaban"), max_length=80)
    body = models.TextField(_("isi"))
    language = models.CharField(
        _("bahasa"), max_length=2, choices=[("id", "Bahasa Indonesia"), ("en", "English")], default="id"
    )
    purpose = models.CharField(_("dipakai untuk"), max_length=8, choices=Purpose.choices, blank=True)
    state = models.CharField(_("keadaan laporan"), max_length=20, choices=Status.choices, blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kategori")
    )
    office = models.ForeignKey(
        "organizations.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kantor"),
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=100)
    active = models.BooleanField(_("dipakai"), default=True)
    number = models.PositiveIntegerField("versi", default=1)
    seed = models.CharField(max_length=40, blank=True, default="")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField("diubah pada", null=True, blank=True)

    objects = CannedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "jawaban siap pakai"
        verbose_name_plural = "jawaban siap pakai"
        ordering = ["order", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["", *Status.values]), name="reports_canned_known_state"
            ),
            models.UniqueConstraint(fields=["seed"], condition=~Q(seed=""), name="reports_canned_seed_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def group(self) -> str:
        """The heading it stands under in a list of choices."""
        return self.office.name if self.office else str(_("Semua kantor"))


class CannedAnswerVersion(models.Model):
    """How an answer read at a time. Written with every change, never rewritten."""

    answer = models.ForeignKey(CannedAnswer, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("versi")
    title = models.CharField("nama jawaban", max_length=80)
    body = models.TextField("isi")
    active = models.BooleanField("dipakai", default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "versi jawaban siap pakai"
        verbose_name_plural = "versi jawaban siap pakai"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="reports_canned_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} v{self.number}"
