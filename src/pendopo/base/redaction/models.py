"""A file being blackened, and its boxes. What stands under a box is never written down."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.files.models import File
from pendopo.base.redaction.hosts import hosts
from pendopo.kernel.states import Transitions


class Status(models.TextChoices):
    DRAFT = "DRAFT", _("sedang ditandai")
    BURNING = "BURNING", _("sedang dihitamkan")
    READY = "READY", _("terbukti, siap dipakai")
    FAILED = "FAILED", _("belum berhasil")


_S = Status
TRANSITIONS = Transitions.of(
    _S.DRAFT,
    {
        _S.DRAFT: [_S.BURNING],
        _S.BURNING: [_S.READY, _S.FAILED],
        _S.FAILED: [_S.DRAFT, _S.BURNING],
        _S.READY: [_S.DRAFT],
    },
)


class RedactionQuerySet(QuerySet["Redaction"]):
    def visible_to(self, user: Any, *, pk: uuid.UUID) -> "RedactionQuerySet":
        """The one redaction, when the room it belongs to lets this person edit it."""
        row = self.filter(pk=pk).values_list("about_kind", "about_id").first()
        host = hosts.get(row[0]) if row else None
        allowed = row and host and getattr(user, "is_authenticated", False) and host.may_edit(user, row[1])
        return self.filter(pk=pk) if allowed else self.none()

    def about(self, kind: str, about_id: str) -> "RedactionQuerySet":
        return self.filter(about_kind=kind, about_id=about_id).select_related("source", "output")

    def lost(self, *, before: dt.datetime) -> "RedactionQuerySet":
        """Those whose burning began before that moment and never ended: their job died."""
        return self.filter(status=_S.BURNING, burning_since__lt=before)


AT_ONCE = 2  # pages


class Redaction(models.Model):
    """`sheets` holds width, height (points) and letters of each page; `suggestions` the places of found patterns, never
    their words, and is null until the search has run. `attempt` names the last burning."""

    TRANSITIONS: ClassVar[Transitions] = TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=60)
    source = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name="berkas asli")
    source_sha256 = models.CharField(max_length=64)
    output = models.ForeignKey(
        File, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="hasil"
    )
    output_sha256 = models.CharField(max_length=64, blank=True, default="")
    status = models.CharField("keadaan", max_length=8, choices=_S.choices, default=_S.DRAFT)
    sheets = models.JSONField(default=list)
    suggestions = models.JSONField(null=True, blank=True)
    proof = models.JSONField(default=dict, blank=True)
    attempt = models.UUIDField(null=True, blank=True)
    burning_since = models.DateTimeField(null=True, blank=True)
    proven_at = models.DateTimeField("terbukti pada", null=True, blank=True)
    seconds = models.FloatField("lama (detik)", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField("dibuat pada")

    objects = RedactionQuerySet.as_manager()

    class Meta:
        verbose_name = "penghitaman"
        verbose_name_plural = "penghitaman"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=_S.values), name="redaction_known_status"),
            models.CheckConstraint(
                condition=~Q(status=_S.READY) | Q(output__isnull=False), name="redaction_ready_has_output"
            ),
            models.UniqueConstraint(
                fields=["about_kind", "about_id", "source"], name="redaction_once_a_file"
            ),
        ]

    def __str__(self) -> str:
        return self.source.name

    def move_to(self, new: str) -> None:
        """The only writer of `status`. Raises RefusedTransition; the caller saves."""
        self.TRANSITIONS.check(self.status, new)
        self.status = new

    @property
    def pages(self) -> int:
        return len(self.sheets)

    @property
    def has_text(self) -> bool:
        return any(letters for _width, _height, letters in self.sheets)

    @property
    def is_short(self) -> bool:
        """Burnt at once, while the person waits."""
        return self.pages <= AT_ONCE


class Box(models.Model):
    """A rectangle in points from the top left of the page as shown, with the ground it stands on."""

    redaction = models.ForeignKey(Redaction, models.CASCADE, related_name="boxes")
    page = models.PositiveIntegerField("halaman")
    x = models.FloatField()
    y = models.FloatField()
    w = models.FloatField()
    h = models.FloatField()
    ground = models.CharField("dasar", max_length=12)
    reason = models.CharField("alasan", max_length=300, blank=True, default="")
    found = models.CharField("ditemukan sebagai", max_length=12, blank=True, default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField("dibuat pada")

    class Meta:
        verbose_name = "kotak hitam"
        verbose_name_plural = "kotak hitam"
        ordering = ["page", "y", "x", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(w__gt=0, h__gt=0, page__gte=1), name="redaction_box_has_size"),
            models.UniqueConstraint(
                fields=["redaction", "page", "x", "y", "w", "h"], name="redaction_box_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.ground}"


def linked(ids: Collection[uuid.UUID]) -> Iterable[uuid.UUID]:
    """The files this room needs."""
    rows = Redaction.objects.filter(Q(source__in=ids) | Q(output__in=ids)).values_list("source", "output")
    return {file for row in rows for file in row if file}
