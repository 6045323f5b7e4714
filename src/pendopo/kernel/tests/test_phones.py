"""Telephone numbers compare equal however they were typed."""

import pytest

from pendopo.kernel.phones import normalize


@pytest.mark.parametrize(
    "typed",
    ["081234567890", "0812-3456-7890", "+62 812 3456 7890", "62812 3456 7890", "812 3456 7890",
     "(0812) 3456.7890", "0062 812 3456 7890", "\u202a0812 3456 7890\u202c"],
)  # fmt: skip
def test_one_number_has_one_form(typed: str) -> None:
    assert normalize(typed) == "+6281234567890"


@pytest.mark.parametrize(
    "typed",
    ["", "12", "abc", "0812abc34567", "+", "0" * 30, "٠٨١٢٣٤٥٦٧٨٩٠", "0812+345678", "1" * 500, "\x00"],
)
def test_what_is_no_number_is_said_to_be_none(typed: str) -> None:
    assert normalize(typed) is None


def test_a_foreign_number_keeps_its_country() -> None:
    assert normalize("+65 6123 4567") == "+6561234567"
