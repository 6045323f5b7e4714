from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pendopo.base.notices.models import Notice


def inbox(request: HttpRequest) -> dict[str, Any]:
    """`inbox_unread`: how many messages wait. Asks the database only when a template shows it."""

    def unread() -> int:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:  # no query for visitors
            return 0
        return Notice.objects.visible_to(user).unread().count()

    return {"inbox_unread": SimpleLazyObject(unread)}
