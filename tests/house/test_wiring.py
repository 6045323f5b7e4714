"""Facts are plain and frozen, and each reaction can take the fact it is wired to."""

import ast
import dataclasses
import inspect

from pendopo.config.wiring import REACTIONS
from tests.house.tree import SRC, product, told


def test_each_reaction_takes_the_values_of_its_fact() -> None:
    wrong = []
    for fact, reaction in REACTIONS:
        values = {field.name: None for field in dataclasses.fields(fact)}
        try:
            inspect.signature(reaction).bind(**values)
        except TypeError as problem:
            wrong.append(f"{fact.__name__} → {reaction.__module__}.{reaction.__qualname__}: {problem}")
    assert not wrong, told(
        wrong, "A reaction is called with the fact's values as keywords; take them by name."
    )


def test_each_reaction_can_be_found_by_its_name() -> None:
    wrong = [
        f"{reaction.__module__}.{reaction.__qualname__}"
        for _fact, reaction in REACTIONS
        if "." in reaction.__qualname__ or "<" in reaction.__qualname__
    ]
    assert not wrong, told(
        wrong, "The job names the reaction by module and name: use a function of a module."
    )


def test_facts_are_frozen_and_hold_plain_values() -> None:
    plain = {"int", "str", "bool", "float", "None"}
    wired = {fact.__module__ for fact, _reaction in REACTIONS}
    wrong = []
    for source in product():
        module = ".".join(source.path.relative_to(SRC.parent).with_suffix("").parts)
        if module not in wired and not (module.startswith("pendopo.domains.") and module.endswith(".events")):
            continue
        for node in (node for node in source.tree.body if isinstance(node, ast.ClassDef)):
            if "frozen=True" not in " ".join(map(ast.unparse, node.decorator_list)):
                wrong.append(f"{source.at(node)} {node.name}: @dataclass(frozen=True)")
            for field in (line for line in node.body if isinstance(line, ast.AnnAssign)):
                names = {part.strip() for part in ast.unparse(field.annotation).split("|")}
                if not names <= plain:
                    wrong.append(f"{source.at(field)} {node.name}.{ast.unparse(field)}")
    assert not wrong, told(wrong, "A fact travels as JSON: ids, codes and ISO dates, never a record.")
