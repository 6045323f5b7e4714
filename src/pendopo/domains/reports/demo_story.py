"""What happens to a demo report: a planned path of dated steps, cut off at the day of building.

Each step is one act of the reports room (verify, classify, urgency, assign, give_back, take, look, answer,
ask, reply, note, task, task_done, propose, check, confirm, rate, reopen, close_officer, close_timer, archive,
forward, merge), so that a builder can replay it without deciding anything.
"""

import datetime as dt
import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from pendopo.domains.reports.demo_topics import Topic
from pendopo.domains.reports.demo_writer import (
    Scene,
    closing_words,
    first_answer,
    question_and_reply,
    sentence,
)
from pendopo.domains.reports.models import FINAL, Status

INTAKE = "diskominfo"
# The status after an act, where the act changes it; `check` says "ya" or "belum".
AFTER = {
    "verify": Status.VERIFIED, "assign": Status.ASSIGNED, "give_back": Status.VERIFIED,
    "take": Status.IN_PROGRESS, "answer": Status.IN_PROGRESS, "ask": Status.AWAITING_INFO,
    "reply": Status.IN_PROGRESS, "reopen": Status.REOPENED, "archive": Status.ARCHIVED,
    "merge": Status.MERGED, "forward": Status.FORWARDED, "confirm": Status.CLOSED_BY_CITIZEN,
    "close_officer": Status.CLOSED_BY_OFFICER, "close_timer": Status.CLOSED_BY_SYSTEM,
}  # fmt: skip
# Working days in which an office usually finishes, and the statutory limit it sometimes misses.
_PACE = {"ORDINARY": (5.0, 14), "SUPERVISORY": (22.0, 60), "ASPIRATION": (2.2, 5), "INFORMATION": (1.6, 5)}
LATE, STUCK = 0.055, 0.005  # shares finished after the limit, and of the last months forgotten so far
FORGOTTEN_DAYS = 100
DUTY = 0.6  # share that the duty roster verifies, also in the evening and at the weekend
REPLY_DAYS = 10  # calendar days a citizen has, for a question as for a confirmation


@dataclass(frozen=True)
class Step:
    """One act. `actor` is coordinator, officer, checker, head, citizen or system; `office` where it happens.

    `text` are the words written; `extra` what else the act needs: the class of verify (empty: as it is), the
    category of classify, the level of urgency, the other office of assign and task, the reason of archive,
    the addressee of forward, "ya" or "belum" of check, stars of rate.
    """

    at: dt.datetime
    act: str
    actor: str
    office: str
    text: str = ""
    extra: str = ""


def status_after(story: Sequence[Step]) -> Status:
    """Where a report stands when its story is told so far."""
    status = Status.RECEIVED
    for step in story:
        accepted = step.act == "check" and step.extra == "ya"
        status = Status.ANSWERED if accepted else AFTER.get(step.act, status)
    return status


@dataclass
class Plan:
    """A story in the making: a running clock that keeps to office hours where offices act.

    `automatic` is the office to which a rule hands the report over on arrival, `local` the kelurahan office,
    `chosen` the category the citizen chose;
    nobody is asked who left no way to be reached, and a secret report is nobody else's business.
    """

    rng: random.Random
    topic: Topic
    scene: Scene
    now: dt.datetime
    at: dt.datetime
    report_class: str
    closed_days: Collection[dt.date]
    name_of: Callable[[str], str]
    automatic: str = ""
    local: str = ""
    secret: bool = False
    reachable: bool = True
    chosen: str = ""
    steps: list[Step] = field(default_factory=list)

    def step(self, act: str, actor: str, office: str, text: str = "", extra: str = "") -> None:
        self.steps.append(Step(self.at, act, actor, office, text, extra))

    def work(self, days: float) -> None:
        """Go on by working days (a fraction is hours of a day), to a minute within office hours."""
        moment = self._opened(self.at)
        whole, rest = int(days), days - int(days)
        for _ in range(whole):
            moment = self._opened(moment + dt.timedelta(days=1))
        moment = self._opened(moment + dt.timedelta(hours=8 * rest, minutes=self.rng.randint(3, 50)))
        self.at = max(moment, self.at + dt.timedelta(minutes=1)).replace(microsecond=0)

    def wait(self, days: float) -> None:
        """Go on by calendar days; citizens answer at any hour of the day."""
        self.at += dt.timedelta(days=days, minutes=self.rng.randint(1, 59))
        self.at = self.at.replace(microsecond=0)

    def _opened(self, moment: dt.datetime) -> dt.datetime:
        while True:
            open_day = moment.weekday() < 5 and moment.date() not in self.closed_days
            if open_day and moment.hour < 15:
                return moment if moment.hour >= 8 else moment.replace(hour=8, minute=self.rng.randint(1, 55))
            morning = self.rng.randint(8, 10)
            moment = (moment + dt.timedelta(days=1)).replace(hour=morning, minute=self.rng.randint(1, 55))

    def duty(self, days: float) -> None:
        """Go on by calendar days to an hour of the duty roster, which knows no weekend."""
        moment = self.at + dt.timedelta(days=days, minutes=self.rng.randint(2, 30))
        if not 7 <= moment.hour < 21:
            moment += dt.timedelta(days=moment.hour >= 21)
            moment = moment.replace(hour=7, minute=self.rng.randint(2, 58))
        self.at = moment.replace(microsecond=0)

    def forgotten(self) -> bool:
        """Nobody did the next thing until now; what is older than some months was found and finished."""
        young = self.now - self.at < dt.timedelta(days=FORGOTTEN_DAYS)
        return self.rng.random() < STUCK and young

    @property
    def over(self) -> bool:
        return self.at > self.now

    def done(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.at <= self.now)


