"""One demo story as rows. Every act here repeats what the action of the same name in `actions/` writes.

`tests/test_demo_replay.py` compares both, field by field.
"""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from pendopo.base.accounts.models import User
from pendopo.base.audit.looks import role_at
from pendopo.base.cases.models import MessageKind, TaskStatus
from pendopo.domains.reports import task_clocks
from pendopo.domains.reports.actions.common import CITIZEN_LABEL
from pendopo.domains.reports.demo_build import Batch
from pendopo.domains.reports.demo_build_clocks import Running
from pendopo.domains.reports.demo_build_context import Context
from pendopo.domains.reports.demo_photos import proof_for
from pendopo.domains.reports.demo_sampling import ReportDraft
from pendopo.domains.reports.demo_story import Step
from pendopo.domains.reports.models import (
    FINAL,
    ArchiveReason,
    Closure,
    Handover,
    Merging,
    Rating,
    Report,
    ReportAttachment,
    ReportClass,
    ReportMessage,
    ReportTask,
    Status,
)
from pendopo.kernel import clock as time

NOT_NEEDED = "Sudah kami kerjakan sendiri."
PROVEN = 0.35  # closings at a place with a photo that nobody promised
LEFT_TO_THE_SWEEP = dt.timedelta(days=4)
_PYTHON_WORDS = {"source": "from", "named": "class"}


def move_to(row: Report | ReportTask, new: str) -> None:
    """As the row's own `move_to`, without saving it: the batch inserts it once, at the end of its story."""
    row.TRANSITIONS.check(row.status, new)
    row.status = new


