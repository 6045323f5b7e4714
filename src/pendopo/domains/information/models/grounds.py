"""Reasons of the law as data: why information may be withheld (Pasal 17), why people may object (Pasal 35)."""

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class GroundQuerySet(QuerySet):
    def valid(self, on: dt.date) -> Self:
        """The letters that hold on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class ExemptionGround(models.Model):
    """One letter of Pasal 17. `longest_years` is None where the law names no longest period.

    `may_be_permanent` is false for a–f (Pasal 20 ayat 1).
    """

    letter = models.CharField("huruf", max_length=1)
    label = models.CharField("bunyi singkat", max_length=200)
    label_en = models.CharField("bunyi singkat (Inggris)", max_length=200)
    article = models.CharField("pasal", max_length=120)
    may_be_permanent = models.BooleanField("boleh tanpa batas waktu", default=False)
    longest_years = models.PositiveSmallIntegerField("paling lama (tahun)", null=True, blank=True)
    source = models.CharField("dasar jangka waktu", max_length=200)
    confirmed = models.BooleanField("sudah dicocokkan dengan naskah aslinya", default=False)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai", null=True, blank=True)

    objects = GroundQuerySet.as_manager()

    class Meta:
        verbose_name = "alasan pengecualian"
        verbose_name_plural = "alasan pengecualian"
        ordering = ["letter", "valid_from"]
        constraints = [
            ExclusionConstraint(
                name="information_ground_once",
                expressions=[
                    ("letter", "="),
                    (Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        """The letter and its words in the language of the page."""
        return f"{self.letter}. {self.in_words}"

    @property
    def in_words(self) -> str:
        """Without the letter, in the reader's language."""
        return self.label_in(get_language() or "id")

    def label_in(self, language: str) -> str:
        return self.label_en if language.startswith("en") and self.label_en else self.label


class ObjectionGround(models.TextChoices):
    """UU 14/2008 Pasal 35 ayat (1)."""

    REFUSED = "a", _("Permintaan ditolak dengan alasan pengecualian")
    NOT_PUBLISHED = "b", _("Informasi berkala tidak disediakan")
    NO_ANSWER = "c", _("Permintaan tidak ditanggapi")
    NOT_AS_ASKED = "d", _("Permintaan ditanggapi tidak sebagaimana yang diminta")
    NOT_FULFILLED = "e", _("Permintaan tidak dipenuhi")
    UNFAIR_COST = "f", _("Biaya yang dikenakan tidak wajar")
    TOO_LATE = "g", _("Informasi diserahkan melebihi batas waktu")


# Pasal 35 ayat (2): b to g may be settled between the two sides; a refusal may not.
SETTLEABLE = tuple(ground for ground in ObjectionGround if ground != ObjectionGround.REFUSED)
