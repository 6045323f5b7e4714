"""Whoever is not in the handling office must not be able to tell that a secret report exists.

For every address × every person: ask before the secret report exists and again afterwards. The two answers
must be the same, letter by letter: lists, counts, search, figures, maps, exports, refusals. The list of
addresses is read from the URL table, so a page that somebody adds tomorrow is tested without a line here.
"""

import datetime as dt
import io
import json
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from pendopo.base.accounts.models import User
from pendopo.base.audit.models import Entry
from pendopo.base.cases.desk import DeskKind, desk_kinds
from pendopo.base.clients.models import ApiPolicy
from pendopo.base.mailroom.models import Mail
from pendopo.base.notices.models import Notice
from pendopo.base.registries.personal import keepers
from pendopo.domains.information.views.keeping import VERBS as entry_verbs
from pendopo.domains.information.views.keeping_tests import VERBS as test_verbs
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.kernel import caches, clock
from pendopo.surfaces.desk.models import SavedView
from tests.secrecy.addresses import every_route, filled

CODE = "LAP-Z8QW-3RTY"
SLUG = "zq7x2m9kfa"
MARKS = (
    "zebrakuning",
    "Pelapor Tersembunyi",
    "tersembunyi@contoh.example",
    "081200009999",
    "Gang Nirmala 77",
)
OUTSIDERS = ("anon", "warga", "tono", "koordinator", "administrator", "pengamat", "sekda", "lurah_officer")
INSIDERS = ("sari", "budi", "ibu_ratna")
# Not asked: signing out would end the visit.
SKIPPED = re.compile(r"^/(akun/(keluar|logout|2fa|password)|pengaturan/logout|gaya)")
# The words to ask with, by the start of the address; the first that fits counts. Taking the journal out is itself
# written there with its filter, so that one is not asked for the number.
SEARCHES = {
    "/meja/jejak/unduh/": ("",),
    "/meja/jejak/": ("", f"?code={CODE}"),
    "/pengaturan/": ("",),
    "/": ("", "?q=zebrakuning"),
}


@pytest.fixture
def world(government: Any, everyone: dict[str, Any], still: dt.datetime) -> dict[str, Any]:
    """An ordinary city: a few public reports in several states; the administrator may open Django's pages."""
    # The walk asks thousands of questions from one address.
    ApiPolicy.objects.create(
        valid_from=dt.date(2020, 1, 2), anonymous_per_minute=10**6, anonymous_per_day=10**6,
        default_per_minute=10**6, default_per_day=10**6, webhook_pause_days=3, reason="uji",
    )  # fmt: skip
    User.objects.filter(pk=everyone["administrator"].pk).update(is_staff=True, is_superuser=True)
    everyone["administrator"].refresh_from_db()
    ordinary = [
        a_report(
            status=status, office=government.works, text=f"Jalan berlubang di dekat pasar nomor {number}"
        )
        for number, status in enumerate((Status.RECEIVED, Status.IN_PROGRESS, Status.CLOSED_BY_CITIZEN))
    ]
    SavedView.objects.create(  # its counters are asked by every member of staff
        kind="reports", queue="lewat-batas", name="Semua lewat batas", owner=everyone["koordinator"],
        audience="ALL", changed_at=still,
    )  # fmt: skip
    return {"government": government, "everyone": everyone, "ordinary": ordinary}


def make_secret(world: dict[str, Any]) -> Report:
    """A secret report at Dinas Pekerjaan Umum, with words, place, contact and a conversation."""
    secret = a_report(
        status=Status.IN_PROGRESS,
        office=world["government"].works,
        secret=True,
        text="Ada pungutan zebrakuning saat mengurus izin galian",
        address="Gang Nirmala 77",
        name="Pelapor Tersembunyi",
        email="tersembunyi@contoh.example",
        phone="081200009999",
    )
    Report.objects.filter(pk=secret.pk).update(code=CODE, slug=SLUG)
    secret.refresh_from_db()
    Mail.objects.create(  # an answer by mail from another address, which only the handling office may find
        identity="0" * 64, way="SMTP", received_at=clock.now(), size=1, sender="tersembunyi@contoh.example",
        subject="Re: zebrakuning", words="Gang Nirmala 77", status="HELD", reason="OTHER_SENDER",
        about_kind="reports.report", about_id=secret.pk, done_at=clock.now(),
    )  # fmt: skip
    return secret


