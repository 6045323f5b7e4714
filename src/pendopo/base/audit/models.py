"""The append-only history: who, for which office, did what to which subject, with which facts."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from pendopo.base.audit import secrecy
from pendopo.base.organizations.models import Role
from pendopo.base.organizations.roles import roles_of

SYSTEM = "Sistem"
CITIZEN = "Warga"
REPORTER = "Pelapor"
# Labels that name no person: the only ones a citizen's timeline shows as they are.
NAMELESS = frozenset({SYSTEM, CITIZEN, REPORTER})
# Who does the work of an office, and so may read what happened to its secret cases.
WORKING_ROLES = (Role.OFFICER, Role.HEAD, Role.COORDINATOR)


class EntryQuerySet(QuerySet["Entry"]):
    def visible_to(self, user: Any) -> "EntryQuerySet":
        """Administrators of the government read all; staff read their own offices' entries and their own
        acts.

        Restricted entries (acts on secret cases) are only for who does the work of their office:
        administrators do not see them either. A case page does not use this: who may see a case may see its
        entries (`about`).
        """
        roles = roles_of(user)
        if not roles.is_staff:
            return self.none()
        found = self if roles.administers else self.filter(self._own(roles.offices, roles.user_id))
        found = found.filter(Q(restricted=False) | Q(organization__in=roles.offices_as(*WORKING_ROLES)))
        for kind, hidden_from in secrecy.guards().items():
            found = found.exclude(subject_kind=kind, subject_id__in=hidden_from(user))
        return found

    @staticmethod
    def _own(offices: tuple[int, ...], user_id: int | None) -> Q:
        return Q(organization__in=offices) | Q(actor_id=user_id)

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
    subject_id = models.BigIntegerField(null=True, blank=True)
    subject_code = models.CharField("nomor", max_length=60, blank=True, default="")
    facts = models.JSONField(default=dict)
    public = models.BooleanField("tampak bagi warga", default=False)
    restricted = models.BooleanField("hanya untuk kantor yang menangani", default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "jejak"
        verbose_name_plural = "jejak"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "at"], name="audit_by_subject"),
            models.Index(fields=["organization", "at"], name="audit_by_office"),
            models.Index(fields=["-at", "-id"], name="audit_by_time"),
            models.Index(fields=["subject_code"], name="audit_by_code"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject_code}"
