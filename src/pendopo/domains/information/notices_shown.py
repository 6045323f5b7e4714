"""Written notices of a request as the desk shows them: asked for is only what a notice of its kind can hold."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from pendopo.base.files.links import link_to
from pendopo.domains.information.actions.grounding import GIVES, WITHHOLDS
from pendopo.domains.information.models import (
    AnswerFile,
    Decision,
    DecisionGround,
    DecisionKind,
    InformationRequest,
    RedactedPart,
)


@dataclass(frozen=True)
class Given:
    """One thing handed over: a file behind a link that expires, or an entry of the list."""

    row: AnswerFile
    url: str


@dataclass(frozen=True)
class Notice:
    decision: Decision
    grounds: Sequence[DecisionGround]
    parts: Sequence[RedactedPart]
    files: Sequence[Given]


def notices_of(request: InformationRequest, *, now: dt.datetime) -> list[Notice]:
    """The newest first; no query for a request that nobody decided."""
    if not request.decision:
        return []
    rows = list(request.decisions.order_by("-sequence"))
    grounds = DecisionGround.objects.select_related("ground", "test")
    with_files = AnswerFile.objects.select_related("file", "item")
    _fetch(rows, WITHHOLDS, Prefetch("grounds", grounds))
    _fetch(rows, (DecisionKind.PARTIAL,), "redacted_parts")
    _fetch(rows, GIVES, Prefetch("files", with_files))
    return [
        Notice(
            row,
            list(row.grounds.all()) if row.kind in WITHHOLDS else (),
            list(row.redacted_parts.all()) if row.kind == DecisionKind.PARTIAL else (),
            [_given(one, now) for one in row.files.all()] if row.kind in GIVES else (),
        )
        for row in rows
    ]


def _fetch(rows: Sequence[Decision], kinds: Sequence[str], what: Any) -> None:
    prefetch_related_objects([row for row in rows if row.kind in kinds], what)


def _given(row: AnswerFile, now: dt.datetime) -> Given:
    return Given(row, link_to(row.file, now=now) if row.file else "")
