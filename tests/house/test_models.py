"""What imports cannot show about the tables: which way they point, who may read them, what guards them."""

import tomllib

import pytest
from django.apps import apps
from django.db import connection, models

from pendopo.base.organizations.models import Organization
from tests.house.tree import ROOT, told

FLOORS = ["kernel", "base", "domains", "surfaces", "config"]  # bottom to top


def base_stair() -> list[str]:
    """The rooms of the base floor from the bottom up, as the import contract orders them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "base-order")
    return [layer.replace("(", "").replace(")", "") for layer in reversed(layers)]


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("pendopo.")]


def place_of(model: type[models.Model]) -> tuple[int, int, str]:
    """Where a model stands: height of its floor, step inside the base floor, name of its room."""
    parts = model.__module__.split(".")
    if parts[0] != "pendopo":
        return (-1, 0, parts[0])  # the ground under the house: Django and other libraries
    floor, room = parts[1], parts[2]
    step = next((i for i, names in enumerate(base_stair()) if room in names.split(" | ")), 0)
    return (FLOORS.index(floor), step if floor == "base" else 0, room)


def links() -> list[tuple[type[models.Model], "models.ForeignKey | models.ManyToManyField"]]:
    return [
        (model, field)
        for model in own_models()
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.is_relation and field.related_model
    ]


def test_links_point_down_or_stay_in_their_room() -> None:
    wrong = []
    for model, field in links():
        here, there = place_of(model), place_of(field.related_model)
        if here != there and here[:2] <= there[:2]:
            wrong.append(f"{model._meta.label}.{field.name} → {field.related_model._meta.label}")
    assert not wrong, told(
        wrong,
        "A table may point to its own room or to a lower one. A record that links two rooms "
        "lives on the surface floor and points down at both.",
    )


def test_links_to_a_lower_room_leave_no_name_there() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} adds .{field.remote_field.get_accessor_name()} "
        f"to {field.related_model._meta.label}"
        for model, field in links()
        if place_of(model) != place_of(field.related_model)
        and field.related_model.__module__.startswith("pendopo.")
        and not field.remote_field.hidden
    ]
    assert not wrong, told(
        wrong, 'Give the field related_name="+": a lower room must not grow with the house.'
    )


def test_every_table_with_an_office_says_who_sees_it() -> None:
    wrong = [
        model._meta.label
        for model in own_models()
        if any(field.related_model is Organization for field in model._meta.fields)
        and not hasattr(model._default_manager.get_queryset(), "visible_to")
        # What hangs on a case is reached through the case, and the case was found by visible_to.
        and "case" not in {field.name for field in model._meta.fields}
    ]
    assert not wrong, told(
        wrong, "Give the model a QuerySet with visible_to(user) and `objects = ThatQuerySet.as_manager()`."
    )


def check_constraints(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'c' AND conrelid = %s::regclass",
            [table],
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db
def test_the_database_refuses_an_unknown_status() -> None:
    wrong = []
    for model in own_models():
        if "status" not in {field.name for field in model._meta.local_fields}:
            continue
        table = getattr(model, "TRANSITIONS", None)
        field = model._meta.get_field("status")
        words = set(table.table) if table else {value for value, _label in field.flatchoices}
        guards = [
            guard
            for guard in check_constraints(model._meta.db_table)
            if "status" in guard and all(f"'{word}'" in guard for word in words)
        ]
        if not words or not guards:
            wrong.append(model._meta.label)
    assert not wrong, told(
        wrong,
        "Add a CheckConstraint(condition=Q(status__in=Status.values)) to Meta.constraints "
        "(base/cases has `status_check`), so that .update() and SQL are refused too.",
    )


@pytest.mark.django_db
def test_the_database_refuses_to_rewrite_history() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgtype FROM pg_trigger WHERE tgrelid = 'audit_entry'::regclass AND NOT tgisinternal"
        )
        kinds = [row[0] for row in cursor.fetchall()]
    delete, update = 8, 16  # bits of pg_trigger.tgtype
    assert any(kind & delete for kind in kinds), "audit_entry needs a trigger that refuses DELETE"
    assert any(kind & update for kind in kinds), "audit_entry needs a trigger that refuses UPDATE"


def test_the_kernel_and_the_registries_own_no_table() -> None:
    wrong = [
        model._meta.label
        for model in own_models()
        if model.__module__.startswith(("pendopo.kernel", "pendopo.base.registries"))
    ]
    assert not wrong, told(wrong, "The kernel knows no ministry: a table belongs to a room.")
