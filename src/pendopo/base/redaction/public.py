"""The room's doors: begin a redaction, reach its studio, take its proven result, check a file before publishing."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from pendopo.base.accounts.models import User
from pendopo.base.files.models import File
from pendopo.base.redaction import actions, gate
from pendopo.base.redaction.gate import Note, Verdict
from pendopo.base.redaction.hosts import host_of
from pendopo.base.redaction.models import Redaction, Status

__all__ = [
    "Note", "Verdict", "Withheld", "check_before_publishing", "list_for", "proven_file", "result_of", "start",
    "studio_url",
]  # fmt: skip


@dataclass(frozen=True)
class Withheld:
    """One line of the list that goes with a partial answer."""

    page: int
    ground: str
    ground_words: str
    reason: str
    count: int


def start(*, source: File, about: tuple[str, str], by: User, now: dt.datetime) -> Redaction:
    """See actions.start. `about` is (key of the registered host, id as text)."""
    return actions.start(source=source, about=about, by=by, now=now)


def studio_url(redaction: Redaction) -> str:
    return reverse("redaction:studio", args=[redaction.pk])


def result_of(about: tuple[str, str]) -> list[Redaction]:
    """The redactions of something, oldest first, with their files: `status` says how far each is."""
    return list(Redaction.objects.about(*about))


def proven_file(redaction: Redaction) -> File | None:
    """The blackened file, only when it is proven and the source is still the one that was proven."""
    ready = redaction.status == Status.READY and redaction.source_sha256 == redaction.source.sha256
    output = redaction.output
    return output if ready and output and output.sha256 == redaction.output_sha256 else None


def check_before_publishing(source: File | bytes) -> Verdict:
    """Whether a file may be published: PDF, XLSX, DOCX, CSV, text, or a picture of ours. Takes up to minutes."""
    return gate.check(source)


def list_for(redaction: Redaction) -> list[Withheld]:
    """What was blackened and why, by page, ground and reason; never what it was."""
    words = {ground.code: str(ground.words) for ground in host_of(redaction.about_kind).grounds()}
    counts: dict[tuple[int, str, str], int] = {}
    for box in redaction.boxes.all():
        key = (box.page, box.ground, box.reason)
        counts[key] = counts.get(key, 0) + 1
    return [
        Withheld(page, ground, words.get(ground, ground), reason, count)
        for (page, ground, reason), count in sorted(counts.items())
    ]
