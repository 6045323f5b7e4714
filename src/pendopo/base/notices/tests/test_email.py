import smtplib
import socket

import pytest
from django.core import mail

from pendopo.base.notices.channels import PermanentFailure, Recipient, TemporaryFailure, adapters
from pendopo.base.notices.channels.email import TIMEOUT, EmailAdapter
from pendopo.base.notices.delivery import attempt
from pendopo.base.notices.tests.letters import TIMES, wrote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]


def test_the_letter_is_plain_and_says_it_is_automatic(government, settings) -> None:
    settings.PUBLIC_URL = "https://pendopo.example"
    settings.DEFAULT_FROM_EMAIL = "jangan-balas@kota.example"
    (notice,) = wrote(link="/laporan/abc/")
    attempt(notice_id=notice.pk, now=TIMES)
    (letter,) = mail.outbox
    assert letter.to == ["warga@uji.example"]
    assert letter.from_email == "Kota Uji <jangan-balas@kota.example>"
    assert letter.subject == "Laporan LAP-7K2M-Q9XA selesai"
    assert letter.body == (
        "Laporan LAP-7K2M-Q9XA: Lampu sudah menyala.\n\n"
        "Buka: https://pendopo.example/laporan/abc/\n\n"
        "-- \nKota Uji\nSurel ini dikirim otomatis; balasannya tidak dibaca.\n"
    )
    message = letter.message()
    assert message["Message-ID"] == f"<{notice.token}@kota.example>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_setting_names_the_adapters(settings) -> None:
    assert list(adapters()) == ["EMAIL", "PUSH"]
    assert EmailAdapter().address_of(Recipient()) == ""


@pytest.mark.parametrize(
    ("error", "failure", "reason"),
    [
        (
            smtplib.SMTPRecipientsRefused({"a": (550, b"x")}),
            PermanentFailure,
            "SMTPRecipientsRefused 550",
        ),
        (smtplib.SMTPRecipientsRefused({"a": (450, b"x")}), TemporaryFailure, "SMTPRecipientsRefused 450"),
        (smtplib.SMTPRecipientsRefused({}), TemporaryFailure, "SMTPRecipientsRefused 0"),
        (smtplib.SMTPDataError(554, b"spam"), PermanentFailure, "SMTPDataError 554"),
        (smtplib.SMTPSenderRefused(451, b"x", "a@b"), TemporaryFailure, "SMTPSenderRefused 451"),
        (smtplib.SMTPAuthenticationError(535, b"x"), TemporaryFailure, "SMTPAuthenticationError"),
        (smtplib.SMTPServerDisconnected("x"), TemporaryFailure, "SMTPServerDisconnected"),
        (ConnectionRefusedError(), TemporaryFailure, "ConnectionRefusedError"),
        (TimeoutError(), TemporaryFailure, "TimeoutError"),
        (socket.gaierror(), TemporaryFailure, "gaierror"),
        (mail.BadHeaderError("x"), PermanentFailure, "BadHeaderError"),
        (UnicodeEncodeError("ascii", "x", 0, 1, "x"), PermanentFailure, "UnicodeEncodeError"),
    ],
)
def test_errors_of_mail_servers_become_later_or_never(monkeypatch, error, failure, reason: str) -> None:
    def refuse(self) -> None:
        raise error

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    (notice,) = wrote()
    with pytest.raises(failure) as caught:
        EmailAdapter().deliver(notice)
    assert caught.value.reason == reason


def test_a_silent_server_does_not_hold_the_worker(monkeypatch) -> None:
    asked: dict[str, object] = {}
    monkeypatch.setattr(
        "pendopo.base.notices.channels.email.get_connection",
        lambda **options: asked.update(options) or mail.get_connection(),
    )
    (notice,) = wrote()
    EmailAdapter().deliver(notice)
    assert asked == {"timeout": TIMEOUT}
