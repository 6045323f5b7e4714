"""Numbers have no gaps and no doubles, whoever posts at once and whatever is rolled back."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from pendopo.base.letters import numbers
from pendopo.base.letters.models import NumberPattern
from pendopo.base.organizations.testing import Government

POSTS = 50


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_leave_no_gap_also_when_some_fail(government: Government) -> None:
    start, taken, lock = threading.Barrier(POSTS), [], threading.Lock()

    def post(n: int) -> None:
        start.wait(timeout=60)
        try:
            with transaction.atomic():
                number = numbers.take("uji", government.intake.pk, 2026)
                if n % 10 == 3:
                    raise RuntimeError("the act failed after it took its number")
            with lock:
                taken.append(number)
        except RuntimeError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=(n,)) for n in range(POSTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(taken) == list(range(1, POSTS - 5 + 1))


def test_each_register_office_and_year_counts_for_itself(government: Government) -> None:
    offices = government.intake.pk, government.works.pk
    said = [
        numbers.take(series, office, year)
        for series, office, year in [
            ("a", offices[0], 2026), ("a", offices[0], 2026), ("b", offices[0], 2026), ("a", offices[1], 2026),
            ("a", offices[0], 2027), ("a", offices[0], 2026),
        ]
    ]  # fmt: skip
    assert said == [1, 2, 1, 1, 1, 3]


@pytest.mark.django_db(transaction=True)
def test_a_number_is_never_taken_outside_an_act(government: Government) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        numbers.take("uji", government.intake.pk, 2026)


def test_a_pattern_is_filled_and_may_hold_nothing_else(government: Government) -> None:
    day, office = dt.date(2026, 11, 3), government.intake
    said = numbers.written("487/{nomor:4}/{kantor}/{bulan}/{bulan_angka}/{tahun}", 12, day, office)
    assert said == "487/0012/DISKOMINFO/XI/11/2026"
    assert numbers.written("{nomor}/{tahun}", 123456, day, office) == "123456/2026"
    assert not numbers.fault("487/{nomor:4}/PPID/{bulan}/{tahun}")
    for wrong in (
        "{tahun}",
        "{nomor}",
        "{nomor}{nomor}{tahun}",
        "{nomor}/{tahun}/{kantor.pk}",
        "{nomor}{tahun}{0}",
        "{",
    ):
        assert numbers.fault(wrong), wrong


def test_the_newest_pattern_whose_day_has_come_counts(government: Government, now: dt.datetime) -> None:
    for day, pattern in ((1, "A{nomor}{tahun}"), (5, "B{nomor}{tahun}"), (20, "C{nomor}{tahun}")):
        NumberPattern.objects.create(
            series="uji", pattern=pattern, valid_from=dt.date(2026, 3, day), changed_at=now
        )
    assert numbers.pattern_of("uji", on=dt.date(2026, 3, 9)) == "B{nomor}{tahun}"
    with pytest.raises(LookupError):
        numbers.pattern_of("uji", on=dt.date(2026, 2, 1))
