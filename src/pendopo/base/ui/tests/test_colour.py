"""Any colour a city may have becomes a palette that everybody can read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pendopo.base.ui import css
from pendopo.kernel import colour
from pendopo.kernel.colour import SHAPE, TEXT, contrast, to_oklch

hexes = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@settings(max_examples=400, deadline=None, derandomize=True)
@given(hexes)
def test_every_city_colour_is_readable_in_both_themes(city: str) -> None:
    for theme, brand in css.ramps(city).items():
        for surface in (*css.surfaces()[theme].backgrounds, brand.soft):
            assert contrast(brand.fill, surface) >= TEXT
            assert contrast(brand.strong, surface) >= TEXT
            assert contrast(brand.stroke, surface) >= SHAPE
        for text in ("content-primary", "content-secondary"):
            assert contrast(css.tokens()[theme][text], brand.soft) >= TEXT
        assert contrast(brand.on_fill, brand.fill) >= TEXT
        assert contrast(brand.on_fill, brand.strong) >= TEXT
        assert brand.raw == city


@settings(max_examples=200, deadline=None, derandomize=True)
@given(hexes)
def test_the_hue_of_a_city_stays(city: str) -> None:
    own = to_oklch(city)
    for brand in css.ramps(city).values():
        moved = to_oklch(brand.fill)
        if own.chroma > 0.08 and moved.chroma > 0.08:
            turn = abs(moved.hue - own.hue)
            assert min(turn, 6.2832 - turn) < 0.12


@settings(max_examples=200, deadline=None, derandomize=True)
@given(hexes)
def test_a_colour_survives_the_way_to_oklch_and_back(value: str) -> None:
    there = colour.from_oklch(to_oklch(value))
    assert all(abs(a - b) <= 2 / 255 for a, b in zip(colour.parse(there), colour.parse(value), strict=True))


@pytest.mark.parametrize("wrong", ["", "red", "#fff", "#12345g", "#1234567", "javascript:", "#ffcc00;}"])
def test_a_value_that_is_no_colour_falls_back_to_pendopos_own(wrong: str) -> None:
    assert css.ramps(wrong) == css.ramps(css.tokens()["light"]["brand-raw"])
    with pytest.raises(colour.NotAColour):
        colour.parse(wrong)


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_dark_enough_colour_is_left_alone() -> None:
    assert css.ramps("#0b57a4")["light"].fill == "#0b57a4"
