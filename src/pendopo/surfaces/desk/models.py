"""What the desk itself remembers: saved filters, and who has a case open right now."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.roles import roles_of


class Audience(models.TextChoices):
    MINE = "MINE", _("Hanya saya")
    OFFICE = "OFFICE", _("Kantor saya")
    ALL = "ALL", _("Semua petugas")


class SavedViewQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The own ones, those of the own offices, and those for all members of staff."""
        roles = roles_of(user)
        if not roles.is_staff:
            return self.none()
        shared = Q(audience=Audience.OFFICE, office__in=roles.offices) | Q(audience=Audience.ALL)
        return self.filter(Q(owner=roles.user_id) | shared)


class SavedView(models.Model):
    """A queue with a filter under a name. Only the question is kept, never an answer: each reader asks anew.

    `query` is the query string of the list's address, with the names of the kind's filter form.
    """

    kind = models.CharField("jenis perkara", max_length=20)
    queue = models.CharField("antrean", max_length=40)
    query = models.CharField("saringan", max_length=1000, blank=True, default="")
    name = models.CharField("nama", max_length=60)
    audience = models.CharField("untuk", max_length=6, choices=Audience.choices, default=Audience.MINE)
    office = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField("urutan", default=0)
    changed_at = models.DateTimeField("diubah pada")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "saringan tersimpan"
        verbose_name_plural = "saringan tersimpan"
        ordering = ["order", "pk"]
        indexes = [
            models.Index(fields=["office"], condition=Q(audience="OFFICE"), name="desk_view_office"),
            models.Index(fields=["audience"], condition=Q(audience="ALL"), name="desk_view_all"),
        ]
        constraints = [
            models.UniqueConstraint("owner", "kind", Lower("name"), name="desk_view_name_once"),
            models.CheckConstraint(
                condition=Q(audience="OFFICE", office__isnull=False)
                | (~Q(audience="OFFICE") & Q(office__isnull=True)),
                name="desk_view_office_only_for_offices",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """One open stream of one person at one case. Worth nothing after `expires_at`, nor after a crash.

    Written and read by presence.py only, with the clock of the database; the table is not logged (migration).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=20)
    case_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField("sampai")

    class Meta:
        verbose_name = "kehadiran"
        verbose_name_plural = "kehadiran"
        indexes = [
            models.Index(fields=["kind", "case_id"], name="desk_presence_case"),
            models.Index(fields=["expires_at"], name="desk_presence_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.kind}:{self.case_id}"
