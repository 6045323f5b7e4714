"""What was already made ready (tables, static files, demo city), so that the second start is quick.

Each mark is a fingerprint of what it was made from, kept in `var/run/prepared.json`. The mark for tables also
names the database and its migration count: another, an emptied or a restored database is noticed.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg

from pendopo.config import embedded, env

PACKAGE = Path(__file__).resolve().parent.parent
_SITE = Path(psycopg.__file__).resolve().parent.parent  # where the locked packages are


def marks(var: Path) -> dict[str, str]:
    try:
        kept = json.loads((var / "run" / "prepared.json").read_text())
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in kept.items()} if isinstance(kept, dict) else {}


def mark(var: Path, **values: str) -> None:
    (var / "run").mkdir(parents=True, exist_ok=True)
    embedded.write_private(var / "run" / "prepared.json", json.dumps({**marks(var), **values}))


def _fingerprint(files: Iterable[Path]) -> str:
    seen = hashlib.sha256()
    for file in sorted(files):
        facts = file.stat()
        seen.update(f"{file}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _packages() -> list[Path]:
    """The metadata folders of installed packages: their names carry the versions."""
    return list(_SITE.glob("*.dist-info"))


def static_fingerprint() -> str:
    own = [file for file in PACKAGE.glob("**/static/**/*") if file.is_file()]
    return _fingerprint([*own, PACKAGE / "config" / "statics.py", *_packages()])


def tables_fingerprint(database: dict[str, object]) -> str:
    """Names the migrations on disk and the database as it stands; empty when it has no tables yet."""
    with psycopg.connect(**connection(database), autocommit=True) as link:
        made = link.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone()
        if not made or not made[0]:
            return ""
        row = link.execute(
            "SELECT (SELECT oid FROM pg_database WHERE datname = current_database()), count(*), max(applied) "
            "FROM django_migrations"
        ).fetchone()
    return f"{_fingerprint([*PACKAGE.glob('**/migrations/*.py'), *_packages()])} {row}"


def connection(database: dict[str, object]) -> dict[str, Any]:
    """psycopg's arguments for a Django DATABASES entry."""
    wanted = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    options = database["OPTIONS"]
    assert isinstance(options, dict)
    extra = {name: value for name, value in options.items() if name != "pool"}
    return {theirs: database[ours] for ours, theirs in wanted.items() if database[ours]} | extra


def ready(var: Path, database: dict[str, object], *, static: bool, demo: bool) -> bool:
    """True when a start needs neither migration nor static files nor the demo city."""
    kept = marks(var)
    return (
        bool(kept.get("tables"))
        and kept["tables"] == tables_fingerprint(database)
        and (not static or (kept.get("static") == static_fingerprint() and (var / "static").is_dir()))
        and (not demo or kept.get("demo") == "done")
    )


def is_empty(database: dict[str, object]) -> bool:
    """Whether the database answers and holds no table at all; False when it cannot be reached."""
    try:
        with psycopg.connect(**connection(database)) as link:
            row = link.execute(
                "SELECT NOT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')"
            ).fetchone()
    except psycopg.OperationalError:
        return False
    return bool(row and row[0])


def database() -> dict[str, object]:
    """The database this installation uses, as Django's DATABASES entry."""
    return env.database("DATABASE_URL", embedded.database_url(env.var_folder()))
