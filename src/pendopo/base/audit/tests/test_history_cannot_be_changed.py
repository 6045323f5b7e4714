import datetime as dt

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import DatabaseError

from pendopo.base.audit.models import Entry
from pendopo.base.audit.tests.acts import wrote

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(now: dt.datetime) -> Entry:
    return wrote(at=now)


def _refuses(act) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act()


def test_update_is_refused(entry: Entry) -> None:
    _refuses(lambda: Entry.objects.filter(pk=entry.pk).update(verb="tests.other"))
    entry.actor_label = "Orang lain"
    _refuses(entry.save)


def test_delete_is_refused(entry: Entry) -> None:
    _refuses(lambda: Entry.objects.filter(pk=entry.pk).delete())
    _refuses(entry.delete)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET actor_label = 'x'",
        "UPDATE audit_entry SET actor_label = 'x' WHERE false",
        "DELETE FROM audit_entry",
        "WITH gone AS (DELETE FROM audit_entry RETURNING id) SELECT count(*) FROM gone",
        "MERGE INTO audit_entry e USING (SELECT 1) one ON true WHEN MATCHED THEN DELETE",
        "INSERT INTO audit_entry SELECT * FROM audit_entry ON CONFLICT (id) DO UPDATE SET actor_label = 'x'",
    ],
)
def test_raw_sql_is_refused_too(entry: Entry, sql: str) -> None:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    _refuses(run)
    assert Entry.objects.get().actor_label == entry.actor_label


def test_the_refusal_names_the_act(entry: Entry) -> None:
    with pytest.raises((InternalError, DatabaseError), match="DELETE refused"), transaction.atomic():
        Entry.objects.all().delete()
