"""What a rule cannot do is told by logic: covered by an earlier one, pointing at what is gone, contradicting."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendopo.base.organizations.models import Organization
from pendopo.domains.reports import routing
from pendopo.domains.reports.rule_health import Mark, World, covers, marks
from pendopo.domains.reports.rule_sets import Snapshot, in_order
from pendopo.domains.reports.simulate import Matcher

MELATI, MAWAR, CEMPAKA = "99.71.01", "99.71.01.1001", "99.71.02.1001"
WORLD = World(
    {1: ("Dinas PU", True), 2: ("DLH", True), 3: ("Dinas Lama", False)},
    {"sampah": ("Sampah", True), "banjir": ("Banjir", True), "becak": ("Becak", False)},
    {MELATI: ("Melati", True), MAWAR: ("Mawar", True), "98.01": ("Seberang", False)},
)


def a_rule(pk: int, **values: object) -> Snapshot:
    return Snapshot(pk, pk * 10, f"Aturan {pk}", **{"office": 1, **values})  # type: ignore[arg-type]


def hours(since: str, until: str) -> dict[str, str]:
    return {"from_time": since, "until_time": until}


def kinds(*rules: Snapshot) -> dict[int, list[str]]:
    return {key: [mark.kind for mark in told] for key, told in marks(in_order(rules), WORLD).items()}


@pytest.mark.parametrize(
    ("wide", "narrow", "expected"),
    [
        ({}, {"categories": ("sampah",)}, True),
        ({"categories": ("sampah",)}, {}, False),
        ({"categories": ("banjir", "sampah")}, {"categories": ("sampah",)}, True),
        ({"regions": (MELATI,)}, {"regions": (MAWAR,)}, True),
        ({"regions": (MAWAR,)}, {"regions": (MELATI,)}, False),
        ({"regions": (MELATI,)}, {"regions": (MAWAR, CEMPAKA)}, False),
        ({"regions": ("99.71.0",)}, {"regions": (MAWAR,)}, False),  # begins alike, lies elsewhere
        ({"weekdays": (6, 7)}, {"weekdays": (7,)}, True),
        ({"weekdays": (6, 7)}, {}, False),
        ({"weekdays": (1, 2, 3, 4, 5, 6, 7)}, {}, True),
        (hours("20:00", "06:00"), hours("22:00", "05:00"), True),
        (hours("22:00", "05:00"), hours("20:00", "23:00"), False),
        (hours("22:00", "05:00"), hours("01:00", "05:00"), True),
        (hours("22:00", "21:00"), hours("20:59", "21:01"), False),
        (hours("08:00", "16:00"), {}, False),
        ({"office": None}, {"categories": ("sampah",)}, False),  # passes where nobody serves the place
        ({"office": None}, {"office": None}, True),
    ],
)  # fmt: skip
def test_a_rule_covers_what_lies_within_it(
    wide: dict[str, object], narrow: dict[str, object], expected: bool
) -> None:
    assert covers(a_rule(1, **wide), a_rule(2, **narrow)) is expected


def test_a_rule_behind_a_wider_one_never_wins_and_is_told_by_which() -> None:
    told = marks(in_order([a_rule(1, office=2), a_rule(2, categories=("sampah",))]), WORLD)
    assert told[2] == [
        Mark("never", "Tidak pernah menang: aturan 10 “Aturan 1” sudah mencakup semua syaratnya.")
    ]


def test_two_rules_with_the_same_conditions_clash_or_repeat() -> None:
    night = {"categories": ("sampah",), "from_time": "22:00:00", "until_time": "05:00:00"}
    assert kinds(a_rule(1, **night), a_rule(2, **night, office=2)) == {2: ["never", "clash"]}
    assert kinds(a_rule(1, **night), a_rule(2, **night)) == {2: ["never", "twice"]}


def test_a_rule_that_points_at_what_is_gone_says_so_loudly() -> None:
    told = marks(
        in_order([a_rule(1, office=3), a_rule(2, categories=("becak",)), a_rule(3, regions=("98.01",))]),
        WORLD,
    )
    assert [told[key][0].kind for key in (1, 2, 3)] == ["stopped"] * 3
    assert told[1][0].words == "Dinas Lama sudah ditutup. Pilih kantor penggantinya."
    assert "Becak" in told[2][0].words and "Seberang" in told[3][0].words
    assert kinds(a_rule(1, categories=("becak", "sampah"))) == {1: ["partly"]}


def test_a_rule_that_is_off_or_stopped_shadows_nobody() -> None:
    assert kinds(a_rule(1, active=False), a_rule(2)) == {}
    assert kinds(a_rule(1, office=3), a_rule(2)) == {1: ["stopped"]}


CATEGORIES, REGIONS = ("sampah", "banjir"), (MELATI, MAWAR, "99.71.01.1002", CEMPAKA)
MONDAY = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
MOMENTS = st.integers(0, 7 * 24 * 60 - 1).map(lambda minutes: MONDAY + dt.timedelta(minutes=minutes))
TIMES = st.sampled_from(["00:00:00", "05:00:00", "08:00:00", "16:00:00", "22:00:00"])


@st.composite
def rules(draw: st.DrawFn) -> tuple[Snapshot, ...]:
    """Up to six rules over a small world, so that they meet often."""
    found = []
    for pk in range(1, draw(st.integers(2, 6)) + 1):
        window = draw(st.one_of(st.just(("", "")), st.tuples(TIMES, TIMES)))
        found.append(
            Snapshot(
                pk, draw(st.integers(1, 4)), f"Aturan {pk}",
                tuple(sorted(draw(st.sets(st.sampled_from(CATEGORIES))))),
                tuple(sorted(draw(st.sets(st.sampled_from(REGIONS), max_size=2)))),
                tuple(sorted(draw(st.sets(st.integers(1, 7), max_size=3)))),
                *window, draw(st.sampled_from([None, 1, 2])),
            )
        )  # fmt: skip
    return in_order(found)


@given(
    rules(),
    st.lists(
        st.tuples(
            st.sampled_from(CATEGORIES), st.sampled_from(REGIONS[1:]), st.booleans(),
            MOMENTS,
        ),
        min_size=20, max_size=60,
    ),
)  # fmt: skip
def test_what_logic_calls_shadowed_never_wins(
    found: tuple[Snapshot, ...], reports: list[tuple[str, str, bool, dt.datetime]]
) -> None:
    shadowed = {
        key for key, told in marks(found, WORLD).items() if any(mark.kind == "never" for mark in told)
    }
    compiled = [rule.compiled() for rule in found]
    matcher = Matcher(compiled)
    for category, region, is_served, at in reports:
        local = Organization(pk=9) if is_served else None
        fitting = [rule for rule in compiled if rule.fits(category=category, region=region, at=at)]
        assert matcher.fitting(category=category, region=region, at=at) == fitting
        best = routing.winner(fitting, local)
        assert best is None or best[0].rule.pk not in shadowed


@given(rules())
def test_a_rule_covers_itself_and_what_is_made_narrower(found: tuple[Snapshot, ...]) -> None:
    for rule in found:
        assert covers(rule, rule)
        assert covers(
            replace(rule, categories=(), regions=(), weekdays=(), from_time="", until_time=""), rule
        )
