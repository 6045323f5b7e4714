"""Open requests for information for `make bench`, written by sets: with requester, running clock, a task of a unit for
half of those in progress, a line of history, and one closed request for every four open ones.

They came in during the last nine working days, so that every limit still runs and a new holiday moves it.
"""

import datetime as dt
from collections.abc import Callable

from django.db import connection, transaction

from pendopo.base.calendar.public import working_calendar
from pendopo.base.cases import clocks, moving
from pendopo.base.organizations.models import Kind, Membership, Organization, Role
from pendopo.domains.information import numbering, offices
from pendopo.domains.information.models import InformationRequest
from pendopo.kernel import clock

DAYS = 9  # working days, back from yesterday
_DAYS = "CREATE TEMPORARY TABLE bench_day (n int, day date, due date, alarm date, look date)"
_REQUESTS = """
INSERT INTO information_informationrequest (
    id, code, slug, status, office_id, handler_id, channel, language, secret, hidden, hidden_reason, urgency,
    received_at, updated_at, closed_at, due_at, due_step, paused, snooze_reason, version, body_id, year, number,
    registration, requester_kind, by_proxy, details, purpose, access, form, send_way, assistance, external_number,
    extended, decision, decided_at, decided_in_time, delivered_at, answer_days, cost, log_title, log_topic
)
SELECT g, 'PPID-' || left(s.signs, 4) || '-' || right(s.signs, 4), left(md5('ppid' || g), 12), s.status, %(office)s,
    CASE WHEN s.status <> 'REGISTERED' THEN (%(handlers)s::bigint[])[1 + g %% %(hands)s] END,
    (array['WEB','WEB','WEB','COUNTER','EMAIL','LETTER'])[1 + g %% 6], 'id', false, false, '', 3,
    d.at, d.at + interval '1 hour', CASE WHEN s.closed THEN d.at + interval '1 day' END,
    CASE WHEN s.runs THEN d.due + interval '16 hours 59 minutes 59.999999 seconds' END,
    CASE WHEN s.runs THEN 'answer' ELSE '' END, s.status = 'INCOMPLETE', '', 3, %(body)s,
    extract(year FROM d.at), g, lpad(g::text, 4, '0') || '/PPID/' || extract(year FROM d.at), 'PERSON', false,
    'Salinan dokumen ' || i.summary, 'Bahan penelitian.', 'COPY', 'SOFT', 'ONLINE', '', '', false,
    CASE WHEN s.decided THEN 'FULL' ELSE '' END, CASE WHEN s.decided THEN d.at + interval '12 hours' END,
    CASE WHEN s.decided THEN true END, CASE WHEN s.closed THEN d.at + interval '1 day' END,
    CASE WHEN s.decided THEN 1 END, 0, CASE WHEN g %% 3 = 0 THEN left(i.title, 150) ELSE '' END, ''
FROM generate_series(1, %(total)s) g
CROSS JOIN LATERAL (
    SELECT *, state IN ('GRANTED', 'DELIVERED') AS decided, state = 'DELIVERED' AS closed, state AS status,
        state IN ('REGISTERED', 'IN_PROGRESS') AS runs
    FROM (
        SELECT translate(lpad(to_hex((g * 2654435761) %% 4294967296), 8, '0'), '0123456789abcdef', '23456789ABCDEFGH')
            AS signs,
            CASE WHEN g > %(open)s THEN 'DELIVERED' WHEN g %% 20 < 6 THEN 'REGISTERED'
                WHEN g %% 20 < 18 THEN 'IN_PROGRESS' WHEN g %% 20 = 18 THEN 'INCOMPLETE' ELSE 'GRANTED' END AS state
    ) one
) s
JOIN (SELECT n, due, day + interval '2 hours' AS at FROM bench_day) d ON d.n = g %% %(days)s
JOIN information_item i ON i.number = 1 + g %% %(entries)s
"""
_CLOCKS = """
INSERT INTO information_requestclock (case_id, step, rule_id, amount, unit, started_at, started_on, pauses, paused,
    due_on, alarm_on, stopped_at, in_time, warned_percent, next_look_on, extended_days)
SELECT r.id, 'answer', u.id, u.amount, u.unit, r.received_at, d.day,
    CASE WHEN r.paused THEN jsonb_build_array(jsonb_build_array(d.day, null)) ELSE '[]' END, r.paused,
    CASE WHEN NOT r.paused THEN d.due END, CASE WHEN NOT r.paused THEN d.alarm END,
    r.decided_at, r.decided_in_time, 0, CASE WHEN NOT r.paused AND r.decided_at IS NULL THEN d.look END, 0
FROM information_informationrequest r
JOIN bench_day d ON d.n = r.id %% %(days)s
JOIN cases_clockrule u ON u.id = %(rule)s
"""
_HANGING = """
INSERT INTO information_requestcontact (case_id, name, email, phone, address, occupation, proxy_for)
SELECT id, 'Warga ' || id, 'warga' || id || '@contoh.example', '', 'Jalan Melati ' || id, 'guru', ''
FROM information_informationrequest;
INSERT INTO information_unittask (case_id, office_id, status, instruction, result, end_reason, due_on, asked_at,
    proposes_exemption)
SELECT id, (%(units)s::bigint[])[1 + id %% %(places)s], 'OPEN', 'Carikan dokumennya.', '', '', due_at::date,
    received_at, false
FROM information_informationrequest WHERE status = 'IN_PROGRESS' AND id %% 2 = 0;
INSERT INTO audit_entry (at, actor_label, organization_id, verb, subject_kind, subject_id, subject_code, facts, public,
    restricted)
SELECT received_at, 'Pemohon', office_id, 'information.received', 'information.informationrequest', id, code,
    '{"channel": "Situs ini"}', true, secret
FROM information_informationrequest
"""
_COUNTED_ON = """
INSERT INTO letters_numbercounter (series, body_id, year, last)
SELECT %(series)s, body_id, year, max(number) FROM information_informationrequest GROUP BY 2, 3;
SELECT setval(pg_get_serial_sequence('information_informationrequest', 'id'), max(id))
FROM information_informationrequest
"""