def ended_at(story: Sequence[Step]) -> dt.datetime | None:
    """When a report first ended in its story, None while it has not."""
    return next((step.at for step in story if AFTER.get(step.act) in FINAL), None)


def tell(
    plan: Plan, office: str, *, wrong: str, duplicate_until: dt.datetime | None, words: int
) -> tuple[Step, ...]:
    """The whole story of one report that belongs to `office`; `wrong` is a likely mistake of the desk.

    Until `duplicate_until` it may be merged into its twin, which has ended after that. None: it has no twin.
    """
    rng = plan.rng
    if plan.automatic:
        _sent_on(plan, office)
    else:
        if rng.random() < DUTY:
            plan.duty(rng.expovariate(1 / 0.2))
        else:
            plan.work(rng.expovariate(1 / 0.35) if rng.random() > 0.05 else rng.uniform(3.5, 6))
        if _sorted_out(plan, duplicate_until=duplicate_until, words=words):
            return plan.done()
        _verified(plan)
        _assigned(plan, office, wrong)
    if plan.over:
        return plan.done()
    if plan.forgotten():
        return plan.done()
    plan.work(rng.expovariate(1 / 0.8))
    plan.step("take", "officer", office)
    if rng.random() < 0.08:
        plan.step("look", "officer", office, "menghubungi pelapor sebelum ke lokasi")
    if rng.random() < 0.14:
        plan.step("note", "officer", office, sentence("catatan", plan.topic.key, plan.scene))
    if rng.random() < 0.55:
        plan.work(rng.uniform(0.1, 1.5))
        plan.step("answer", "officer", office, first_answer(plan.topic.key, plan.scene))
    if plan.reachable and rng.random() < 0.09 and not _asked(plan, office):
        return plan.done()
    if rng.random() < 0.06:
        _helped(plan, office)
    if plan.forgotten():
        return plan.done()
    _finished(plan, office)
    _ended(plan, office)
    return plan.done()


def _sent_on(plan: Plan, office: str) -> None:
    """A trusted rule hands over seconds after arrival; a wrong guess comes back to the koordinator."""
    plan.at += dt.timedelta(seconds=plan.rng.randint(2, 9))
    plan.step("verify", "system", INTAKE)
    plan.step("assign", "system", INTAKE, extra=plan.automatic)
    if plan.automatic != office:
        _came_back(plan, plan.automatic, office)
        plan.step("assign", "coordinator", INTAKE, extra=office)


def _verified(plan: Plan) -> None:
    """Looked at by the koordinator, who also puts right what the citizen chose."""
    rng = plan.rng
    plan.step("verify", "coordinator", INTAKE, extra=plan.report_class)
    if plan.chosen not in ("", plan.topic.category) and rng.random() < 0.6:
        plan.step("classify", "coordinator", INTAKE, extra=plan.topic.category)
    if plan.topic.urgency < 3:
        plan.step("urgency", "coordinator", INTAKE, extra=str(plan.topic.urgency))


def _sorted_out(plan: Plan, *, duplicate_until: dt.datetime | None, words: int) -> bool:
    """Archived, merged or forwarded at the first desk."""
    rng, scene = plan.rng, plan.scene
    if plan.topic.key == "luar-wewenang" and rng.random() < 0.85:
        plan.step("verify", "coordinator", INTAKE, extra=plan.report_class)
        plan.work(rng.uniform(0.1, 1))
        to = sentence("luar", "umum", scene).rstrip(".")
        plan.step("forward", "coordinator", INTAKE, sentence("luar-jelas", "umum", scene), to)
        return True
    if duplicate_until is not None and plan.at < duplicate_until and rng.random() < 0.35:
        plan.step("merge", "coordinator", INTAKE)
        return True
    if rng.random() < (0.09 if words < 8 else 0.016):
        reasons = ("UNCLEAR",) if words < 8 else ("NO_EVIDENCE", "NOT_GOVERNMENT", "SARA", "WITHDRAWN")
        reason = rng.choice(reasons)
        text = sentence(f"arsip-{reason.lower()}", "umum", scene)
        plan.step("archive", "coordinator", INTAKE, text, reason)
        return True
    return False