def addresses(world: dict[str, Any]) -> list[str]:
    kinds = list(desk_kinds)
    ordinary = world["ordinary"][0]
    values: dict[str, list[object]] = {
        "code": [CODE],
        "slug": [SLUG],
        "token": ["x:y:z"],
        "format_name": ["json", "xml"],
        "service": ["lampu-jalan"],
        "anything": ["lain.json"],
        "rest": ["1/lain"],
        "number": [1],
        "filename": ["x.pdf"],
        "action": ["package_search", "package_list", "x"],
        "key": ["00000000-0000-4000-8000-000000000000", "permohonan"],
        "pk": [1, ordinary.pk],
        "box": [1],
        "word": ["maklumat"],
        "year": [2026],
        "kind": ["pdf", "information"],
        "entry_verb": [*entry_verbs, "asing"],
        "test_verb": [*test_verbs, "asing"],
        "step": ["answer"],
        "series": ["information.request"],
        "url": ["x"],
        "request_code": ["DAT-0000-0000"],
        "keeper_key": [keeper.key for keeper in keepers],
        "object_id": [1],
        "app_label": ["organizations"],
        "content_type_id": [1],
    }
    found = [
        path
        for route in every_route()
        for kind in kinds
        for path in filled(route, {**values, **keys_of(kind)})
    ]
    found += [f"/meja/{kind.key}/hadir/?{name}={CODE}" for kind in kinds for name in ("kasus", "daftar")]
    found += [f"/meja/{kind.key}/saringan/baru/?antrean=punyaku&q={CODE}" for kind in kinds]
    return [path for path in dict.fromkeys(found) if not SKIPPED.match(path)]


def keys_of(kind: DeskKind) -> dict[str, list[object]]:
    """Queues and verbs of a kind, and one that it has not. Kinds whose tables never hold the report show some."""
    queues, verbs = [queue.key for queue in kind.queues], [verb.key for verb in kind.verbs]
    if kind.key != "reports":
        queues, verbs = [queues[0], queues[-1]], verbs[:2]
    return {"kind_key": [kind.key], "queue_key": [*queues, "asing"], "verb_key": [*verbs, "asing"]}


def visit(client: Client, paths: list[str]) -> dict[str, tuple[int, str]]:
    """Status and words of every address, with and without a search, without what differs on each visit.

    What the process remembers from before is forgotten once: it is filled again by this very walk.
    """
    caches.clear_all()
    answers = {}
    for path in paths:
        queries = next(words for start, words in SEARCHES.items() if path.startswith(start))
        for query in queries:
            if query and not searches(answers[path]):
                continue
            response = client.get(path + query)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            answers[path + query] = (response.status_code, steady(words_of(body)))
    return answers


def unfound(client: Client, path: str) -> str:
    """What this person reads at an address that nobody ever made."""
    response = client.get(path)
    assert response.status_code == 404
    return steady(words_of(response.content))


def words_of(body: bytes) -> str:
    """What an answer says. A spreadsheet is a zip with the time in it, so its cells are read."""
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    book = load_workbook(io.BytesIO(body))
    return str([[[cell.value for cell in row] for row in sheet] for sheet in book])


def searches(plain: tuple[int, str]) -> bool:
    """May this address find anything by the words it is asked with, by what it answers without them?"""
    status, body = plain
    if status in (301, 302, 403, 404, 405):
        return False
    return 'name="q"' in body or "<html" not in body


