"""The parts of the documentation that are read off the code, so that they cannot rot.

Four things are generated: the state tables in the rooms' READMEs, the floor picture in docs/house.md and
the whole of docs/rooms.md and docs/api/openapi.json. `pendopo docs` writes them; `pendopo docs --check` and a
house test compare.
"""

import ast
import dataclasses
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model

from pendopo.base import registries
from pendopo.config import api
from pendopo.kernel.states import Transitions

PACKAGE = Path(__file__).resolve().parent.parent
FLOORS = ("surfaces", "domains", "base")  # the floors that hold rooms, top to bottom
FURNITURE = {"__init__", "apps", "urls", "models", "events", "public", "admin", "testing", "demo"}


class MissingPlace(Exception):
    """A file has no place for its generated part. The message says which lines to add."""


@dataclass(frozen=True)
class StateTable:
    """A state machine as a room's README prints it. `labels` maps each status to its Indonesian words."""

    room: str  # app label
    name: str
    transitions: Transitions
    labels: dict[str, str]


@dataclass(frozen=True)
class Room:
    """One folder of a floor."""

    floor: str
    folder: Path

    @property
    def label(self) -> str:
        return self.folder.name

    @property
    def module(self) -> str:
        return f"pendopo.{self.floor}.{self.label}"


def project_root() -> Path | None:
    """The folder of the source tree, or None when Pendopo is an installed package."""
    root = PACKAGE.parent.parent
    return root if (root / "pyproject.toml").is_file() and (root / "docs").is_dir() else None


def rooms() -> list[Room]:
    """All rooms, floor by floor from the top, by name inside a floor."""
    return [
        Room(floor, path.parent)
        for floor in FLOORS
        for path in sorted((PACKAGE / floor).glob("*/__init__.py"))
    ]


def status_words(model: type[Model]) -> dict[str, str]:
    """Status and its Indonesian words: the field's choices, or the TextChoices `Status` of or beside the model."""
    field = model._meta.get_field("status")
    beside = getattr(model, "Status", None) or getattr(sys.modules[model.__module__], "Status", None)
    choices = getattr(field, "flatchoices", None) or getattr(beside, "choices", None) or ()
    return {str(value): str(label) for value, label in choices}


def state_tables() -> list[StateTable]:
    """Every transition table: of each model with TRANSITIONS, and of the registry `states`."""
    found: list[StateTable] = []
    for model in apps.get_models():
        transitions = getattr(model, "TRANSITIONS", None)
        if model.__module__.startswith("pendopo.") and isinstance(transitions, Transitions):
            found.append(StateTable(model._meta.app_label, model.__name__, transitions, status_words(model)))
    seen = {(table.room, id(table.transitions)) for table in found}
    for entry in registries.states:
        room, _dot, name = entry.key.partition(".")
        if (room, id(entry.transitions)) not in seen:
            found.append(StateTable(room, name or room, entry.transitions, dict(entry.labels)))
    return sorted(found, key=lambda table: (table.room, table.name))


def state_lines(table: StateTable) -> list[str]:
    """One table as Markdown: every status, its words, and what may follow it."""
    lines = [f"**{table.name}**", "", "| status | in words | may become |", "|---|---|---|"]
    for status, followers in table.transitions.table.items():
        start = " (start)" if status == table.transitions.start else ""
        ordered = [f"`{name}`" for name in table.transitions.table if name in followers]
        lines.append(f"| `{status}`{start} | {table.labels.get(status, '')} | {', '.join(ordered) or '–'} |")
    return lines


def between(text: str, mark: str, inside: str, *, file: str) -> str:
    """`text` with everything between `<!-- mark:start -->` and `<!-- mark:end -->` replaced."""
    start, end = f"<!-- {mark}:start -->", f"<!-- {mark}:end -->"
    head, found_start, rest = text.partition(start)
    _old, found_end, tail = rest.partition(end)
    if not found_start or not found_end:
        raise MissingPlace(f"{file}: tambahkan dua baris {start} dan {end} di tempat tabelnya.")
    return f"{head}{start}\n{inside.strip()}\n{end}{tail}"


def _first_line(thing: object) -> str:
    doc = str(getattr(thing, "__doc__", None) or "").strip()
    return doc.splitlines()[0] if doc else ""


def _docstring(file: Path) -> str:
    doc = ast.get_docstring(ast.parse(file.read_text())) or ""
    return doc.splitlines()[0] if doc else ""


def purpose(room: Room) -> str:
    """The first paragraph of a room's README, on one line."""
    readme = room.folder / "README.md"
    if not readme.is_file():
        return ""
    for block in readme.read_text().split("\n\n"):
        if block.strip() and not block.lstrip().startswith(("#", "|", "<!--", "```")):
            return " ".join(block.split())
    return ""


def facts(room: Room) -> list[tuple[str, str]]:
    """Name and meaning of every fact that a room tells."""
    file = room.folder / "events.py"
    if not file.is_file():
        return []
    return [
        (node.name, (ast.get_docstring(node) or "").partition("\n")[0])
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.ClassDef) and _is_fact(node)
    ]


def _is_fact(node: ast.ClassDef) -> bool:
    """A dataclass of plain values; other classes may live beside facts."""
    annotations = [ast.unparse(line.annotation) for line in node.body if isinstance(line, ast.AnnAssign)]
    plain = all(set(kind.split(" | ")) <= {"int", "str", "bool", "float", "None"} for kind in annotations)
    return plain and any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list)


