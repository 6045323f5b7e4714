"""Over real sockets: a server of aiosmtpd and smtplib, and a small IMAP server for the real client library."""

import asyncio
import smtplib
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection

from pendopo.base.mailroom import imap, policies, server, tasks
from pendopo.base.mailroom.handling import attempt
from pendopo.base.mailroom.models import Mail, MailPolicy, RawMail, Reason, Status, Way
from pendopo.base.mailroom.tests.letters import OURS, SERVER, a_mail
from pendopo.domains.reports.models import Report
from pendopo.domains.reports.testing import prepare
from pendopo.kernel import caches, clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _mail_comes_in(settings: Any, government: Any) -> None:
    settings.MAIL_IN_ADDRESS, settings.MAIL_IN_AUTHSERV_ID = OURS, SERVER
    prepare()


@contextmanager
def listening() -> Iterator[int]:
    """The server of `pendopo mail-in` in a thread of its own; its port."""
    ready, loop = threading.Event(), asyncio.new_event_loop()
    found: dict[str, Any] = {}

    async def run() -> None:
        made = await asyncio.get_running_loop().create_server(server.protocol, "127.0.0.1", 0)
        found["port"], found["stop"] = made.sockets[0].getsockname()[1], asyncio.Event()
        ready.set()
        async with made:
            await found["stop"].wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()))
    thread.start()
    assert ready.wait(10)
    try:
        yield found["port"]
    finally:
        loop.call_soon_threadsafe(found["stop"].set)
        thread.join(10)
        loop.close()


def read_all() -> None:
    for mail in Mail.objects.filter(status=Status.RECEIVED):
        attempt(mail_id=mail.pk, now=clock.now())


def test_a_mail_over_smtp_becomes_a_report() -> None:
    with listening() as port, smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        refused = client.sendmail("rina@contoh.example", [OURS], a_mail())
        assert refused == {}
        (mail,) = Mail.objects.all()  # committed before the answer
        assert (mail.way, mail.status) == (Way.SMTP, Status.RECEIVED)
        assert bytes(mail.raw.content).replace(b"\r\n", b"\n").rstrip() == a_mail().rstrip()
        client.sendmail("rina@contoh.example", [OURS], a_mail())  # the other server did not hear our answer
    assert Mail.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'pendopo.base.mailroom.read'"
        )
        assert cursor.fetchone() == (1,)
    read_all()
    assert Report.objects.get().channel == "EMAIL"


def test_other_mailboxes_and_large_mails_are_refused(settings: Any) -> None:
    settings.MAIL_IN_MAX_MB = 1
    with listening() as port, smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.sendmail("a@b.example", ["lain@kota.example"], a_mail())
        with pytest.raises(smtplib.SMTPResponseException) as too_large:
            client.sendmail("a@b.example", [OURS], a_mail(text="a" * 70 + ("\n" + "b" * 70) * 20_000))
        assert too_large.value.smtp_code == 552
        client.sendmail("a@b.example", [OURS.replace("@", "+x@").upper()], a_mail())
    assert Mail.objects.get().recipient == OURS.replace("@", "+x@")


def test_a_database_that_fails_keeps_the_mail_at_the_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_kwargs: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(server, "keep", broken)
    with listening() as port, smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        with pytest.raises(smtplib.SMTPDataError) as later:
            client.sendmail("a@b.example", [OURS], a_mail())
        assert later.value.smtp_code == 451


def test_a_flood_waits_at_the_sender() -> None:
    MailPolicy.objects.create(
        valid_from=clock.local_date(clock.now()),
        reports_per_day=9,
        letters_per_day=1,
        most_waiting=1,
        reason="uji",
    )
    caches.clear_all()
    assert policies.in_force(clock.local_date(clock.now())).most_waiting == 1
    with listening() as port, smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        client.sendmail("a@b.example", [OURS], a_mail())
        with pytest.raises(smtplib.SMTPDataError) as later:
            client.sendmail("a@b.example", [OURS], a_mail(number=2))
        assert later.value.smtp_code == 452


def test_lmtp_answers_once_for_each_recipient(settings: Any) -> None:
    settings.MAIL_IN_PROTOCOL = "lmtp"
    with listening() as port, smtplib.LMTP("127.0.0.1", port) as client:
        client.ehlo_or_helo_if_needed()
        client.mail("a@b.example")
        client.rcpt(OURS)
        client.rcpt(OURS.replace("@", "+x@"))
        client.putcmd("data")
        assert client.getreply()[0] == 354
        client.send(a_mail().replace(b"\n", b"\r\n") + b"\r\n.\r\n")
        assert [client.getreply()[0], client.getreply()[0]] == [250, 250]
    assert Mail.objects.count() == 1


def test_connections_above_the_limit_are_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 1)
    with (
        listening() as port,
        smtplib.SMTP("127.0.0.1", port, timeout=10),
        socket.create_connection(("127.0.0.1", port), timeout=10) as second,
    ):
        assert second.recv(100).startswith(b"421")


