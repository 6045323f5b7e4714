"""What people type is kept whole, without what could deceive a reader or break a database."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pendopo.kernel.text import clean, clean_line

FORBIDDEN = set("\x00\x08\x0b\x0c\x1f\x7f\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\r")


@given(st.text())
def test_nothing_forbidden_survives_and_cleaning_twice_changes_nothing(typed):
    once = clean(typed)
    assert not FORBIDDEN & set(once)
    assert unicodedata.is_normalized("NFC", once)
    assert clean(once) == once
    assert clean_line(clean_line(typed)) == clean_line(typed)
    assert "\n" not in clean_line(typed)


def test_honest_words_stay_as_they_are():
    words = "Lampu jalan mati 🙏\n\nTolong — Rp 5.000, ya?\tTerima kasih"
    assert clean(words) == words
    assert clean_line("  dua \n\n baris ") == "dua baris"


def test_a_name_cannot_hide_its_ending():
    assert clean("foto\u202egpj.exe") == "fotogpj.exe"
    assert clean("judi\u200bonline\x00") == "judionline"


def test_line_ends_become_one_kind():
    assert clean("a\r\nb\rc") == "a\nb\nc"
