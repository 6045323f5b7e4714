"""A year of demo reports: when, where, about what, by whom, and what became of each. No database."""

import datetime as dt
import itertools
from bisect import bisect_left
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils import timezone

from pendopo.base.organizations.demo import district_slug, home_village, village_slug
from pendopo.base.organizations.demo_offices import AGENCIES
from pendopo.base.organizations.demo_staff import CITIZEN
from pendopo.base.regions.demo import Street, Village, geography
from pendopo.base.registries.demo import City
from pendopo.domains.reports.demo_people import Reporter, Residents, as_given
from pendopo.domains.reports.demo_rules import AUTOMATIC_SINCE, first_fit, office_of
from pendopo.domains.reports.demo_seasons import (
    FLOOD_HOURS,
    HOURS,
    NIGHT_HOURS,
    WEEKDAYS,
    closed_days,
    factor,
    rain,
)
from pendopo.domains.reports.demo_story import INTAKE, Plan, Step, ended_at, status_after, tell
from pendopo.domains.reports.demo_topics import AT_NIGHT, BY_KEY, DISTRICT, FLOOD_DAY, TOPICS, VILLAGE, Topic
from pendopo.domains.reports.demo_writer import Scene, citizen_text
from pendopo.domains.reports.models import Status

FLOOD_REPORTS = 250
_CHANNELS = (
    ("WEB", 53), ("WHATSAPP", 21), ("PHONE", 8), ("SP4N", 7), ("SOCIAL", 5), ("WALK_IN", 4), ("LETTER", 2),
)  # fmt: skip
HOME_CROWD = 6.5  # the kelurahan of the sign-in list is the busiest one, so that its officer has work
_HOME_SHARE = 0.6  # and more is done by its own office
_AT_THE_DESK = ("PHONE", "WALK_IN", "LETTER")
# Reports of the citizen of the sign-in list: days ago, and where each stands.
CITIZENS_OWN = (
    (200, (Status.CLOSED_BY_CITIZEN,)),
    (90, (Status.CLOSED_BY_SYSTEM,)),
    (14, (Status.ANSWERED,)),
    (8, (Status.AWAITING_INFO,)),
    (4, (Status.ASSIGNED, Status.IN_PROGRESS)),
)
_ATTEMPTS = 3000
_REPEAT = 0.075  # reports written by a neighbour about the same thing within the day
_COMES_BACK = (
    "jalan-berlubang", "lampu-mati", "sampah-menumpuk", "saluran-mampet", "parkir-liar", "bising", "pkl",
)  # fmt: skip
_WRONG = ("dpu", "dlh", "dishub", "satpol-pp", "dsda", "dperkim", "dinsos", "disdukcapil")


@dataclass(frozen=True)
class ReportDraft:
    """One report as it will be entered, and its planned story. `same_as` is the number of an earlier twin."""

    number: int
    when: dt.datetime
    topic_key: str
    category_key: str
    text: str
    address: str
    landmark: str
    kelurahan: str
    latitude: float | None
    longitude: float | None
    channel: str
    anonymous: bool
    secret: bool
    reporter: Reporter
    report_class: str
    urgency: int
    true_office: str
    story: tuple[Step, ...]
    same_as: int | None = None
    own: bool = False  # written by the citizen of the sign-in list


@dataclass(frozen=True)
class _Event:
    """Something that happened at a place and that somebody writes about."""

    when: dt.datetime
    topic: Topic
    village: Village
    street: Street
    landmark: str
    rt: int
    tags: frozenset[str] = frozenset()
    same_as: "_Event | None" = None


def sample_reports(city: City, n: int = 12_000) -> Iterator[ReportDraft]:
    """`n` reports of the twelve months before `city.now`, oldest first; one day has exactly 250."""
    return _Year(city, n).drafts()


