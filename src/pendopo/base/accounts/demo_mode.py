"""The demo city's people: one tap signs in as one of them, in demo mode and nowhere else."""

from django.conf import settings

from pendopo.base.accounts.models import User

_MOST = 12


def on() -> bool:
    return bool(settings.DEMO)


def may_sign_in(user: User) -> bool:
    """People of the demo city exist only in demo mode; everybody else is not this module's matter."""
    return on() or not user.is_demo


def people() -> list[User]:
    """Whom the sign-in page offers: those with a note first, at most twelve. Empty outside demo mode."""
    if not on():
        return []
    everyone = User.objects.filter(is_demo=True, is_active=True)
    chosen = list(everyone.exclude(demo_note="").order_by("pk")[:_MOST])
    return chosen or list(everyone.order_by("pk")[:_MOST])
