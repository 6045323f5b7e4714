"""`make test`, `make lint`, `make types`, `make fix`: every check, each with one line and its duration.

Static checks run two at a time; then the tests on a real PostgreSQL (DATABASE_URL, or an embedded throw-away
server in `var/test`); then the browser journeys in a real Chromium, most of them without
its windows (`chromium-headless-shell`) where apt has that.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from pendopo.config import embedded  # noqa: E402
from pendopo.config.binaries import Unusable  # noqa: E402

BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
TEMPLATES = "src/pendopo"
JOURNEYS = "tests/journeys"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Step:
    name: str
    command: list[str]
    shown: bool = False  # its output is worth reading also when all is well


def module(name: str, *arguments: str) -> list[str]:
    """A tool run by our interpreter: works in any folder, also with a space in its name."""
    return [PYTHON, "-m", name, *arguments]


def templates(pattern: str = "*.html") -> list[str]:
    found = (ROOT / TEMPLATES).rglob(f"templates/**/{pattern}")
    return sorted(str(path.relative_to(ROOT)) for path in found)


def lint_steps() -> list[Step]:
    steps = [
        Step("gaya kode (ruff check)", module("ruff", "check", ".")),
        Step("bentuk kode (ruff format)", module("ruff", "format", "--check", ".")),
        Step("ejaan (codespell)", module("codespell_lib", "src", "tests", "docs", "scripts")),
    ]
    if templates():
        steps += [
            Step("templat (djade)", [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates()]),
            Step("indentasi templat (djhtml)", module("djhtml", "--check", "--tabwidth", "2", *templates())),
        ]
    return steps


TYPES = Step("tipe (mypy)", module("mypy"))
CONTRACTS = Step(
    "batas lantai (import-linter)",
    [PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
)
TEMPLATE = "pendopo_test_tables"  # the databases of the tests are copies of it: a second instead of ten
TABLES = Step("tabel untuk uji (migrate)", [PYTHON, "scripts/test_tables.py", TEMPLATE])
MIGRATIONS = Step(
    "migrasi (makemigrations --check)", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]
)


def fix_steps() -> list[Step]:
    steps = [
        Step("ruff check --fix", module("ruff", "check", "--fix", ".")),
        Step("ruff format", module("ruff", "format", ".")),
    ]
    if templates():
        steps += [
            Step("djade", [str(BIN / "djade"), "--target-version", "5.2", *templates()]),
            Step("djhtml", module("djhtml", "--tabwidth", "2", *templates())),
        ]
    return steps


def run(step: Step) -> bool:
    """Run one step and say how it went; the output is shown when it failed or is worth reading."""
    start = time.monotonic()
    if step.shown:
        print(f"── {step.name}", flush=True)
        code = subprocess.run(step.command, cwd=ROOT, check=False).returncode
        words = ""
    else:
        done = subprocess.run(step.command, cwd=ROOT, check=False, text=True, stdout=-1, stderr=-2)
        code, words = done.returncode, done.stdout
    verdict = "baik " if code == 0 else "GAGAL"
    seconds = f"{time.monotonic() - start:.1f}".replace(".", ",")
    print(f"{verdict} {step.name} ({seconds} detik)\n" + (words if code else ""), end="", flush=True)
    return code == 0


def two_at_a_time(steps: list[Step]) -> bool:
    with ThreadPoolExecutor(2) as pool:
        return all(list(pool.map(run, steps)))


@contextmanager
def database() -> Iterator[None]:
    """DATABASE_URL as given, or a throw-away server of our own with fsync off."""
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        yield
        return
    var = ROOT / "var" / "test"
    with embedded.using(var, lambda line: print(f"• {line}", flush=True), durable=False) as cluster:
        os.environ["DATABASE_URL"] = cluster.url
        try:
            yield
        finally:
            del os.environ["DATABASE_URL"]


def with_tables(steps: list[Step]) -> bool:
    """These checks, and beside them the tables of the tests."""
    good = two_at_a_time([*steps[:1], TABLES, *steps[1:]])
    os.environ["TEST_TEMPLATE"] = TEMPLATE
    return good


def apt(*words: str) -> bool:
    command = ["apt-get", "-qq", "-oAcquire::Retries=0", "-oAcquire::http::Timeout=10", *words]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, check=False, stdout=-3, stderr=-3, env=environment).returncode == 0


def browser(variable: str, *names: str) -> str | None:
    return os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)


def browsers() -> dict[str, str]:
    """Chromium for the journeys; installed when that is ours to do, never left out in silence.

    Most journeys take the same engine without windows where it is to be had: half the work.
    """
    wanted = {"CHROMIUM": CHROMIUMS, "CHROMIUM_SHELL": ("chromium-headless-shell",)}
    missing = [names[0] for variable, names in wanted.items() if not browser(variable, *names)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        print("• Memasang Chromium untuk perjalanan peramban …", flush=True)
        apt("update")
        for package in missing:
            apt("install", "-y", package)
    found = {variable: path for variable, names in wanted.items() if (path := browser(variable, *names))}
    if "CHROMIUM" not in found:
        raise Unusable("Chromium untuk perjalanan peramban tidak ada. Ketik: sudo apt-get install chromium")
    return found


def test_steps(only: list[str]) -> Iterator[Step]:
    color = "no" if os.environ.get("NO_COLOR") else "auto"
    common = ["-q", f"--color={color}"]
    if only:
        yield Step("uji pilihan", module("pytest", *common, *only), shown=True)
        return
    # Neighbours stay together, and who is done takes over; the journeys run in the databases that the tests made.
    common += ["-n", "2", "--dist", "worksteal", "--reuse-db"]
    tests = ["--create-db", f"--ignore={JOURNEYS}"]
    yield Step("uji (pytest)", module("pytest", *common, *tests), shown=True)
    yield Step("perjalanan peramban (Chromium)", module("pytest", *common, JOURNEYS), shown=True)


def everything(only: list[str]) -> bool:
    good = True
    os.environ.update(browsers())  # first: better told now than after minutes
    with database():
        if not only:
            good = with_tables([TYPES, *lint_steps(), CONTRACTS, MIGRATIONS])
        for step in test_steps(only):
            good = run(step) and good
    return good


def main(argv: list[str]) -> int:
    start = time.monotonic()
    os.environ["PENDOPO_MODE"] = "test"
    os.environ["PENDOPO_VAR"] = str(ROOT / "var" / "test")
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    what, only = (argv or ["all"])[0], argv[1:]
    try:
        if what == "fix":
            good = all(list(map(run, fix_steps())))
        elif what == "lint":
            good = two_at_a_time([*lint_steps(), CONTRACTS])
        elif what == "types":
            good = run(TYPES)
        else:
            good = everything(only)
    except Unusable as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nPemeriksaan dihentikan.", file=sys.stderr)
        return 130
    verdict = "Semua pemeriksaan lulus" if good else "Ada pemeriksaan yang gagal; baca di atas"
    print(f"{verdict} ({time.monotonic() - start:.0f} detik).", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
