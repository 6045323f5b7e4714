"""The check before publishing, as this room keeps it: what blocks, what an officer must have looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pendopo.base.files.models import File
from pendopo.base.redaction import public as redaction
from pendopo.base.redaction.hosts import Ground, RedactionHost
from pendopo.domains.information.models import ExemptionGround, ItemVersion
from pendopo.domains.information.policy import keeping as policy
from pendopo.kernel import clock


@dataclass(frozen=True)
class Verdict:
    """Sentences about one file. It may be published when `blocking` is empty; `warnings` need an officer's words."""

    blocking: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.blocking

    def plain(self) -> dict[str, Any]:
        return {"ok": self.passed, "blocking": list(self.blocking), "warnings": list(self.warnings)}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> "Verdict":
        """The verdict that `plain` wrote."""
        return cls(tuple(plain.get("blocking", ())), tuple(plain.get("warnings", ())))


def look_through(file: File) -> Verdict:
    """What speaks against publishing this file. Takes seconds to minutes: never inside a transaction."""
    notes = redaction.check_before_publishing(file).notes
    return Verdict(
        tuple(note.sentence for note in notes if note.block),
        tuple(note.sentence for note in notes if not note.block),
    )


KIND = "information.version"


def _may_edit(user: Any, about_id: str) -> bool:
    office = ItemVersion.objects.filter(pk=about_id).values_list("item__office_id", flat=True).first()
    return office is not None and policy.may_keep(user, office)


def _grounds() -> Sequence[Ground]:
    rows = ExemptionGround.objects.valid(clock.local_date(clock.now()))
    return [Ground(f"17{row.letter}", row.in_words) for row in rows]


def host(url_back: Any) -> RedactionHost:
    """How the studio reaches files of the list; `url_back(version id)` is the page of their entry."""
    return RedactionHost(KIND, _may_edit, url_back, _grounds)
