"""Ready counts of public reports, always those of this moment: what is added up, plus what changed since.

`fold` adds up; `recount` counts everything anew and says how much was wrong. Both are one statement, so that a
reader, whose counts are one statement too, sees a change either in the one place or in the other.
"""

from django.db import connection, transaction
from django.utils import timezone

from pendopo.domains.reports import phrases
from pendopo.kernel import h3cells

COARSEST, FINEST = (
    4,
    10,
)  # resolutions of the map; the finest is what the public may see (geo.PUBLIC_RESOLUTION)
_ONE_AT_A_TIME = 5_016_001  # key of the advisory lock

# Changes in the words of the two tables. `%(free)s` are the digits finer than a resolution.
_CELLS = """
    SELECT g.resolution, g.category, g.cell & ~((1::bigint << (3 * (15 - g.resolution))) - 1) AS cell, g."group",
        sum(g.n) AS n
    FROM (
        SELECT r.resolution, c.category, f.cell, f."group", f.n
        FROM (
            SELECT category, cell & ~((1::bigint << 15) - 1) AS cell, {group} AS "group", sum(n) AS n
            FROM {source} WHERE cell IS NOT NULL GROUP BY 1, 2, 3
        ) f
        CROSS JOIN generate_series({coarsest}, {finest}) AS r (resolution)
        CROSS JOIN LATERAL (VALUES (f.category), ('')) AS c (category)
    ) g
    GROUP BY 1, 2, 3, 4
"""
MONTHS = """
    SELECT date_trunc('month', received_at AT TIME ZONE %(zone)s)::date AS month, office,
        sum(n) AS received,
        sum(n) FILTER (WHERE verified IS NOT NULL) AS verified,
        sum(n) FILTER (WHERE verified) AS verified_in_time,
        sum(n) FILTER (WHERE answered IS NOT NULL) AS answered,
        sum(n) FILTER (WHERE answered) AS answered_in_time,
        sum(n) FILTER (WHERE state = 'CLOSED_BY_CITIZEN') AS by_citizen,
        sum(n) FILTER (WHERE state = 'CLOSED_BY_OFFICER') AS by_officer,
        sum(n) FILTER (WHERE state = 'CLOSED_BY_SYSTEM') AS by_system,
        sum(n) FILTER (WHERE reopened) AS reopened,
        sum(n) FILTER (WHERE state = 'ARCHIVED') AS archived,
        sum(n) FILTER (WHERE state = 'FORWARDED') AS forwarded,
        sum(n) FILTER (WHERE state = 'MERGED') AS merged
    FROM {source} GROUP BY 1, 2
"""
COLUMNS = (
    "received", "verified", "verified_in_time", "answered", "answered_in_time", "by_citizen", "by_officer",
    "by_system", "reopened", "archived", "forwarded", "merged",
)  # fmt: skip
_REPORTS = """(
    SELECT 1 AS n, cell, category_id AS category, status AS state, received_at, office_id AS office,
        verified_in_time AS verified, answered_in_time AS answered, reopened_count > 0 AS reopened
    FROM reports_report WHERE NOT secret AND NOT hidden
) AS public"""
_FOLD = """
WITH gone AS (DELETE FROM reports_tallychange RETURNING *),
cells AS (
    INSERT INTO reports_celltally AS t (resolution, category, cell, "group", n)
    SELECT * FROM ({cells}) c WHERE n <> 0
    ON CONFLICT (resolution, category, cell, "group") DO UPDATE SET n = t.n + excluded.n
),
months AS (
    INSERT INTO reports_monthtally AS t (month, office, {columns})
    SELECT month, office, {zeros} FROM ({months}) m
    ON CONFLICT (month, office) DO UPDATE SET {added}
)
SELECT count(*) FROM gone
"""
# What the tables should say less what they say: zero for every key, or they were wrong.
_RECOUNT = """
WITH gone AS (DELETE FROM reports_tallychange RETURNING *),
cells AS (
    INSERT INTO reports_celltally AS t (resolution, category, cell, "group", n)
    SELECT resolution, category, cell, "group", sum(n) FROM (
        SELECT * FROM ({cells}) c
        UNION ALL SELECT resolution, category, cell, "group", 0 FROM reports_celltally
    ) u GROUP BY 1, 2, 3, 4
    ON CONFLICT (resolution, category, cell, "group") DO UPDATE SET n = excluded.n WHERE t.n <> excluded.n
    RETURNING 1
),
months AS (
    INSERT INTO reports_monthtally AS t (month, office, {columns})
    SELECT month, office, {sums} FROM (
        SELECT * FROM ({months}) m
        UNION ALL SELECT month, office, {nulls} FROM reports_monthtally
    ) u GROUP BY 1, 2
    ON CONFLICT (month, office) DO UPDATE SET {replaced} WHERE ({now}) IS DISTINCT FROM ({then})
    RETURNING 1
)
SELECT (SELECT count(*) FROM cells) + (SELECT count(*) FROM months)
"""


def fold() -> int:
    """Add the waiting changes up; returns how many there were. Somebody else folds already: 0."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_filled(_FOLD, "gone"), _values())
        return int(cursor.fetchone()[0])


def recount() -> int:
    """Count all public reports anew and correct the tables; returns how many rows were wrong or missing."""
    fold()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        cursor.execute(_filled(_RECOUNT, _REPORTS), _values())
        wrong = int(cursor.fetchone()[0])
        cursor.execute("DELETE FROM reports_celltally WHERE n = 0")
        return wrong


def low_of(cell: int, resolution: int) -> int:
    """The number under which a cell of `resolution` that holds `cell` stands in the table."""
    return h3cells.cell_range(h3cells.parent(cell, resolution))[0]


def _filled(statement: str, source: str) -> str:
    names = ", ".join(COLUMNS)
    return statement.format(
        cells=_CELLS.format(source=source, group=_group(), coarsest=COARSEST, finest=FINEST),
        months=MONTHS.format(source=source),
        columns=names,
        zeros=", ".join(f"coalesce({name}, 0)" for name in COLUMNS),
        sums=", ".join(f"coalesce(sum({name}), 0)" for name in COLUMNS),
        nulls=", ".join("0" for _name in COLUMNS),
        added=", ".join(f"{name} = t.{name} + excluded.{name}" for name in COLUMNS),
        replaced=", ".join(f"{name} = excluded.{name}" for name in COLUMNS),
        now=", ".join(f"t.{name}" for name in COLUMNS),
        then=", ".join(f"excluded.{name}" for name in COLUMNS),
    )


def _group() -> str:
    """The citizens' word for a status, as SQL."""
    cases = " ".join(f"WHEN '{status!s}' THEN '{group.key}'" for status, group in phrases.GROUP_OF.items())
    return f"CASE state {cases} END"


def _values() -> dict[str, str]:
    return {"zone": timezone.get_default_timezone_name()}
