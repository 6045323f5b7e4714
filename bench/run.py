"""`make bench`: times of the busy pages on the demo city, as percentiles. Numbers, not assertions: machines are noisy.

Needs the demo city (`make run` once, or DATABASE_URL of a database that has it). Every figure is one request through
the whole product in this process, without a network. Prints a table and writes build/bench.json. Nothing is kept in
the database: what is written is rolled back.
"""

import gzip
import json
import os
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
os.environ.setdefault("PENDOPO_MODE", "demo")

import django

from pendopo.config import embedded, env

_server = ExitStack()
if not env.text("DATABASE_URL"):
    os.environ["DATABASE_URL"] = _server.enter_context(embedded.using(env.var_folder())).url

django.setup()

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pendopo.base.accounts.models import User
from pendopo.base.organizations.models import Membership, Role
from pendopo.base.regions.models import Region
from pendopo.base.regions.public import find
from pendopo.domains.reports.actions import drafts, intake
from pendopo.domains.reports.models import Category, Report
from pendopo.kernel import clock

ROUNDS = 40
BACKEND = "pendopo.base.accounts.backends.Backend"


def timed(action: Callable[[], Any], rounds: int = ROUNDS) -> dict[str, float]:
    """Milliseconds (median, p95) of one call after a warm-up, and its number of SQL statements."""
    action()
    with CaptureQueriesContext(connection) as queries:
        action()
    statements = len(queries)  # the log is emptied by the next request
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    cut = statistics.quantiles(times, n=20)
    return {"median_ms": round(statistics.median(times), 2), "p95_ms": round(cut[-1], 2), "sql": statements}


def page(client: Client, address: str) -> Callable[[], Any]:
    def fetch() -> Any:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response

    return fetch


def signed_in(role: str) -> Client:
    """A demo officer or koordinator in a browser of their own."""
    people = User.objects.filter(is_demo=True, pk__in=Membership.objects.filter(role=role).values("user"))
    person = people.exclude(demo_note="").order_by("pk").first() or people.order_by("pk").first()
    assert person is not None, "Kota contoh belum ada: jalankan `make run` dulu."
    client = Client()
    client.force_login(person, BACKEND)
    return client


def create_one() -> None:
    """A report by a citizen, from the draft to routing and receipt, rolled back afterwards."""
    now = clock.now()
    village = Region.objects.villages().served().order_by("code").first()
    with transaction.atomic():
        draft = drafts.keep_answers(draft=drafts.open_draft(None, now=now), answers={}, now=now)
        new = intake.NewReport(
            category=Category.objects.get(pk="lampu-jalan"),
            text="Lampu jalan mati sejak tiga malam, gang jadi gelap dan rawan.",
            region_code=village.pk,
            email="ukur@contoh.example",
        )
        intake.receive(draft=draft, new=new, by=None, now=now)
        transaction.set_rollback(True)


def main() -> None:
    anybody, officer, koordinator = Client(), signed_in(Role.OFFICER), signed_in(Role.COORDINATOR)
    middle = Region.objects.villages().served().exclude(latitude=None).order_by("code").first()
    table = {
        "meja koordinator, antrean Selesai": timed(page(koordinator, "/meja/reports/antrean/selesai/")),
        "meja koordinator, antrean Baru": timed(page(koordinator, "/meja/reports/antrean/baru/")),
        "meja koordinator, cari kata": timed(page(koordinator, "/meja/reports/antrean/selesai/?q=lampu")),
        "meja petugas, Kantor saya": timed(page(officer, "/meja/reports/antrean/kantor/")),
        "daftar publik": timed(page(anybody, "/laporan/")),
        "daftar publik, cari kata": timed(page(anybody, "/laporan/?q=lampu")),
        "angka pelayanan": timed(page(anybody, "/angka/")),
        "formulir laporan": timed(page(anybody, "/lapor/")),
        "membuat laporan (dengan saran disposisi)": timed(create_one),
        "titik → kelurahan": timed(lambda: find(middle.latitude, middle.longitude), rounds=2000),
    }
    form = anybody.get("/lapor/").content
    result = {
        "reports": Report.objects.count(),
        "pages": table,
        "report_form_bytes": {"plain": len(form), "gzip": len(gzip.compress(form, 6))},
    }
    Path("build").mkdir(exist_ok=True)
    Path("build/bench.json").write_text(json.dumps(result, indent=2, ensure_ascii=False))
    print(f"{result['reports']} laporan. Formulir laporan: {result['report_form_bytes']}")
    print(f"{'':44}{'median ms':>10}{'p95 ms':>9}{'SQL':>5}")
    for name, row in table.items():
        print(f"{name:44}{row['median_ms']:>10}{row['p95_ms']:>9}{row['sql']:>5}")


with _server:
    main()
