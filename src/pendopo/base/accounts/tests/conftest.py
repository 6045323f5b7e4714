import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth
from django.test import Client

from pendopo.base.accounts.models import User

PASSWORD = "pagi cerah di pendopo"


@pytest.fixture
def rina(db):
    """A citizen with a password and a verified e-mail."""
    user = User.objects.create_user("rina@contoh.example", PASSWORD, name="Rina Marlina")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def at():
    """`at("192.0.2.1")` is a fresh at at an address."""
    return lambda address="192.0.2.1": Client(REMOTE_ADDR=address)


@pytest.fixture
def codes(mailoutbox):
    """The code in the last e-mail."""

    def last() -> str:
        lines = [
            line
            for line in mailoutbox[-1].body.splitlines()
            if re.fullmatch(r"[0-9A-Z]{3,5}-?[0-9A-Z]{3,5}", line)
        ]
        return lines[0]

    return last


def totp(secret: str, moment: float | None = None) -> str:
    """What an authenticator app shows."""
    value = auth.hotp_value(secret, int((moment or time.time()) // 30))
    return auth.format_hotp_value(value)


@pytest.fixture(autouse=True)
def _mail_leaves_at_once(settings):
    """This room is tested without the outbox above it; base/notices tests the way through it."""
    settings.ACCOUNT_ADAPTER = "pendopo.base.accounts.adapter.AccountAdapter"
