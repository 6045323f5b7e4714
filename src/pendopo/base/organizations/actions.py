"""Changing who works where. Each action: find – may – change – record – tell.

`actor` None is the system itself. Refused persons get PermissionDenied, refused states ValidationError with
a sentence for the form.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.organizations import events
from pendopo.base.organizations.models import (
    ActingHead,
    ActingKind,
    Identity,
    Kind,
    Leave,
    Membership,
    Organization,
    Role,
)
from pendopo.base.organizations.policy import may_manage
from pendopo.base.organizations.roles import forget
from pendopo.base.registries import history
from pendopo.kernel import clock, text
from pendopo.kernel.events import publish


@transaction.atomic
def appoint(
    *,
    actor: User | None,
    user: User,
    organization: Organization,
    role: str,
    since: dt.date,
    until: dt.date | None = None,
    now: dt.datetime,
) -> Membership:
    """Give a person a role in an office from `since` to `until` (both included, open end)."""
    _may(actor)
    _in_order(since, until)
    if role not in Role.values:
        raise ValidationError({"role": _("Peran itu tidak ada.")})
    if not organization.active:
        raise ValidationError({"organization": _("Kantor ini sudah ditutup.")})
    with _said(_("Orang ini sudah memegang peran itu di kantor itu pada waktu itu.")):
        membership = Membership.objects.create(
            user=user, organization=organization, role=role, since=since, until=until
        )
    _mark_administrator(user)
    _record(
        "appointed", actor, organization, organization, now, person=str(user), role=_role(role), since=since
    )
    publish(events.PersonAppointed(user.pk, organization.pk, str(role)))
    return membership


@transaction.atomic
def end_membership(*, actor: User | None, membership: Membership, on: dt.date, now: dt.datetime) -> None:
    """Let a role end; `on` is its last day. A role that never began is taken away as if it had not been."""
    _may(actor)
    _lock_government()
    membership = Membership.objects.select_for_update(of=["self"]).get(pk=membership.pk)
    if membership.until is not None and membership.until < on:
        raise ValidationError({"until": _("Keanggotaan ini sudah berakhir.")})
    _keep_an_administrator(lambda row: row.pk == membership.pk, membership.role, on)
    if on < membership.since:
        on = membership.since - dt.timedelta(days=1)
        membership.delete()
    else:
        membership.until = on
        membership.save(update_fields=["until"])
    _mark_administrator(membership.user)
    _record(
        "membership_ended", actor, membership.organization, membership.organization, now,
        person=str(membership.user), role=_role(membership.role), until=on,
    )  # fmt: skip
    publish(
        events.MembershipEnded(
            membership.user_id, membership.organization_id, membership.role, on.isoformat()
        )
    )


@transaction.atomic
def open_account(*, actor: User | None, email: str, name: str, phone: str = "", now: dt.datetime) -> User:
    """Make an account without a password; its owner sets one by a link (accounts.invitations)."""
    _may(actor)
    email = email.strip().lower()
    if User.objects.filter(email__iexact=email).exists():
        raise ValidationError({"email": _("Surel ini sudah punya akun.")})
    user = User.objects.create_user(
        email, name=text.clean_line(name)[:120], phone=text.clean_line(phone)[:20]
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    _record("account_opened", actor, user, None, now, person=str(user))
    return user


@transaction.atomic
def deactivate_person(*, actor: User | None, user: User, now: dt.datetime) -> None:
    """Close an account: the person cannot sign in and holds no role from now on."""
    _may(actor)
    _lock_government()
    _keep_an_administrator(lambda row: row.user_id == user.pk, Role.ADMINISTRATOR, clock.local_date(now))
    user.is_active = False
    user.save(update_fields=["is_active"])
    forget(user)
    _record("person_deactivated", actor, user, None, now, person=str(user))


@transaction.atomic
def reactivate_person(*, actor: User | None, user: User, now: dt.datetime) -> None:
    """Open a closed account again. Roles that have not ended hold again."""
    _may(actor)
    user.is_active = True
    user.save(update_fields=["is_active"])
    forget(user)
    _record("person_reactivated", actor, user, None, now, person=str(user))


@transaction.atomic
def remove_second_factor(*, actor: User | None, user: User, now: dt.datetime) -> None:
    """For a lost phone: take the second factor away and end every session of the person."""
    _may(actor)
    Authenticator.objects.filter(user=user).delete()
    user.session_version += 1
    user.save(update_fields=["session_version"])
    _record("second_factor_removed", actor, user, None, now, person=str(user))


@transaction.atomic
def set_acting_head(
    *,
    actor: User | None,
    organization: Organization,
    user: User,
    kind: str,
    since: dt.date,
    until: dt.date | None = None,
    decree: str = "",
    now: dt.datetime,
) -> ActingHead:
    """Let a person lead an office as Plt (seat empty) or Plh (head away). One at a time for an office."""
    _may(actor)
    _in_order(since, until)
    if not organization.active:
        raise ValidationError({"organization": _("Kantor ini sudah ditutup.")})
    with _said(_("Kantor ini sudah punya pejabat pengganti pada waktu itu.")):
        acting = ActingHead.objects.create(
            organization=organization, user=user, kind=kind, since=since, until=until,
            decree=text.clean_line(decree)[:120],
        )  # fmt: skip
    forget(user)
    _record(
        "acting_head_set", actor, organization, organization, now,
        person=str(user), kind=ActingKind(kind).label, since=since, until=until, decree=acting.decree,
    )  # fmt: skip
    publish(
        events.ActingHeadSet(
            user.pk, organization.pk, since.isoformat(), until.isoformat() if until else None
        )
    )
    return acting


@transaction.atomic
def end_acting_head(*, actor: User | None, acting: ActingHead, on: dt.date, now: dt.datetime) -> None:
    """Let an acting head's time end; `on` is the last day, not before the first."""
    _may(actor)
    if on < acting.since or (acting.until is not None and acting.until < on):
        raise ValidationError({"until": _("Tanggal itu di luar masa tugasnya.")})
    acting.until = on
    acting.save(update_fields=["until"])
    forget(acting.user)
    _record(
        "acting_head_ended", actor, acting.organization, acting.organization, now,
        person=str(acting.user), until=on,
    )  # fmt: skip


