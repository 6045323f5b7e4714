"""Codes survive the telephone, a thumb and a hurried eye."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pendopo.kernel import ids

codes = st.text(ids.ALPHABET, min_size=8, max_size=8).map(lambda body: f"LAP-{body[:4]}-{body[4:]}")


def test_a_new_code_is_its_own_canonical_form():
    for _ in range(200):
        code = ids.new_code("LAP")
        assert re.fullmatch(r"LAP-[0-9A-Z]{4}-[0-9A-Z]{4}", code)
        assert ids.normalize_code(code) == code


def test_codes_do_not_repeat():
    assert len({ids.new_code("LAP") for _ in range(5000)}) == 5000
    assert len({ids.new_slug() for _ in range(5000)}) == 5000


@given(codes, st.sampled_from([" ", "-", "", ".", " - "]), st.booleans())
def test_spaces_dashes_and_case_do_not_matter(code, between, lower):
    typed = between.join(code.split("-"))
    assert ids.normalize_code(typed.lower() if lower else typed) == code


@given(codes)
def test_misread_signs_find_the_same_code(code):
    body = code[3:].replace("0", "O").replace("1", "l").replace("V", "u")
    assert ids.normalize_code("LAP" + body) == code


@given(st.text(max_size=200))
def test_any_text_is_answered_by_a_canonical_code_or_none(typed):
    code = ids.normalize_code(typed)
    assert code is None or ids.normalize_code(code) == code


def test_what_is_no_code_is_none():
    for typed in ("", "LAP", "LAP-1234", "LAP-1234-56789", "1234-5678", "L-1234-5678", "\0", "９９"):
        assert ids.normalize_code(typed) is None


@given(codes, st.sampled_from([" ", "-", " - "]))
def test_a_code_among_words_is_found_by_its_groups_or_a_digit(code, between):
    assert ids.code_among_words(between.join(code.lower().split("-")), "LAP") == code
    assert ids.code_among_words(code, "PPID") is None


def test_words_as_long_as_a_code_stay_words():
    for typed in (
        "jalan rusak",
        "pembangunan",
        "lampu padam",
        "lapangan tua",
        "banjir besar",
        "anggaran desa",
    ):
        assert ids.code_among_words(typed, "LAP") is None, typed
    assert ids.normalize_code("jalan rusak") is not None
    assert ids.code_among_words("lap7k2mq9xa", "LAP") == "LAP-7K2M-Q9XA"
