"""The OpenAPI description as a book: chapters by tag, one entry for each address, fields as rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One parameter or field."""

    name: str
    kind: str
    needed: bool
    words: str = ""


@dataclass(frozen=True)
class Entry:
    """One method at one address."""

    anchor: str
    method: str
    path: str
    title: str
    text: str
    token: str  # "needed", "welcome"
    parameters: list[Row] = field(default_factory=list)
    body: list[Row] = field(default_factory=list)
    answer: list[Row] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Chapter:
    """Addresses of one tag."""

    title: str
    entries: list[Entry]


def chapters(schema: dict[str, Any]) -> list[Chapter]:
    """The description as chapters, in the order of the description."""
    found: dict[str, list[Entry]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            title = (operation.get("tags") or ["API"])[0]
            found.setdefault(title, []).append(_entry(schema, path, method, operation))
    return [Chapter(title, entries) for title, entries in found.items()]


def _entry(schema: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Entry:
    good = next(code for code in operation["responses"] if code.startswith("2"))
    return Entry(
        anchor=operation["operationId"].rpartition("api_")[2].replace("_", "-"),
        method=method.upper(),
        path=path,
        title=operation.get("summary", ""),
        text=operation.get("description", ""),
        token="welcome" if {} in operation.get("security", [{}]) else "needed",
        parameters=[
            Row(one["name"], _kind(schema, one["schema"]), one.get("required", False), _words(one["schema"]))
            for one in operation.get("parameters", [])
        ],
        body=_rows(schema, operation.get("requestBody", {}).get("content", {})),
        answer=_rows(schema, operation["responses"][good].get("content", {})),
        codes=sorted(operation["responses"]),
    )


def _rows(schema: dict[str, Any], content: dict[str, Any]) -> list[Row]:
    first: dict[str, Any] = next(iter(content.values()), {})
    shape: dict[str, Any] = first.get("schema", {})
    while "items" in shape or "$ref" in shape:
        shape = _resolved(schema, shape.get("items", shape))
    return list(_fields(schema, shape, ""))


def _fields(schema: dict[str, Any], shape: dict[str, Any], before: str) -> Iterator[Row]:
    needed = set(shape.get("required", ()))
    for name, one in shape.get("properties", {}).items():
        yield Row(before + name, _kind(schema, one), name in needed, _words(one))
        inner = _resolved(schema, one.get("items", one))
        if inner.get("properties"):
            mark = "[]." if "items" in one else "."
            yield from _fields(schema, inner, f"{before}{name}{mark}")


def _resolved(schema: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in shape:
        found: dict[str, Any] = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        return found
    for key in ("anyOf", "allOf"):
        inside = [one for one in shape.get(key, []) if one.get("type") != "null"]
        if len(inside) == 1:
            return _resolved(schema, inside[0])
    return shape


def _kind(schema: dict[str, Any], shape: dict[str, Any]) -> str:
    if "anyOf" in shape:
        return " | ".join(_kind(schema, one) for one in shape["anyOf"])
    inner = _resolved(schema, shape)
    if "enum" in inner:
        return " | ".join(map(str, inner["enum"]))
    if inner.get("type") == "array":
        one = _kind(schema, inner["items"])
        return f"({one})[]" if " | " in one else f"{one}[]"
    kind = str(inner.get("format") or inner.get("type") or "object")
    limits = [inner.get(name) for name in ("minLength", "maxLength")]
    return f"{kind} ({limits[0] or 0}–{limits[1]})" if limits[1] else kind


def _words(shape: dict[str, Any]) -> str:
    words = str(shape.get("description", ""))
    if shape.get("default") not in (None, "", []):
        words = f"{words} (bawaan: {shape['default']})".strip()
    return words
