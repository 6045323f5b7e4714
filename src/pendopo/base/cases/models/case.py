"""The case itself: number, office, state, secrecy, and who may see it."""

import datetime as dt
from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import DateTimeField, F, Func, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.models import Role
from pendopo.base.organizations.roles import Roles, roles_of
from pendopo.kernel.states import Transitions

# A secret case is read only by people who work in the handling office; observers and administrators are not.
WORKING_ROLES = (Role.OFFICER, Role.HEAD, Role.COORDINATOR)


# The order of work: a case without a limit stands after all others. Written as PostgreSQL keeps it in the indexes.
DUE_OR_NEVER = Func(
    F("due_at"), template="COALESCE(%(expressions)s, 'infinity'::timestamptz)", output_field=DateTimeField()
)


class Urgency(models.IntegerChoices):
    EMERGENCY = 1, _("darurat")
    HIGH = 2, _("mendesak")
    NORMAL = 3, _("biasa")


def status_check(table: str, statuses: Collection[str]) -> models.CheckConstraint:
    """Constraint that refuses a status outside the room's words even from `.update()` or SQL."""
    return models.CheckConstraint(condition=Q(status__in=list(statuses)), name=f"{table}_known_status")


class CaseQuerySet(QuerySet):
    """Reading cases. `visible_to` is the only way into views, exports and search."""

    def public(self) -> Self:
        """What everybody may see: neither secret nor hidden."""
        return self.filter(secret=False, hidden=False)

    def visible_to(self, user: Any, *, holding: Collection[int] = ()) -> Self:
        """Cases whose public face `user` may see.

        `holding` are ids of cases for which this visitor has proved to be the reporter (code plus e-mail or
        phone, or a signed link); a reporter's own account needs no further proof.
        """
        seen = Q(secret=False, hidden=False)
        if holding:
            seen |= Q(pk__in=list(holding))
        if getattr(user, "is_authenticated", False):
            seen |= Q(reporter_id=user.pk) | self._on_desk(roles_of(user))
        return self.filter(seen)

    def desk_of(self, user: Any) -> Self:
        """Cases a member of staff works with: the own office's, or all offices'.

        An office that was asked for a part sees its task (decision 0019), not the case.
        """
        roles = roles_of(user)
        return self.filter(self._on_desk(roles)) if roles.is_staff else self.none()

    def desk_parts(self, user: Any) -> "list[Self]":
        """`desk_of(user)` in parts that share no case: each part is one walk along an index, their OR is none."""
        roles = roles_of(user)
        if not roles.is_staff:
            return []
        return [self.filter(part) for part in self._desk_parts(roles)]

    def _on_desk(self, roles: Roles) -> Q:
        whole, *more = self._desk_parts(roles)
        for part in more:
            whole |= part
        return whole

    def _desk_parts(self, roles: Roles) -> list[Q]:
        """Everything of the offices where the person works; of others only what is not secret."""
        working = roles.offices_as(*WORKING_ROLES)
        own = Q(office_id__in=working)
        if roles.sees_all:
            return [Q(secret=False) | own]
        parts = [own]
        watched = [office for office in roles.offices if office not in working]
        if watched:
            parts.append(Q(office_id__in=watched, secret=False))
        return parts

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def overdue(self, *, now: dt.datetime) -> Self:
        return self.open().filter(due_at__lt=now)


class AbstractCase(models.Model):
    """One case. Rooms add their own `status` words, transition table and statutory facts.

    `code` is known to the reporter and staff; `slug` names the public page, so that a public list gives
    nobody half of the proof that opens the reporter's view. `due_at` repeats the earliest running clock,
    kept by `clocks.refresh_due`, so lists sort and filter without a join. `version` counts changes.
    `snoozed_until` keeps a case out of the everyday queues until that day; no clock stops for it.
    """

    KIND: ClassVar[str]
    TRANSITIONS: ClassVar[Transitions]

    code = models.CharField("nomor", max_length=16, unique=True)
    slug = models.CharField(max_length=12, unique=True)
    status = models.CharField("keadaan", max_length=20)
    office = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="+", verbose_name="kantor"
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    channel = models.CharField("saluran", max_length=12)
    language = models.CharField("bahasa", max_length=5, default="id")
    secret = models.BooleanField("rahasia", default=False)
    hidden = models.BooleanField("disembunyikan dari publik", default=False)
    hidden_reason = models.CharField("alasan disembunyikan", max_length=300, blank=True, default="")
    urgency = models.PositiveSmallIntegerField(
        "kemendesakan", choices=Urgency.choices, default=Urgency.NORMAL
    )
    received_at = models.DateTimeField("diterima pada")
    updated_at = models.DateTimeField("berubah pada")
    closed_at = models.DateTimeField("selesai pada", null=True, blank=True)
    due_at = models.DateTimeField("batas waktu", null=True, blank=True)
    due_step = models.CharField("langkah yang ditunggu", max_length=20, blank=True, default="")
    paused = models.BooleanField("waktu dijeda", default=False)
    snoozed_until = models.DateField("ditunda sampai", null=True, blank=True)
    snooze_reason = models.CharField("alasan ditunda", max_length=300, blank=True, default="")
    version = models.PositiveIntegerField("versi", default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    def move_to(self, new: str, *, now: dt.datetime) -> None:
        """Change the status if the room's table allows it; the only writer of `status` beside `override`.

        Raises `RefusedTransition`. The row must be locked (`select_for_update`) by the calling action.
        """
        self.TRANSITIONS.check(self.status, new)
        self.status = new
        self._mark_end(now)

    def override(self, new: str, *, now: dt.datetime) -> None:
        """Set a status the table does not allow. Only the audited verb `override` of a room calls this."""
        if new not in self.TRANSITIONS.table:
            raise ValueError(f"unknown status {new!r}")
        self.status = new
        self._mark_end(now)

    def _mark_end(self, now: dt.datetime) -> None:
        self.closed_at = now if self.status in self.final_statuses() else None
        self.snoozed_until, self.snooze_reason = None, ""  # whatever moves a case wakes it
        self.touch("status", "closed_at", "snoozed_until", "snooze_reason", now=now)

    def touch(self, *fields: str, now: dt.datetime) -> None:
        """Save the named fields of this locked row and count the change, so that clashing edits are noticed."""
        self.updated_at = now
        self.version += 1
        self.save(update_fields=[*fields, "updated_at", "version"])

    @classmethod
    def final_statuses(cls) -> frozenset[str]:
        """Statuses in which no clock runs and nobody has to act. The room says which."""
        raise TypeError(f"{cls.__name__} must say which statuses are final")