class Mailbox(socketserver.StreamRequestHandler):
    """As much IMAP as the client asks for (RFC 3501); `mails` maps a uid to [bytes, seen]."""

    mails: dict[str, list[Any]] = {}
    heard: list[str] = []

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, _gap, command = line.decode().strip().partition(" ")
            self.heard.append(command.split(" ")[0])
            for answer in self.answers(command):
                self.wfile.write(answer + b"\r\n")
            self.wfile.write(f"{tag} OK done\r\n".encode())
            if command.startswith("LOGOUT"):
                return

    def answers(self, command: str) -> list[bytes]:
        words = command.split(" ")
        if words[0] == "CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1"]
        if words[0] == "SELECT":
            return [b"* %d EXISTS" % len(self.mails), b"* OK [UIDVALIDITY 1] ok"]
        if words[0] == "LOGOUT":
            return [b"* BYE"]
        if words[:2] == ["UID", "SEARCH"]:
            unseen = [uid for uid, (_raw, seen) in self.mails.items() if not seen]
            return [b"* SEARCH " + " ".join(unseen).encode()]
        if words[:2] == ["UID", "FETCH"]:
            return self.part(words[2], command)
        if words[:2] == ["UID", "STORE"]:
            self.mails[words[2]][1] = True
        return []

    def part(self, uid: str, command: str) -> list[bytes]:
        raw = self.mails[uid][0]
        if "RFC822.SIZE" in command:
            return [b"* 1 FETCH (UID %s RFC822.SIZE %d)" % (uid.encode(), len(raw))]
        if "HEADER" in command:
            raw = raw.partition(b"\n\n")[0] + b"\n\n"
        return [b"* 1 FETCH (UID %s BODY[] {%d}\r\n%s)" % (uid.encode(), len(raw), raw)]


@pytest.fixture
def mailbox(settings: Any) -> Iterator[dict[str, list[Any]]]:
    """A mailbox on a socket; the settings name it."""
    Mailbox.mails, Mailbox.heard = {}, []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as box:
        settings.IMAP_HOST, settings.IMAP_PORT = box.server_address
        settings.IMAP_SECURITY, settings.IMAP_USER, settings.IMAP_PASSWORD = "none", "lapor", "sandi"
        settings.IMAP_FOLDER = "INBOX"
        thread = threading.Thread(target=box.serve_forever, args=(0.02,))
        thread.start()
        yield Mailbox.mails
        box.shutdown()
        thread.join(10)


def test_a_mailbox_is_emptied_once(mailbox: dict[str, list[Any]]) -> None:
    mailbox.update({"7": [a_mail(), False], "9": [a_mail(number=2), False], "3": [a_mail(number=3), True]})
    tasks.poll(timestamp=0)
    tasks.poll(timestamp=0)
    assert Mail.objects.filter(way=Way.IMAP).count() == 2
    assert all(seen for _raw, seen in mailbox.values())
    read_all()
    assert Report.objects.count() == 2


def test_a_mail_is_seen_only_after_its_row_is_there(
    mailbox: dict[str, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox["1"] = [a_mail(), False]

    def broken(**_kwargs: Any) -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(imap, "keep", broken)
        with pytest.raises(OperationalError):
            imap.poll(now=clock.now())
    assert mailbox["1"][1] is False
    assert imap.poll(now=clock.now()) == 1
    assert mailbox["1"][1] is True


def test_a_mail_above_the_limit_is_written_down_without_its_content(
    mailbox: dict[str, list[Any]], settings: Any
) -> None:
    settings.MAIL_IN_MAX_MB = 1
    mailbox["1"] = [a_mail(text="b" * 70 + ("\n" + "b" * 70) * 20_000), False]
    assert imap.poll(now=clock.now()) == 1
    mail = Mail.objects.get()
    assert (mail.status, mail.reason, mail.sender) == (Status.HELD, Reason.TOO_LARGE, "rina@contoh.example")
    assert not RawMail.objects.exists()


def test_nothing_is_fetched_without_a_mailbox(settings: Any) -> None:
    settings.IMAP_HOST = ""
    tasks.poll(timestamp=0)
    assert not Mail.objects.exists()


KILLED = """
import asyncio, os, signal, sys
import django
from django.conf import settings
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
settings.MAIL_IN_ADDRESS = sys.argv[2]
from pendopo.base.mailroom import server

async def run():
    made = await asyncio.get_running_loop().create_server(server.protocol, "127.0.0.1", 0)
    print(made.sockets[0].getsockname()[1], flush=True)
    async with made:
        await made.serve_forever()

asyncio.run(run())
"""


def test_what_was_acknowledged_survives_a_kill() -> None:
    name = connection.settings_dict["NAME"]
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(name), OURS], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        port = int(process.stdout.readline())
        with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
            for number in range(5):
                client.sendmail("a@b.example", [OURS], a_mail(number=number))
            process.kill()  # at once after the last 250
            process.wait(10)
            client.close()
    assert Mail.objects.filter(status=Status.RECEIVED).count() == 5
    assert RawMail.objects.count() == 5
    read_all()
    assert Report.objects.count() == 5
