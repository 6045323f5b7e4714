"""What the demo koordinator taught the routing: a year-old set of rules, of which three may act alone."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from pendopo.base.organizations.demo import home_village, village_slug
from pendopo.base.regions.demo import geography
from pendopo.domains.reports.models import RoutingRule
from pendopo.domains.reports.routing import CompiledRule

# Days before the day of building on which the office took each step.
RULES_SINCE, WORDS_SINCE, AUTOMATIC_SINCE = 330, 120, 60
MIN_PRECISION, MIN_CASES = 0.95, 50


@dataclass(frozen=True)
class RuleSeed:
    """One rule of the koordinator. No `office`: the kelurahan office of the place. Hours as in RoutingRule."""

    order: int
    name: str
    category: str
    office: str
    hours: tuple[int, int] | None = None
    weekdays: tuple[int, ...] = ()
    at_home: bool = False
    automatic: bool = False


RULES = (
    RuleSeed(10, "Banjir malam hari → BPBD", "banjir", "bpbd", hours=(18, 6)),
    RuleSeed(20, "Pohon di luar jam kerja → BPBD", "pohon", "bpbd", hours=(19, 5)),
    RuleSeed(30, "Pohon → DLH", "pohon", "dlh"),
    RuleSeed(40, "Lampu jalan → Dinas Perhubungan", "lampu-jalan", "dishub", automatic=True),
    RuleSeed(50, "Air bersih → Perumda Air Minum", "air-bersih", "perumda-air", automatic=True),
    RuleSeed(60, "Wi-Fi dan aplikasi → Diskominfo", "internet", "diskominfo", automatic=True),
    RuleSeed(70, "Pasar dan harga → Dinas Perdagangan", "pasar", "disperindag"),
    RuleSeed(80, "Jalan dan jembatan → DPU", "jalan-rusak", "dpu"),
    RuleSeed(90, "Trotoar → DPU", "trotoar", "dpu"),
    RuleSeed(100, "Lalu lintas dan parkir → Dinas Perhubungan", "lalu-lintas", "dishub"),
    RuleSeed(110, "Taman → Disperkim", "taman", "dperkim"),
    RuleSeed(120, "Kesehatan → Dinas Kesehatan", "kesehatan", "dinkes"),
    RuleSeed(130, "Sekolah → Dinas Pendidikan", "pendidikan", "disdik"),
    RuleSeed(140, "KTP, KK, dan akta → Disdukcapil", "kependudukan", "disdukcapil"),
    RuleSeed(150, "Kebisingan malam → Satpol PP", "kebisingan", "satpol-pp", hours=(20, 5)),
    RuleSeed(160, "Ketertiban akhir pekan → Satpol PP", "ketertiban", "satpol-pp", weekdays=(6, 7)),
    RuleSeed(170, "Sampah lingkungan percontohan → kantor kelurahan", "sampah", "", at_home=True),
)


@lru_cache(maxsize=2)
def _compiled(seed: int) -> tuple[tuple[RuleSeed, CompiledRule], ...]:
    home = home_village(geography(seed))
    return tuple(
        (rule, CompiledRule(unsaved(rule), frozenset({rule.category}), (home,) if rule.at_home else ()))
        for rule in RULES
    )


def unsaved(rule: RuleSeed) -> RoutingRule:
    """The row of a rule, without its office, categories and regions."""
    since, until = (dt.time(hour) for hour in rule.hours) if rule.hours else (None, None)
    return RoutingRule(
        order=rule.order, name=rule.name, weekdays=list(rule.weekdays), from_time=since, until_time=until,
        automatic=rule.automatic,
    )  # fmt: skip


def first_fit(seed: int, *, category: str, village: str, at: dt.datetime) -> RuleSeed | None:
    """The rule that speaks for a report; `at` in local time."""
    for rule, compiled in _compiled(seed):
        if compiled.fits(category=category, region=village, at=at):
            return rule
    return None


def office_of(rule: RuleSeed, village: str, name_of: Callable[[str], str]) -> str:
    """Slug of the office that a rule names; `name_of` tells the name of a kelurahan by its code."""
    return rule.office or village_slug(name_of(village))