@transaction.atomic
def record_leave(
    *, actor: User | None, user: User, since: dt.date, until: dt.date, note: str = "", now: dt.datetime
) -> Leave:
    """Note the days a person is away. The reason stays out of history: it may be about health."""
    _may(actor)
    _in_order(since, until)
    leave = Leave.objects.create(user=user, since=since, until=until, note=text.clean_line(note)[:160])
    _record("leave_recorded", actor, user, None, now, person=str(user), since=since, until=until)
    publish(events.LeaveRecorded(user.pk, since.isoformat(), until.isoformat()))
    return leave


@transaction.atomic
def save_office(*, actor: User | None, organization: Organization, now: dt.datetime) -> Organization:
    """Open a new office or keep changes of one; its subtree moves along. Closing has its own action."""
    _may(actor)
    new = organization.pk is None
    changed = [] if new else _changes(organization)
    with _said(_("Pemerintah daerah dan kantor penerima masing-masing hanya boleh ada satu.")):
        organization.save()
    _record(
        "office_opened" if new else "office_changed", actor, organization, organization, now,
        name=organization.name, changed=changed,
    )  # fmt: skip
    return organization


@transaction.atomic
def close_office(*, actor: User | None, organization: Organization, now: dt.datetime) -> None:
    """Close an office: all roles in it end today. The government and the intake office stay open, and so
    does an office with open offices below it."""
    _may(actor)
    if organization.kind == Kind.GOVERNMENT or organization.is_intake:
        raise ValidationError(_("Pemerintah daerah dan kantor penerima tidak bisa ditutup."))
    if organization.children.filter(active=True).exists():
        raise ValidationError(_("Masih ada kantor yang buka di bawahnya. Tutup atau pindahkan dulu."))
    today = clock.local_date(now)
    organization.active = False
    organization.save(update_fields=["active"])
    for membership in Membership.objects.current(on=today).filter(organization=organization):
        end_membership(actor=actor, membership=membership, on=today, now=now)
    for acting in ActingHead.objects.current(on=today).filter(organization=organization):
        end_acting_head(actor=actor, acting=acting, on=today, now=now)
    _record("office_closed", actor, organization, organization, now, name=organization.name)
    publish(events.OfficeClosed(organization.pk))


@transaction.atomic
def save_identity(*, actor: User | None, identity: Identity, now: dt.datetime) -> Identity:
    """Keep how the government shows itself."""
    _may(actor)
    identity.save()
    _record("identity_changed", actor, identity.organization, identity.organization, now)
    return identity


def _may(actor: User | None) -> None:
    if not may_manage(actor):
        raise PermissionDenied


def _in_order(since: dt.date, until: dt.date | None) -> None:
    if until is not None and until < since:
        raise ValidationError({"until": _("Tanggal akhir tidak boleh sebelum tanggal mulai.")})


def _role(role: str) -> Any:
    return Role(role).label


def _lock_government() -> None:
    """Two administrators who remove each other at the same moment must wait for one another."""
    list(Organization.objects.select_for_update().filter(kind=Kind.GOVERNMENT).values_list("pk"))


def _keep_an_administrator(leaves: Callable[[Membership], bool], role: str, on: dt.date) -> None:
    """Refuse when nobody but the leaving ones would administer the government after `on`."""
    if role != Role.ADMINISTRATOR:
        return
    the_day_after = on + dt.timedelta(days=1)
    holders = Membership.objects.filter(
        role=Role.ADMINISTRATOR, organization__kind__in=[Kind.GOVERNMENT, Kind.SECRETARIAT]
    ) | Membership.objects.filter(role=Role.ADMINISTRATOR, organization__is_intake=True)
    rows = list(holders.filter(until__isnull=True, user__is_active=True, since__lte=the_day_after))
    if any(leaves(row) for row in rows) and all(leaves(row) for row in rows):
        raise ValidationError(_("Ini administrator terakhir. Angkat penggantinya dulu."))


def _mark_administrator(user: User) -> None:
    """Only administrators may open Django's administration at all."""
    forget(user)
    is_one = Membership.objects.filter(user=user, role=Role.ADMINISTRATOR, until__isnull=True).exists()
    if user.is_staff != is_one:
        user.is_staff = is_one
        user.save(update_fields=["is_staff"])


def _changes(organization: Organization) -> list[str]:
    before = Organization.objects.get(pk=organization.pk)
    return [
        str(field.verbose_name)
        for field in Organization._meta.concrete_fields
        if field.name != "path" and getattr(before, field.attname) != getattr(organization, field.attname)
    ]


@contextmanager
def _said(sentence: str) -> Iterator[None]:
    """A constraint of the database, in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise ValidationError(sentence) from None


def _record(
    verb: str,
    actor: User | None,
    subject: Any,
    organization: Organization | None,
    now: dt.datetime,
    **facts: Any,
) -> None:
    history.record(
        actor=actor,
        verb=f"organizations.{verb}",
        subject=subject,
        organization=organization,
        facts=facts,
        at=now,
    )
