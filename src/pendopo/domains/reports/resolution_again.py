"""Did it come back? Asked for hundreds of closings at once: three statements a batch, all by index."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from pendopo.domains.reports.models import ResolutionFact
from pendopo.domains.reports.models.resolution import Again
from pendopo.kernel import h3cells

# A newer report of the days after the closing: received after it, and before the last of the days has ended.
_NEWER = """
    n.id <> r.id AND n.received_at > f.closed_at
    AND n.received_at < ((f.window_ends + 1)::timestamp AT TIME ZONE %(zone)s)
"""
_MERGED = f"""
    SELECT DISTINCT f.id FROM reports_resolutionfact f
    JOIN reports_report r ON r.id = f.case_id JOIN reports_report n ON n.merged_into_id = r.id
    WHERE f.id = ANY(%(facts)s) AND {_NEWER}
"""  # noqa: S608 - constants of this file
_SAME_ADDRESS = f"""
    SELECT DISTINCT f.id FROM reports_resolutionfact f
    JOIN reports_report r ON r.id = f.case_id
    JOIN reports_report n ON n.region_id = r.region_id AND n.category_id = r.category_id
        AND lower(btrim(n.address)) = lower(btrim(r.address))
    WHERE f.id = ANY(%(facts)s) AND r.cell IS NULL AND btrim(r.address) <> '' AND {_NEWER}
"""  # noqa: S608
_IN_CELLS = f"""
    SELECT f.id, r.latitude, r.longitude, n.latitude, n.longitude
    FROM unnest(%(ids)s::bigint[], %(lows)s::bigint[], %(highs)s::bigint[]) AS v(fact, low, high)
    JOIN reports_resolutionfact f ON f.id = v.fact JOIN reports_report r ON r.id = f.case_id
    JOIN reports_report n ON n.cell BETWEEN v.low AND v.high AND n.category_id = r.category_id
    WHERE {_NEWER}
"""  # noqa: S608


def came_back(facts: Sequence[ResolutionFact], metres: dict[int, int]) -> dict[int, str]:
    """Fact id → why it counts as not solved, for those that do. `metres` is the distance for each fact."""
    ids = [fact.pk for fact in facts]
    found = dict.fromkeys(_near(facts, metres), str(Again.SAME_PLACE))
    found |= dict.fromkeys(_ids(_SAME_ADDRESS, ids), str(Again.SAME_PLACE))
    return found | dict.fromkeys(_ids(_MERGED, ids), str(Again.MERGED))


def _ids(statement: str, facts: list[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"facts": facts, "zone": timezone.get_current_timezone_name()})
        return [row[0] for row in cursor.fetchall()]


def _near(facts: Sequence[ResolutionFact], metres: dict[int, int]) -> list[int]:
    ranges = [
        (fact.pk, low, high)
        for fact in facts
        if fact.case is not None and fact.case.latitude is not None and fact.case.longitude is not None
        for low, high in h3cells.disk_ranges(fact.case.latitude, fact.case.longitude, metres[fact.pk])
    ]
    if not ranges:
        return []
    ids, lows, highs = (list(column) for column in zip(*ranges, strict=True))
    values: dict[str, Any] = {
        "ids": ids,
        "lows": lows,
        "highs": highs,
        "zone": timezone.get_current_timezone_name(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_IN_CELLS, values)
        rows = cursor.fetchall()
    return [fact for fact, *points in rows if h3cells.haversine_m(*points) <= metres[fact]]
