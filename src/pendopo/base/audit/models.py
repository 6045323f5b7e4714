"""The append-only history: who, for which office, did what to which subject, with which facts."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from pendopo.base.organizations.roles import roles_of


class EntryQuerySet(QuerySet["Entry"]):
    def visible_to(self, user: Any) -> "EntryQuerySet":
        """Administrators of the government read all; staff read their own offices' entries and their own acts.

        A case page does not use this: who may see a case may see its entries (`about`).
        """
        roles = roles_of(user)
        if not roles.is_staff:
            return self.none()
        if roles.administers:
            return self
        return self.filter(Q(organization__in=roles.offices) | Q(actor_id=roles.user_id))

    def about(self, subject: models.Model) -> "EntryQuerySet":
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)

    def public(self) -> "EntryQuerySet":
        return self.filter(public=True)


class Entry(models.Model):
    """One fact of history. Written in the transaction of the act; a trigger refuses UPDATE and DELETE.

    `facts` holds plain values that the verb's sentence needs. Never personal data of a citizen and
    never words of a secret case: history cannot be erased.
    """

    at = models.DateTimeField("pada")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    actor_label = models.CharField("pelaku", max_length=120)
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, blank=True, related_name="+"
    )
    verb = models.CharField("perbuatan", max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    subject_code = models.CharField("nomor", max_length=60, blank=True, default="")
    facts = models.JSONField(default=dict)
    public = models.BooleanField("tampak bagi warga", default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "jejak"
        verbose_name_plural = "jejak"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "at"], name="audit_by_subject"),
            models.Index(fields=["organization", "at"], name="audit_by_office"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject_code}"
