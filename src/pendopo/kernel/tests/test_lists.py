"""Counts stop in time and pages begin in the middle of an index."""

import pytest
from django.db import connection
from django.db.models import F, Value

from pendopo.base.regions.models import Region
from pendopo.kernel.lists import UpTo, beyond, counts_up_to


@pytest.fixture
def seven(db: None) -> list[str]:
    codes = [f"9{number}" for number in range(1, 8)]
    Region.objects.bulk_create(Region(code=code, name=f"Wilayah {code}", level=1) for code in codes)
    return codes


def test_a_count_stops_at_its_limit_and_says_so(seven: list[str], django_assert_num_queries: object) -> None:
    rows = Region.objects.filter(code__in=seven).order_by("code")
    with django_assert_num_queries(1):  # type: ignore[operator]
        all_seven, none, cut, some = counts_up_to(
            [rows, rows.none(), rows[: 3 + 1], rows.filter(code__lt="94")]
        )
    assert (all_seven, all_seven.more) == (7, False)
    assert (none, none.more) == (0, False)
    assert (cut, cut.more) == (3, True)
    assert (some, some.more) == (3, False)
    assert counts_up_to([]) == []


def test_parts_are_counted_together() -> None:
    assert UpTo.together([UpTo(2), UpTo(3)], 10) == 5
    whole = UpTo.together([UpTo.of(11, 10), UpTo(0)], 10)
    assert (whole, whole.more) == (10, True)


@pytest.mark.parametrize(
    ("way", "codes"),
    [
        ({}, ["95", "96", "97"]),
        ({"itself": True}, ["94", "95", "96", "97"]),
        ({"backwards": True}, ["91", "92", "93"]),
        ({"backwards": True, "itself": True}, ["91", "92", "93", "94"]),
    ],
)
def test_rows_after_and_before_a_key(way: dict[str, bool], codes: list[str], seven: list[str]) -> None:
    mark = beyond((F("name"), F("code")), (Value("Wilayah 94"), Value("94")), **way)
    rows = Region.objects.filter(code__in=seven).filter(mark).order_by("code")
    assert [row.code for row in rows] == codes


def test_the_key_is_compared_as_a_whole_row(seven: list[str]) -> None:
    mark = beyond((F("name"), F("code")), (Value("x"), Value("y")))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "ROW(" in Region.objects.filter(mark).explain()
