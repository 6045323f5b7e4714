"""A graph without blank nodes, written as JSON-LD and as Turtle. The same graph gives the same bytes, so that a
harvester that asks again learns in one line that nothing changed."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_NOT_IN_IRIS = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]')


@dataclass(frozen=True)
class Ref:
    """A thing by its IRI."""

    iri: str


@dataclass(frozen=True)
class Lit:
    """Words in a language, or a value of a type ("xsd:date")."""

    value: str
    language: str = ""
    type: str = ""


Value = Ref | Lit


@dataclass(frozen=True)
class Node:
    """One thing: its IRI, its types and its properties (short names of PREFIXES) in the order written."""

    iri: str
    types: tuple[str, ...]
    properties: dict[str, tuple[Value, ...]] = field(default_factory=dict)


def words(text: str, language: str = "id") -> Lit:
    return Lit(text, language)


def moment(at: dt.datetime) -> Lit:
    return Lit(at.astimezone(dt.UTC).isoformat(timespec="seconds"), type="xsd:dateTime")


def number(value: int, kind: str = "xsd:nonNegativeInteger") -> Lit:
    return Lit(str(value), type=kind)


def properties(**given: Value | Iterable[Value] | None) -> dict[str, tuple[Value, ...]]:
    """`dct_title=…` is dct:title; what is None or empty is left out."""
    made: dict[str, tuple[Value, ...]] = {}
    for name, value in given.items():
        values = (value,) if isinstance(value, Ref | Lit) else tuple(value or ())
        if values:
            made[name.replace("_", ":", 1)] = values
    return made


def as_jsonld(nodes: Sequence[Node]) -> str:
    graph = [
        {
            "@id": node.iri,
            "@type": list(node.types),
            **{name: [_json(value) for value in values] for name, values in node.properties.items()},
        }
        for node in nodes
    ]
    return json.dumps({"@context": PREFIXES, "@graph": graph}, ensure_ascii=False, indent=1)


def _json(value: Value) -> dict[str, Any]:
    if isinstance(value, Ref):
        return {"@id": value.iri}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    return {"@value": value.value, "@type": value.type} if value.type else {"@value": value.value}


def as_turtle(nodes: Sequence[Node]) -> str:
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return head + "".join(_block(node) for node in nodes)


def _block(node: Node) -> str:
    lines = [f"\n<{_iri(node.iri)}> a {', '.join(node.types)}"]
    lines += [
        f"    {name} {', '.join(_turtle(value) for value in values)}" for name, values in node.properties.items()
    ]
    return " ;\n".join(lines) + " .\n"


def _turtle(value: Value) -> str:
    if isinstance(value, Ref):
        return f"<{_iri(value.iri)}>"
    quoted = '"' + _ESCAPED.sub(lambda sign: _ESCAPES.get(sign.group(), f"\\u{ord(sign.group()):04X}"), value.value) + '"'
    if value.language:
        return f"{quoted}@{value.language}"
    return f"{quoted}^^{value.type}" if value.type else quoted


def _iri(iri: str) -> str:
    return _NOT_IN_IRIS.sub(lambda sign: f"%{ord(sign.group()):02X}", iri)
