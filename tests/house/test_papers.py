"""Documents exist, stay short, match the code, and their links lead somewhere."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.utils.encoding import force_str

from pendopo import __version__
from pendopo.config import docs
from tests.house.tree import ROOT, SRC, name_of, rooms, told, tracked

STANDING = [
    "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "publiccode.yml",
    "docs/house.md", "docs/glossary.md", "docs/rooms.md",
]  # fmt: skip
ENGLISH = {"the", "and", "of", "for", "with", "from", "all", "a", "an", "is", "to", "this", "every"}


def test_the_standing_documents_are_there() -> None:
    missing = [name for name in STANDING if not (ROOT / name).is_file()]
    assert not missing, told(missing, "Every public project carries these.")
    assert "Apache License" in (ROOT / "LICENSE").read_text()


@pytest.mark.parametrize("folder", [*rooms(), SRC / "kernel", SRC / "config"], ids=name_of)
def test_a_room_explains_itself_in_at_most_60_lines(folder: Path) -> None:
    readme = folder / "README.md"
    assert readme.is_file(), (
        f"{name_of(folder)} needs a README.md: what it is for, its facts, its doors, how others use it."
    )
    lines = readme.read_text().splitlines()
    assert lines[0].startswith("# "), f"{name_of(readme)} starts with a heading"
    assert len(lines) <= 60, f"{name_of(readme)} has {len(lines)} lines; move details into docstrings"


def test_generated_parts_match_the_code() -> None:
    stale = [name_of(path) for path in docs.stale(ROOT)]
    assert not stale, told(stale, "Run `make docs` and keep the result.")


def test_links_between_documents_lead_somewhere() -> None:
    wrong = []
    for path in (path for path in tracked() if path.suffix == ".md"):
        text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            file = target.partition("#")[0]
            if file and not re.match(r"[a-z]+:", file) and not (path.parent / file).exists():
                wrong.append(f"{name_of(path)} → {target}")
    assert not wrong, told(wrong, "Correct the link, or write the page.")


def test_decisions_say_why() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [path.name[:4] for path in decisions]
    assert len(numbers) == len(set(numbers)), "two decision records have the same number"
    wrong = [
        f"{path.name}: {part}"
        for path in decisions
        for part in ("## Context", "## Decision", "## Consequences")
        if part not in path.read_text()
    ]
    assert not wrong, told(wrong, "A decision record tells its context, the decision and its consequences.")


def test_one_version_everywhere() -> None:
    assert f'softwareVersion: "{__version__}"' in (ROOT / "publiccode.yml").read_text()
    assert f"## {__version__} " in (ROOT / "CHANGELOG.md").read_text()


def test_every_command_helps_in_indonesian() -> None:
    wrong = []
    for name, app in get_commands().items():
        if not str(app).startswith("pendopo."):
            continue
        words = force_str(load_command_class(app, name).help).lower()
        found = set(re.findall(r"[a-z]+", words))
        if len(found) < 3 or found & ENGLISH:
            wrong.append(f"{name}: {words!r}")
    assert not wrong, told(
        wrong, "`pendopo NAMA --help` speaks Indonesian: say in one sentence what it does."
    )
