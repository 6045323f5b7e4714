"""Two colleagues merge the same reports in the same moment: one of both wins, and nothing is left half done."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from pendopo.domains.reports.actions import merging
from pendopo.domains.reports.models import Merging, Report, Status
from pendopo.kernel.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returned or raised; all of them start at once."""
    start, outcomes = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            outcomes.append(act())
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def test_the_same_merging_twice_is_done_once(three: list[Report], sari: Any, now: dt.datetime) -> None:
    parent, *children = three
    ids = [child.pk for child in children]
    outcomes = together(
        *[lambda: merging.merge(into=parent.pk, children=ids, by=sari, now=now) for _ in range(3)]
    )
    assert sorted(len(done) for done in outcomes) == [0, 0, 2]
    assert Merging.objects.count() == 2


def test_each_into_the_other_lets_one_win(three: list[Report], sari: Any, now: dt.datetime) -> None:
    first, second, _ = three
    outcomes = together(
        lambda: merging.merge(into=first.pk, children=[second.pk], by=sari, now=now),
        lambda: merging.merge(into=second.pk, children=[first.pk], by=sari, now=now),
    )
    assert sum(isinstance(one, Refused) for one in outcomes) == 1
    assert Report.objects.filter(status=Status.MERGED).count() == 1
    assert not Report.objects.filter(merged_into__status=Status.MERGED).exists()


def test_a_chain_made_at_once_stays_one_level(three: list[Report], sari: Any, now: dt.datetime) -> None:
    first, second, third = three
    together(
        lambda: merging.merge(into=second.pk, children=[third.pk], by=sari, now=now),
        lambda: merging.merge(into=first.pk, children=[second.pk], by=sari, now=now),
    )
    assert not Report.objects.filter(merged_into__status=Status.MERGED).exists()
    assert Report.objects.get(pk=second.pk).merged_into == first


def test_taking_out_and_merging_its_parent_end_in_one_level(
    three: list[Report], sari: Any, now: dt.datetime
) -> None:
    first, second, third = three
    merging.merge(into=second.pk, children=[third.pk], by=sari, now=now)
    together(
        lambda: merging.unmerge(child=third.pk, by=sari, now=now),
        lambda: merging.merge(into=first.pk, children=[second.pk], by=sari, now=now),
    )
    assert not Report.objects.filter(merged_into__status=Status.MERGED).exists()
    open_rows = Merging.objects.filter(ended_at=None).values_list("child", flat=True)
    assert set(open_rows) == set(Report.objects.filter(status=Status.MERGED).values_list("pk", flat=True))