def door(room: Room) -> list[tuple[str, str]]:
    """Name and meaning of what `public.py` offers."""
    if not (room.folder / "public.py").is_file():
        return []
    public = import_module(f"{room.module}.public")
    names = getattr(public, "__all__", None) or [
        name
        for name, value in vars(public).items()
        if not name.startswith("_") and str(getattr(value, "__module__", "")).startswith(room.module)
    ]
    return [(name, _first_line(getattr(public, name))) for name in sorted(names)]


def own_files(room: Room) -> list[tuple[str, str]]:
    """Modules beyond the usual furniture, each with the first line of its docstring."""
    return [
        (file.name, _docstring(file))
        for file in sorted(room.folder.glob("*.py"))
        if file.stem not in FURNITURE and _docstring(file)
    ]


def _room_of_entry(entry: Any) -> str:
    """Which room put an entry into a registry: by its function's module, its address name or its key."""
    for value in (getattr(entry, field.name) for field in dataclasses.fields(entry)):
        match = re.match(r"pendopo\.\w+\.(\w+)", getattr(value, "__module__", None) or "")
        if callable(value) and match:
            return match.group(1)
    name = str(getattr(entry, "url_name", "") or entry.key)
    return re.split(r"[:.]", name)[0]


def shown(room: Room) -> list[str]:
    """Where a room shows itself: the registries that hold an entry of it."""
    found = []
    for name, registry in sorted(vars(registries).items()):
        if not isinstance(registry, registries.Registry) or name == "states":
            continue
        keys = [f"`{entry.key}`" for entry in registry if _room_of_entry(entry) == room.label]
        if keys:
            found.append(f"{name} ({', '.join(keys)})")
    return found


def _models(room: Room) -> list[tuple[str, str]]:
    config = next((c for c in apps.get_app_configs() if c.name == room.module), None)
    models = config.get_models() if config else ()
    return sorted((model.__name__, str(model._meta.verbose_name)) for model in models)


def _listed(title: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield f"- {title}:"
        for name, meaning in rows:
            yield f"  - `{name}`" + (f": {meaning}" if meaning else "")


def room_lines(room: Room) -> Iterator[str]:
    config = next((c for c in apps.get_app_configs() if c.name == room.module), None)
    words = f" ({config.verbose_name})" if config else ""
    yield f"### {room.label}{words}"
    yield ""
    if purpose(room):
        yield purpose(room)
        yield ""
    yield from _listed("Records", _models(room))
    yield from _listed("Facts told", facts(room))
    yield from _listed("Door (`public.py`)", door(room))
    yield from _listed("Other files", own_files(room))
    if shown(room):
        yield f"- Shows itself in: {', '.join(shown(room))}"


def overview() -> str:
    """The whole text of docs/rooms.md."""
    lines = ["# Rooms", "", "Written by `make docs` from the code; do not edit by hand."]
    for floor in FLOORS:
        lines += ["", f"## {floor}/"]
        for room in (room for room in rooms() if room.floor == floor):
            lines += ["", *room_lines(room)]
    return "\n".join(lines).rstrip() + "\n"


def floor_picture(root: Path) -> str:
    """The floors as the import contracts draw them, with the rooms that stand on each."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = {contract["id"]: contract.get("layers", []) for contract in contracts}
    stair = " > ".join(layer.replace("(", "").replace(")", "") for layer in layers["base-order"])
    picture = ["```"]
    for floor in layers["floors"]:
        if floor == "base":
            content = stair
        elif floor in FLOORS:
            content = "  ".join(room.label for room in rooms() if room.floor == floor)
        elif floor == "config":
            content = "settings  urls  wiring  commands: where all rooms meet"
        else:
            files = sorted((PACKAGE / floor).glob("*.py"))
            content = "  ".join(file.stem for file in files if file.stem != "__init__")
        picture.append(f"{floor:<10}{content}")
    return "\n".join([*picture, "```"])


def generated(root: Path) -> dict[Path, str]:
    """Every file with a generated part, as it should read now.

    Raises MissingPlace when a file with something to show has no place for it.
    """
    house = root / "docs" / "house.md"
    files = {
        root / "docs" / "rooms.md": overview(),
        root / api.SNAPSHOT: api.snapshot(),
        house: between(house.read_text(), "floors", floor_picture(root), file="docs/house.md"),
    }
    for room in rooms():
        tables = [table for table in state_tables() if table.room == room.label]
        apart = room.folder / "STATES.md"  # a room of many tables keeps its README short
        readme = apart if apart.is_file() else room.folder / "README.md"
        if tables and readme.is_file():
            text = "\n".join(line for table in tables for line in [*state_lines(table), ""])
            name = f"{room.floor}/{room.label}/{readme.name}"
            files[readme] = between(with_place_for_states(readme.read_text()), "states", text, file=name)
    return files


def with_place_for_states(readme: str) -> str:
    """A README with the two marks; a section at the end when it had none."""
    if "<!-- states:start -->" in readme:
        return readme
    return f"{readme.rstrip()}\n\n## States\n<!-- states:start -->\n<!-- states:end -->\n"


def stale(root: Path) -> list[Path]:
    """Files whose generated part differs from the code."""
    return [path for path, text in generated(root).items() if not path.is_file() or path.read_text() != text]
