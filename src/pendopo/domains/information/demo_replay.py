"""One request of the demo city told from beginning to end, leaving the rows and lines that the real actions leave."""

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils import timezone

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import draft
from pendopo.base.calendar.public import working_calendar
from pendopo.base.cases import clocks
from pendopo.base.cases.models import AbstractClock, MessageKind, TaskStatus
from pendopo.base.organizations import tree
from pendopo.base.organizations.models import Membership, Organization, Role
from pendopo.base.registries.demo import City
from pendopo.domains.information import numbering, offices, task_clocks
from pendopo.domains.information.demo_asking import Ask
from pendopo.domains.information.demo_notices import GIVES, write_decision
from pendopo.domains.information.demo_states import step as to_state
from pendopo.domains.information.models import (
    Access,
    ConsequenceTest,
    DecisionKind,
    Extension,
    Form,
    IdentityProof,
    InformationRequest,
    Item,
    ItemStatus,
    ProofKind,
    RequestChannel,
    RequestClock,
    RequestContact,
    RequesterKind,
    RequestMessage,
    RequestStatus,
    SendWay,
    UnitTask,
)
from pendopo.kernel import clock
from pendopo.kernel.ids import ALPHABET

S, K = RequestStatus, DecisionKind
_HELP = "Dibacakan dan dituliskan oleh petugas loket."


class Rows(Protocol):
    """Where rows go until they are written."""

    history: list[Any]

    def add(self, row: Any) -> Any: ...


@dataclass
class Scene:
    """What all stories share: people, offices, entries that answers point to, tests that refusals rest on."""

    city: City
    body: Organization
    main: Organization
    atasan: Organization
    officers: list[User]
    decider: User
    sekda: User
    units: dict[str, Organization]
    people: dict[int, User]
    items: dict[int, list[Item]]
    tests: dict[int, list[ConsequenceTest]]

    @classmethod
    def of(cls, city: City) -> "Scene":
        main, atasan = offices.main_office(), offices.atasan_office()
        units = {office.slug: office for office in Organization.objects.filter(active=True)}
        people: dict[int, User] = {}
        rows = Membership.objects.filter(role__in=(Role.OFFICER, Role.HEAD)).select_related("user")
        for row in rows.order_by("-role", "pk"):  # an officer stands before the head
            people.setdefault(row.organization_id, row.user)
        items: dict[int, list[Item]] = {}
        shown = Item.objects.light().filter(status=ItemStatus.FIXED).exclude(category="DIKECUALIKAN")
        for item in shown.order_by("slug"):
            items.setdefault(item.office_id, []).append(item)
        tests: dict[int, list[ConsequenceTest]] = {}
        for test in ConsequenceTest.objects.filter(status="FIXED").order_by("code"):
            tests.setdefault(test.office_id, []).append(test)
        sekda = Membership.objects.get(organization=atasan, role=Role.HEAD, until=None).user
        coordinators = Membership.objects.filter(organization=main, role=Role.COORDINATOR).order_by("pk")
        deciders = [row.user for row in coordinators.select_related("user")]
        officers = Membership.objects.filter(organization=main, role=Role.OFFICER).order_by("pk")
        staff = [row.user for row in officers.select_related("user")]
        return cls(
            city, offices.body(), main, atasan, staff or deciders, deciders[0], sekda, units, people, items, tests
        )  # fmt: skip

    def tests_for(self, office: int) -> list[ConsequenceTest]:
        return self.tests.get(office) or next(iter(self.tests.values()))


