"""Data of a chosen size for `make bench`: a small demo city, multiplied inside PostgreSQL.

The demo city gives real offices, kelurahan, categories, texts and states; `multiply` makes the wanted number of
reports out of them: texts of two reports joined with names that are said nowhere else, points scattered around
real ones, five years of arrivals, the last weeks open. Same size, same data (seeded).
"""

import random
import threading
import time
from collections.abc import Iterable

import psycopg
from psycopg import sql

YEARS = 5
SEED_REPORTS = 2000
POINTS = 200_000
TABLES = ("reports_report", "reports_reportcontact", "reports_reportclock", "audit_entry")
_EMPTY = {
    "character varying": "''", "text": "''", "boolean": "false", "smallint": "0", "integer": "0", "jsonb": "'{}'",
}  # fmt: skip
_ALPHABET = "23456789ABCDEFGH"

# Seeds numbered without gaps: `content` is what a report says and where, `state` is how far it has come.
_SEEDS = """
CREATE UNLOGGED TABLE bench_content AS
SELECT row_number() OVER (ORDER BY id) - 1 AS n, * FROM (
    SELECT id, category_id, report_class, region_id, office_id, channel, anonymous, secret, public_text, address,
        latitude, longitude, urgency
    FROM reports_report
    WHERE office_id <> (SELECT id FROM organizations_organization WHERE is_intake) AND cell IS NOT NULL
) s;
CREATE UNLOGGED TABLE bench_state AS
SELECT closed_at IS NULL AS open, row_number() OVER (PARTITION BY closed_at IS NULL ORDER BY id) - 1 AS n,
    status, due_at - received_at AS due, closed_at - received_at AS took, answered_at - received_at AS answer,
    due_step, paused, waited_from, archive_reason, forwarded_to, verified_in_time, answered_in_time, reopened_count,
    closure_proposed
FROM reports_report WHERE status <> 'MERGED';
CREATE UNLOGGED TABLE bench_handler AS
SELECT organization_id AS office_id, min(user_id) AS user_id FROM organizations_membership
WHERE role = 'OFFICER' GROUP BY 1;
CREATE INDEX ON bench_content (n); CREATE INDEX ON bench_state (open, n);
CREATE UNLOGGED TABLE bench_point (n int, region_id text, latitude float8, longitude float8, cell bigint);
ANALYZE bench_content, bench_state;
"""
_REPORTS = """
INSERT INTO reports_report (
    id, code, slug, status, channel, language, secret, hidden, hidden_reason, urgency, received_at, updated_at,
    closed_at, due_at, due_step, paused, version, report_class, text, public_text, anonymous, shown_name, address,
    latitude, longitude, cell, waited_from, archive_reason, forwarded_to, external_number, answered_at,
    verified_in_time, answered_in_time, reopened_count, closure_proposed, category_id, office_id, handler_id,
    region_id
)
SELECT d.g, 'LAP-' || left(d.signs, 4) || '-' || right(d.signs, 4), left(md5(d.g::text), 12),
    t.status, c.channel, 'id', c.secret, d.r6 < 0.004, '', c.urgency, d.received, d.received + interval '1 day',
    CASE WHEN NOT t.open THEN least(d.received + t.took, now()) END,
    CASE WHEN t.open THEN date_trunc('day', d.received + t.due) + interval '16 hours 59 minutes 59.999999 seconds' END,
    t.due_step, t.paused, 3, c.report_class, w.words, w.words, c.anonymous, '', c.address,
    p.latitude, p.longitude, p.cell, t.waited_from, t.archive_reason, t.forwarded_to, '',
    d.received + t.answer, t.verified_in_time, t.answered_in_time, t.reopened_count, t.closure_proposed,
    c.category_id,
    CASE WHEN t.status IN ('RECEIVED', 'VERIFIED') THEN %(intake)s ELSE c.office_id END,
    CASE WHEN t.status IN ('IN_PROGRESS', 'AWAITING_INFO', 'ANSWERED', 'REOPENED') THEN h.user_id END,
    c.region_id
FROM (
    SELECT g, r1, r2, r3, r4, r6, now() - age * interval '1826 days' AS received,
        translate(lpad(to_hex((g * 2654435761) %% 4294967296), 8, '0'), '0123456789abcdef', %(alphabet)s) AS signs,
        CASE WHEN age * 1826 < 40 THEN r7 < 0.6 ELSE r7 < 0.002 END AS open
    FROM (
        SELECT g, random() AS r1, random() AS r2, random() AS r3, random() AS r4, random() AS r6, random() AS r7,
            (%(total)s - (g - %(start)s) - random()) / %(total)s AS age  -- in the order of arrival, as in life
        FROM generate_series(%(first)s::bigint, %(last)s::bigint) g OFFSET 0
    ) dice OFFSET 0
) d
JOIN bench_content c ON c.n = (d.r1 * %(contents)s)::int %% %(contents)s
JOIN bench_content other ON other.n = (d.r2 * %(contents)s)::int %% %(contents)s
JOIN bench_state t ON t.open = d.open
    AND t.n = (d.r3 * CASE WHEN d.open THEN %(open)s ELSE %(ended)s END)::int
        %% CASE WHEN d.open THEN %(open)s ELSE %(ended)s END
JOIN bench_point p ON p.n = c.n * %(each)s + (d.r4 * %(each)s)::int %% %(each)s
LEFT JOIN bench_handler h ON h.office_id = c.office_id
CROSS JOIN LATERAL (
    SELECT left(c.public_text, 260) || CASE WHEN d.r6 < 0.2 THEN ' gang ' ELSE ' ' END
        || translate(to_hex((d.r4 * 4000)::int), '0123456789abcdef', 'abdegiklmnoprstu') || ' '
        || translate(lpad(to_hex((d.r6 * 100000)::int), 5, '1'), '0123456789abcdef', 'ouaiekrstnmplgbd')
        || '. ' || left(other.public_text, 120) AS words
) w
"""
_HANGING = """
INSERT INTO reports_reportcontact (case_id, name, email, phone)
SELECT id, 'Warga ' || id, 'warga' || id || '@contoh.example', ''
FROM reports_report WHERE id BETWEEN %(first)s AND %(last)s;
INSERT INTO reports_reportclock (case_id, step, rule_id, amount, unit, started_at, started_on, pauses, paused, due_on,
    alarm_on, warned_percent, next_look_on)
SELECT r.id, r.due_step, u.id, u.amount, u.unit, r.received_at, r.received_at::date, '[]', false, r.due_at::date,
    r.due_at::date, 0, r.due_at::date - 1
FROM reports_report r
JOIN LATERAL (SELECT * FROM cases_clockrule c WHERE c.step = r.due_step ORDER BY id LIMIT 1) u ON true
WHERE r.id BETWEEN %(first)s AND %(last)s AND r.closed_at IS NULL AND r.due_at IS NOT NULL;
INSERT INTO audit_entry (at, actor_label, organization_id, verb, subject_kind, subject_id, subject_code, facts, public,
    restricted)
SELECT received_at, 'Pelapor', office_id, 'reports.received', 'reports.report', id, code, '{"channel": "Situs ini"}',
    true, secret
FROM reports_report WHERE id BETWEEN %(first)s AND %(last)s;
"""


