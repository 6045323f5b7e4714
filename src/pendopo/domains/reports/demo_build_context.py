"""What all demo stories of a run share: the day, the people, rules, files, and who was told already."""

import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from pendopo.base.files.models import File
from pendopo.base.organizations.public import offices_for_regions
from pendopo.base.registries.demo import City
from pendopo.domains.reports.demo_build_people import Cast
from pendopo.domains.reports.demo_rules import RULES_SINCE, WORDS_SINCE, RuleSeed, first_fit
from pendopo.domains.reports.demo_sampling import ReportDraft
from pendopo.domains.reports.demo_story import Step, status_after
from pendopo.domains.reports.models import FINAL, Category, Handover, Report, RoutingRule, Suggestion
from pendopo.domains.reports.words import words_and_pairs

Origin = Handover.Origin
_OF_PLACE = "Tempat kejadian di wilayah {office}"
_BY_WORDS = 0.78  # how often the words named the right office first


@dataclass(frozen=True)
class Hint:
    """What the routing suggested first when a report arrived."""

    origin: str
    office_id: int
    rule: RoutingRule | None = None
    score: float | None = None
    words: list[str] = field(default_factory=list)


@dataclass
class Context:
    """`told` are reports that others may be merged into, by the number of their draft."""

    city: City
    now: dt.datetime
    cast: Cast
    categories: dict[str, Category]
    rules: dict[str, RoutingRule]
    photos: dict[str, list[File]]
    told: dict[int, Report] = field(default_factory=dict)
    _moves: dict[int, list[tuple[dt.datetime, int]]] = field(default_factory=lambda: defaultdict(list))
    _names: dict[int, str] = field(default_factory=dict)
    _local: dict[str, Any] = field(default_factory=dict)

    def rng_of(self, number: int) -> random.Random:
        """Dice of one report, so that a run that was interrupted goes on as it began."""
        return self.city.rng(f"report {number}")

    def ends_open(self, draft: ReportDraft) -> bool:
        return status_after(draft.story) not in FINAL

    def office_name(self, pk: int) -> str:
        if not self._names:
            self._names = {office.pk: office.name for office in self.cast.offices.values()}
        return self._names[pk]

    def moved(self, number: int, at: dt.datetime, office_id: int) -> None:
        self._moves[number].append((at, office_id))

    def office_at(self, number: int, at: dt.datetime) -> int:
        """Where a report lay at a moment."""
        moves = self._moves.get(number)
        if moves is None:  # told by an earlier run: where it lies now
            return self.told[number].office_id
        before = [office for since, office in moves if since <= at]
        return before[-1] if before else self.cast.intake.pk

    def hint_for(self, draft: ReportDraft) -> Hint:
        """A rule of that day, else the words once there was a model, else the place."""
        rule = self._rule(draft)
        local = self._local_office(draft.kelurahan)
        if rule is not None:
            office_id = self.cast.offices[rule.office].pk if rule.office else local.pk
            return Hint(Origin.RULE, office_id, self.rules[rule.name])
        if self._since(draft, WORDS_SINCE):
            dice = self.city.rng(f"words {draft.number}")
            right = dice.random() < _BY_WORDS
            slug = draft.true_office if right else dice.choice(("dpu", "dlh", "satpol-pp", "dishub"))
            words = [word for word in words_and_pairs(draft.text) if len(word) > 5 and " " not in word][:3]
            score = round(dice.uniform(0.55 if right else 0.3, 0.95 if right else 0.7), 2)
            return Hint(Origin.TEXT, self.cast.offices[slug].pk, score=score, words=words)
        return Hint(Origin.PLACE, local.pk)

    def suggestions(self, report: Report, hint: Hint) -> list[Suggestion]:
        """The rows that `routing.suggest` left on arrival: the hint, then the place."""
        if hint.rule is not None:
            reason = f"Aturan {hint.rule.order}: {hint.rule.name}"
        elif hint.score is not None:
            share = round(hint.score * 100)
            reason = f"Isi laporan mirip laporan yang dikerjakan kantor ini (kepastian {share} %)"
        else:
            reason = _OF_PLACE.format(office=self.office_name(hint.office_id))
        rows = [
            Suggestion(
                case=report, rank=1, office_id=hint.office_id, origin=hint.origin, rule=hint.rule,
                score=hint.score, reason=reason, words=hint.words,
            )
        ]  # fmt: skip
        local = self._local_office(report.region_id)
        if local.pk != hint.office_id:
            reason = _OF_PLACE.format(office=local.name)
            rows.append(Suggestion(case=report, rank=2, office=local, origin=Origin.PLACE, reason=reason))
        return rows

    def origin_of(self, draft: ReportDraft, hint: Hint, step: Step) -> tuple[str, RoutingRule | None]:
        """As `actions.routing.assign`: a person who takes what was suggested follows the suggestion."""
        target = self.cast.offices[step.extra].pk
        if hint.office_id == target:
            return hint.origin, hint.rule
        return (Origin.PLACE if self._local_office(draft.kelurahan).pk == target else Origin.PERSON), None

    def _rule(self, draft: ReportDraft) -> RuleSeed | None:
        if not self._since(draft, RULES_SINCE):
            return None
        at = timezone.localtime(draft.when)
        return first_fit(self.city.seed, category=draft.category_key, village=draft.kelurahan, at=at)

    def _since(self, draft: ReportDraft, days: int) -> bool:
        return draft.when >= self.now - dt.timedelta(days=days)

    def _local_office(self, code: str) -> Any:
        if code not in self._local:
            self._local.update(offices_for_regions([code]))
        return self._local[code]