class Replay:
    """One story. `at` moves forward and never past the city's day."""

    def __init__(self, scene: Scene, rows: Rows, ask: Ask, code: str) -> None:
        self.scene, self.rows, self.ask, self.code = scene, rows, ask, code
        self.rng: random.Random = scene.city.rng(f"request {ask.number}")
        self.now = scene.city.now
        self.at = ask.at
        self.officer = scene.officers[ask.number % len(scene.officers)]
        self.office = scene.units.get(ask.topic.office) or scene.main
        self.calendar = working_calendar(clocks.government_scope())
        self.clocks: dict[str, RequestClock] = {}

    def tell(self) -> InformationRequest:
        """The whole story; objections and disputes are told by `demo_objecting`."""
        self.request = self._arrive()
        end = self.ask.end
        if end == S.REGISTERED:
            return self._finish()
        self._identity()
        if end in (S.INCOMPLETE, S.LAPSED):
            self._incomplete(lapsed=end == S.LAPSED)
            return self._finish()
        self._begin()
        if end == S.WITHDRAWN:
            self._withdraw()
            return self._finish()
        self._units(answered=end != S.IN_PROGRESS or self.rng.random() < 0.4)
        if self.ask.extended and end != S.IN_PROGRESS:
            self._extend()
        if end == S.IN_PROGRESS:
            return self._finish()
        self._decide(K.FULL if end == S.GRANTED else K(end))
        if end != S.GRANTED and self.request.decision in GIVES:
            self._deliver()
        return self._finish()

    # -- time ----------------------------------------------------------------------------------------------

    def later(self, hours: float) -> dt.datetime:
        """Some hours on, in the past of the city."""
        self.at = min(self.at + dt.timedelta(hours=hours), self.now - dt.timedelta(minutes=5))
        return self.at

    def working_day(self, number: int) -> dt.datetime:
        """The working hours of the `number`-th working day after the request came, in the past of the city."""
        day = self.calendar.add(clock.local_date(self.ask.at), number)
        hour = dt.time(self.rng.randrange(8, 15), self.rng.randrange(60))
        moment = dt.datetime.combine(day, hour, timezone.get_current_timezone())
        self.at = min(max(moment, self.at + dt.timedelta(minutes=30)), self.now - dt.timedelta(minutes=5))
        return self.at

    # -- what every step needs -----------------------------------------------------------------------------

    def remember(
        self,
        verb: str,
        *,
        by: User | None,
        facts: Mapping[str, Any] | None = None,
        public: bool = False,
        label: str = "",
    ) -> None:
        self.rows.history.append(
            draft(
                actor=by, verb=f"information.{verb}", subject=self.request, organization=self.request.office_id,
                facts=facts, public=public, actor_label=label, at=self.at,
            )
        )  # fmt: skip

    def start(self, step: str) -> RequestClock:
        measured: RequestClock = clocks.new_clock(self.request, step, started_at=self.at)  # type: ignore[assignment]
        self.clocks[step] = self.rows.add(measured)
        return measured

    def stop(self, step: str) -> bool:
        return ended(self.clocks.pop(step), self.at)

    def say(self, kind: MessageKind, words: str, by: User | None) -> None:
        office = None if kind == MessageKind.REPLY else self.scene.main
        self.rows.add(
            RequestMessage(case=self.request, kind=kind, body=words, at=self.at, author=by, office=office)
        )

    # -- steps ---------------------------------------------------------------------------------------------

    def _arrive(self) -> InformationRequest:
        ask, scene, day = self.ask, self.scene, clock.local_date(self.ask.at)
        pattern = numbering.pattern_of(numbering.REQUESTS, on=day)
        taken = numbering.take(numbering.REQUESTS, scene.body, on=day, pattern=pattern)
        online = ask.channel in ("WEB", "EMAIL")
        self.request = InformationRequest(
            pk=tree.reserve_ids(InformationRequest, 1)[0], code=self.code,
            slug="".join(self.rng.choices(ALPHABET, k=10)).lower(), status=S.REGISTERED, office=scene.main,
            body=scene.body, year=taken.year, number=taken.number, registration=taken.written,
            entered_by=None if online else self.officer, channel=ask.channel, received_at=ask.at, updated_at=ask.at,
            requester_kind=ask.kind, by_proxy=ask.kind == RequesterKind.GROUP, details=ask.topic.details,
            purpose=ask.purpose, access=Access.COPY, form=Form.SOFT if online else Form.HARD,
            send_way=SendWay.ONLINE if online else SendWay.PICKUP,
            assistance=_HELP if ask.channel == "COUNTER" and ask.number % 7 == 0 else "",
        )  # fmt: skip
        self.rows.add(self.request)
        self.rows.add(
            RequestContact(
                case=self.request, name=ask.name, email=ask.email, phone=ask.phone, address=ask.address,
                occupation=ask.occupation, proxy_for="Warga RW 03" if ask.kind == RequesterKind.GROUP else "",
            )
        )  # fmt: skip
        self.start("answer")
        facts = {"channel": RequestChannel(self.request.channel).label, "registration": taken.written}
        if online:
            self.remember("received", by=None, label="Pemohon", public=True, facts=facts)
        else:
            self.remember("entered", by=self.officer, public=True, facts=facts)
        return self.request

    def _identity(self) -> None:
        """Looked at, found good, destroyed."""
        self.later(self.rng.uniform(0.5, 20))
        kind = ProofKind.DEED if self.ask.kind == RequesterKind.LEGAL_ENTITY else ProofKind.KTP
        self.rows.add(
            IdentityProof(
                case=self.request, kind=kind, number_hash=f"{self.rng.getrandbits(256):064x}", given_at=self.ask.at,
                accepted=True, judged_by=self.officer, judged_at=self.at, destroyed_at=self.at,
            )
        )  # fmt: skip
        self.remember(
            "identity_accepted", by=self.officer, public=True, facts={"kind": ProofKind(kind).label}
        )

    def _begin(self) -> None:
        self.request.handler = self.officer
        self.remember("taken", by=self.officer)
        self.later(0.4)
        to_state(self.request, S.IN_PROGRESS)
        self.remember("started", by=self.officer, public=True)

    def _incomplete(self, *, lapsed: bool) -> None:
        """Asked for what is missing; the time stands still for the requester."""
        self.later(2)
        to_state(self.request, S.INCOMPLETE)
        answer = self.clocks["answer"]
        answer.pauses, answer.paused = [[clock.local_date(self.at).isoformat(), None]], True
        clocks.compute(answer, InformationRequest.KIND)
        self.start("complete")
        self.say(MessageKind.QUESTION, "Sebutkan tahun dan nama dokumen yang Anda maksud.", self.officer)
        self.remember("incomplete", by=self.officer, public=True)
        if lapsed:
            self.at = min(self.at + dt.timedelta(days=8), self.now - dt.timedelta(minutes=5))
            to_state(self.request, S.LAPSED)
            self.stop("complete")
            self.stop("answer")
            self.remember("lapsed", by=None, public=True)

    def _withdraw(self) -> None:
        self.later(self.rng.uniform(4, 60))
        to_state(self.request, S.WITHDRAWN)
        self.stop("answer")
        self.remember("withdrawn", by=None, label="Pemohon", public=True)

    def _units(self, *, answered: bool) -> None:
        """One or two units look for it."""
        asked = [self.office, *([self.scene.units["bappeda"]] if self.rng.random() < 0.15 else [])]
        self.later(1)
        for office in dict.fromkeys(asked):
            if office == self.scene.main:
                continue
            task = UnitTask(
                case=self.request, office=office, asked_by=self.officer, asked_at=self.at,
                instruction=f"Mohon dicarikan: {self.ask.topic.title.lower()}. Sebutkan bila ada yang dikecualikan.",
            )  # fmt: skip
            task.pk = tree.reserve_ids(UnitTask, 1)[0]
            measured = task_clocks.new(task, due_on=None, now=self.at)
            self.rows.add(task)
            self.rows.add(measured)
            self.remember("task_added", by=self.officer, facts={"target": office.name})
            if answered:
                self._answered(task, measured)

    def _answered(self, task: UnitTask, measured: AbstractClock) -> None:
        by = self.scene.people.get(task.office_id, self.officer)
        before = self.at
        self.working_day(min(self.ask.days, self.rng.randrange(1, 5)))
        to_state(task, TaskStatus.DONE)
        task.accepted_at, task.done_at = before, self.at
        task.held = self.ask.end != K.NOT_HELD
        task.result = (
            "Dokumen ada dan sudah kami lampirkan."
            if task.held
            else "Dokumen ini tidak dibuat oleh kantor kami."
        )
        ended(measured, self.at)
        self.remember("task_done", by=by, facts={"target": task.office.name})
        self.at = max(self.at, before)

    def _extend(self) -> None:
        self.working_day(min(9, self.ask.days))
        answer = self.clocks["answer"]
        rule = clocks.rule_for(InformationRequest.KIND, "extend", case_class="", on=clock.local_date(self.at))
        before = answer.due_on
        assert before is not None  # it runs
        answer.amount, answer.extended_days = answer.amount + rule.amount, rule.amount
        clocks.compute(answer, InformationRequest.KIND)
        self.rows.add(
            Extension(
                case=self.request, reason_kind=Extension.Reason.NOT_DOCUMENTED, days=rule.amount, due_before=before,
                due_after=answer.due_on or before, rule=rule, by=self.officer, at=self.at,
                reason="Dokumen tersimpan di gudang arsip dan perlu disalin lebih dahulu.",
            )
        )  # fmt: skip
        self.request.extended = True
        facts = {"days": rule.amount, "old": before, "new": answer.due_on}
        self.remember("extended", by=self.officer, public=True, facts=facts)

    def _decide(self, kind: DecisionKind) -> None:
        self.working_day(self.ask.days)
        answer, request = self.clocks["answer"], self.request
        request.answer_days = self.calendar.count(answer.started_on, clock.local_date(self.at), ())
        request.decided_in_time = self.stop("answer")
        write_decision(self, kind, sequence=1, in_time=request.decided_in_time)
        if kind in GIVES:
            self.start("deliver")
        self.start("objection")
        if self.rng.random() < 0.9:
            request.log_title, request.log_topic = self.ask.topic.title, self.ask.topic.topic

    def _deliver(self) -> None:
        self.later(self.rng.uniform(0.2, 40))
        to_state(self.request, S.DELIVERED)
        self.request.delivered_at = self.at
        self.stop("deliver")
        self.remember("delivered", by=self.officer, public=True)

    def _finish(self) -> InformationRequest:
        """What the actions keep on the row: the end, the nearest limit, the last change."""
        request = self.request
        request.updated_at = self.at
        request.closed_at = self.at if request.status in request.final_statuses() else None
        window = self.clocks.get("objection")
        if window is not None and window.due_on and window.due_on < clock.local_date(self.now):
            ended(self.clocks.pop("objection"), clock.end_of_day(window.due_on))  # it closed by itself
        running = [
            (one.due_on, step, one.paused) for step, one in self.clocks.items() if one.stopped_at is None
        ]
        clocks.set_due(request, running)
        return request


def ended(measured: AbstractClock, at: dt.datetime) -> bool:
    """Stop a clock as `clocks.stop` does; True when it was in time."""
    measured.stopped_at, measured.next_look_on = at, None
    measured.in_time = measured.due_on is None or clock.local_date(at) <= measured.due_on
    return measured.in_time
