"""Measure one database through a real server: 2 web processes, 8 clients. Writes JSON to the named file.

Run as a process of its own (`python bench/measure.py out.json --seconds 8`) with DATABASE_URL naming a database that
bench/build.py made. The reports it sends stay in that database; nothing else is written.
"""

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
os.environ.setdefault("PENDOPO_MODE", "demo")

import django

django.setup()

import load
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.crypto import get_random_string

from pendopo.base.accounts.models import Counter, User
from pendopo.base.cases.desk import desk_kinds
from pendopo.base.organizations.models import Kind, Membership, Role
from pendopo.config import processes
from pendopo.domains.reports import geo, tallies
from pendopo.domains.reports.actions import drafts
from pendopo.domains.reports.models import OPEN, Draft, Report
from pendopo.kernel import clock
from pendopo.surfaces.desk import queues

BACKEND = "pendopo.base.accounts.backends.Backend"
DICE = random.Random(20260309)  # noqa: S311 - the same addresses every time
LIST = "/meja/reports/antrean"
FILTERS = (
    "category=lampu-jalan", "category=sampah&channel=SOCIAL", "district=99.71.05", "q=lampu", "q=jalan+rusak",
    "q=banjir&category=banjir", "channel=WHATSAPP", "category=jalan-rusak&district=99.71.03", "report_class=ASPIRATION",
)  # fmt: skip
WORDS = (
    "lampu", "jalan", "sampah menumpuk", "banjir", "lubang jalan", "pohon tumbang", "gang", "mohon segera",
    "air mati", "terima kasih", "uusko", "kabel putus gang",
)  # fmt: skip


def person(role: str, kind: str | None = None) -> User:
    """The busiest one: an officer of the office of that kind with the most open reports."""
    rows = Membership.objects.filter(role=role)
    if kind is None:
        return rows.filter(organization__is_intake=True).order_by("pk")[0].user
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.office_id FROM reports_report r JOIN organizations_organization o ON o.id = r.office_id"
            " WHERE o.kind = %s AND NOT o.is_intake AND r.status = ANY(%s)"
            " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1", [str(kind), [str(one) for one in OPEN]],
        )  # fmt: skip
        office = cursor.fetchone()[0]
    return rows.filter(organization_id=office).order_by("pk")[0].user


