"""JSON and XML of GeoReport v2 from the same plain values; the list names give the XML its inner names."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from django.http import HttpResponse

TYPES = {"json": "application/json", "xml": "text/xml"}
# What one entry of a list is called in XML. In JSON a list has no names inside.
_ENTRY = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}


def answer(name: str, value: Any, format_name: str, *, status: int = 200) -> HttpResponse:
    """`value` as the body of a response. `name` is the XML root; JSON has no root (GeoReport v2 examples)."""
    body = _json(value) if format_name == "json" else _xml(name, value)
    response = HttpResponse(body, status=status, content_type=f"{TYPES[format_name]}; charset=utf-8")
    # Public data for everybody's browser; there are no cookies in these calls.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _xml(name: str, value: Any) -> bytes:
    root = ElementTree.Element(name)
    _fill(root, name, value)
    body: bytes = ElementTree.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body


def _fill(element: ElementTree.Element, name: str, value: Any) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _fill(ElementTree.SubElement(element, key), key, inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            _fill(ElementTree.SubElement(element, _ENTRY[name]), "", inner)
    elif value is not None:
        element.text = _words(value)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # What XML 1.0 cannot hold at all; a report's words never have them, a client's own words may.
    return "".join(sign for sign in str(value) if sign >= " " or sign in "\t\n\r")
