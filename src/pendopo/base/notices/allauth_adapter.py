"""Sign-in mail goes through the same outbox as every other message: retried, seen when it fails, and wiped."""

import uuid
from collections.abc import Mapping
from typing import Any

from allauth.core import context as allauth_context
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendopo.base.accounts import adapter
from pendopo.base.notices.actions import Recipient, send_rendered
from pendopo.kernel import clock

EVENT = "accounts.mail"
# Names under which allauth hands one-time secrets to its templates.
_SECRETS = ("code", "key", "token", "uid", "activate_url", "password_reset_url")


class AccountAdapter(adapter.AccountAdapter):
    @transaction.atomic
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put allauth's mail into the outbox. Written even for unknown addresses, so that it takes as long."""
        request = allauth_context.request
        given = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        message = self.render_mail(template_prefix, email, given)
        send_rendered(
            event=EVENT,
            to=Recipient(email=email, language=get_language() or "id"),
            subject=_without_secrets(str(message.subject), context),
            body=str(message.body),
            dedupe_key=f"{EVENT}:{uuid.uuid4()}",
            now=clock.now(),
        )


def _without_secrets(subject: str, context: Mapping[str, Any]) -> str:
    """The subject, or a plain one when a template (ours or a city's) put a one-time secret into it."""
    secrets = [str(context[name]) for name in _SECRETS if context.get(name)]
    if any(secret in subject for secret in secrets):
        return _("Pesan tentang akun Anda")
    return subject