def steady(body: str) -> str:
    """The page without nonces, form tokens and signed links, which are new on each visit."""
    body = re.sub(r'nonce="[^"]*"', "", body)
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", body)
    body = re.sub(r'name="once" value="[^"]*"', "", body)
    body = re.sub(r'value="[0-9a-f]{8}-[0-9a-f-]{27}"', "", body)  # keys that make a double click one act
    body = re.sub(r'"X-CSRFToken": ?"[^"]*"|data-csrf="[^"]*"', "", body)
    body = re.sub(r'^{"token": "[^"]*"}$', "", body)
    return re.sub(r"/berkas/[^/\"]+/", "/berkas/…/", body)


@pytest.mark.parametrize("name", OUTSIDERS)
def test_an_outsider_cannot_tell_that_a_secret_report_exists(
    world: dict[str, Any], as_user: Callable[[Any], Client], name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = as_user(world["everyone"][name])
    paths = addresses(world)
    with transaction.atomic():  # both walks begin in the same city: what this one writes is taken back
        make_secret(world)
        after = visit(client, paths)
        transaction.set_rollback(True)
    # Most pages are "not found", and each says the same. Those that do need no second look.
    nothing = unfound(client, "/tidak-ada/")
    before = visit(
        client, [path for path in paths if after[path] != (404, nothing.replace("/tidak-ada/", path))]
    )
    different = [path for path in before if before[path] != after[path]]
    assert not different, f"{name} sees a difference at {different[:5]}"
    # A page may repeat the address and what was typed into its search box, so those marks prove nothing there.
    told = [path for path in after if any(m in after[path][1] for m in (*MARKS, CODE, SLUG) if m not in path)]
    assert not told, f"{name} reads secret words at {told[:5]}"


@pytest.mark.parametrize("name", OUTSIDERS)
def test_an_outsider_changes_nothing(
    world: dict[str, Any], as_user: Callable[[Any], Client], name: str
) -> None:
    secret = make_secret(world)
    before = Report.objects.filter(pk=secret.pk).values().get()
    entries = Entry.objects.about(secret).count()
    client = as_user(world["everyone"][name])
    caches.clear_all()
    for path in addresses(world):
        response = client.post(path, {"version": secret.version, "body": "x" * 20, "reason": "x" * 20})
        assert response.status_code < 500, path
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert not any(mark in body.decode(errors="replace") for mark in MARKS), path
    assert Report.objects.filter(pk=secret.pk).values().get() == before
    assert Entry.objects.about(secret).count() == entries


def test_no_message_about_it_reaches_an_outsider(world: dict[str, Any]) -> None:
    secret = make_secret(world)
    insiders = {world["everyone"][name].pk for name in INSIDERS}
    for notice in Notice.objects.filter(about_kind="reports.report", about_id=secret.pk):
        to_reporter = notice.recipient_id is None and notice.address == "tersembunyi@contoh.example"
        # The koordinator hears of a report that the own office still holds, before it is handed over.
        assert to_reporter or notice.recipient_id in insiders, f"{notice} → {notice.recipient}"
        assert not any(mark in notice.subject + notice.body for mark in MARKS)
    assert not any(mark in str(message.message()) for message in mail.outbox for mark in MARKS)


def test_no_log_line_and_no_history_line_holds_its_words(
    world: dict[str, Any], as_user: Callable[[Any], Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = make_secret(world)
    client = as_user(world["everyone"]["sari"])
    client.get(f"/meja/reports/kasus/{secret.code}/")
    assert not any(mark in caplog.text for mark in MARKS)
    for entry in Entry.objects.all():
        assert not any(mark in json.dumps(entry.facts) + entry.actor_label for mark in MARKS)


@pytest.mark.parametrize("name", INSIDERS)
def test_the_handling_office_does_see_it(
    world: dict[str, Any], as_user: Callable[[Any], Client], name: str
) -> None:
    make_secret(world)
    client = as_user(world["everyone"][name])
    assert "zebrakuning" in client.get(f"/meja/reports/kasus/{CODE}/").content.decode()
    assert CODE in client.get("/meja/reports/antrean/kantor/").content.decode()
