"""Duplicates that were archived before MERGED existed become merged reports that can be taken out again."""

import datetime as dt
import pkgutil
from importlib import import_module
from typing import Any

from django.db import connection

from pendopo.base.cases.models import CaseLink, Relation
from pendopo.domains.reports import migrations
from pendopo.domains.reports.actions import merging
from pendopo.domains.reports.models import Merging, Report, Status
from pendopo.domains.reports.testing import a_report


def migrate() -> None:
    [name] = [m.name for m in pkgutil.iter_modules(migrations.__path__) if "duplicates_merging" in m.name]
    with connection.cursor() as cursor:
        cursor.execute(import_module(f"{migrations.__name__}.{name}").MERGED_UNTIL_NOW)


def test_an_archived_duplicate_becomes_a_child(city: Any, koordinator: Any, now: dt.datetime) -> None:
    parent, old, plain = a_report(now=now), a_report(now=now), a_report(status=Status.ARCHIVED, now=now)
    due = old.due_at
    Report.objects.filter(pk=old.pk).update(
        status="ARCHIVED", archive_reason="DUPLICATE", merged_into=parent, closed_at=now, due_at=None
    )
    old.clocks.update(stopped_at=now, in_time=True, next_look_on=None)
    CaseLink.objects.create(
        source_kind="reports", source_id=old.pk, target_kind="reports", target_id=parent.pk,
        relation=Relation.DUPLICATE, made_by=koordinator, made_at=now,
    )  # fmt: skip
    migrate()
    old.refresh_from_db()
    plain.refresh_from_db()
    assert (old.status, old.archive_reason, plain.status) == (Status.MERGED, "", Status.ARCHIVED)
    row = Merging.objects.get()
    assert (row.child, row.parent, row.status_before, row.at) == (old, parent, Status.RECEIVED, now)
    assert not CaseLink.objects.exists()
    merging.unmerge(child=old.pk, by=koordinator, now=now)
    old.refresh_from_db()
    assert (old.status, old.due_at) == (Status.RECEIVED, due)
