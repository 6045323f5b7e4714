"""E-mail through Django's mail backend (SMTP in production)."""

import smtplib
from collections.abc import Callable
from email.utils import formataddr, parseaddr

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError, EmailMessage, get_connection
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.notices.channels import PermanentFailure, Recipient, TemporaryFailure
from pendopo.base.notices.models import EMAIL, Notice
from pendopo.base.organizations.models import Identity

SIGNATURE = "\n-- \n"  # RFC 3676, 4.3
TIMEOUT = 20  # seconds; the message's row stays locked so long

# (notice) -> where an answer goes, "" for letters that nobody should answer. A room above may put one in.
_reply_address: list[Callable[[Notice], str]] = []


def use_reply_address(find: Callable[[Notice], str]) -> None:
    """Let a room that reads mails say where answers go. Called once, when Django is ready."""
    _reply_address[:] = [find]


class EmailAdapter:
    """Plain-text mail. The Message-ID follows from the notice, so mail servers drop a message sent twice."""

    channel = EMAIL
    label = gettext_lazy("surel")

    def address_of(self, to: Recipient) -> str:
        """A user's own verified address (an unverified one may be a stranger's), else the address given."""
        if to.push:
            return ""  # meant for one phone, which somebody else may hold
        if to.user is None:
            return _checked(to.email)
        found = EmailAddress.objects.filter(user=to.user, verified=True).order_by("-primary", "pk")
        return _checked(found.values_list("email", flat=True).first() or to.email)

    def deliver(self, notice: Notice) -> None:
        sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        name = Identity.objects.values_list("display_name", flat=True).first() or "Pendopo"
        answer_to = _reply_address[0](notice) if _reply_address else ""
        message = EmailMessage(
            subject=notice.subject,
            body=_letter(notice, name, answered=bool(answer_to)),
            from_email=formataddr((name, sender)),
            to=[notice.address],
            reply_to=[formataddr((name, answer_to))] if answer_to else None,
            headers={
                "Message-ID": f"<{notice.token}@{sender.rpartition('@')[2] or 'localhost'}>",
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
            },
            connection=get_connection(timeout=TIMEOUT),
        )
        _hand_over(message)


def _hand_over(message: EmailMessage) -> None:
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        raise _failure("SMTPRecipientsRefused", max(codes, default=0)) from None
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
        raise _failure(type(error).__name__, error.smtp_code) from None
    except (BadHeaderError, UnicodeError) as error:
        raise PermanentFailure(type(error).__name__) from None
    except OSError as error:  # smtplib's own errors, refused connections, timeouts, certificates
        raise TemporaryFailure(type(error).__name__) from None


def _failure(reason: str, code: int) -> TemporaryFailure | PermanentFailure:
    """5xx means never (RFC 5321, 4.2.1); everything else may pass."""
    kind = PermanentFailure if 500 <= code < 600 else TemporaryFailure
    return kind(f"{reason} {code}")


def _letter(notice: Notice, government: str, *, answered: bool) -> str:
    with translation.override(notice.language):
        parts = [notice.body]
        if notice.link and settings.PUBLIC_URL not in notice.body:  # words may name the address themselves
            parts.append(_("Buka: %(address)s") % {"address": f"{settings.PUBLIC_URL}{notice.link}"})
        if SIGNATURE in notice.body:  # signed by the template already
            return "\n\n".join(parts) + "\n"
        closing = _("Surel ini dikirim otomatis; balasannya tidak dibaca.")
        if answered:
            closing = _("Surel ini dikirim otomatis. Balas saja untuk menambah keterangan pada laporan Anda.")
        parts.append(f"{SIGNATURE.lstrip()}{government}\n{closing}")
    return "\n\n".join(parts) + "\n"


def _checked(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""
