"""The append-only history: who, for which office, did what to which subject, with which facts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from pendopo.base.audit import secrecy
from pendopo.base.organizations.models import Role
from pendopo.base.organizations.roles import roles_of

SYSTEM = gettext_noop("Sistem")
CITIZEN = gettext_noop("Warga")
REPORTER = gettext_noop("Pelapor")
# Labels that name no person: the only ones a citizen's timeline shows as they are.
NAMELESS = frozenset({SYSTEM, CITIZEN, REPORTER})
# Who does the work of an office, and so may read what happened to its secret cases.
WORKING_ROLES = (Role.OFFICER, Role.HEAD, Role.COORDINATOR)


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Mark:
    """A place in history: the entry after which the next page starts."""

    at: dt.datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // dt.timedelta(microseconds=1)}.{self.pk}"

    @classmethod
    def parse(cls, words: str) -> "Mark":
        """Read what `str` wrote. Raises ValueError."""
        micros, _dot, pk = words.partition(".")
        try:
            mark = cls(_EPOCH + dt.timedelta(microseconds=int(micros)), int(pk))
        except OverflowError as error:
            raise ValueError(str(error)) from None
        if not 0 <= mark.pk < 2**63:
            raise ValueError("no such entry")
        return mark


class EntryQuerySet(QuerySet["Entry"]):
    def visible_to(self, user: Any) -> "EntryQuerySet":
        """Administrators read all; other staff read their own offices' entries and their own acts.

        Restricted entries (acts on secret cases) are only for who does the work of their office:
        administrators do not see them either. A case page does not use this: who may see a case may see
        its entries (`about`).
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

    def before(self, mark: "Mark | None") -> "EntryQuerySet":
        """Entries older than the mark, newest first: a page costs the same however long history is."""
        found = self.order_by("-at", "-pk")
        if mark is None:
            return found
        return found.filter(Q(at__lte=mark.at), Q(at__lt=mark.at) | Q(pk__lt=mark.pk))


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
