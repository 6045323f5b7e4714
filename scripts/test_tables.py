"""Make the database NAME with all tables on the server of DATABASE_URL: those of the tests are copied from it."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from pendopo.config import env


def main(name: str) -> None:
    address = urlsplit(env.text("DATABASE_URL"))
    with psycopg.connect(urlunsplit(address._replace(path="/template1")), autocommit=True) as link:
        link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    os.environ["DATABASE_URL"] = urlunsplit(address._replace(path=f"/{name}"))
    os.environ.pop("DATABASE_URL_FILE", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "pendopo.config.settings_test"
    import django  # noqa: PLC0415 - after the address is set
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1])
