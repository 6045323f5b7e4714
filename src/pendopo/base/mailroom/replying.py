"""Our letters carry an address to answer to: `lapor+<secret name of the letter>@kota.go.id`."""

from django.conf import settings

from pendopo.base.mailroom.handlers import handlers
from pendopo.base.notices.models import Notice


def reply_address(notice: Notice) -> str:
    """Where an answer to this letter goes, "" for letters that nobody should answer."""
    wanted = any(notice.event in one.replies_to and notice.about_kind == one.about_kind for one in handlers)
    if not settings.MAIL_IN_ADDRESS or not wanted or notice.sensitive:
        return ""
    local, _at, domain = settings.MAIL_IN_ADDRESS.rpartition("@")
    return f"{local}+{notice.token.hex}@{domain}"