class Replay:
    """A report on its way through its story, in memory. `report` already stands as it was received."""

    def __init__(self, report: Report, draft: ReportDraft, context: Context, batch: Batch) -> None:
        self.report, self.draft, self.context, self.batch = report, draft, context, batch
        self.cast = context.cast
        self.rng: random.Random = context.rng_of(draft.number)
        self.clocks = Running(report)
        self.open = context.ends_open(draft)
        self.coordinator = self.cast.coordinator(self.rng)
        self.hint = context.hint_for(draft)
        self.last: Handover | None = None
        self.closure: Closure | None = None
        self.proofs: list[ReportAttachment] = []
        self.task: ReportTask | None = None
        self.task_clock: Any = None
        self.at = draft.when
        self.clocks.start("verify", now=self.at)

    def tell(self) -> Report:
        """Act after act, then the warnings that time itself gave; adds every row to the batch."""
        for step in self.draft.story:
            self.at = step.at
            act: Callable[[Step], None] = getattr(self, f"_{step.act}")
            act(step)
        # The warnings of the last days are left to the real sweep (demo_news): it tells those who sign in.
        self.clocks.up_to(time.local_date(self.context.now) - LEFT_TO_THE_SWEEP)
        for clock in self.clocks.all:
            self.batch.add(clock)
        if self.report.status not in (Status.RECEIVED, Status.VERIFIED):  # theirs are the real routing's
            for row in self.context.suggestions(self.report, self.hint):
                self.batch.add(row)
        return self.report

    # What every act needs, as in actions/common.py and AbstractCase.

    def _touch(self) -> None:
        self.report.updated_at = self.at
        self.report.version += 1

    def _move(self, new: Status) -> None:
        move_to(self.report, new)
        self.report.closed_at = self.at if new in FINAL else None
        self._touch()

    def _remember(
        self, verb: str, *, by: User | None, public: bool = False, label: str = "", **facts: str | int
    ) -> None:
        # The keyword `source` stands for the fact "from", and `named` for "class": both are words of Python.
        said = {_PYTHON_WORDS.get(name, name): value for name, value in facts.items()}
        self.batch.remember(self.report, verb, by=by, now=self.at, facts=said, public=public, label=label)

    def _write(self, kind: MessageKind, body: str, *, by: User | None, from_office: bool) -> ReportMessage:
        message: ReportMessage = self.batch.add(
            ReportMessage(
                case=self.report, kind=kind, body=body, at=self.at, author=by,
                office_id=self.report.office_id if from_office else None,
            )
        )  # fmt: skip
        return message

    def _office_name(self) -> str:
        return self.context.office_name(self.report.office_id)

    def _person(self, step: Step) -> User:
        """Who acts for an office: the handler where there is one."""
        if step.actor == "coordinator":
            return self.coordinator
        if self.report.handler is not None:
            handler: User = self.report.handler
            return handler
        return self.cast.handler(self.rng, step.office, self.draft.number, is_open=self.open)

    # routing.py

    def _verify(self, step: Step) -> None:
        if step.extra:
            self.report.report_class = step.extra
        self._move(Status.VERIFIED)
        self.report.verified_in_time = self.clocks.stop("verify", now=self.at)
        self.clocks.start("resolve", case_class=self.report.report_class, now=self.at)
        self._remember("verified", by=self._router(step), public=True)

    def _router(self, step: Step) -> User | None:
        """None when the system acts."""
        return None if step.actor == "system" else self._person(step)

    def _assign(self, step: Step) -> None:
        office = self.cast.offices[step.extra]
        by = self._router(step)
        origin, rule = self.context.origin_of(self.draft, self.hint, step)
        self.last = self.batch.add(
            Handover(
                case=self.report, source_id=self.report.office_id, target=office, origin=origin, rule=rule,
                automatic=step.actor == "system", instruction=step.text, by=by, at=self.at,
            )
        )  # fmt: skip
        self.report.office, self.report.handler, self.report.closure_proposed = office, None, False
        self._touch()
        self._move(Status.ASSIGNED)
        self.clocks.stop("follow_up", now=self.at)
        self.clocks.start("follow_up", case_class=self.report.report_class, now=self.at)
        verb = "assigned_automatically" if by is None else "assigned"
        self._remember(verb, by=by, public=True, target=office.name)
        self.context.moved(self.draft.number, self.at, office.pk)

    def _give_back(self, step: Step) -> None:
        assert self.last is not None
        by = self._person(step)
        self.last.returned_at, self.last.return_reason = self.at, step.text[:300]
        reason = "" if self.report.secret else self.last.return_reason
        self._remember("returned", by=by, source=self._office_name(), reason=reason)
        self.report.office_id, self.report.handler = self.last.source_id, None
        self._touch()
        self._move(Status.VERIFIED)
        self.clocks.stop("follow_up", now=self.at)
        self.context.moved(self.draft.number, self.at, self.report.office_id)

    # work.py

    def _begin_work(self, by: User) -> None:
        if self.report.status in (Status.ASSIGNED, Status.REOPENED):
            self._move(Status.IN_PROGRESS)
            self.clocks.stop("follow_up", now=self.at)
            self._remember("started", by=by, public=True, office_name=self._office_name())

    def _take(self, step: Step) -> None:
        by = self._person(step)
        self.report.handler = by
        self._touch()
        self._remember("taken", by=by)
        self._begin_work(by)

    def _answer(self, step: Step) -> None:
        by = self._person(step)
        self._begin_work(by)
        if self.report.handler is None:
            self.report.handler = by
        self._touch()
        self._write(MessageKind.ANSWER, step.text, by=by, from_office=True)
        self._remember("answered", by=by, public=True, office_name=self._office_name())

    def _ask(self, step: Step) -> None:
        by = self._person(step)
        self.report.waited_from = self.report.status
        self._touch()
        self._move(Status.AWAITING_INFO)
        self.clocks.pause(now=self.at)
        self.clocks.start("info", now=self.at)
        self._write(MessageKind.QUESTION, step.text, by=by, from_office=True)
        self._remember("asked", by=by, public=True)

    def _reply(self, step: Step) -> None:
        self._write(MessageKind.REPLY, step.text, by=None, from_office=False)
        self._move(Status(self.report.waited_from))
        self.clocks.stop("info", now=self.at)
        self.clocks.resume(now=self.at)
        self._remember("replied", by=None, label=CITIZEN_LABEL, public=True)

    def _note(self, step: Step) -> None:
        by = self._person(step)
        self._write(MessageKind.NOTE, step.text, by=by, from_office=True)
        self._touch()
        self._remember("noted", by=by)

    def _task(self, step: Step) -> None:
        office, by = self.cast.offices[step.extra], self._person(step)
        self.task = self.batch.add(
            ReportTask(
                case=self.report, office=office, instruction=step.text, asked_by=by, asked_at=self.at,
            )
        )  # fmt: skip
        self.task_clock = self.batch.add(task_clocks.new(self.task, due_on=None, now=self.at))
        self._touch()
        self._remember("task_added", by=by, target=office.name)

    def _task_done(self, step: Step) -> None:
        assert self.task is not None
        move_to(self.task, TaskStatus.DONE)
        self.task.result, self.task.done_at = step.text, self.at
        self._stop_task_clock()
        self._touch()
        helper = self.rng.choice(self.cast.officers[step.office])
        self._remember("task_done", by=helper, target=self.cast.offices[step.office].name)

    # closing.py

    def _drop_task(self, by: User) -> None:
        """As `tasks.cancel` by the leading office: a story never closes with a task that waits."""
        if self.task is None or not self.task.is_live:
            return
        move_to(self.task, TaskStatus.CANCELLED)
        self.task.end_reason = NOT_NEEDED
        self._stop_task_clock()
        self._touch()
        self._remember("task_cancelled", by=by, target=self.task.office.name, reason=NOT_NEEDED)

    def _stop_task_clock(self) -> None:
        measured = self.task_clock
        measured.stopped_at, measured.next_look_on = self.at, None
        measured.in_time = measured.due_on is None or time.local_date(self.at) <= measured.due_on

    def _propose(self, step: Step) -> None:
        by = self._person(step)
        self._drop_task(by)
        self._begin_work(by)
        self.closure = self.batch.add(
            Closure(case=self.report, summary=step.text, proposed_by=by, proposed_at=self.at)
        )
        self._prove(step)
        self.report.closure_proposed = True
        if self.report.handler is None:
            self.report.handler = by
        self._touch()
        self._remember("closing_proposed", by=by)

    def _prove(self, step: Step) -> None:
        """A photo of the finished work where the words promise one, and often where they do not."""
        promised = "lampir" in step.text
        drawn = self.context.photos.get(proof_for(self.draft.category_key), [])
        if drawn and (promised or (self.draft.latitude is not None and self.rng.random() < PROVEN)):
            photo = self.rng.choice(drawn)
            row = ReportAttachment(case=self.report, file=photo, role="PROOF", at=self.at)
            self.proofs.append(self.batch.add(row))

    def _check(self, step: Step) -> None:
        closure = self.closure
        assert closure is not None
        by = self.cast.checker(self.rng, step.office, closure.proposed_by)
        closure.checked_by, closure.checked_at = by, self.at
        closure.accepted, closure.remark = step.extra == "ya", step.text[:300]
        self.report.closure_proposed = False
        self._touch()
        if not closure.accepted:
            self._remember("closing_refused", by=by)
            return
        message = self._write(MessageKind.CLOSING, closure.summary, by=closure.proposed_by, from_office=True)
        for proof in self.proofs:
            proof.message = proof.message or message
        self._move(Status.ANSWERED)
        self.report.answered_in_time = self.clocks.stop(now=self.at)
        self.report.answered_at = self.at
        self.clocks.start("reply", now=self.at)
        self._remember("answer_checked", by=by, public=True, office_name=self._office_name())

    def _closed(self, status: Status, *, by: User | None, label: str = "") -> None:
        self._move(status)
        self.clocks.stop(now=self.at)
        self._remember(status.lower(), by=by, public=True, label=label)

    def _confirm(self, _step: Step) -> None:
        self._closed(Status.CLOSED_BY_CITIZEN, by=None, label=CITIZEN_LABEL)

    def _rate(self, step: Step) -> None:
        self.batch.add(
            Rating(
                case=self.report, stars=int(step.extra), comment=step.text, at=self.at,
                round=self.report.reopened_count,
            )
        )  # fmt: skip
        self._remember("rated", by=None, label=CITIZEN_LABEL, stars=int(step.extra))

    def _close_officer(self, step: Step) -> None:
        by = self._person(step)
        self._write(MessageKind.NOTE, step.text, by=by, from_office=True)
        self._closed(Status.CLOSED_BY_OFFICER, by=by)

    def _close_timer(self, _step: Step) -> None:
        limit = self.clocks.reply_until()
        assert limit is not None
        assert time.local_date(self.at) > limit
        self._closed(Status.CLOSED_BY_SYSTEM, by=None)

    def _reopen(self, step: Step) -> None:
        self._write(MessageKind.REPLY, step.text, by=None, from_office=False)
        self._move(Status.REOPENED)
        self.report.reopened_count += 1
        self._touch()
        self.clocks.stop(now=self.at)
        self.clocks.start("resolve", case_class=self.report.report_class, now=self.at)
        self._remember("reopened", by=None, public=True, label=CITIZEN_LABEL)

    # moderation.py

    def _classify(self, step: Step) -> None:
        category = self.context.categories[step.extra]
        self.report.category = category
        self._touch()
        by = self._person(step)
        named = str(ReportClass(self.report.report_class).label)
        self._remember("classified", by=by, category=category.label, named=named)

    def _urgency(self, step: Step) -> None:
        self.report.urgency = int(step.extra)
        self._touch()
        label = self.report.get_urgency_display()
        self._remember("urgency_set", by=self._person(step), urgency=label)

    def _look(self, step: Step) -> None:
        by = self._person(step)
        role = role_at(by, self.report.office_id)
        self._remember("contact_viewed", by=by, purpose=step.text[:120], role=role)

    def _archived(self, reason: ArchiveReason, *, by: User | None) -> None:
        self.report.archive_reason, self.report.closure_proposed = reason, False
        self._touch()
        self._move(Status.ARCHIVED)
        self.clocks.stop(now=self.at)
        self._remember("archived", by=by, public=True, reason=str(reason.label))

    def _archive(self, step: Step) -> None:
        if step.actor == "system":
            self._archived(ArchiveReason(step.extra), by=None)
            return
        by = self._person(step)
        self._write(MessageKind.ANSWER, step.text, by=by, from_office=True)
        self._archived(ArchiveReason(step.extra), by=by)

    def _forward(self, step: Step) -> None:
        by = self._person(step)
        self.report.forwarded_to = step.extra[:160]
        self._touch()
        self._write(MessageKind.ANSWER, step.text, by=by, from_office=True)
        self._move(Status.FORWARDED)
        self.clocks.stop(now=self.at)
        told = {} if self.report.secret else {"target": self.report.forwarded_to}
        self._remember("forwarded", by=by, public=True, **told)

    # merging.py

    def _merge(self, _step: Step) -> None:
        parent = self.context.told[self.draft.same_as or 0]
        by = self._person(_step)
        self.batch.add(
            Merging(
                child=self.report, parent_id=parent.pk, status_before=self.report.status, by=by, at=self.at
            )
        )
        self.report.merged_into_id = parent.pk
        self._touch()
        self._move(Status.MERGED)
        self.clocks.halt(now=self.at)
        self._remember("joined", by=by, public=True, other=parent.code)
        self.batch.remember(
            parent, "merged", by=by, now=self.at, facts={"other": self.report.code},
            office_id=self.context.office_at(self.draft.same_as or 0, self.at),
        )  # fmt: skip
