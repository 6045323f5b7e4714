"""Rows of one batch of demo reports, written together: thousands of stories in a few INSERTs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import draft, record_many
from pendopo.base.audit.models import Entry
from pendopo.domains.reports.models import (
    Closure,
    Handover,
    Merging,
    Rating,
    Report,
    ReportAttachment,
    ReportClock,
    ReportContact,
    ReportFollower,
    ReportMessage,
    ReportTask,
    ReportTaskClock,
    Suggestion,
)

AT_ONCE = 1000
# Parents before what hangs on them.
_ORDER: tuple[type[Model], ...] = (
    Report, ReportContact, ReportClock, ReportMessage, ReportAttachment, Handover, Closure, ReportTask, ReportTaskClock,
    Rating, Suggestion, ReportFollower, Merging,
)  # fmt: skip
_MAY_REPEAT = (ReportFollower,)  # the same neighbour twice


@dataclass
class Batch:
    """What the stories of some reports leave behind, not written yet."""

    rows: dict[type[Model], list[Any]] = field(default_factory=lambda: {model: [] for model in _ORDER})
    history: list[Entry] = field(default_factory=list)

    def add(self, row: Any) -> Any:
        self.rows[type(row)].append(row)
        return row

    def remember(
        self,
        report: Report,
        verb: str,
        *,
        by: User | None,
        now: dt.datetime,
        facts: Mapping[str, Any] | None = None,
        public: bool = False,
        label: str = "",
        office_id: int | None = None,
    ) -> None:
        """The line of history that `actions.common.remember` writes."""
        self.history.append(
            draft(
                actor=by,
                verb=f"reports.{verb}",
                subject=report,
                organization=office_id or report.office_id,
                facts=facts,
                public=public,
                restricted=report.secret,
                actor_label=label,
                at=now,
            )
        )

    @transaction.atomic
    def write(self) -> int:
        """Insert everything or nothing; returns how many reports."""
        for model in _ORDER:
            model._default_manager.bulk_create(
                self.rows[model], batch_size=AT_ONCE, ignore_conflicts=model in _MAY_REPEAT
            )
        record_many(sorted(self.history, key=lambda entry: entry.at))
        return len(self.rows[Report])