def cookie_of(user: User) -> str:
    """A signed-in browser, as after the sign-in page."""
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def desk_visits(people: dict[str, User]) -> list[load.Visit]:
    """Every queue of three people, filtered, at the beginning and deep inside."""
    kind, now, visits = desk_kinds.get("reports"), clock.now(), []
    assert kind is not None
    for user in people.values():
        cookies = cookie_of(user)
        for queue in queues.queues_of(kind, user):
            visits.append(load.Visit(f"{LIST}/{queue.key}/?{DICE.choice(FILTERS)}", cookies))
        archive = next(queue for queue in queues.queues_of(kind, user) if queue.newest_first)
        visits += [load.Visit(f"{LIST}/{archive.key}/?{words}", cookies) for words in FILTERS]
        for depth in (0.2, 0.5, 0.9):  # of the whole archive: page 30,000 of a million reports
            for words in DICE.sample(FILTERS, 3):
                visits.append(
                    load.Visit(f"{LIST}/{archive.key}/?{words}&hal={_deep(archive, depth)}", cookies)
                )
        work = kind.model.objects.desk_of(user).filter(status__in=OPEN).order_by("urgency", "due_at", "pk")
        deep = next(queue for queue in queues.queues_of(kind, user) if queue.key == "lewat-batas")
        late = list(work.filter(deep.condition(user, now))[:5000])
        for row in late[len(late) // 2 : len(late) // 2 + 1]:
            visits.append(load.Visit(f"{LIST}/{deep.key}/?hal={queues._cursor(row, deep, 'n')}", cookies))
    return visits


def _deep(queue: Any, share: float) -> str:
    first, last = (
        Report.objects.order_by(way).values_list("received_at", flat=True)[0] for way in ("-pk", "pk")
    )
    row = Report.objects.filter(received_at__lte=first - (first - last) * share).order_by(
        "-received_at", "-pk"
    )[0]
    return queues._cursor(row, queue, "n")


def map_visits() -> list[load.Visit]:
    """Windows of a phone and of a desk at every zoom, centred where reports are, with and without a filter."""
    points = list(
        Report.objects.public()
        .exclude(cell=None)
        .order_by("pk")
        .values_list("latitude", "longitude")[:400:10]
    )
    visits = []
    for zoom in range(5, 19):
        for words in ("", "", "&kategori=sampah", "&keadaan=proses"):
            latitude, longitude = DICE.choice(points)
            wide, high = 360 / 256 / 2**zoom * DICE.choice((360, 1366)), 360 / 256 / 2**zoom * 640
            box = (longitude - wide / 2, latitude - high / 2, longitude + wide / 2, latitude + high / 2)
            if geo.Bounds.read(",".join(f"{side:.5f}" for side in box)):
                side = ",".join(f"{one:.5f}" for one in box)
                visits.append(load.Visit(f"/laporan/peta.json?z={zoom}&kotak={side}{words}"))
    return visits


def new_drafts(many: int) -> list[load.Visit]:
    """The wizard's last step, ready to be sent from as many browsers in as many networks."""
    now, visits = clock.now(), []
    seeds = list(
        Report.objects.filter(secret=False).exclude(cell=None).order_by("pk")
        .values_list("category_id", "region_id", "public_text", "latitude", "longitude")[:500]
    )  # fmt: skip
    secret = get_random_string(32)
    for number in range(many):
        category, region, text, latitude, longitude = DICE.choice(seeds)
        answers = {
            "category": category, "region": region, "text": text[:900], "address": "dekat balai warga",
            "latitude": latitude, "longitude": longitude, "anonymous": True, "secret": False, "name": "", "phone": "",
            "email": f"ukur{number}@contoh.example", "done": ["new", "place", "story", "contact"],
        }  # fmt: skip
        draft = drafts.keep_answers(draft=Draft(created_at=now, updated_at=now), answers=answers, now=now)
        signed = signing.get_cookie_signer(salt="drafreports.draft").sign(str(draft.pk))
        visits.append(
            load.Visit(
                "/lapor/periksa/", f"draf={signed}; csrftoken={secret}", {"csrfmiddlewaretoken": secret},
                source=f"127.{1 + number // 2400}.{number // 10 % 240 + 1}.{number % 10 + 1}", expect=302,
            )
        )  # fmt: skip
    return visits


def statements(visits: list[load.Visit]) -> int:
    """The most SQL statements one of these pages asks, after the process has read what it remembers."""
    most = 0
    for visit in visits:
        client = Client(headers={"host": "localhost"})
        for part in filter(None, visit.cookies.split("; ")):
            name, _sign, value = part.partition("=")
            client.cookies[name] = value
        client.get(visit.path)
        told = []
        for _try in range(2):  # what is remembered for seconds may be read anew by one of them
            with CaptureQueriesContext(connection) as asked:
                client.get(visit.path)
            told.append(sum(not one["sql"].startswith(("BEGIN", "COMMIT", "SET LOCAL")) for one in asked))
        most = max(most, min(told))
    return most


class Server:
    """Uvicorn with two workers on a free port, as `pendopo web` starts it."""

    def __enter__(self) -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        command = [sys.executable, "-m", "uvicorn", "pendopo.config.asgi:application", "--workers", "2"]
        self.process = subprocess.Popen(  # noqa: S603
            [*command, "--port", str(port), "--log-level", "error", "--no-access-log"],
            env={**os.environ, "PUBLIC_URL": f"http://localhost:{port}"},
            preexec_fn=processes.bound_to(os.getpid()),
        )
        for _try in range(300):
            try:
                urllib.request.urlopen(f"http://localhost:{port}/laporan/", timeout=5).close()
                return port
            except OSError:
                time.sleep(0.2)
        raise SystemExit("Web tidak menjawab.")

    def __exit__(self, *_why: object) -> None:
        self.process.terminate()
        self.process.wait(20)


def measure(port: int, seconds: float, sends: int) -> dict[str, Any]:
    people = {
        "koordinator": person(Role.COORDINATOR), "opd": person(Role.OFFICER, Kind.AGENCY),
        "kelurahan": person(Role.OFFICER, Kind.VILLAGE),
    }  # fmt: skip
    words = [load.Visit(f"/laporan/?q={one.replace(' ', '+')}") for one in WORDS]
    slugs = list(Report.objects.public().order_by("-pk").values_list("slug", flat=True)[:200:7])
    pages = {
        "staff list": desk_visits(people),
        "full-text search": words,
        "public map": map_visits(),
        "public list": [load.Visit("/laporan/"), load.Visit("/laporan/?kategori=sampah&wilayah=99.71.05")],
        "figures": [load.Visit(f"/angka/?masa={masa}") for masa in ("bulan", "12-bulan")],
        "home": [load.Visit("/")],
        "report page": [load.Visit(f"/laporan/{slug}/") for slug in slugs],
    }
    found: dict[str, Any] = {}
    for name, visits in pages.items():
        load.storm(port, visits, seconds=max(2.0, seconds / 3))  # two processes read what they remember
        found[name] = load.storm(port, visits, seconds=seconds).table() | {"sql": statements(visits)}
        print(f"  {name}: p95 {found[name]['p95_ms']} ms, {found[name]['per_second']}/s", flush=True)
    ready = new_drafts(sends + 60)
    load.storm(port, ready[:60], seconds=0, once=True)
    found["create"] = load.storm(port, ready[60:], seconds=0, once=True).table()
    print(f"  create: p95 {found['create']['p95_ms']} ms, {found['create']['per_second']}/s", flush=True)
    found["map freshness s"] = freshness(port)
    return found


def freshness(port: int) -> float | None:
    """Seconds from a report's receipt until the map of the whole area counts it, while nobody adds up."""
    tallies.fold()
    whole = load.Visit("/laporan/peta.json?z=5")

    def total(body: bytes) -> int:
        return sum(one["properties"]["n"] for one in json.loads(body)["features"])

    before = total(load.fetch(port, whole)[1])
    (visit,) = new_drafts(1)
    load.fetch(port, visit)
    waited = load.until(port, whole, lambda body: total(body) > before)
    return None if waited is None else round(waited, 2)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("out", type=Path)
    options.add_argument("--seconds", type=float, default=8)
    options.add_argument("--sends", type=int, default=600)
    chosen = options.parse_args()
    Counter.objects.all().delete()  # an earlier run has counted against the limits of our networks
    result = {"reports": Report.objects.count(), "open": Report.objects.filter(status__in=OPEN).count()}
    with Server() as port:
        result |= measure(port, chosen.seconds, chosen.sends)
    chosen.out.write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