@transaction.atomic
def fill(number: int, entries: int, say: Callable[[str], None]) -> None:
    """Make `number` open requests about the first `entries` entries of the list."""
    total, office = number + number // 4, offices.main_office()
    rule = clocks.rule_for(InformationRequest.KIND, "answer", case_class="", on=clock.local_date(clock.now()))
    staff = Membership.objects.filter(organization=office, role__in=(Role.OFFICER, Role.COORDINATOR))
    handlers = list(staff.order_by("pk").values_list("user_id", flat=True))
    units = list(Organization.objects.filter(kind=Kind.AGENCY).order_by("pk").values_list("pk", flat=True))
    days = _days(rule.amount, rule.unit)
    values = {
        "total": total, "open": number, "office": office.pk, "body": offices.body().pk, "handlers": handlers,
        "hands": len(handlers), "days": len(days), "entries": entries, "rule": rule.pk, "units": units,
        "places": len(units), "series": numbering.REQUESTS,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_DAYS)
        cursor.executemany("INSERT INTO bench_day VALUES (%s, %s, %s, %s, %s)", days)
        for statement in (_REQUESTS, _CLOCKS, *_HANGING.split(";\n"), *_COUNTED_ON.split(";\n")):
            cursor.execute(statement, values)
    say(f"  {number:,} permohonan terbuka dan {total - number:,} selesai")


def _days(amount: int, unit: str) -> list[tuple[int, dt.date, *tuple[dt.date | None, ...]]]:
    """The last working days with their limits, as the room's own clock measures them."""
    calendar, measure = working_calendar(clocks.government_scope()), moving.Measure(InformationRequest.KIND)
    day, found = clock.local_date(clock.now()) - dt.timedelta(days=1), []
    while len(found) < DAYS:
        if calendar.is_working(day):
            found.append((len(found), day, *measure.dates(day, amount, unit, [], 0)))
        day -= dt.timedelta(days=1)
    return found
