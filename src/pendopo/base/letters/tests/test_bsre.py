"""BSrE behind the same interface, against a server of our own that speaks its shapes."""

import base64
import datetime as dt
import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from pendopo.base.accounts.models import User
from pendopo.base.letters import public, testing
from pendopo.base.letters.models import Letter, Status
from pendopo.base.letters.signing import checking
from pendopo.base.letters.signing.bsre import BSrE
from pendopo.base.letters.signing.ways import BSRE, SEAL, SigningFailed, SignSecret, signer_of
from pendopo.base.organizations.testing import Government

PASSPHRASE, NIK = "kata-rahasia-9931", "3301019901010099"


class Fake:
    """What the server was asked, and how it answers: `mood` is ok, wrong, broken, html, slow, moved or unsigned."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self.mood = "ok"
        self.now = dt.datetime.now(dt.UTC)
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                fake.asked.append((self.path, self.headers.get("Authorization", ""), body))
                status, answer = fake.answer(self.path, body)
                if status == 0:
                    return
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "http://127.0.0.1:1/curi")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def answer(self, path: str, body: dict[str, Any]) -> tuple[int, bytes]:
        moods = {
            "wrong": (
                400,
                json.dumps({"error": f"passphrase {PASSPHRASE} salah", "status_code": 2031}).encode(),
            ),
            "broken": (503, b"{}"),
            "html": (200, b"<html>gateway</html>"),
            "moved": (302, b""),
            "gone": (0, b""),
            "unknown": (404, b'{"status_code": 1011, "error": "user tidak terdaftar"}'),
        }
        if self.mood in moods:
            return moods[self.mood]
        if path.endswith("/check/status"):
            return 200, json.dumps({"status_code": 1111, "status": "ISSUE"}).encode()
        if path.endswith("/verify/pdf"):
            return 200, json.dumps({"conclusion": "VALID"}).encode()
        pdf = base64.b64decode(body["file"][0])
        made = pdf if self.mood == "unsigned" else self._signed(pdf)
        return 200, json.dumps({"time": "1 ms", "file": [base64.b64encode(made).decode()]}).encode()

    def _signed(self, pdf: bytes) -> bytes:
        return signer_of(SEAL).sign(pdf, reason="", place="", secret=None, now=self.now).pdf


@pytest.fixture
def fake(settings: Any, now: dt.datetime) -> Iterator[Fake]:
    server = Fake()
    server.now = now
    settings.BSRE_URL, settings.BSRE_USER, settings.BSRE_PASSWORD = server.url, "layanan", "sandi-layanan-771"
    settings.BSRE_SECONDS = 5
    testing.a_seal(now=now)
    yield server
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def waiting(government: Government, now: dt.datetime) -> Letter:
    return testing.a_letter(testing.NOTICE, office=government.works, now=now)


def in_database(*words: str) -> list[str]:
    """Tables in which one of the words stands anywhere."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for word in words:
                cursor.execute(
                    f'SELECT EXISTS (SELECT FROM "{table}" AS t WHERE t::text LIKE %s)', [f"%{word}%"]
                )
                if cursor.fetchone()[0]:
                    found.append(table)
    return found


def test_a_person_signs_with_bsre(waiting: Letter, fake: Fake, ibu_ratna: User, now: dt.datetime) -> None:
    secret = SignSecret(NIK, PASSPHRASE)
    letter = public.sign(letter_id=waiting.pk, signer=BSRE, secret=secret, by=ibu_ratna, now=now)
    assert letter.status == Status.SIGNED and letter.signed_how == "tanda tangan elektronik BSrE"
    assert checking.signatures(public.bytes_of(letter))[0].intact
    ((path, who, body),) = fake.asked
    assert (
        path == "/api/v2/sign/pdf"
        and base64.b64decode(who.removeprefix("Basic ")) == b"layanan:sandi-layanan-771"
    )
    assert (
        (body["nik"], body["passphrase"]) == (NIK, PASSPHRASE) and "totp" not in body and "email" not in body
    )
    assert body["signatureProperties"][0] == {
        "tampilan": "INVISIBLE",
        "reason": "pemberitahuan tertulis",
        "location": "Uji",
    }


