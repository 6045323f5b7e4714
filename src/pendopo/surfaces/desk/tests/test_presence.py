"""Who has a case open: told at once, only to those who may see the case, and forgotten soon."""

import gc
import http.client
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from pendopo.base.organizations.models import Membership
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.surfaces.desk import presence
from pendopo.surfaces.desk.models import Presence
from pendopo.surfaces.desk.tests.serving import serving

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Threads of the server below end with it, and without a pool their connections end with them, unclosed.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Ear:
    """One open event stream, read line by line."""

    def __init__(self, base: str, client: Client, query: str) -> None:
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        self.wire = http.client.HTTPConnection(urlsplit(base).netloc, timeout=8)
        self.wire.request(
            "GET", f"/meja/reports/hadir/?{query}", headers={"Cookie": cookie, "Accept-Encoding": "gzip"}
        )
        self.answer = self.wire.getresponse()

    def next(self) -> tuple[str, dict[str, list[str]]]:
        """The next event and its data; raises TimeoutError, and EOFError at the end of the stream."""
        name = ""
        while line := self.answer.readline():
            words = line.decode().strip()
            if words.startswith("event:"):
                name = words[6:].strip()
            if words.startswith("data:") and name:
                return name, json.loads(words[5:])
        raise EOFError

    def until(self, people: dict[str, list[str]]) -> bool:
        while True:
            if self.next() == ("hadir", people):
                return True

    def close(self) -> None:
        if self.wire.sock:
            self.wire.sock.shutdown(socket.SHUT_RDWR)
        self.answer.close()
        self.wire.close()


