"""`make bench`: how fast the busy pages are, and how that grows with the number of reports.

    make bench                                   10,000 and 100,000 reports (about eight minutes)
    make bench REPORTS=10000,100000,1000000      also a million (about a quarter of an hour)
    DATABASE_URL=postgresql://… make bench       on a server of one's own instead of the embedded one

Builds its own databases (`pendopo_bench_10000`, …; kept, so that a second run begins at once), starts a real server
with two web processes for each, and lets eight clients loop. Prints a table and writes build/bench.json. Numbers, not
assertions: machines are noisy.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from pendopo.config import embedded, processes

HERE = Path(__file__).parent
OUT = Path("build")
# (must, aim) of 2 cores with PostgreSQL beside; the row of the table each belongs to.
GOALS = {
    ("staff list", 100_000): (200, 100),
    ("staff list", 1_000_000): (500, 150),
    ("full-text search", 1_000_000): (500, 150),
    ("public map", 1_000_000): (300, 100),
}


def named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def ensure_database(url: str, database: str) -> str:
    """Make the database when it is not there yet; returns its address."""
    with psycopg.connect(url, autocommit=True) as db:
        if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            db.execute(f'CREATE DATABASE "{database}" TEMPLATE template0')
    return named(url, database)


def step(script: str, *words: str, url: str, var: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": url, "PENDOPO_VAR": str(var), "PENDOPO_MODE": "demo"}
    bound = processes.bound_to(os.getpid())  # nothing outlives an interrupted run
    command = [sys.executable, HERE / script, *words]
    done = subprocess.run(command, env=environment, check=False, preexec_fn=bound)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{script} gagal untuk {urlsplit(url).path}.")


def machine() -> dict[str, Any]:
    return {"cores": os.cpu_count(), "python": platform.python_version(), "load_before": os.getloadavg()}


def show(found: dict[int, dict[str, Any]]) -> None:
    sizes = sorted(found)
    print(f"\n{'':20}" + "".join(f"{size:>34,}" for size in sizes) + f"{'growth':>9}")
    print(f"{'':20}" + f"{'p50':>8}{'p95 ms':>9}{'/s':>7}{'KB':>6}{'SQL':>4}" * len(sizes))
    for name, first in found[sizes[0]].items():
        if not isinstance(first, dict):
            continue
        rows = [found[size][name] for size in sizes]
        cells = "".join(
            f"{row['p50_ms']:>8}{row['p95_ms']:>9}{row['per_second']:>7}{row['most_bytes_sent'] / 1024:>6.0f}"
            f"{row.get('sql', ''):>4}"
            for row in rows
        )
        grown = rows[-1]["p50_ms"] / rows[0]["p50_ms"] if len(rows) > 1 else 1
        print(f"{name:20}{cells}{grown:>8.1f}×")
        for row in rows:
            if row["failures"]:
                print(f"{'':20}gagal: {row['failures']}")
    for size in sizes:
        print(f"peta memuat laporan baru setelah {found[size]['map freshness s']} detik ({size:,} laporan)")
    for (name, size), (must, aim) in GOALS.items():
        if size in found:
            print(f"{name}, {size:,}: p95 {found[size][name]['p95_ms']} ms (harus {must}, tujuan {aim})")


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--reports", default="10000,100000")
    options.add_argument("--seconds", type=float, default=8, help="detik per halaman")
    options.add_argument(
        "--sends", type=int, default=600, help="laporan yang dikirim untuk mengukur penerimaan"
    )
    options.add_argument("--no-page", action="store_true", help="tanpa ukuran halaman di Chromium")
    chosen = options.parse_args()
    sizes = sorted({int(size) for size in chosen.reports.split(",")})
    OUT.mkdir(exist_ok=True)
    var = (OUT / "bench").resolve()
    embedded.private_folder(var)
    found: dict[int, dict[str, Any]] = {}
    result: dict[str, Any] = {"machine": machine(), "measured_at": time.strftime("%Y-%m-%dT%H:%M:%S%z")}
    with ExitStack() as stack:
        url = os.environ.get("DATABASE_URL") or stack.enter_context(embedded.using(var, print)).url
        static = {**os.environ, "DATABASE_URL": url, "PENDOPO_VAR": str(var), "PENDOPO_MODE": "demo"}
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], env=static, check=True
        )
        for size in sizes:
            address = ensure_database(url, f"pendopo_bench_{size}")
            step("build.py", str(size), url=address, var=var)
            out = OUT / f"bench-{size}.json"
            print(f"{size:,} laporan, 2 proses web, 8 pengunjung:", flush=True)
            words = ("--seconds", str(chosen.seconds), "--sends", str(chosen.sends))
            step("measure.py", str(out), *words, url=address, var=var)
            found[size] = json.loads(out.read_text())
            out.unlink()
            result[str(size)] = found[size]
        if not chosen.no_page:
            out = OUT / "bench-page.json"
            step("page.py", str(out), url=named(url, f"pendopo_bench_{sizes[0]}"), var=var)
            result["first opening"] = json.loads(out.read_text())
            out.unlink()
    if len(sizes) > 1:
        result["growth"] = {
            name: round(found[sizes[-1]][name]["p50_ms"] / row["p50_ms"], 2)
            for name, row in found[sizes[0]].items()
            if isinstance(row, dict)
        }
    (OUT / "bench.json").write_text(json.dumps(result, indent=1, ensure_ascii=False))
    show(found)
    for page, measured in result.get("first opening", {}).items():
        print(f"pertama kali dibuka, 400 kbit/s, {page}: {measured}")
    print("Selengkapnya: build/bench.json")


if __name__ == "__main__":
    main()
