"""Sentences from patterns in data/demo_*.txt: `(a|b)` chooses, `{2-9}` counts, `{name}` fills in.

A line that begins with `~kabel,tiang` is only said when the text speaks of a cable or a pole, so that
details, wishes and answers fit what was reported.
"""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

_FOLDER = Path(__file__).parent / "data"
_SIGN = re.compile(r"[(|)]|\{[^}]*\}|[^(|){}]+")
_RANGE = re.compile(r"^(=?)(\d+)-(\d+)$")


class BrokenPattern(ValueError):
    """A pattern has an unclosed bracket or names a part nobody has."""


@dataclass(frozen=True)
class Slot:
    name: str


@dataclass(frozen=True)
class Span:
    """A number between two bounds, rounded the way people round, unless `exact`."""

    low: int
    high: int
    exact: bool = False

    def pick(self, rng: random.Random) -> str:
        number = rng.randint(self.low, self.high)
        if self.exact or self.high > 1900 or self.high < 50:
            return str(number)
        step = 5 if self.high < 100 else 10 if self.high < 200 else 50
        return str(max(self.low, round(number / step) * step))


@dataclass(frozen=True)
class Choice:
    options: "tuple[Pattern, ...]"


Pattern = tuple["str | Slot | Span | Choice", ...]


@dataclass(frozen=True)
class Line:
    pattern: Pattern
    tags: frozenset[str] = frozenset()


class Gaps(Protocol):
    """What a text is about: fills named gaps, and says which tags hold."""

    tags: set[str]

    def fill(self, name: str) -> str | None: ...


def compile_line(text: str) -> Line:
    tags: frozenset[str] = frozenset()
    if text.startswith("~"):
        words, _space, text = text[1:].partition(" ")
        tags = frozenset(words.split(","))
    signs = _SIGN.findall(text)
    options, rest = _options(signs, 0, closing=False)
    if rest != len(signs) or len(options) != 1:
        raise BrokenPattern(text)
    return Line(options[0], tags)


def _options(signs: list[str], at: int, *, closing: bool) -> tuple[list[Pattern], int]:
    options: list[list[str | Slot | Span | Choice]] = [[]]
    while at < len(signs):
        sign = signs[at]
        if sign == "(":
            inner, at = _options(signs, at + 1, closing=True)
            options[-1].append(Choice(tuple(inner)))
        elif sign == ")":
            break
        elif sign == "|":
            options.append([])
        elif sign.startswith("{"):
            span = _RANGE.match(sign[1:-1])
            part = Span(int(span[2]), int(span[3]), bool(span[1])) if span else Slot(sign[1:-1])
            options[-1].append(part)
        else:
            options[-1].append(sign)
        at += 1
    if closing and at >= len(signs):
        raise BrokenPattern("".join(signs))
    return [tuple(option) for option in options], at


@dataclass(frozen=True)
class Bank:
    """Lines of one topic by section; `common` is asked for what the topic does not have."""

    sections: Mapping[str, tuple[Line, ...]]
    common: "Bank | None" = None

    def lines(self, section: str, tags: set[str]) -> list[Line]:
        """Lines of a section that fit the tags: the topic's, else the common ones."""
        fitting = [line for line in self.sections.get(section, ()) if not line.tags or line.tags & tags]
        return fitting or (self.common.lines(section, tags) if self.common else [])

    def opening(self, section: str, rng: random.Random, gaps: Gaps) -> str:
        """Choose what the text is about; its tags hold from then on."""
        line = rng.choice(self.sections[section])
        gaps.tags |= line.tags
        return self.finish(line, rng, gaps)

    def say(self, section: str, rng: random.Random, gaps: Gaps) -> str:
        """One sentence of a section."""
        lines = self.lines(section, gaps.tags)
        if not lines:
            raise BrokenPattern(section)
        return self.finish(rng.choice(lines), rng, gaps)

    def some(self, section: str, count: int, rng: random.Random, gaps: Gaps) -> list[str]:
        """Up to `count` different sentences of a section."""
        lines = self.lines(section, gaps.tags)
        return [self.finish(line, rng, gaps) for line in rng.sample(lines, min(count, len(lines)))]

    def finish(self, line: Line, rng: random.Random, gaps: Gaps) -> str:
        text = " ".join(self._expand(line.pattern, rng, gaps).split())
        return text.replace(" ,", ",").replace(" .", ".").replace(" ?", "?")

    def _expand(self, pattern: Pattern, rng: random.Random, gaps: Gaps) -> str:
        words = []
        for part in pattern:
            if isinstance(part, str):
                words.append(part)
            elif isinstance(part, Choice):
                words.append(self._expand(part.options[int(rng.random() * len(part.options))], rng, gaps))
            elif isinstance(part, Span):
                words.append(part.pick(rng))
            else:
                words.append(self._filled(part.name, rng, gaps))
        return "".join(words)

    def _filled(self, name: str, rng: random.Random, gaps: Gaps) -> str:
        value = gaps.fill(name)
        if value is not None:
            return value
        lines = self.lines(name.lower(), gaps.tags)
        if not lines:
            raise BrokenPattern(name)
        text = self._expand(rng.choice(lines).pattern, rng, gaps)
        return text[:1].upper() + text[1:] if name[0].isupper() else text


@lru_cache(maxsize=1)
def banks() -> dict[str, Bank]:
    """Every topic's bank, read and compiled once a process. The key "umum" is the common one."""
    raw: dict[str, dict[str, list[Line]]] = {}
    topic = section = ""
    for path in sorted(_FOLDER.glob("demo_*.txt")):
        for text in path.read_text(encoding="utf-8").splitlines():
            if not text or text.startswith("#"):
                continue
            if text.startswith("@ "):
                topic = text[2:]
            elif text.startswith("["):
                section = text[1:-1]
            else:
                raw.setdefault(topic, {}).setdefault(section, []).append(compile_line(text))
    common = Bank({name: tuple(lines) for name, lines in raw["umum"].items()})
    return {
        key: Bank({name: tuple(lines) for name, lines in sections.items()}, common)
        for key, sections in raw.items()
    }
