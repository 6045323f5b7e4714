"""The files of the project as the house tests read them: found once, parsed once."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "pendopo"
_NOT_OURS = {".git", ".venv", "var", "build", "__pycache__", "node_modules"}


@lru_cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project: what git keeps, or would keep with the next `git add`."""
    listing = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=False,
    )
    if listing.returncode == 0:
        names = listing.stdout.decode().split("\0")
        found = (ROOT / name for name in names if name)
    else:  # an unpacked archive has no git
        found = (path for path in ROOT.rglob("*") if not _NOT_OURS & set(path.relative_to(ROOT).parts))
    return tuple(sorted(path for path in found if path.is_file() and not path.is_symlink()))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()


@dataclass(frozen=True, eq=False)
class Source:
    """One Python file."""

    path: Path

    @property
    def name(self) -> str:
        return name_of(self.path)

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    @property
    def is_test(self) -> bool:
        return "tests" in self.path.parts or self.path.name == "conftest.py"

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.path.parts

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield node

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


@lru_cache
def sources() -> tuple[Source, ...]:
    """All Python files of the project, tests and migrations too."""
    return tuple(Source(path) for path in tracked() if path.suffix == ".py")


@lru_cache
def product() -> tuple[Source, ...]:
    """Python of the product itself: no tests, no migrations."""
    return tuple(s for s in sources() if s.path.is_relative_to(SRC) and not s.is_test and not s.is_migration)


@lru_cache
def rooms() -> tuple[Path, ...]:
    """The folders that are rooms: each one of base, domains and surfaces."""
    found = []
    for floor in ("base", "domains", "surfaces"):
        found += [path.parent for path in sorted((SRC / floor).glob("*/__init__.py"))]
    return tuple(found)


def told(problems: list[str], what_to_do: str) -> str:
    """The message of a failed house rule: where, and what to do about it."""
    return "\n".join([f"{len(problems)} ×", *problems, "", what_to_do])