def _assigned(plan: Plan, office: str, wrong: str) -> None:
    """Handed to an office, the wrong one now and then."""
    rng = plan.rng
    instruction = sentence("arahan", plan.topic.key, plan.scene) if rng.random() < 0.4 else ""
    plan.at += dt.timedelta(minutes=rng.randint(1, 12))
    if rng.random() < 0.075 and wrong != office:
        plan.step("assign", "coordinator", INTAKE, instruction, wrong)
        _came_back(plan, wrong, office)
    plan.step("assign", "coordinator", INTAKE, instruction, office)


def _came_back(plan: Plan, wrong: str, office: str) -> None:
    rng = plan.rng
    plan.work(rng.uniform(0.2, 2))
    plan.scene.office_name = plan.name_of(office)
    plan.step("give_back", "officer", wrong, sentence("kembali", plan.topic.key, plan.scene))
    plan.work(rng.uniform(0.05, 0.8))


def _helped(plan: Plan, office: str) -> None:
    """The kelurahan does a part: looks at the spot, tells the neighbours."""
    rng = plan.rng
    if plan.secret or not plan.topic.placed or plan.local in ("", office):
        return
    plan.work(rng.uniform(0.1, 1))
    instruction = sentence("tugas", plan.topic.key, plan.scene)
    plan.step("task", "officer", office, instruction, plan.local)
    if rng.random() < 0.9:
        plan.work(rng.uniform(0.2, 2.5))
        plan.step("task_done", "officer", plan.local, sentence("tugas-hasil", plan.topic.key, plan.scene))


def _asked(plan: Plan, office: str) -> bool:
    """A question to the citizen; False when no reply came and the report was archived."""
    rng = plan.rng
    question, reply = question_and_reply(plan.topic.key, plan.scene)
    plan.work(rng.uniform(0.1, 1.5))
    plan.step("ask", "officer", office, question)
    if rng.random() < 0.8:
        plan.wait(min(9.5, rng.expovariate(1 / 2.2)))
        plan.step("reply", "citizen", office, reply)
        return True
    plan.wait(REPLY_DAYS + 1)
    plan.at = plan.at.replace(hour=1, minute=10)
    plan.step("archive", "system", office, sentence("arsip-expired", "umum", plan.scene), "EXPIRED")
    return False


def _finished(plan: Plan, office: str) -> None:
    """The work itself, and its closing with proof that a second person checks."""
    rng = plan.rng
    usual, limit = _PACE[plan.report_class]
    if rng.random() < LATE:
        plan.work(limit + rng.uniform(1, 14))
    else:
        plan.work(min(limit - 2, rng.gammavariate(1.7, usual / 1.7)))
    if rng.random() < 0.04:
        plan.step("propose", "officer", office, closing_words(plan.topic.key, plan.scene))
        plan.work(rng.uniform(0.05, 0.6))
        plan.step("check", "checker", office, sentence("periksa", plan.topic.key, plan.scene), "belum")
        plan.work(rng.uniform(0.3, 2))
    plan.step("propose", "officer", office, closing_words(plan.topic.key, plan.scene))
    plan.work(rng.uniform(0.02, 0.7))
    plan.step("check", "checker", office, extra="ya")


def _ended(plan: Plan, office: str) -> None:
    """Confirmed, reopened, closed by an officer for the citizen, or closed when ten days are over."""
    rng, topic, scene = plan.rng, plan.topic.key, plan.scene
    if rng.random() < 0.035:
        plan.wait(rng.uniform(0.3, 8))
        plan.step("reopen", "citizen", office, sentence("buka-lagi", topic, scene))
        plan.work(rng.uniform(0.2, 1.5))
        plan.step("answer", "officer", office, first_answer(topic, scene))
        _finished(plan, office)
    answered, dice = plan.at, rng.random()
    if dice < 0.63:
        plan.at = (answered + dt.timedelta(days=REPLY_DAYS + 1)).replace(hour=1, minute=5)
        plan.step("close_timer", "system", office)
    elif dice < 0.91:
        plan.wait(min(9.0, rng.expovariate(1 / 2.0)))
        plan.step("confirm", "citizen", office)
        if rng.random() < 0.66:
            stars = rng.choices((5, 4, 3, 2, 1), (44, 30, 14, 7, 5))[0]
            comment = sentence("puas" if stars > 3 else "kurang", topic, scene) if rng.random() < 0.6 else ""
            plan.step("rate", "citizen", office, comment, str(stars))
    else:
        plan.work(rng.uniform(1, 4))
        plan.step("close_officer", "officer", office, sentence("tutup-petugas", topic, scene))
