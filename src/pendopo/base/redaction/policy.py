"""Who may look at an original and blacken it: whom the room it belongs to lets."""

from typing import Any

from pendopo.base.redaction.hosts import host_of
from pendopo.base.redaction.models import Redaction


def may_edit(user: Any, redaction: Redaction) -> bool:
    return bool(host_of(redaction.about_kind).may_edit(user, redaction.about_id))