class _Year:
    def __init__(self, city: City, n: int) -> None:
        self.city = city
        self.n = n
        self.ground = geography(city.seed)
        self.now = timezone.localtime(city.now)
        self.first = self.now.date() - dt.timedelta(days=365)
        self.days = [self.first + dt.timedelta(days=back) for back in range(366)]
        self.closed = closed_days(self.first.year, self.now.year)
        self.rng = city.rng("reports")
        crowd = city.rng("crowd")
        self.home = home_village(self.ground)
        people = ((village.code, crowd.lognormvariate(0, 0.55)) for village in self.ground.villages)
        self.crowding = list(
            itertools.accumulate(HOME_CROWD if code == self.home else share for code, share in people)
        )
        self.wet = [village for village in self.ground.villages if village.riverside]
        self.residents = Residents(city.rng("residents"), [v.code for v in self.ground.villages])
        self.hot_spots = self._hot_spots()
        self.district_names = {area.code: area.name for area in self.ground.districts}

    @cached_property
    def office_names(self) -> dict[str, str]:
        names = {agency.slug: agency.name for agency in AGENCIES}
        names |= {district_slug(a.name): f"Kecamatan {a.name}" for a in self.ground.districts}
        return names | {village_slug(v.name): f"Kelurahan {v.name}" for v in self.ground.villages}

    def flood_day(self) -> dt.date:
        """The wettest month's weekday that lies far enough back for its stories to have ended."""
        last = self.now.date() - dt.timedelta(days=45)
        fit = [day for day in self.days if self.first < day < last and day.weekday() < 5]
        wettest = max(rain(day) for day in fit)
        return self.city.rng("flood").choice([day for day in fit if rain(day) == wettest])

    def _hot_spots(self) -> dict[str, list[tuple[Village, Street]]]:
        """Places that come back all year: the same lamp, the same drain, the same heap."""
        rng = self.city.rng("hot spots")
        spots: dict[str, list[tuple[Village, Street]]] = {}
        for key in _COMES_BACK:
            for village in rng.sample(self.ground.villages, 4):
                spots.setdefault(key, []).append((village, rng.choice(village.streets)))
        return spots

    def counts(self) -> list[int]:
        """Reports per day: weekdays, storms, holidays, chance; the flood day exact, the sum exact."""
        rng, flood = self.city.rng("days"), self.flood_day()
        weights = []
        for day in self.days:
            season = sum(topic.weight * factor(topic.season, day) for topic in TOPICS) / 100
            weight = WEEKDAYS[day.weekday()] * season * rng.gammavariate(18, 1 / 18)
            weight *= 0.6 if day in self.closed else 1.0
            storm = 1.5 if rng.random() < 0.1 * rain(day) and day != flood else 1.0
            weights.append(0.0 if day == flood else weight * storm)
        weights[-1] *= sum(HOURS[: self.now.hour]) / sum(HOURS)
        weights[0] *= 1 - sum(HOURS[: self.now.hour]) / sum(HOURS)
        flooded = min(FLOOD_REPORTS, self.n // 4)
        drawn = rng.choices(range(len(weights)), weights, k=self.n - flooded)
        counts = [0] * len(weights)
        for day_number in drawn:
            counts[day_number] += 1
        counts[self.days.index(flood)] = flooded
        return counts

    def events(self) -> list[_Event]:
        flood = self.flood_day()
        events: list[_Event] = []
        for day, count in zip(self.days, self.counts(), strict=True):
            today: list[_Event] = []
            while len(today) < count:
                if day == flood:
                    today.append(self._flood_event(day))
                elif today and self.rng.random() < _REPEAT:
                    today.append(self._again(self.rng.choice(today)))
                else:
                    today.append(self._event(day))
            events.extend(today)
        return sorted(events, key=lambda event: event.when)

    def _event(self, day: dt.date) -> _Event:
        rng = self.rng
        weights = [topic.weight * factor(topic.season, day) for topic in TOPICS]
        topic = rng.choices(TOPICS, weights)[0]
        village = rng.choices(self.ground.villages, cum_weights=self.crowding)[0]
        if topic.key == "banjir" and rng.random() < 0.6:
            village = rng.choice(self.wet)
        street = rng.choice(village.streets)
        if topic.key in self.hot_spots and rng.random() < 0.13:
            village, street = rng.choice(self.hot_spots[topic.key])
        when = self._moment(day, NIGHT_HOURS if topic.night else HOURS)
        return _Event(when, topic, village, street, rng.choice(street.landmarks), rng.randint(1, 9))

    def _flood_event(self, day: dt.date) -> _Event:
        """The river is over the dyke: nearly all reports come from its banks, and are about water."""
        rng = self.rng
        if rng.random() < 0.06:
            return self._event(day)
        middle = self.ground.city.polygon.centroid.y
        bank = sorted(self.wet, key=lambda v: abs(v.latitude - middle - 0.012))[: len(self.wet) * 2 // 3]
        topic = BY_KEY[rng.choices(list(FLOOD_DAY), list(FLOOD_DAY.values()))[0]]
        village = rng.choice(bank)
        street = rng.choice(village.streets)
        when = self._moment(day, FLOOD_HOURS)
        return _Event(when, topic, village, street, rng.choice(street.landmarks), rng.randint(1, 9))

    def _again(self, event: _Event) -> _Event:
        """A neighbour writes about the same thing, later that day."""
        tomorrow = event.when.replace(hour=23, minute=59)
        latest = min(tomorrow, self.now)
        later = event.when + (latest - event.when) * min(1.0, self.rng.expovariate(3.0))
        return replace(event, when=later, rt=self.rng.randint(1, 9), same_as=event.same_as or event)

    def _moment(self, day: dt.date, hours: tuple[float, ...]) -> dt.datetime:
        rng = self.rng
        while True:
            hour = rng.choices(range(24), hours)[0]
            moment = dt.datetime.combine(
                day, dt.time(hour, rng.randint(0, 59), rng.randint(0, 59)), self.now.tzinfo
            )
            if self.now - dt.timedelta(days=365) <= moment <= self.now:
                return moment

    def drafts(self) -> Iterator[ReportDraft]:
        events = self.events()
        numbers = {id(event): number for number, event in enumerate(events)}
        mine = self._citizens_own(events)
        secret: set[int] = set()
        ended: dict[int, dt.datetime] = {}
        for number, event in enumerate(events):
            twin = numbers.get(id(event.same_as)) if event.same_as else None
            twin = twin if twin is not None and twin < number else None
            twin = None if twin in secret else twin
            until = None if twin is None else ended.get(twin, self.now)
            draft = self._draft(number, event, twin, until, wanted=mine.get(number, ()))
            if draft.secret:
                secret.add(number)
            if (moment := ended_at(draft.story)) is not None:
                ended[number] = moment
            yield draft

    def _citizens_own(self, events: list[_Event]) -> dict[int, tuple[Status, ...]]:
        """Reports of the citizen of the sign-in list, and how each of them stands today."""
        moments = [event.when for event in events]
        found: dict[int, tuple[Status, ...]] = {}
        for back, wanted in CITIZENS_OWN:
            first = bisect_left(moments, self.now - dt.timedelta(days=back))
            later = [i for i in range(first, len(events)) if self._could_be_own(events[i], found, i)]
            near = [i for i in later if events[i].village.code == self.home]
            if later:
                found[(near or later)[0]] = wanted
        return found

    def _could_be_own(self, event: _Event, taken: Container[int], number: int) -> bool:
        return event.topic.placed and event.same_as is None and number not in taken

    def _draft(
        self, number: int, event: _Event, twin: int | None, until: dt.datetime | None, *,
        wanted: tuple[Status, ...],
    ) -> ReportDraft:  # fmt: skip
        rng, topic, own = self.rng, event.topic, bool(wanted)
        channel = "WEB" if own else self._channel(event.when)
        anonymous, secret = (False, False) if own else self._hiding(topic)
        scene = Scene(
            rng=rng, village=event.village, district_name=self.district_names[event.village.district],
            street=event.street, landmark=event.landmark, hour=event.when.hour, rt=event.rt,
            tags=topic.tags(),
        )  # fmt: skip
        text = citizen_text(topic.key, scene, channel)
        who = as_given(rng, self.residents.somebody(rng, event.village.code), channel)
        latitude, longitude = self._point(event, channel)
        report_class = topic.report_class if rng.random() > 0.01 else "ORDINARY"
        office = self._office(topic, event.village, event.when.hour)
        category = topic.category if own or rng.random() > 0.04 else "lainnya"
        automatic = "" if own or secret else self._automatic(category, event)
        if automatic:
            report_class = "ORDINARY"  # the class every category starts with; nobody looked yet
        plan = Plan(
            rng=rng, topic=topic, scene=scene, now=self.now, at=event.when, report_class=report_class,
            closed_days=self.closed, name_of=lambda slug: self.office_names[slug], automatic=automatic,
            local=village_slug(event.village.name), secret=secret, chosen=category,
            reachable=own or bool(who.email or who.phone),
        )  # fmt: skip
        wrong = rng.choice((self._office(topic, event.village), rng.choice(_WRONG)))
        until = None if secret or own else until
        story = self._told(plan, office, wrong, wanted, duplicate_until=until, words=len(text.split()))
        return ReportDraft(
            number=number,
            when=event.when,
            topic_key=topic.key,
            category_key=category,
            text=text,
            address=f"{event.street.name} RT {event.rt:02} RW {event.street.rw:02}",
            landmark=f"dekat {event.landmark}",
            kelurahan=event.village.code,
            latitude=latitude,
            longitude=longitude,
            channel=channel,
            anonymous=anonymous,
            secret=secret,
            reporter=Reporter(CITIZEN.name, CITIZEN.email) if own else who,
            report_class=report_class,
            urgency=topic.urgency,
            true_office=office,
            story=story,
            same_as=twin,
            own=own,
        )

    def _told(
        self, plan: Plan, office: str, wrong: str, wanted: tuple[Status, ...], *,
        duplicate_until: dt.datetime | None, words: int,
    ) -> tuple[Step, ...]:  # fmt: skip
        """The story; for the citizen of the sign-in list told anew until it stands where it is wanted."""
        for _attempt in range(_ATTEMPTS if wanted else 1):
            again = replace(plan, steps=[])
            story = tell(again, office, wrong=wrong, duplicate_until=duplicate_until, words=words)
            if status_after(story) in wanted:
                break
        return story

    def _automatic(self, category: str, event: _Event) -> str:
        """The office to which a rule handed the report over without a person, "" when none did."""
        if event.when < self.now - dt.timedelta(days=AUTOMATIC_SINCE):
            return ""
        rule = first_fit(self.city.seed, category=category, village=event.village.code, at=event.when)
        if rule is None or not rule.automatic:
            return ""
        return office_of(rule, event.village.code, lambda code: self.ground.village(code).name)

    def _channel(self, when: dt.datetime) -> str:
        """Counters and telephones are open in office hours only."""
        channel = self.rng.choices([key for key, _ in _CHANNELS], [share for _, share in _CHANNELS])[0]
        shut = when.weekday() > 4 or not 8 <= when.hour < 15 or when.date() in self.closed
        return "WHATSAPP" if shut and channel in _AT_THE_DESK else channel

    def _hiding(self, topic: Topic) -> tuple[bool, bool]:
        """(anonim, rahasia): who accuses somebody hides far more often than who misses a lamp."""
        grave = topic.report_class == "SUPERVISORY"
        delicate = topic.key in ("gaduh", "bangunan-liar", "telantar", "layanan-lambat", "bakar-sampah")
        anonymous = self.rng.random() < (0.42 if grave else 0.16 if delicate else 0.071)
        secret = self.rng.random() < (0.55 if grave else 0.09 if delicate else 0.026)
        return anonymous, secret

    def _point(self, event: _Event, channel: str) -> tuple[float | None, float | None]:
        chance = 0.9 if event.topic.placed else 0.25
        if channel in ("PHONE", "LETTER", "SOCIAL"):
            chance *= 0.4
        if self.rng.random() > chance:
            return None, None
        return event.village.point_near(event.street, self.rng)

    def _office(self, topic: Topic, village: Village, hour: int = 12) -> str:
        if topic.key in AT_NIGHT and not 5 <= hour < 18 and self.rng.random() < AT_NIGHT[topic.key]:
            return "bpbd"  # the ones who are awake
        slugs, shares = zip(*topic.offices, strict=True)
        slug: str = self.rng.choices(slugs, shares)[0]
        if village.code == self.home and VILLAGE in slugs and self.rng.random() < _HOME_SHARE:
            slug = VILLAGE
        if slug == VILLAGE:
            return village_slug(village.name)
        if slug == DISTRICT:
            return district_slug(self.district_names[village.district])
        return slug


__all__ = ["INTAKE", "ReportDraft", "sample_reports"]
