"""`make bench`: how fast the busy pages are, and how that grows with what was ever written.

    make bench                                   10,000 and 100,000 reports, then as many entries and requests of PPID
    make bench REPORTS=10000,100000,1000000      also a million reports
    make bench BENCH="--only information"        one room: reports or information
    DATABASE_URL=postgresql://… make bench       on a server of one's own instead of the embedded one

Builds its own databases (`pendopo_bench_10000`, `pendopo_bench_ppid_10000`, …; kept, so that a second run begins at
once), starts a real server with two web processes for each, and lets clients loop. Prints a table and writes
build/bench.json. Numbers, not assertions: machines are noisy.
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
SEARCHES = ("plain list", "common word", "rare word", "two words", "misspelt word", "word, filters")
# (must, aim) of 2 cores with PostgreSQL beside; the row of the table each belongs to.
GOALS = {
    ("staff list", 100_000): (200, 100),
    ("staff list", 1_000_000): (500, 150),
    ("full-text search", 1_000_000): (500, 150),
    ("public map", 1_000_000): (300, 100),
    **{(name, 100_000): (100, 50) for name in SEARCHES},
    ("submit → receipt", 100_000): (2000, 1000),
}
# script, part of the database's name, what is counted
ROOMS = {
    "reports": ("measure.py", "", "laporan"),
    "information": ("information.py", "ppid_", "informasi dan permohonan"),
}
HOLIDAY = (60, 15)  # seconds for 100,000 open requests


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
    print(f"\n{'':26}" + "".join(f"{size:>34,}" for size in sizes) + f"{'growth':>9}")
    print(f"{'':26}" + f"{'p50':>8}{'p95 ms':>9}{'/s':>7}{'KB':>6}{'SQL':>4}" * len(sizes))
    for name, first in found[sizes[0]].items():
        if not (isinstance(first, dict) and "p50_ms" in first):
            continue
        rows = [found[size][name] for size in sizes]
        cells = "".join(
            f"{row['p50_ms']:>8}{row['p95_ms']:>9}{row['per_second']:>7}{row['most_bytes_sent'] / 1024:>6.0f}"
            f"{row.get('sql', ''):>4}"
            for row in rows
        )
        grown = rows[-1]["p50_ms"] / rows[0]["p50_ms"] if len(rows) > 1 else 1
        print(f"{name:26}{cells}{grown:>8.1f}×")
        for row in rows:
            if row["failures"]:
                print(f"{'':26}gagal: {row['failures']}")
    for size in sizes:
        show_rest(size, found[size])
    for (name, size), (must, aim) in GOALS.items():
        if name in found.get(size, {}):
            print(f"{name}, {size:,}: p95 {found[size][name]['p95_ms']} ms (harus {must}, tujuan {aim})")


def show_rest(size: int, found: dict[str, Any]) -> None:
    """What is no page: one line each."""
    if "map freshness s" in found:
        print(f"peta memuat laporan baru setelah {found['map freshness s']} detik ({size:,} laporan)")
    for name, row in found.items():
        if name.startswith("harvest"):
            print(f"{name}, {size:,}: {row}")
    if "holiday" in found:
        must, aim = HOLIDAY
        print(f"hari libur baru, {size:,}: {found['holiday']} (100.000: harus {must} detik, tujuan {aim})")


def measured(
    room: str, sizes: list[int], url: str, var: Path, words: tuple[str, ...]
) -> dict[int, dict[str, Any]]:
    """Build and measure a room's databases, the smallest first."""
    found: dict[int, dict[str, Any]] = {}
    script, mark, what = ROOMS[room]
    for size in sizes:
        address = ensure_database(url, f"pendopo_bench_{mark}{size}")
        step("build.py", room, str(size), url=address, var=var)
        out = OUT / f"bench-{room}-{size}.json"
        print(f"{size:,} {what}, 2 proses web:", flush=True)
        step(script, str(out), *words, url=address, var=var)
        found[size] = json.loads(out.read_text())
        out.unlink()
    return found


def growth(found: dict[int, dict[str, Any]]) -> dict[str, float]:
    """p50 at the largest size for one at the smallest."""
    first, last = found[min(found)], found[max(found)]
    pages = {name: row for name, row in first.items() if isinstance(row, dict) and "p50_ms" in row}
    return {name: round(last[name]["p50_ms"] / row["p50_ms"], 2) for name, row in pages.items()}


def wanted() -> argparse.Namespace:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--only", choices=ROOMS, help="satu ruang saja")
    options.add_argument("--reports", default="10000,100000")
    options.add_argument("--entries", default="10000,100000", help="informasi publik dan permohonan terbuka")
    options.add_argument("--seconds", type=float, default=8, help="detik per halaman")
    options.add_argument(
        "--sends", type=int, default=600, help="laporan yang dikirim untuk mengukur penerimaan"
    )
    options.add_argument("--no-page", action="store_true", help="tanpa ukuran halaman di Chromium")
    return options.parse_args()


def main() -> None:
    chosen = wanted()
    OUT.mkdir(exist_ok=True)
    var = (OUT / "bench").resolve()
    embedded.private_folder(var)
    seconds = ("--seconds", str(chosen.seconds))
    asked = {
        "reports": (chosen.reports, (*seconds, "--sends", str(chosen.sends))),
        "information": (chosen.entries, seconds),
    }
    result: dict[str, Any] = {"machine": machine(), "measured_at": time.strftime("%Y-%m-%dT%H:%M:%S%z")}
    with ExitStack() as stack:
        url = os.environ.get("DATABASE_URL") or stack.enter_context(embedded.using(var, print)).url
        static = {**os.environ, "DATABASE_URL": url, "PENDOPO_VAR": str(var), "PENDOPO_MODE": "demo"}
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], env=static, check=True
        )
        for room, (numbers, words) in asked.items():
            if chosen.only not in (None, room):
                continue
            sizes = sorted({int(size) for size in numbers.split(",")})
            found = measured(room, sizes, url, var, words)
            told = {str(size): row for size, row in found.items()} | {"growth": growth(found)}
            result |= told if room == "reports" else {room: told}
            show(found)
        if not chosen.no_page and chosen.only in (None, "reports"):
            out = OUT / "bench-page.json"
            smallest = min(int(size) for size in chosen.reports.split(","))
            step("page.py", str(out), url=named(url, f"pendopo_bench_{smallest}"), var=var)
            result["first opening"] = json.loads(out.read_text())
            out.unlink()
    (OUT / "bench.json").write_text(json.dumps(result, indent=1, ensure_ascii=False))
    for page, row in result.get("first opening", {}).items():
        print(f"pertama kali dibuka, 400 kbit/s, {page}: {row}")
    print("Selengkapnya: build/bench.json")


if __name__ == "__main__":
    main()
