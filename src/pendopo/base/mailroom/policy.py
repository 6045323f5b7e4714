"""Who may decide about a mail: who may see it. Seeing is `Mail.objects.visible_to`."""

from typing import Any

from pendopo.base.mailroom.models import Mail
from pendopo.base.organizations.roles import roles_of


def may_open(user: Any) -> bool:
    """The menu line: the koordinator. Officers of a secret case come by the letter that tells them."""
    return roles_of(user).coordinates


def may_decide(user: Any, mail: Mail) -> bool:
    return Mail.objects.visible_to(user).filter(pk=mail.pk).exists()
