"""For tests of forgetting: where in the whole database a person still stands."""

from collections.abc import Collection

from django.db import connection

_COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND (
        data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY', 'tsvector', 'bytea')
    ) ORDER BY table_name, column_name
"""


def places_of(marks: Collection[str]) -> list[str]:
    """`table.column: mark` for every text, JSON, array, search or byte column of every table that holds a mark."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        for table, column in cursor.fetchall():
            for mark in marks:
                # names come from the catalogue of our own database; the mark is a parameter
                sql = f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s LIMIT 1'
                cursor.execute(sql, [f"%{mark}%"])
                if cursor.fetchone():
                    found.append(f"{table}.{column}: {mark}")
    return found
