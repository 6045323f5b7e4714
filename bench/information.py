"""Measure the room `information` through a real server: search, lists, sending, a new holiday, harvest. Writes JSON to
the named file.

Run as a process of its own (`python bench/information.py out.json --seconds 8`) with DATABASE_URL naming a database
that `bench/build.py information` made. Requests that it sends stay in that database, and so does the history of the
holiday that comes and goes.
"""

import argparse
import itertools
import json
import os
import random
import statistics
import time
from pathlib import Path
from typing import Any

from measure import Server, cookie_of, person, statements

import information_acts as acts  # isort: skip - the settings are chosen by `measure`
import load
from django.db import connection
from django.test import Client
from django.utils.http import urlencode
from information_catalogue import COMMON

from pendopo.base.accounts.models import Counter
from pendopo.base.cases.desk import desk_kinds
from pendopo.base.organizations.models import Membership, Role
from pendopo.domains.information.listing import TABS
from pendopo.domains.information.models import InformationRequest, Item
from pendopo.domains.information.registers.kinds import REGISTERS
from pendopo.kernel import clock
from pendopo.surfaces.desk import queues

DICE = random.Random(20260309)  # noqa: S311 - the same words every time
CROWD = 8
_RARE = """
SELECT word FROM ts_stat($$SELECT to_tsvector('simple', title) FROM information_item WHERE status = 'FIXED'$$)
WHERE length(word) > 6 AND ndoc <= %s ORDER BY md5(word) LIMIT 40
"""


def _list(**asked: str) -> load.Visit:
    return load.Visit(f"/ppid/informasi/?{urlencode(asked)}")