def multiply(url: str, reports: int, *, cell_of: object, say: object = print) -> None:
    """Grow the demo city of this database to `reports` reports. `cell_of(latitude, longitude)` gives the H3 cell."""
    started = time.perf_counter()
    with psycopg.connect(url, autocommit=True) as db:
        standing, first = db.execute("SELECT count(*), max(id) + 1 FROM reports_report").fetchone()
        if standing >= reports:
            return
        last = first + reports - standing - 1
        numbers = {**_prepare(db, cell_of), "start": first, "total": last - first + 1}
        put_back = [*_stand_ins(db), *_bare(db)]
    _side_by_side(url, _parts(first, last), numbers)
    say(f"  {reports} laporan ditulis ({time.perf_counter() - started:.0f} detik)")
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("SET maintenance_work_mem = '512MB'")
        for statement in put_back:
            db.execute(statement)
        for table in TABLES:
            db.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608 - ours
            )
        db.execute("DROP TABLE bench_content, bench_state, bench_handler, bench_point")
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("VACUUM ANALYZE")
    say(f"  indeks dan statistik siap ({time.perf_counter() - started:.0f} detik)")


def _prepare(db: psycopg.Connection, cell_of: object) -> dict[str, object]:
    db.execute("DROP TABLE IF EXISTS bench_content, bench_state, bench_handler, bench_point")
    for statement in _SEEDS.split(";\n"):
        if statement.strip():
            db.execute(statement)
    rows = db.execute("SELECT n, region_id, latitude, longitude FROM bench_content ORDER BY n").fetchall()
    each = max(1, POINTS // len(rows))
    dice = random.Random(9971)  # noqa: S311 - scattered points need no secrecy
    with db.cursor().copy("COPY bench_point FROM STDIN") as copy:
        for n, region, latitude, longitude in rows:
            for number in range(each):
                lat, lon = latitude + dice.gauss(0, 0.003), longitude + dice.gauss(0, 0.003)
                copy.write_row((n * each + number, region, lat, lon, cell_of(lat, lon)))
    db.execute("CREATE INDEX ON bench_point (n)")
    db.execute("ANALYZE bench_point")
    counts = dict(db.execute("SELECT open, count(*) FROM bench_state GROUP BY 1").fetchall())
    intake = db.execute("SELECT id FROM organizations_organization WHERE is_intake").fetchone()[0]
    return {
        "contents": len(rows), "each": each, "open": counts[True], "ended": counts[False], "intake": intake,
        "alphabet": _ALPHABET,
    }  # fmt: skip


def _bare(db: psycopg.Connection) -> list[str]:
    """Take indexes, keys and triggers off the big tables; returns the statements that put them back."""
    back: list[str] = []
    for table in TABLES:
        rows = db.execute(
            "SELECT conname, pg_get_constraintdef(oid), contype FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype IN ('f', 'u') ORDER BY contype DESC", [table],
        ).fetchall()  # fmt: skip
        for name, definition, _kind in rows:
            db.execute(
                sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(
                    sql.Identifier(table), sql.Identifier(name)
                )
            )
            back.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        rows = db.execute(
            "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = %s AND NOT EXISTS"
            " (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname AND c.conrelid = %s::regclass)",
            [table, table],
        ).fetchall()
        for name, definition in rows:
            db.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
            back.append(definition)
        db.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        back.append(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return back


def _stand_ins(db: psycopg.Connection) -> list[str]:
    """Columns that this file does not know get an empty value for the while; returns the statements that end it."""
    back = []
    rows = db.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_name = ANY(%s)"
        " AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AND is_generated = 'NEVER'",
        [list(TABLES)],
    ).fetchall()
    for table, column, kind in rows:
        empty = _EMPTY.get(kind)
        if empty is not None:
            db.execute(f'ALTER TABLE {table} ALTER COLUMN "{column}" SET DEFAULT {empty}')
            back.append(f'ALTER TABLE {table} ALTER COLUMN "{column}" DROP DEFAULT')
    return back


def _parts(first: int, last: int, size: int = 25_000) -> list[tuple[int, int]]:
    return [(low, min(low + size - 1, last)) for low in range(first, last + 1, size)]


def _side_by_side(
    url: str, parts: Iterable[tuple[int, int]], numbers: dict[str, object], hands: int = 2
) -> None:
    """Write the parts over two connections: making the words searchable is what takes the time."""
    waiting, lock, failures = iter(parts), threading.Lock(), []

    def work() -> None:
        with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as db:
            while True:
                with lock:
                    part = next(waiting, None)
                if part is None or failures:
                    return
                values = {**numbers, "first": part[0], "last": part[1]}
                try:
                    db.execute(f"SELECT setseed({part[0] % 1000 / 1000})")
                    db.execute("SET synchronous_commit = off")
                    db.execute(_REPORTS, values)
                    db.execute(_HANGING, values)
                except psycopg.Error as error:
                    failures.append(error)

    threads = [threading.Thread(target=work) for _hand in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
