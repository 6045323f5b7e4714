"""What an account knows about its person, for their copy and for erasing."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from pendopo.base.accounts.models import User
from pendopo.base.registries import personal
from pendopo.base.registries.personal import Erased, Erasure, Held, Holding, Subject

ERASED = gettext_noop("Akun dihapus")
_DOMAIN = "akun-dihapus.invalid"  # RFC 2606: no mail can ever go there


def _of(subject: Subject) -> QuerySet[User]:
    # An address proved by a letter is the account's only when the account verified it as well.
    proved = EmailAddress.objects.filter(verified=True, email__in=subject.emails).values("user_id")
    mine = Q(pk=subject.user_id) if subject.user_id else Q(pk__in=[])
    return User.objects.filter(mine | Q(pk__in=proved)).exclude(email__endswith=f"@{_DOMAIN}")


def collect(subject: Subject) -> Holding:
    return Holding([_told(user) for user in _of(subject)])


def _told(user: User) -> dict[str, Any]:
    addresses = EmailAddress.objects.filter(user=user)
    keys = Authenticator.objects.filter(user=user).order_by("created_at")
    return {
        "nama": user.name,
        "surel": user.email,
        "telepon": user.phone,
        "bahasa": user.language,
        "bergabung": user.date_joined,
        "terakhir masuk": user.last_login,
        "alamat surel": [{"surel": one.email, "terverifikasi": one.verified} for one in addresses],
        "pengaman kedua": [
            {"jenis": key.type, "dipasang": key.created_at, "dipakai": key.last_used_at} for key in keys
        ],
    }


@transaction.atomic
def erase(order: Erasure) -> Erased:
    """Take the person out of the account: nobody can sign in with it again, what it did stays "Akun dihapus".

    A member of staff keeps the account: name and office stand under public acts. Their office ends it.
    """
    found = _of(order.subject)
    held = found.filter(under_hold(order.held))
    free = [user for user in found.exclude(under_hold(order.held)) if not _works_here(user)]
    for user in free:
        _anonymise(user)
    return Erased(len(free), held.count())


def under_hold(held: Held) -> Q:
    return Q(pk__in=held.users) | Q(email__in=held.emails) | (Q(phone__in=held.phones) & ~Q(phone=""))


def _works_here(user: User) -> bool:
    return any(works(user) for works in _workplaces) or user.is_staff or user.is_superuser


_workplaces: list[Any] = []


def register_workplace(works: Any) -> None:
    """`works(user)`: is or was this person staff of an office? Rooms above know, this one does not."""
    _workplaces.append(works)


def _anonymise(user: User) -> None:
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=kind, object_id=str(user.pk)).update(
        object_repr=ERASED, change_message=""
    )
    user.name, user.phone, user.demo_note = ERASED, "", ""
    user.email = f"akun-{user.pk}@{_DOMAIN}"
    user.is_active = False
    user.last_login = None
    user.session_version += 1
    user.set_unusable_password()
    user.save()
    _end_sessions(user.pk)


def _end_sessions(user_id: int) -> None:
    """Sessions are already worthless by the new version; their rows go too: they name the account."""
    for session in Session.objects.iterator(chunk_size=500):
        if str(session.get_decoded().get("_auth_user_id", "")) == str(user_id):
            session.delete()


def register() -> None:
    """Called once from `apps.ready`."""
    personal.holders.register(
        personal.PersonalDataHolder(
            "accounts",
            _("Akun"),
            what=_("Nama, surel, telepon, bahasa, waktu masuk terakhir, dan jenis pengaman kedua."),
            whose=_("Siapa saja yang membuat akun"),
            where="accounts_user, account_emailaddress, mfa_authenticator, django_session",
            collect=collect,
            erase=erase,
            order=90,  # the others find their rows through the account
        )
    )
