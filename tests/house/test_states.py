"""State tables are total and reachable, and `status` has exactly two writers."""

import ast

from django.apps import apps

from pendopo.config.docs import state_tables
from tests.house.tree import Source, product, told

WRITERS = {"move_to", "override"}

# Bulk builders that may write a status without walking the table, each with its reason.
BULK_WRITERS: dict[str, str] = {
    # A year of the demo city is replayed unsaved and inserted in batches; each step asks the transition table.
    "src/pendopo/domains/reports/demo_build_replay.py": "checks TRANSITIONS itself",
    "src/pendopo/domains/information/demo_states.py": "checks TRANSITIONS itself",
}


def test_every_status_has_a_row_and_can_be_reached() -> None:
    wrong = []
    for table in state_tables():
        known, rows = set(table.labels), set(table.transitions.table)
        targets = set().union(*table.transitions.table.values(), {table.transitions.start})
        name = f"{table.room}.{table.name}"
        wrong += [f"{name}: {status} has no row" for status in sorted((known | targets) - rows)]
        wrong += [f"{name}: {status} is no known status" for status in sorted((rows | targets) - known)]
        wrong += [f"{name}: {s} is never reached" for s in sorted(rows - table.transitions.reachable())]
    assert not wrong, told(
        wrong,
        "The table names every status of the TextChoices, and a path from the start leads to each. "
        "Words come from the field's choices, or from a TextChoices named Status beside the model.",
    )


def test_every_table_with_a_status_has_its_transitions() -> None:
    wrong = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("pendopo.")
        and "status" in {field.name for field in model._meta.local_fields}
        and not hasattr(model, "TRANSITIONS")
    ]
    assert not wrong, told(
        wrong,
        "Give the model TRANSITIONS = Transitions.of(start, {...}) and a move_to that checks it. "
        "A field that is no state of a life (a kind, a result) should not be called status.",
    )


def status_writes(source: Source) -> list[str]:
    """Places that write a status outside `move_to` and `override`."""
    found: list[str] = []

    def walk(node: ast.AST, inside: str) -> None:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inside = node.name
        if inside not in WRITERS and _writes_status(node):
            found.append(source.at(node))
        for child in ast.iter_child_nodes(node):
            walk(child, inside)

    walk(source.tree, "")
    return found


def _writes_status(node: ast.AST) -> bool:
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        flat = [part for target in targets for part in ast.walk(target)]
        return any(
            isinstance(t, ast.Attribute) and t.attr == "status" and isinstance(t.ctx, ast.Store) for t in flat
        )
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute) and node.func.attr == "update":
        return any(keyword.arg == "status" for keyword in node.keywords)
    if isinstance(node.func, ast.Attribute) and node.func.attr == "bulk_update":
        return any(isinstance(part, ast.Constant) and part.value == "status" for part in ast.walk(node))
    if isinstance(node.func, ast.Name) and node.func.id == "setattr" and len(node.args) > 1:
        name = node.args[1]
        return isinstance(name, ast.Constant) and name.value == "status"
    return False


def test_only_move_to_and_override_write_a_status() -> None:
    wrong = [
        place for source in product() if source.name not in BULK_WRITERS for place in status_writes(source)
    ]
    assert not wrong, told(wrong, "Call obj.move_to(new, now=now): it checks the transition table.")


def test_listed_bulk_writers_still_exist() -> None:
    names = {source.name for source in product()}
    gone = [name for name in BULK_WRITERS if name not in names]
    assert not gone, told(gone, "Remove the entry from BULK_WRITERS.")
