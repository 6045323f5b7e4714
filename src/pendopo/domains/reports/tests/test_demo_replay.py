"""A demo report cannot be told from one that went the same way through the real actions."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models import Model

from pendopo.base.accounts.models import User
from pendopo.base.audit.models import Entry
from pendopo.base.registries.demo import City
from pendopo.domains.reports import demo
from pendopo.domains.reports.actions import closing, intake, merging, moderation, routing, tasks, work
from pendopo.domains.reports.demo_build_replay import NOT_NEEDED
from pendopo.domains.reports.demo_desks import sampled
from pendopo.domains.reports.demo_sampling import ReportDraft
from pendopo.domains.reports.demo_story import Step
from pendopo.domains.reports.models import Category, Draft, Report, ReportTask, RoutingPolicy, Status
from pendopo.domains.reports.tests.demo_city import kept_for_module, prepared
from pendopo.kernel import clock

pytestmark = pytest.mark.django_db
N = 900
TWO_EACH = 2  # stories with every act, so many of each

# The line of history that an act leaves, by which its actor is found.
VERB = {
    "verify": "verified", "assign": "assigned", "give_back": "returned", "take": "taken", "answer": "answered",
    "look": "contact_viewed", "ask": "asked", "note": "noted", "task": "task_added", "task_done": "task_done",
    "propose": "closing_proposed", "classify": "classified", "urgency": "urgency_set", "archive": "archived",
    "forward": "forwarded", "merge": "joined", "close_officer": "closed_by_officer",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def drafts(django_db_setup: Any, django_db_blocker: Any) -> Iterator[list[ReportDraft]]:
    def build() -> list[ReportDraft]:
        city = prepared()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(demo, "PHOTOS", 15)  # one of each scene
            demo.build_year(city, N)
        RoutingPolicy.objects.update(automatic=False)  # what a machine may do is tested in test_routing
        return sampled(city, N).drafts

    yield from kept_for_module(django_db_blocker, build)


class Walker:
    """The real actions, called by the people who did it in the demo city."""

    def __init__(self, draft: ReportDraft, built: Report) -> None:
        self.draft, self.built = draft, built
        self.acts = list(Entry.objects.about(built).order_by("at", "pk").select_related("actor"))

    def walk(self) -> Report:
        self.pk = self._arrive().pk
        for step in self.draft.story:
            act: Callable[[Step, dict[str, Any]], None] = getattr(self, f"_{step.act}")
            act(step, {"report_id": self.pk, "now": step.at})
        return Report.objects.get(pk=self.pk)

    def _by(self, step: Step) -> User:
        verb = (
            "closing_refused"
            if (step.act, step.extra) == ("check", "belum")
            else VERB.get(step.act, "answer_checked")
        )
        actor = next(a.actor for a in self.acts if a.verb == f"reports.{verb}" and a.at == step.at)
        assert actor is not None
        return actor

    def _arrive(self) -> Report:
        d, built = self.draft, self.built
        new = intake.NewReport(
            category=Category.objects.get(pk=d.category_key), text=d.text, region_code=d.kelurahan,
            address=f"{d.address}, {d.landmark}", latitude=d.latitude, longitude=d.longitude,
            anonymous=d.anonymous, secret=d.secret, name=d.reporter.name, email=d.reporter.email,
            phone=d.reporter.phone, channel=d.channel, external_number=built.external_number,
            photos=[row.file for row in built.attachments.filter(role="PHOTO")],
        )  # fmt: skip
        if built.entered_by is not None:
            return intake.enter(new=new, by=built.entered_by, now=d.when)
        draft = Draft.objects.create(created_at=d.when, updated_at=d.when)
        return intake.receive(draft=draft, new=new, by=built.reporter, now=d.when)

    def _verify(self, step: Step, to: dict[str, Any]) -> None:
        routing.verify(**to, report_class=step.extra, by=self._by(step))

    def _assign(self, step: Step, to: dict[str, Any]) -> None:
        handed = self.built.handovers.get(at=step.at)
        routing.assign(**to, office_id=handed.target_id, instruction=step.text, by=self._by(step))

    def _give_back(self, step: Step, to: dict[str, Any]) -> None:
        routing.give_back(**to, reason=step.text, by=self._by(step))

    def _take(self, step: Step, to: dict[str, Any]) -> None:
        work.take(**to, by=self._by(step))

    def _answer(self, step: Step, to: dict[str, Any]) -> None:
        work.answer(**to, body=step.text, by=self._by(step))

    def _ask(self, step: Step, to: dict[str, Any]) -> None:
        work.ask(**to, body=step.text, by=self._by(step))

    def _note(self, step: Step, to: dict[str, Any]) -> None:
        work.note(**to, body=step.text, by=self._by(step))

    def _task(self, step: Step, to: dict[str, Any]) -> None:
        asked = self.built.tasks.get()
        part = tasks.Part(asked.office_id, step.text)
        tasks.share(**to, parts=[part], by=self._by(step))

    def _task_done(self, step: Step, to: dict[str, Any]) -> None:
        task = ReportTask.objects.get(case=self.pk)
        tasks.finish(task_id=task.pk, result=step.text, by=self._by(step), now=step.at)

    def _propose(self, step: Step, to: dict[str, Any]) -> None:
        for task in ReportTask.objects.filter(case=self.pk).live():
            tasks.cancel(task_id=task.pk, reason=NOT_NEEDED, by=self._by(step), now=step.at)
        proofs = [row.file for row in self.built.attachments.filter(role="PROOF", at=step.at)]
        closing.propose_closing(**to, summary=step.text, files=proofs, by=self._by(step))

    def _check(self, step: Step, to: dict[str, Any]) -> None:
        closing.check_closing(**to, accept=step.extra == "ya", remark=step.text, by=self._by(step))

    def _reply(self, step: Step, to: dict[str, Any]) -> None:
        closing.reply(**to, holding=[self.pk], by=None, body=step.text)

    def _confirm(self, _step: Step, to: dict[str, Any]) -> None:
        closing.confirm(**to, holding=[self.pk], by=None, stars=None, comment="")

    def _rate(self, step: Step, to: dict[str, Any]) -> None:
        closing.rate(**to, holding=[self.pk], by=None, stars=int(step.extra), comment=step.text)

    def _reopen(self, step: Step, to: dict[str, Any]) -> None:
        today = clock.local_date(step.at)
        closing.reopen(**to, holding=[self.pk], by=None, reason=step.text, today=today)

    def _close_officer(self, step: Step, to: dict[str, Any]) -> None:
        closing.close_for_citizen(**to, reason=step.text, by=self._by(step))

    def _close_timer(self, step: Step, to: dict[str, Any]) -> None:
        assert closing.close_by_timer(**to, today=clock.local_date(step.at))

    def _classify(self, step: Step, to: dict[str, Any]) -> None:
        as_it_is = Report.objects.get(pk=self.pk).report_class
        category = Category.objects.get(pk=step.extra)
        moderation.classify(**to, category=category, report_class=as_it_is, by=self._by(step))

    def _urgency(self, step: Step, to: dict[str, Any]) -> None:
        moderation.set_urgency(**to, urgency=int(step.extra), by=self._by(step))

    def _look(self, step: Step, to: dict[str, Any]) -> None:
        moderation.open_contact(**to, purpose=step.text, by=self._by(step))

    def _archive(self, step: Step, to: dict[str, Any]) -> None:
        if step.actor == "system":
            assert moderation.archive_unanswered(**to, today=clock.local_date(step.at))
        else:
            moderation.archive(**to, reason=step.extra, explanation=step.text, by=self._by(step))

    def _forward(self, step: Step, to: dict[str, Any]) -> None:
        moderation.forward_outside(**to, to=step.extra, explanation=step.text, by=self._by(step))

    def _merge(self, step: Step, to: dict[str, Any]) -> None:
        assert self.built.merged_into is not None
        parent = Report.objects.filter(pk=self.built.merged_into.pk)
        today = parent.values("status", "version", "updated_at").get()
        parent.update(status=Status.IN_PROGRESS)  # as it was then; its own story has been told to the end
        merging.merge(
            into=self.built.merged_into.pk, children=[to["report_id"]], by=self._by(step), now=to["now"]
        )
        parent.update(**today)


OF_THE_REPORT = (
    "status", "office_id", "handler_id", "reporter_id", "entered_by_id", "channel", "external_number", "language",
    "secret", "anonymous", "shown_name", "urgency", "received_at", "updated_at", "closed_at", "due_at", "due_step",
    "paused", "version", "category_id", "report_class", "text", "public_text", "address", "region_id", "cell",
    "waited_from", "archive_reason", "forwarded_to", "merged_into_id", "answered_at", "verified_in_time",
    "answered_in_time", "reopened_count", "closure_proposed",
)  # fmt: skip
OF_ITS_PARTS = {
    "clocks": (
        "step", "rule_id", "amount", "unit", "started_at", "started_on", "pauses", "paused", "due_on", "alarm_on",
        "stopped_at", "in_time",
    ),
    "messages": ("kind", "body", "at", "author_id", "office_id"),
    "handovers": (
        "source_id", "target_id", "automatic", "instruction", "by_id", "at", "returned_at", "return_reason",
    ),
    "closures": (
        "summary", "proposed_by_id", "proposed_at", "checked_by_id", "checked_at", "accepted", "remark",
    ),
    "mergings": ("parent_id", "status_before", "by_id", "at", "ended_at"),
    "ratings": ("stars", "comment", "round", "at"),
    "tasks": (
        "office_id", "status", "instruction", "result", "end_reason", "due_on", "asked_by_id", "asked_at", "done_at",
    ),
}  # fmt: skip
OF_HISTORY = ("verb", "at", "actor_id", "actor_label", "organization_id", "facts", "public", "restricted")


def values(row: Model, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def everything(report: Report) -> dict[str, Any]:
    """All that a report is and has, without numbers of rows. What others did to it (merged) is theirs."""
    history = Entry.objects.about(report).exclude(verb="reports.merged").order_by("at", "pk")
    contact = values(report.contact, ("name", "email", "phone"))
    parts = {
        name: sorted((values(row, names) for row in getattr(report, name).all()), key=str)
        for name, names in OF_ITS_PARTS.items()
    }
    files = report.attachments.values_list("file", "role", "public", "at", "message__at", "message__kind")
    return {
        "files": sorted(files, key=str),
        "report": values(report, OF_THE_REPORT),
        "contact": contact,
        **parts,
        "history": [values(row, OF_HISTORY) for row in history],
    }


def chosen(drafts: list[ReportDraft]) -> list[ReportDraft]:
    """Stories that together hold every act twice; none that a machine began."""
    found: dict[int, ReportDraft] = {}
    seen: dict[str, int] = {}
    for draft in drafts:
        acts = {
            f"{step.act} {step.extra}" if step.act in ("check", "archive") else step.act
            for step in draft.story
        }
        if draft.story and draft.story[0].actor == "system":
            continue
        rare = [act for act in acts if seen.get(act, 0) < TWO_EACH]
        if rare or draft.own:
            found[draft.number] = draft
            for act in acts:
                seen[act] = seen.get(act, 0) + 1
    return list(found.values())


def test_each_story_leaves_what_the_real_actions_leave(drafts: list[ReportDraft]):
    sample = chosen(drafts)
    acts = {step.act for draft in sample for step in draft.story}
    assert acts >= {*VERB, "check", "confirm", "rate", "reopen", "reply", "close_timer"}
    codes = demo._codes(City(now=dt.datetime.now(dt.UTC)), N)
    for draft in sample:
        built = Report.objects.get(code=codes[draft.number][0])
        expected = everything(built)
        walked = Walker(draft, built).walk()
        assert everything(walked) == expected, (draft.number, [step.act for step in draft.story])


def test_a_machine_hands_over_on_arrival_as_the_real_one_does(drafts: list[ReportDraft]):
    codes = demo._codes(City(now=dt.datetime.now(dt.UTC)), N)
    alone = [d for d in drafts if d.story and d.story[0].actor == "system"]
    assert alone
    for draft in alone:
        report = Report.objects.get(code=codes[draft.number][0])
        verbs = list(
            Entry.objects.about(report).order_by("at", "pk").values_list("verb", "actor_label", "at")
        )[:3]
        assert [verb for verb, _label, _at in verbs[1:]] == [
            "reports.verified",
            "reports.assigned_automatically",
        ]
        assert {label for _verb, label, _at in verbs[1:]} == {"Sistem"}
        assert verbs[2][2] - draft.when < dt.timedelta(seconds=10)
        first = report.handovers.first()
        assert first is not None
        assert first.automatic
        assert first.rule is not None
        assert first.rule.automatic
        assert first.by is None
        assert report.verified_in_time