Listen = Callable[[Client, str], Ear]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds become moments."""
    monkeypatch.setattr(presence, "LINGER", 0.2)
    monkeypatch.setattr(presence, "CHECK", 0.5)
    monkeypatch.setattr(presence, "BEAT", 0.5)
    monkeypatch.setattr(presence, "WAIT", 0.05)


@pytest.fixture
def base(quick: None) -> Iterator[str]:
    with serving() as address:
        yield address
    gc.collect()  # here, not in somebody else's test


@pytest.fixture
def listen(base: str) -> Iterator[Listen]:
    """`listen(client, query)` opens a stream; all are closed at the end."""
    ears: list[Ear] = []

    def open_one(client: Client, query: str) -> Ear:
        ears.append(Ear(base, client, query))
        return ears[-1]

    yield open_one
    for ear in ears:
        with suppress(OSError):
            ear.close()


@pytest.fixture
def report(government: Government, everyone: dict[str, Any]) -> Report:
    return a_report(status=Status.IN_PROGRESS, office=government.works)


def test_two_officers_see_each_other_come_and_go(
    listen: Listen, report: Report, sari: Any, budi: Any, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    first = listen(as_user(sari), f"kasus={report.code}")
    assert first.answer.status == 200
    assert first.answer.headers["Content-Encoding"] is None  # compressed, it would wait for a full block
    assert first.next() == ("hadir", {})
    second = listen(as_user(budi), f"kasus={report.code}")
    listed = listen(as_user(koordinator), f"daftar={report.code}")
    assert first.until({report.code: ["Budi Santoso"]})
    assert second.until({report.code: ["Sari Wulandari"]})
    assert listed.until({report.code: ["Budi Santoso", "Sari Wulandari"]})
    second.close()
    assert first.until({})
    assert listed.until({report.code: ["Sari Wulandari"]})


def test_who_may_not_see_the_case_hears_nothing_of_it(
    listen: Listen, government: Government, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    secret = a_report(status=Status.IN_PROGRESS, office=government.works, secret=True)
    inside = listen(as_user(everyone["sari"]), f"kasus={secret.code}")
    assert inside.next() == ("hadir", {})
    for name in ("tono", "koordinator", "administrator", "pengamat", "sekda", "warga"):
        outside = listen(as_user(everyone[name]), f"kasus={secret.code}")
        assert outside.answer.status == 404, name
        outside.close()
    ordinary = a_report(status=Status.IN_PROGRESS, office=government.works)
    listed = listen(as_user(everyone["koordinator"]), f"daftar={secret.code},{ordinary.code}")
    assert listed.next() == ("hadir", {})
    assert Presence.objects.count() == 1


def test_a_role_that_ends_ends_the_stream(
    listen: Listen, report: Report, sari: Any, budi: Any, as_user: Callable[..., Client]
) -> None:
    stays = listen(as_user(budi), f"kasus={report.code}")
    goes = listen(as_user(sari), f"kasus={report.code}")
    assert stays.until({report.code: ["Sari Wulandari"]})
    Membership.objects.filter(user=sari).delete()
    with pytest.raises(EOFError):
        goes.until({"": []})
    assert stays.until({})


def test_signing_out_ends_the_stream_and_tells_the_browser_to_stay_away(
    listen: Listen, report: Report, sari: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(sari)
    ear = listen(client, f"kasus={report.code}")
    assert ear.next() == ("hadir", {})
    client.session.flush()
    assert ear.next() == ("selesai", {})
    with pytest.raises(EOFError):
        ear.next()


def test_a_row_that_nobody_renews_is_swept_away(
    listen: Listen, report: Report, sari: Any, budi: Any, as_user: Callable[..., Client]
) -> None:
    with connection.cursor() as cursor:  # what a process leaves behind that was killed
        cursor.execute(
            "INSERT INTO desk_presence VALUES (gen_random_uuid(), 'reports', %s, now() - interval '1 s', %s)",
            [report.pk, budi.pk],
        )
    ear = listen(as_user(sari), f"kasus={report.code}")
    assert ear.next() == ("hadir", {})
    until = time.monotonic() + 5
    while Presence.objects.filter(user=budi).exists() and time.monotonic() < until:
        ear.answer.fp and ear.answer.fp.peek(0)
    assert not Presence.objects.filter(user=budi).exists()


def test_the_end_of_the_server_ends_the_streams_at_once_and_takes_the_rows_along(
    quick: None, report: Report, sari: Any, as_user: Callable[..., Client]
) -> None:
    with serving() as base:
        ear = Ear(base, as_user(sari), f"kasus={report.code}")
        assert ear.next() == ("hadir", {})
        hubs = list(presence._hubs.values())
        for hub in hubs:
            hub.stop()  # what the signal does
        started = time.monotonic()
        with pytest.raises(EOFError):
            ear.next()
        ear.close()
    assert time.monotonic() - started < 2
    assert not Presence.objects.exists()


def test_a_person_with_too_many_tabs_keeps_the_newest(
    listen: Listen, report: Report, sari: Any, as_user: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "EACH", 2)
    client = as_user(sari)
    ears = [listen(client, f"kasus={report.code}") for _number in range(3)]
    assert ears[0].next()[0] in {"hadir", "selesai"}
    with pytest.raises(EOFError):
        ears[0].until({"": []})
    assert ears[2].next() == ("hadir", {})


def test_a_full_process_refuses_and_the_page_stays_silent(
    listen: Listen, report: Report, sari: Any, as_user: Callable[..., Client], settings: Any
) -> None:
    settings.DESK_STREAMS = 0
    ear = listen(as_user(sari), f"kasus={report.code}")
    assert ear.answer.status == 503


def test_a_server_that_cannot_stream_answers_at_once(
    report: Report, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    address = f"/meja/reports/hadir/?kasus={report.code}"
    answer = as_user(everyone["sari"]).get(address)
    assert answer.status_code == 200 and answer.content.startswith(b"retry:")
    assert as_user(everyone["tono"]).get(address).status_code == 404
    assert as_user(everyone["warga"]).get(address).status_code == 404
    assert as_user(everyone["anon"]).get(address).status_code == 204  # no sign-in page for a stream


@pytest.mark.parametrize("query", ["kasus=%00", "kasus=x&daftar=,,,", "daftar=" + "LAP-7K2M-Q9XA," * 500])
def test_an_odd_address_is_never_an_error(
    query: str, report: Report, sari: Any, as_user: Callable[..., Client]
) -> None:
    assert as_user(sari).get(f"/meja/reports/hadir/?{query}").status_code in {200, 404}
