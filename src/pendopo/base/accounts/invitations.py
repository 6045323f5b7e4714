"""A link with which a person sets the first password of an account that somebody else made."""

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing
from django.urls import reverse

from pendopo.base.accounts.models import User

_SALT = "pendopo.accounts.invitation"


class _Tokens(PasswordResetTokenGenerator):
    key_salt = _SALT


_tokens = _Tokens()


def link_for(user: User) -> str:
    """The full address. It works once (until a password is set), for settings.PASSWORD_RESET_TIMEOUT."""
    token = signing.dumps([user.pk, _tokens.make_token(user)], salt=_SALT)
    return f"{settings.PUBLIC_URL}{reverse('accounts:invitation', args=[token])}"


def guest_of(token: str) -> User | None:
    """Whose link this is, or None when it is false, used or too old."""
    try:
        pk, proof = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and _tokens.check_token(user, proof) else None