def searches() -> dict[str, list[load.Visit]]:
    """What people look for: words that are in half of all files, words that are in a few titles, and wrong ones."""
    with connection.cursor() as cursor:
        cursor.execute(_RARE, [max(1, Item.objects.count() // 5000)])
        rare = [row[0] for row in cursor.fetchall()]
    offices = list(Item.objects.published().values_list("office__slug", flat=True).distinct()[:8])
    pairs = list(itertools.pairwise(COMMON))
    wrong = (
        "angaran",
        "masyarkat",
        "pelayannan",
        "kegiatann dinas",
        "lapporan",
        "progran",
        "angaran pelayannan",
    )
    filters = [{"kantor": office, "tahun": str(2013 + n)} for n, office in enumerate(offices)]
    return {
        "plain list": [_list()],
        "list, filters": [_list(**one) for one in filters],
        "common word": [_list(q=word) for word in COMMON],
        "rare word": [_list(q=word) for word in rare],
        "two words": [
            *(_list(q=f"{a} {b}") for a, b in pairs),
            *(_list(q=f"{a} {b}") for a, b in zip(COMMON, rare, strict=False)),
        ],
        "misspelt word": [_list(q=word) for word in wrong],
        "word, filters": [
            *(_list(q=word, **one) for word, one in itertools.product(COMMON[:4], filters)),
            *(_list(q=word, kategori="BERKALA") for word in COMMON),
            *(_list(q=word, format="XLSX") for word in COMMON[:4]),
        ],
        "word, newest first": [_list(q=word, urut="terbaru") for word in COMMON],
    }


def pages() -> dict[str, list[load.Visit]]:
    """Public pages and every list of staff, also deep inside, as the people see them who have most to do."""
    koordinator, officer = (cookie_of(person(role)) for role in (Role.COORDINATOR, Role.OFFICER))
    unit = Membership.objects.filter(
        role=Role.OFFICER, organization__kind="AGENCY", organization__is_intake=False
    )
    pelaksana = cookie_of(unit.order_by("pk")[0].user)
    slugs = list(Item.objects.published().order_by("pk").values_list("slug", flat=True)[:4000:100])
    staff = (koordinator, officer, pelaksana)
    return {
        "PPID page": [load.Visit("/ppid/")],
        "entry": [load.Visit(f"/ppid/informasi/{slug}/") for slug in slugs],
        "DIP, DIK": [load.Visit("/ppid/dip/"), load.Visit("/ppid/dik/")],
        "public log": [load.Visit("/ppid/catatan/")],
        "public figures": [load.Visit("/ppid/angka/")],
        "staff entries": [
            load.Visit(f"/meja/ppid/informasi/{words}", who)
            for who in staff
            for words in (
                "",
                *(f"?tab={tab.key}" for tab in TABS),
                "?q=laporan",
                "?q=anggaran&category=BERKALA",
            )
        ],
        "queues": [visit for who in (Role.COORDINATOR, Role.OFFICER) for visit in _queues(who)],
        "registers": [
            load.Visit(f"/meja/ppid/register/{words}", koordinator)
            for words in (*(f"{key}/" for key in REGISTERS), f"permohonan/?tahun={clock.now().year}")
        ],
        "tasks of a unit": [load.Visit("/meja/ppid/tugas/", pelaksana)],
        "work of today": [load.Visit("/meja/ppid/", who) for who in staff],
        "tests, decrees": [
            load.Visit(path, koordinator) for path in ("/meja/ppid/uji/", "/meja/ppid/keputusan/")
        ],
    }


def _queues(role: str) -> list[load.Visit]:
    """Every queue of requests at its beginning, filtered, and in the middle of the longest."""
    user, kind = person(role), desk_kinds.get(InformationRequest.KIND)
    assert kind is not None
    cookies, place, found = cookie_of(user), f"/meja/{kind.key}/antrean", []
    for queue in queues.queues_of(kind, user):
        found += [load.Visit(f"{place}/{queue.key}/{words}", cookies) for words in ("", "?q=laporan")]
    work = InformationRequest.objects.filter(closed_at=None).order_by("urgency", "due_at", "pk")
    middle = next(queue for queue in queues.queues_of(kind, user) if queue.key == "siap-diputus")
    row = work.filter(status="IN_PROGRESS")[work.count() // 4]
    return [*found, load.Visit(f"{place}/{middle.key}/?hal={queues._cursor(row, middle, 'n')}", cookies)]


def storm(port: int, visits: list[load.Visit], seconds: float, clients: int) -> dict[str, Any]:
    load.storm(
        port, visits, seconds=max(1.5, seconds / 3), clients=clients
    )  # both processes read what they keep
    before = os.times()
    found = load.storm(port, visits, seconds=seconds, clients=clients).table()
    return found | {
        "load": round(os.getloadavg()[0], 1),
        "own_cpu": round(sum(os.times()[:2]) - sum(before[:2]), 1),
    }


def effort(visits: list[load.Visit], rounds: int = 20) -> dict[str, float]:
    """Milliseconds of processor that one answer takes in Python, and in PostgreSQL when it runs on this machine. Hardly
    changed by what else the machine does, so that two runs can be compared."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    client, python = Client(headers={"host": "localhost"}), []
    before = _ticks(backend)
    for visit in itertools.islice(itertools.cycle(visits), rounds):
        for part in filter(None, visit.cookies.split("; ")):
            name, _sign, value = part.partition("=")
            client.cookies[name] = value
        began = time.process_time()
        client.get(visit.path)
        python.append((time.process_time() - began) * 1000)
    found = {"python_ms": round(statistics.median(python), 1)}
    return found | ({"postgres_ms": round((_ticks(backend) - before) / rounds, 1)} if before else {})


def _ticks(stat: Path) -> float:
    """Milliseconds of processor a process has used so far; 0 when it is none of this machine's PostgreSQL."""
    try:
        words = stat.read_text()
    except OSError:
        return 0
    used = words.rpartition(")")[2].split()[11:13] if "(postgres)" in words else ()
    return sum(map(int, used)) * 1000 / os.sysconf("SC_CLK_TCK")


def measure(port: int, seconds: float, parts: list[str]) -> dict[str, Any]:
    """One visitor at a time, and all searches by a crowd."""
    found: dict[str, Any] = {}
    words = searches()
    chosen = (words if "search" in parts else {}) | (pages() if "pages" in parts else {})
    for name, visits in chosen.items():
        found[name] = storm(port, visits, seconds, clients=1) | {"sql": statements(visits)} | effort(visits)
        print(f"  {name}: p50 {found[name]['p50_ms']}, p95 {found[name]['p95_ms']} ms", flush=True)
    found[f"all searches, {CROWD} visitors"] = storm(
        port, list(itertools.chain(*words.values())), seconds, clients=CROWD
    )
    return found


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("out", type=Path)
    options.add_argument("--seconds", type=float, default=8)
    options.add_argument("--parts", default="search,pages,receipts,holiday,harvest")
    chosen = options.parse_args()
    parts = chosen.parts.split(",")
    Counter.objects.all().delete()  # an earlier run has counted against the limits of our networks
    result: dict[str, Any] = {"entries": Item.objects.count(), "requests": InformationRequest.objects.count()}
    with (server := Server()) as port:
        result |= measure(port, chosen.seconds, parts)
        if "receipts" in parts:
            result |= acts.receipts(port)
        result["peak MB of a web process"] = acts.peak_memory(server.process.pid)
        if "harvest" in parts:
            result |= acts.harvests(port)
            result["peak MB of a web process after harvest"] = acts.peak_memory(server.process.pid)
    if "holiday" in parts:
        result["holiday"] = acts.holiday()
        print(f"  holiday: {result['holiday']}", flush=True)
    chosen.out.write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
