"""The words of a report as the demo city weighs them: lower-case words and pairs of words."""

import itertools
import re

_TOKEN = re.compile(r"[a-z]+|\d+")
# Words that say nothing about the office; kept short on purpose: the weights learn the rest.
_EMPTY = frozenset(
    """yang dan di ke dari untuk dengan pada ini itu ada sudah juga saya kami kita nya tolong mohon pak bu bapak
    ibu selamat pagi siang sore malam terima kasih agar supaya karena jadi atau tidak""".split()  # noqa: SIM905
)


def words_and_pairs(text: str) -> list[str]:
    """Tokens of a report: single words, and neighbouring pairs joined by a space. Numbers become "0"."""
    tokens = ["0" if t.isdigit() else t for t in _TOKEN.findall(text.lower())]
    kept = [t for t in tokens if (t not in _EMPTY and len(t) > 1) or t == "0"]
    return kept + [f"{a} {b}" for a, b in itertools.pairwise(kept)]
