"""Rows that hundreds of tests begin with, made once by the real code and then written again by one statement."""

import pickle
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.management.commands import flush
from django.db import connection, transaction

Made = TypeVar("Made")
_INSERT = re.compile(r'INSERT INTO "(\w+)"')


@dataclass(frozen=True)
class _Kept:
    tables: tuple[str, ...]
    statement: str
    made: bytes


_kept: dict[str, _Kept] = {}
_learning = False


def learn(*builders: Callable[[], object]) -> None:
    """Run each of these in an empty database; every `again` inside them keeps its rows. Nothing of it stays there.

    Sequences do not go back with a transaction, so nobody else is ever given the numbers of these rows.
    """
    global _learning
    for build in builders:
        with transaction.atomic():
            _learning = True
            try:
                build()
            finally:
                _learning = False
                transaction.set_rollback(True)


def again(name: str, build: Callable[[], Made]) -> Made:
    """What `build()` writes and returns: from memory, or really built where its rows would not be alone."""
    if _learning:
        return _keep(name, build)
    kept = _kept.get(name)
    if kept is None or not _all_empty(kept.tables):
        return build()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(kept.statement)
    made: Made = pickle.loads(kept.made)  # our own bytes
    return made


def _keep(name: str, build: Callable[[], Made]) -> Made:
    tables: dict[str, None] = {}

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        tables.update(dict.fromkeys(_INSERT.findall(sql)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        made = build()
    statement = ";".join(filter(None, map(_as_statement, tables)))
    _kept[name] = _Kept(tuple(tables), statement, pickle.dumps(made))
    return made


def _all_empty(tables: tuple[str, ...]) -> bool:
    some = " OR ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {some}")
        return not cursor.fetchone()[0]


def _as_statement(table: str) -> str:
    """All rows of a table as an INSERT with every value written out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
            [f'"{table}"'],
        )
        columns = [row[0] for row in cursor.fetchall()]
        values = " || ', ' || ".join(f"quote_nullable({column}::text)" for column in columns)
        cursor.execute(f"SELECT string_agg('(' || {values} || ')', ', ') FROM \"{table}\"")
        rows = cursor.fetchone()[0]
    return f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES {rows}' if rows else ""


def empty_quickly() -> None:
    """After a test that commits, delete the few rows there are; truncating all tables takes half a second.

    Foreign keys are looked at when all is gone. What refuses to be deleted from (the journal) is truncated; what has
    triggers comes first, since they write into other tables. Content types and permissions stay.
    """
    truncate = connection.ops.sql_flush
    with connection.cursor() as cursor:
        # Bits of tgtype: 1 for each row, 2 before, 8 on DELETE.
        cursor.execute(
            "SELECT DISTINCT relname, (tgtype & 11) = 10 FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal"
        )
        with_triggers = dict(cursor.fetchall())

    def statements(style: Any, tables: Sequence[str], **options: Any) -> list[str]:
        if options.get("reset_sequences"):
            return truncate(style, tables, **options)
        ours = [name for name in tables if name not in ("django_content_type", "auth_permission")]
        guarded = [name for name in ours if with_triggers.get(name)]
        others = sorted(set(ours) - set(guarded), key=lambda name: name not in with_triggers)
        wipes = [f'TRUNCATE "{name}"' for name in guarded] + [f'DELETE FROM "{name}"' for name in others]
        return [";".join(wipes)]

    connection.ops.sql_flush = statements  # type: ignore[method-assign]
    vars(flush)["emit_post_migrate_signal"] = lambda *args, **options: None  # what it would write has stayed
