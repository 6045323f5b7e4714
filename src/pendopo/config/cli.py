"""`pendopo`: the product's own command line. Django's commands answer here too; `manage.py` lists them."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.management import (
    BaseCommand,
    execute_from_command_line,
    get_commands,
    load_command_class,
)

from pendopo import __version__
from pendopo.config import embedded, env, prepared, runner
from pendopo.config.binaries import Unusable

_OWN = {
    "run": "Menyalakan semuanya di satu mesin untuk mencoba: basis data, web, pekerja, kota demo.",
    "web": "Menjalankan proses web (untuk pemakaian sungguhan; lihat docs/operate/install.md).",
}
# These neither read nor write the database, so none is started for them.
_WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "docs",
    "makemessages",
    "room",
}
_PARTS_WITHOUT_DATABASE = {("routing", "evaluate")}  # from files to figures
_MAKE_TABLES_THEMSELVES = {
    "makemigrations",
    "migrate",
    "prepare",
    "restore",
    "showmigrations",
    "sqlmigrate",
    "test",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
    name = sys.argv[1] if len(sys.argv) > 1 else "help"
    if name in {"help", "--help", "-h"} and len(sys.argv) < 3:
        print(help_text())
    elif name in {"version", "--version"}:
        print(f"Pendopo {__version__}")
    elif name == "run":
        raise SystemExit(runner.main())
    elif name == "web":
        # Replaced by the web process, which loads Django by itself (once in each of its workers).
        os.execv(sys.executable, [sys.executable, "-m", "pendopo.config.web", *sys.argv[2:]])  # noqa: S606
    else:
        _choose_database()
        django.setup()
        if name not in get_commands():
            raise SystemExit(f"Perintah {name!r} tidak dikenal. Ketik: pendopo --help")
        _django(name)


def _choose_database() -> None:
    """Django reads the address of the database once, so it must be known before the first server is made."""
    try:
        if not env.text("DATABASE_URL"):
            embedded.cluster_of(env.var_folder())
    except Unusable as problem:
        raise SystemExit(str(problem)) from None


def _django(name: str) -> None:
    try:
        with _database_for(name):
            execute_from_command_line(sys.argv)
    except Unusable as problem:
        raise SystemExit(str(problem)) from None


def execute() -> None:
    """`manage.py`: Django's own command line, with the embedded server where a command needs it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
    name = sys.argv[1] if len(sys.argv) > 1 else "help"
    if name in {"help", "--help", "version", "--version"}:
        execute_from_command_line(sys.argv)
    else:
        _django(name)


@contextmanager
def _database_for(name: str) -> Iterator[None]:
    """Without DATABASE_URL, the embedded server runs while a command needs it, with its tables made.

    A given database gets its tables only while it is wholly empty: a later migration is the operator's step.
    """
    part = (name, *sys.argv[2:3])
    needless = part in _PARTS_WITHOUT_DATABASE or (name in _WITHOUT_DATABASE and "--database" not in sys.argv)
    if needless or {"--help", "-h"} & set(sys.argv):
        yield
        return
    if env.text("DATABASE_URL"):
        if name not in _MAKE_TABLES_THEMSELVES and prepared.is_empty(prepared.database()):
            _tell("Basis data masih kosong: membuat tabel-tabelnya")
            execute_from_command_line([sys.argv[0], "prepare", "--tables-only"])
        yield
        return
    var = env.var_folder()
    with embedded.using(var, _tell):
        if name not in _MAKE_TABLES_THEMSELVES and not prepared.ready(
            var, prepared.database(), static=False, demo=False
        ):
            execute_from_command_line([sys.argv[0], "prepare", "--tables-only"])
        yield


def _tell(sentence: str) -> None:
    print(f"• {sentence}", file=sys.stderr, flush=True)


def help_text() -> str:
    """The product's own commands with one line each."""
    django.setup()
    lines = dict(_OWN)
    for name, app in get_commands().items():
        if isinstance(app, str) and app.startswith("pendopo."):
            lines[name] = _first_line(load_command_class(app, name))
    wide = max(map(len, lines))
    listed = "\n".join(f"  {name:<{wide}}  {lines[name]}" for name in sorted(lines))
    return (
        f"Pendopo {__version__}\n\nCara pakai: pendopo PERINTAH [pilihan]\n\nPerintah:\n{listed}\n\n"
        "Penjelasan satu perintah: pendopo PERINTAH --help\nPerintah Django: python manage.py help"
    )


def _first_line(command: BaseCommand) -> str:
    return str(command.help).strip().split("\n", 1)[0] or "-"
