"""Keep `Organization.path` right: ids from the root, each followed by a dot ("1.4.33.")."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model, QuerySet, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _


def place(office: Any, offices: QuerySet[Any]) -> None:
    """Give `office` the path that follows from its parent, and take what lies below it along.

    `office` is saved already; `offices` are all rows of its table. The root row is locked first, so two
    moves at the same time cannot build a ring together.
    Raises ValidationError when the parent lies below the office itself.
    """
    list(offices.select_for_update().filter(parent__isnull=True).values_list("pk"))
    above = ""
    if office.parent_id is not None:
        above = offices.values_list("path", flat=True).get(pk=office.parent_id)
    old, new = offices.values_list("path", flat=True).get(pk=office.pk), f"{above}{office.pk}."
    if old and above.startswith(old):
        raise ValidationError({"parent": _("Kantor tidak bisa dipindah ke bawah dirinya sendiri.")})
    if not old:
        offices.filter(pk=office.pk).update(path=new)
    elif old != new:
        offices.filter(path__startswith=old).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    office.path = new


def reserve_ids(model: type[Model], count: int) -> Sequence[int]:
    """`count` fresh primary keys, so that many offices can be written with their paths in one INSERT."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, "id", count],
        )
        return [row[0] for row in cursor.fetchall()]
