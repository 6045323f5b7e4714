"""Grounds a to g are offered exactly when they are true, and for thirty working days."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from pendopo.domains.information.models import DecisionKind as D
from pendopo.domains.information.models import ObjectionGround as G
from pendopo.domains.information.offers import Facts, Why, standings

START = dt.date(2026, 3, 2)
days = st.integers(min_value=0, max_value=120).map(lambda n: START + dt.timedelta(days=n))


def last_day(since: dt.date) -> dt.date:
    return since + dt.timedelta(days=42)


@st.composite
def histories(draw: st.DrawFn) -> Facts:
    due = draw(st.none() | days)
    kind = draw(st.sampled_from(["", *D.values]))
    decided = draw(days) if kind else None
    granted = kind in (D.FULL, D.PARTIAL)
    deliver_due = draw(days) if granted else None
    delivered = draw(st.none() | days) if granted else None
    used = draw(st.dictionaries(st.sampled_from(G.values), days, max_size=3))
    cost = draw(st.sampled_from([0, 25_000])) if kind else 0
    return Facts(START, draw(st.booleans()), due, kind, decided, cost, deliver_due, delivered, used)


def truly(facts: Facts, today: dt.date) -> dict[str, list[dt.date]]:
    """The law read again, day by day: on which days up to today did each ground come to be?"""
    found: dict[str, list[dt.date]] = {}
    if facts.ended:
        return found
    for offset in range((today - START).days + 200):
        day = START + dt.timedelta(days=offset)
        happens = {
            "a": day == facts.decided_on and facts.decision in ("REFUSED", "PARTIAL"),
            "c": facts.decided_on is None
            and facts.answer_due is not None
            and day == facts.answer_due + dt.timedelta(1),
            "d": day == facts.decided_on and facts.decision in ("FULL", "PARTIAL", "NOT_HELD"),
            "e": facts.deliver_due is not None
            and facts.delivered_on is None
            and day == facts.deliver_due + dt.timedelta(1),
            "f": day == facts.decided_on and facts.cost > 0,
            "g": (day == facts.decided_on and facts.answer_due is not None and day > facts.answer_due)
            or (
                facts.decided_on is not None
                and day == facts.delivered_on
                and facts.deliver_due is not None
                and day > facts.deliver_due
            ),
        }
        for letter, it_does in happens.items():
            if it_does:
                found.setdefault(letter, []).append(day)
    return found


@given(histories(), days)
def test_a_ground_is_open_exactly_when_it_is_true(facts: Facts, today: dt.date) -> None:
    true = truly(facts, today)
    anchor = facts.decided_on or facts.received_on
    offers = {str(offer.ground): offer for offer in standings(facts, today, last_day)}
    assert list(offers) == ["a", "c", "d", "e", "f", "g"]  # b needs no request
    for letter, offer in offers.items():
        used = facts.objected.get(letter)
        latest = true.get(letter, [])[-1:]
        expected = bool(
            latest and latest[0] <= today <= last_day(latest[0]) and not (used is not None and used >= anchor)
        )
        assert offer.open == expected, (letter, facts, today)
        assert offer.sentence
        if offer.open:
            assert (offer.since, offer.until) == (latest[0], last_day(latest[0]))


def test_every_kind_of_answer_offers_its_own_grounds() -> None:
    """The table as people know it, on the day of an answer in time, with and without a price."""
    expected = {D.FULL: "d", D.PARTIAL: "ad", D.REFUSED: "a", D.NOT_HELD: "d"}
    for (kind, letters), cost in itertools.product(expected.items(), (0, 5000)):
        facts = Facts(START, answer_due=START, decision=kind, decided_on=START, cost=cost)
        offered = "".join(offer.ground for offer in standings(facts, START, last_day) if offer.open)
        assert offered == letters + ("f" if cost else "")


def test_too_early_too_late_and_used_say_so() -> None:
    silent = Facts(START, answer_due=START + dt.timedelta(days=14))
    for day, why in ((14, Why.TOO_EARLY), (15, Why.OPEN), (57, Why.OPEN), (58, Why.TOO_LATE)):
        [offer] = [
            o for o in standings(silent, START + dt.timedelta(days=day), last_day) if o.ground == G.NO_ANSWER
        ]
        assert offer.why == why, day
    used = Facts(START, answer_due=START, objected={"c": START + dt.timedelta(days=2)})
    assert [o.why for o in standings(used, START + dt.timedelta(days=3), last_day) if o.ground == "c"] == [
        Why.USED
    ]
