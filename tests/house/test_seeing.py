"""Objects enter pages, APIs and exports through `visible_to`; imports stand at the top of a file."""

import ast
import re
from collections.abc import Iterator

from tests.house.tree import Source, product, told

# Django's own ways into a table know nothing about the person who asks. A room's named QuerySet methods do.
RAW = {
    "all", "filter", "exclude", "get", "first", "last", "latest", "earliest", "in_bulk", "iterator", "raw",
    "order_by", "values", "values_list", "only", "defer", "annotate", "aggregate", "count", "exists",
    "select_related", "prefetch_related", "select_for_update", "distinct", "using",
}  # fmt: skip
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "update", "delete"}
MOUTHS = ("views", "api", "desk")  # also split ones: views_list.py, views/list.py

# Reference tables that hold nothing of anybody and that everybody may read whole.
PUBLIC_TABLES = {"Region", "Boundary", "Category"}

# A room that reads people by itself: the own account, and the demo sign-in.
OWN_TABLES = {"src/pendopo/base/accounts/views.py": {"User"}}

# Where a late import is right, each with its reason.
LATE_IMPORTS = {"apps.py": "models may be imported only once Django's apps are ready"}


def mouths() -> Iterator[Source]:
    """Files that answer people and machines: views, api, desk, and the split folders of the same names."""
    for source in product():
        split_folder = source.path.parent.name in {"views", "api"}
        if source.path.stem.partition("_")[0] in MOUTHS or split_folder:
            yield source


def entries(source: Source) -> Iterator[tuple[ast.AST, str, str]]:
    """(place, table, method) of every `Table.objects.method` and `get_object_or_404(Table…)` in a file."""
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr in {"objects", "_default_manager"}
        ):
            yield node, ast.unparse(node.value.value).rpartition(".")[2], node.attr
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("_or_404", "get_list_or_404")):
            table = ast.unparse(node.args[0]) if node.args else ""
            name = table.rpartition(".")[2]
            if re.fullmatch(r"[\w.]+", table) and name[:1].isupper():
                yield node, name, "get"


def test_objects_enter_through_visible_to() -> None:
    wrong = [
        f"{source.at(node)} {table}.objects.{method}"
        for source in mouths()
        for node, table, method in entries(source)
        if method in RAW and table not in PUBLIC_TABLES | OWN_TABLES.get(source.name, set())
    ]
    assert not wrong, told(
        wrong,
        "Start with Table.objects.visible_to(user); a missing or forbidden object is then the same 404.",
    )


def test_mouths_write_through_actions() -> None:
    wrong = [
        f"{source.at(node)} {table}.objects.{method}"
        for source in mouths()
        for node, table, method in entries(source)
        if method in WRITES
    ]
    assert not wrong, told(
        wrong,
        "A page, an API and the desk call an action; the action finds, asks, changes, records and tells.",
    )


def test_imports_stand_at_the_top() -> None:
    wrong = [
        f"{source.name}:{number}"
        for source in product()
        for number, line in enumerate(source.text.splitlines(), 1)
        if re.search(r"noqa:.*PLC0415", line) and source.path.name not in LATE_IMPORTS
    ]
    assert not wrong, told(wrong, "A late import hides a circle. Move the shared part down, or tell a fact.")
