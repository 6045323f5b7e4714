"""Counting in PostgreSQL."""

import datetime as dt
import threading

import pytest
from django.db import connection

from pendopo.base.accounts import limits
from pendopo.base.accounts.models import Counter
from pendopo.base.accounts.tasks import sweep_limits

HOUR = dt.timedelta(hours=1)


def test_the_hit_after_the_limit_is_refused(db, now):
    assert [limits.hit("k", limit=2, window=HOUR, now=now) for _ in range(3)] == [True, True, False]


def test_a_new_window_starts_from_zero(db, now):
    for _ in range(3):
        limits.hit("k", limit=2, window=HOUR, now=now)
    assert limits.hit("k", limit=2, window=HOUR, now=now + HOUR)


def test_refused_hits_do_not_prolong_the_window(db, now):
    limits.hit("k", limit=1, window=HOUR, now=now)
    verdict = limits.judge("k", limit=1, window=HOUR, now=now + HOUR / 2)
    assert not verdict
    assert verdict.again_at == now + HOUR


def test_one_hit_is_one_statement(db, now, django_assert_num_queries):
    with django_assert_num_queries(1):
        limits.hit("k", limit=1, window=HOUR, now=now)


def test_no_address_is_stored(db, now):
    limits.hit("masuk:rina@contoh.example:192.0.2.0/24", limit=1, window=HOUR, now=now)
    kept = Counter.objects.get().key
    assert "rina" not in kept
    assert "192.0.2" not in kept
    assert len(kept) == 64


def test_taking_back_makes_room_again(db, now):
    limits.hit("k", limit=1, window=HOUR, now=now)
    limits.take_back("k")
    assert limits.hit("k", limit=1, window=HOUR, now=now)


def test_the_sweep_deletes_only_what_has_ended(db, now):
    limits.hit("old", limit=1, window=HOUR, now=now - 2 * HOUR)
    limits.hit("new", limit=1, window=HOUR, now=now)
    assert limits.sweep(now=now) == 1
    assert Counter.objects.count() == 1


def test_the_hourly_task_sweeps(db, now):
    limits.hit("old", limit=1, window=HOUR, now=now - dt.timedelta(days=4000))
    sweep_limits(timestamp=0)
    assert not Counter.objects.exists()


@pytest.mark.parametrize(
    ("wait", "said"),
    [(30, "1 menit"), (60, "1 menit"), (61, "2 menit"), (840, "14 menit"), (86400, "24 jam")],
)
def test_the_sentence_says_when_to_try_again(now, wait, said):
    verdict = limits.Verdict(False, now + dt.timedelta(seconds=wait))
    assert said in limits.try_again(verdict, now=now)


@pytest.mark.django_db(transaction=True)
def test_parallel_hits_are_all_counted(now):
    allowed = []

    def hit():
        allowed.append(limits.hit("k", limit=5, window=HOUR, now=now))
        connection.close()

    threads = [threading.Thread(target=hit) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(allowed) == [False] * 7 + [True] * 5
