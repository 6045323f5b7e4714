"""Saved filters: kept, shared, counted. A shared filter shows each reader the reader's own cases only."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Max
from django.http import QueryDict
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.cases.desk import DeskKind, Queue
from pendopo.base.organizations.models import Role
from pendopo.base.organizations.roles import Roles, roles_of
from pendopo.kernel.errors import Refused, require
from pendopo.surfaces.desk.models import Audience, SavedView
from pendopo.surfaces.desk.queues import cases_in, queues_of

MOST_COUNTED = 999  # more is shown as "999+": the number only says whether there is work
TIME_LIMIT = 400  # milliseconds for all counts together
MOST_KEPT = 30  # of one person, of one office, for all
_RANK = {Audience.MINE: 0, Audience.OFFICE: 1, Audience.ALL: 2}


@dataclass(frozen=True)
class Kept:
    """A saved filter as this reader meets it. `problem` says why it does not work as it was saved."""

    view: SavedView
    queue: Queue | None
    problem: str = ""
    current: bool = False

    @property
    def group(self) -> str:
        return str(Audience(self.view.audience).label)


def query_of(kind: DeskKind, data: Mapping[str, Any], user: Any, names: Iterable[str] = ()) -> str:
    """The part of an address that is a filter of this kind, in the order of its form; the rest is dropped.

    `names` are the form's fields, where somebody has the form already.
    """
    names = names or kind.filter_form(None, user=user).fields
    return urlencode({name: str(data[name]) for name in names if data.get(name)})


def shelf(
    kind: DeskKind, user: Any, *, queue: Queue | None = None, query: str = "", names: Iterable[str] = ()
) -> list[Kept]:
    """All saved filters this person may use, own first; one query. `queue` and `query` mark the current one."""
    rows = SavedView.objects.visible_to(user).filter(kind=kind.key)
    if queue is None:  # the page that manages them names owner and office
        rows = rows.select_related("office", "owner")
    found = sorted(rows, key=lambda view: (_RANK[Audience(view.audience)], view.order, view.pk))
    known = {one.key: one for one in queues_of(kind, user)}
    known_names = set(names or (kind.filter_form(None, user=user).fields if rows else ()))
    asked = parse_qsl(query)
    return [
        Kept(
            view,
            known.get(view.queue),
            _problem(view, known, known_names),
            current=queue is not None and queue.key == view.queue and asked == parse_qsl(view.query),
        )
        for view in found
    ]


def _problem(view: SavedView, known: Mapping[str, Queue], names: set[str]) -> str:
    if view.queue not in known:
        return _("Antreannya tidak ada pada peran Anda.")
    strange = [name for name, _value in parse_qsl(view.query) if name not in names]
    if strange:
        return _("Sebagian saringannya tidak dikenal lagi dan diabaikan: %(names)s.") % {
            "names": ", ".join(strange)[:100]
        }
    return ""


def counts(kind: DeskKind, kept: Sequence[Kept], user: Any, now: dt.datetime) -> dict[int, int | None]:
    """How many cases each filter finds for this person, at most MOST_COUNTED + 1 each; one counting statement.

    None for a filter that is refused as it stands. Nothing at all when the database needs longer than TIME_LIMIT:
    a late number is worth less than a quick page.
    """
    parts: list[str] = []
    params: list[Any] = []
    found: dict[int, int | None] = {}
    values = _cleaned(kind, [one.view for one in kept], user)
    for one in kept:
        cleaned = values.get(one.view.pk)
        if one.queue is None or cleaned is None:
            found[one.view.pk] = None
            continue
        cases = kind.apply_filters(cases_in(kind, one.queue, user, now), cleaned)
        try:
            sql, more = cases.order_by().values("pk")[: MOST_COUNTED + 1].query.sql_with_params()
        except EmptyResultSet:
            found[one.view.pk] = 0
            continue
        parts.append(f"SELECT {int(one.view.pk)}, (SELECT count(*) FROM ({sql}) kept)")  # noqa: S608 - built by the ORM
        params += more
    return found | (_run(" UNION ALL ".join(parts), params) if parts else {})


def _run(sql: str, params: Sequence[Any]) -> dict[int, int | None]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(TIME_LIMIT)])
            cursor.execute(sql, params)
            rows = cursor.fetchall()
            cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
    except OperationalError:  # took too long
        return {}
    return dict(rows)


def _cleaned(kind: DeskKind, views: Iterable[SavedView], user: Any) -> dict[int, Mapping[str, Any] | None]:
    """The cleaned values of each filter, None for a refused one. One query for each field that names rows."""
    filters = {view.pk: kind.filter_form(QueryDict(view.query), user=user) for view in views}
    for name in {name for form in filters.values() for name in form.fields}:
        _look_up_once([form for form in filters.values() if name in form.fields], name)
    return {pk: form.cleaned_data if form.is_valid() else None for pk, form in filters.items()}


def _look_up_once(filters: Sequence[forms.Form], name: str) -> None:
    field = filters[0].fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        return
    asked = {form.data.get(name, "") for form in filters} - {""}
    ids = [int(value) for value in asked if value.isascii() and value.isdigit() and len(value) < 18]
    known = field.queryset.filter(pk__in=ids) if ids and field.queryset is not None else ()
    rows = {str(row.pk): row for row in known}
    for form in filters:
        form.fields[name] = _Known(rows, required=False)


class _Known(forms.Field):
    """A choice among rows that were already read."""

    def __init__(self, rows: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows = rows

    def clean(self, value: Any) -> Any:
        if value and value not in self.rows:
            raise ValidationError("unknown")
        return self.rows.get(value or "")


def may_share_with(user: Any, audience: str, office_id: int | None) -> bool:
    """The own office by any of its members; everybody only by the koordinator."""
    roles = roles_of(user)
    if audience == Audience.OFFICE:
        return office_id in roles.held
    return roles.is_staff if audience == Audience.MINE else roles.coordinates


def may_change(user: Any, view: SavedView) -> bool:
    """Its owner while still a member; for a shared one also the head of the office, or the koordinator."""
    roles = roles_of(user)
    if view.owner_id == user.pk and may_share_with(user, view.audience, view.office_id):
        return True
    return _keeps(roles, view)


def _keeps(roles: Roles, view: SavedView) -> bool:
    if view.audience == Audience.OFFICE:
        return roles.coordinates or roles.has(view.office_id, Role.HEAD)
    return view.audience == Audience.ALL and roles.coordinates


@transaction.atomic
def save_view(*, view: SavedView, by: User, now: dt.datetime) -> SavedView:
    """Keep a new or changed filter. Raises NotAllowed; Refused when the name is taken or there are too many."""
    require(may_share_with, by, view.audience, view.office_id)
    before = SavedView.objects.select_for_update().filter(pk=view.pk).first()
    if before is not None:
        require(may_change, by, before)
    beside = SavedView.objects.filter(kind=view.kind, audience=view.audience, office=view.office_id)
    if view.audience == Audience.MINE:
        beside = beside.filter(owner=view.owner_id)
    beside = beside.exclude(pk=view.pk)
    if beside.count() >= MOST_KEPT:
        raise Refused(
            _("Sudah ada %(most)s saringan di sini. Hapus dulu yang tidak dipakai.") % {"most": MOST_KEPT}
        )
    if before is None or (before.audience, before.office_id) != (view.audience, view.office_id):
        view.order = (beside.aggregate(last=Max("order"))["last"] or 0) + 1
    view.changed_at = now
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise Refused(
            _("Nama ini sudah dipakai untuk saringan lain. Pilih nama lain."), field="name"
        ) from None
    _remember("desk.view_saved", view, before, by, now)
    return view


@transaction.atomic
def remove_view(*, view: SavedView, by: User, now: dt.datetime) -> None:
    """Take a filter away; removed twice is removed. Raises NotAllowed."""
    found = SavedView.objects.select_for_update().filter(pk=view.pk).first()
    if found is None:
        return
    require(may_change, by, found)
    _remember("desk.view_removed", found, None, by, now)
    found.delete()


@transaction.atomic
def move_view(*, view: SavedView, up: bool, by: User, now: dt.datetime) -> None:
    """One place up or down among its equals. Raises NotAllowed."""
    require(may_change, by, view)
    rows = list(
        SavedView.objects.select_for_update()
        .filter(kind=view.kind, audience=view.audience, office=view.office_id)
        .filter(**({"owner": view.owner_id} if view.audience == Audience.MINE else {}))
        .order_by("order", "pk")
    )
    place = next(number for number, row in enumerate(rows) if row.pk == view.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows, start=1):
        row.order, row.changed_at = number, now
    SavedView.objects.bulk_update(rows, ["order", "changed_at"])


def _remember(verb: str, view: SavedView, before: SavedView | None, by: User, now: dt.datetime) -> None:
    """Shared filters are part of the office's work and stand in its history; private ones are nobody's business."""
    shared = [one for one in (view, before) if one is not None and one.audience != Audience.MINE]
    if shared:
        record(
            actor=by,
            verb=verb,
            subject=view,
            organization=shared[0].office_id,
            facts={"name": view.name},
            at=now,
        )
