"""How large files, functions and templates are: nine of ten, and the largest."""

import ast
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Size:
    """Lines. `held` is what the house holds: nine of ten, and at most."""

    what: str
    nine_of_ten: int
    largest: int
    held: tuple[int, int]


def _measured(what: str, lines: list[int], held: tuple[int, int]) -> Size:
    ordered = sorted(lines) or [0]
    return Size(what, ordered[(len(ordered) * 9 - 1) // 10], ordered[-1], held)


def _functions(text: str) -> list[int]:
    return [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def sizes() -> list[Size]:
    """Files, functions and templates of the product; migrations and empty files are not counted."""
    texts = [p.read_text() for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts]
    pages = [p.read_text().count("\n") for p in PACKAGE.rglob("*.html")]
    return [
        _measured("berkas", [text.count("\n") for text in texts if text.strip()], (150, 400)),
        _measured("fungsi", [lines for text in texts for lines in _functions(text)], (25, 60)),
        _measured("templat", pages, (120, 250)),
    ]