def test_a_one_time_code_goes_instead_of_the_passphrase(
    waiting: Letter, fake: Fake, now: dt.datetime
) -> None:
    pdf = public.bytes_of(waiting)
    BSrE().sign(pdf, reason="", place="", secret=SignSecret("a@kota.example", totp="123456"), now=now)
    body = fake.asked[0][2]
    assert body["totp"] == "123456" and body["email"] == "a@kota.example" and "passphrase" not in body
    assert BSrE().user_status(NIK) == "ISSUE"
    assert BSrE().verify(pdf) == {"conclusion": "VALID"}


@pytest.mark.parametrize(
    ("mood", "words", "field", "calls"),
    [
        ("wrong", "Passphrase atau kode sekali pakai salah", "passphrase", 1),
        ("broken", "terganggu", "", 1),
        ("html", "tidak memuat tanda tangan", "", 1),
        ("unsigned", "tidak memuat tanda tangan", "", 1),
        ("moved", "menolak", "identity", 1),
        ("unknown", "kode 1011", "identity", 1),
        ("gone", "tidak dapat dihubungi", "", 1),  # it was asked: a second asking might sign twice
    ],
)
def test_a_refusal_is_a_sentence_and_the_letter_waits(
    waiting: Letter,
    fake: Fake,
    ibu_ratna: User,
    now: dt.datetime,
    mood: str,
    words: str,
    field: str,
    calls: int,
) -> None:
    fake.mood = mood
    with pytest.raises(SigningFailed, match=words) as refused:
        public.sign(
            letter_id=waiting.pk, signer=BSRE, secret=SignSecret(NIK, PASSPHRASE), by=ibu_ratna, now=now
        )
    assert refused.value.field == field and len(fake.asked) == calls and PASSPHRASE not in str(refused.value)
    waiting.refresh_from_db()
    assert waiting.status == Status.ISSUED and words in waiting.last_error


def test_a_question_that_changes_nothing_is_asked_again(fake: Fake, settings: Any) -> None:
    fake.mood = "broken"
    with pytest.raises(SigningFailed):
        BSrE().user_status(NIK)
    assert len(fake.asked) == 2
    settings.BSRE_URL = "http://127.0.0.1:1"
    with pytest.raises(SigningFailed, match="tidak dapat dihubungi"):
        BSrE().user_status(NIK)
    settings.BSRE_URL = ""
    with pytest.raises(SigningFailed, match="belum diatur"):
        BSrE().user_status(NIK)
    with pytest.raises(SigningFailed, match="passphrase"):
        BSrE().sign(b"", reason="", place="", secret=None, now=dt.datetime.now(dt.UTC))


def test_the_certificate_of_the_service_is_checked(fake: Fake, settings: Any) -> None:
    settings.BSRE_URL = fake.url.replace("http://", "https://")
    with pytest.raises(SigningFailed, match="tidak dapat dihubungi"):
        BSrE().user_status(NIK)
    assert fake.asked == []


def test_the_secret_stays_nowhere(
    waiting: Letter, fake: Fake, ibu_ratna: User, as_user: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    client, address = as_user(ibu_ratna), f"/meja/surat-resmi/{waiting.pk}/"
    given = {"signer": "bsre", "identity": NIK, "passphrase": PASSPHRASE, "totp": ""}
    fake.mood = "wrong"
    page = client.post(address, given)
    assert page.status_code == 422 and "Passphrase atau kode sekali pakai salah" in page.content.decode()
    assert PASSPHRASE not in page.content.decode()
    fake.mood = "ok"
    assert client.post(address, given).status_code == 302
    waiting.refresh_from_db()
    assert waiting.status == Status.SIGNED
    assert in_database(PASSPHRASE, NIK, "sandi-layanan-771") == []
    assert PASSPHRASE not in caplog.text and NIK not in caplog.text and "sandi-layanan-771" not in caplog.text


def test_an_error_report_does_not_show_the_secret(
    waiting: Letter, fake: Fake, ibu_ratna: User, settings: Any, now: dt.datetime
) -> None:
    waiting.file.key = "hilang.pdf"
    waiting.file.save()
    request = RequestFactory().post("/", {"passphrase": PASSPHRASE})
    request.sensitive_post_parameters = ["passphrase"]  # what the view's decorator writes
    try:
        public.sign(
            letter_id=waiting.pk, signer=BSRE, secret=SignSecret(NIK, PASSPHRASE), by=ibu_ratna, now=now
        )
    except FileNotFoundError:
        report = ExceptionReporter(request, *sys.exc_info())
        told = report.get_traceback_html() + report.get_traceback_text()
    assert "hilang.pdf" in told and PASSPHRASE not in told and NIK not in told
