"""Official areas of Indonesia that this installation serves or borders, with their polygons."""

from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.regions import official


class Level(models.IntegerChoices):
    PROVINCE = 1, _("provinsi")
    REGENCY = 2, _("kabupaten/kota")
    DISTRICT = 3, _("kecamatan")
    VILLAGE = 4, _("kelurahan/desa")


class RegionQuerySet(QuerySet["Region"]):
    def visible_to(self, user: Any) -> "RegionQuerySet":
        return self  # names of areas are public

    def served(self) -> "RegionQuerySet":
        """Areas of the government this installation serves; the others are neighbours."""
        return self.filter(served=True)

    def villages(self) -> "RegionQuerySet":
        return self.filter(level=Level.VILLAGE)

    def districts(self) -> "RegionQuerySet":
        return self.filter(level=Level.DISTRICT)

    def under(self, code: str) -> "RegionQuerySet":
        """The area itself and everything below it."""
        return self.filter(Q(code=code) | Q(code__startswith=f"{code}."))

    def matching(self, words: str) -> "RegionQuerySet":
        """Areas where each word stands in their own name or in the name of the area above them.

        Areas whose own name begins with the first word come first.
        """
        found: RegionQuerySet = self.none()
        wanted = words.replace("\x00", "").split()[:6]
        if wanted:
            found = self
        for word in wanted:
            found = found.filter(Q(name__icontains=word) | Q(parent__name__icontains=word))
        starts = Q(name__istartswith=wanted[0]) if wanted else Q(pk="")
        return found.annotate(own_name_first=models.Case(models.When(starts, then=0), default=1)).order_by(
            "own_name_first", "name", "code"
        )

    def grouped_choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Choices for a `<select>`: (name of the area above, [(code, name), …]), both in reading order."""
        rows = self.order_by("parent__name", "parent_id", "name", "code").values_list(
            "parent_id", "parent__name", "code", "name"
        )
        return [
            (str(above or ""), [(code, name) for _parent, _above, code, name in group])
            for (_parent, above), group in groupby(rows, key=lambda row: row[:2])
        ]


class Region(models.Model):
    """One official area; `code` is the government's own code such as 33.72.01.1001."""

    code = models.CharField("kode", max_length=13, primary_key=True)
    name = models.CharField("nama", max_length=100)
    level = models.PositiveSmallIntegerField("tingkat", choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    served = models.BooleanField("wilayah layanan", default=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "name"], name="regions_level_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        """Provinsi, Kabupaten, Kota, Kecamatan, Kelurahan, Desa or Desa adat."""
        return official.kind_label(self.code)

    @property
    def full_name(self) -> str:
        """`Kelurahan Pajang`, `Kota Surakarta`."""
        return official.full_name(self.code, self.name)


class Boundary(models.Model):
    """The polygon of one area (GeoJSON geometry, WGS84), kept apart so that lists stay light."""

    region = models.OneToOneField(Region, models.CASCADE, primary_key=True, related_name="boundary")
    geometry = models.JSONField("geometri")
    source = models.CharField("sumber", max_length=200, blank=True, default="")
    loaded_at = models.DateTimeField("dimuat pada")

    class Meta:
        verbose_name = "batas wilayah"
        verbose_name_plural = "batas wilayah"

    def __str__(self) -> str:
        return self.region_id
