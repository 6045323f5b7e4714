"""A program of another office or company, its keys, and how much anybody may ask."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, QuerySet

from pendopo.base.organizations.roles import roles_of


def manages(user: Any) -> bool:
    """Who looks after machines: the koordinator and administrators of the government."""
    roles = roles_of(user)
    return roles.coordinates or roles.administers


class ApiClientQuerySet(QuerySet["ApiClient"]):
    def visible_to(self, user: Any) -> "ApiClientQuerySet":
        return self.all() if manages(user) else self.none()

    def usable(self, *, on: dt.date) -> "ApiClientQuerySet":
        """Clients whose tokens open the door on that day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=on), active=True, valid_from__lte=on)


class ApiClient(models.Model):
    """Another program. `office` answers for it; `contact_role` is a post, not a person's name.

    `per_minute` and `per_day` count requests of all its tokens together.
    """

    name = models.CharField("nama", max_length=80, unique=True)
    office = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="+", verbose_name="kantor penanggung jawab"
    )
    contact_role = models.CharField("jabatan penanggung jawab", max_length=120)
    contact_email = models.EmailField("surel penanggung jawab")
    purpose = models.CharField("kegunaan", max_length=300)
    scopes = ArrayField(models.CharField(max_length=60), verbose_name="izin", default=list, blank=True)
    per_minute = models.PositiveIntegerField("permintaan per menit")
    per_day = models.PositiveIntegerField("permintaan per hari")
    active = models.BooleanField("aktif", default=True)
    valid_from = models.DateField("berlaku mulai")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    created_at = models.DateTimeField("dibuat pada")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ApiClientQuerySet.as_manager()

    class Meta:
        verbose_name = "aplikasi lain"
        verbose_name_plural = "aplikasi lain"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(per_minute__gte=1) & Q(per_day__gte=1), name="clients_some_quota"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="clients_valid_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def usable_on(self, day: dt.date) -> bool:
        return (
            self.active and self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
        )


class ApiTokenQuerySet(QuerySet["ApiToken"]):
    def visible_to(self, user: Any) -> "ApiTokenQuerySet":
        return self.all() if manages(user) else self.none()


class ApiToken(models.Model):
    """A key of a client. Only its SHA-256 is kept (it carries 256 random bits, so nobody can search for it);
    `prefix` is the readable start by which people recognise it. `request_id` makes a double click one token.
    """

    client = models.ForeignKey(ApiClient, models.CASCADE, related_name="tokens")
    label = models.CharField("keterangan", max_length=80, blank=True, default="")
    prefix = models.CharField("awalan", max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    request_id = models.UUIDField(unique=True, null=True, blank=True)
    created_at = models.DateTimeField("dibuat pada")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    last_used_at = models.DateTimeField("terakhir dipakai", null=True, blank=True)
    revoked_at = models.DateTimeField("dicabut pada", null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "token"
        verbose_name_plural = "token"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.prefix}…"


class ApiPolicy(models.Model):
    """How much is allowed when nobody said otherwise. The newest row whose day has come is in force."""

    valid_from = models.DateField("berlaku mulai", unique=True)
    anonymous_per_minute = models.PositiveIntegerField("tanpa token, per menit")
    anonymous_per_day = models.PositiveIntegerField("tanpa token, per hari")
    default_per_minute = models.PositiveIntegerField("aplikasi baru, per menit")
    default_per_day = models.PositiveIntegerField("aplikasi baru, per hari")
    webhook_pause_days = models.PositiveSmallIntegerField("kiriman dijeda setelah gagal (hari)")
    reason = models.CharField("dasar", max_length=300)

    class Meta:
        verbose_name = "kebijakan API"
        verbose_name_plural = "kebijakan API"
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from}"
