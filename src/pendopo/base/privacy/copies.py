"""A person's copy: one ZIP with JSON for machines, a page for people, and the files they sent."""

import datetime as dt
import json
import zipfile
from collections.abc import Mapping
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.template.loader import render_to_string

from pendopo.base.registries.personal import Holding, PersonalDataHolder, Subject, holders

IN_MEMORY = 8 * 1024 * 1024  # a bigger copy waits in a temporary file of the system
NAMES = ("data-saya.json", "data-saya.html")


def collect(subject: Subject) -> list[tuple[PersonalDataHolder, Holding]]:
    """What every registered holder knows about the subject, also when it is nothing."""
    return [(holder, holder.collect(subject)) for holder in holders]


def write(subject: Subject, *, now: dt.datetime) -> IO[bytes]:
    """The ZIP, ready to be read from its start. The caller closes it."""
    found = collect(subject)
    target: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAMES[0], as_json(found, now))
        archive.writestr(
            NAMES[1], render_to_string("privacy/copy.html", {"parts": _parts(found), "now": now})
        )
        for _holder, holding in found:
            for enclosed in holding.files:
                if (data := enclosed.read()) is not None:
                    archive.writestr(f"berkas/{enclosed.name}", data, zipfile.ZIP_STORED)
    target.seek(0)
    return target


def as_json(found: list[tuple[PersonalDataHolder, Holding]], now: dt.datetime) -> str:
    """Everything as one object; times in ISO 8601."""
    parts = {
        holder.key: {"apa": str(holder.what), "milik": str(holder.whose), "data": list(holding.rows)}
        for holder, holding in found
    }
    return json.dumps({"dibuat": now, "bagian": parts}, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else str(value)


def _parts(found: list[tuple[PersonalDataHolder, Holding]]) -> list[dict[str, Any]]:
    return [
        {"label": holder.label, "what": holder.what, "rows": [_lines(row) for row in holding.rows]}
        for holder, holding in found
    ]


def _lines(row: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """One row as pairs for the page; a list of objects becomes a list of such pairs."""
    lines = []
    for name, value in row.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            value = {"list": [_lines(one) for one in value]}
        elif isinstance(value, Mapping):
            value = {"list": [_lines(value)]}
        lines.append((name, value))
    return lines
