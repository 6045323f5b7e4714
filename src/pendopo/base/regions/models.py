"""Official areas of Indonesia that this installation serves or borders, with their polygons."""

from django.db import models


class Level(models.IntegerChoices):
    PROVINCE = 1, "provinsi"
    REGENCY = 2, "kabupaten/kota"
    DISTRICT = 3, "kecamatan"
    VILLAGE = 4, "kelurahan/desa"


class Region(models.Model):
    """One official area; `code` is the government's own code such as 33.72.01.1001."""

    code = models.CharField("kode", max_length=13, primary_key=True)
    name = models.CharField("nama", max_length=100)
    level = models.PositiveSmallIntegerField("tingkat", choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    served = models.BooleanField("wilayah layanan", default=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "name"], name="regions_level_name")]

    def __str__(self) -> str:
        return self.name


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
