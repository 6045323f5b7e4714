"""Area names as they are written on signs, whatever the list shouts or runs together."""

import re

# Short forms that stay in capitals when a whole list is in capitals; roman numerals are found by shape.
_ABBREVIATIONS = {"DKI", "UPT", "HTI", "PIR", "PTP", "SMK", "PJKA", "KNPI", "WKO", "PT", "TNI"}
_SMALL_WORDS = {"dan"}
_ROMAN = re.compile(r"^X{0,3}(IX|IV|V?I{0,3})$")
_JOINED = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")  # "PulauTujuh", but not "SoE"
_DOT_STUCK = re.compile(r"(?<=[A-Za-z]{2}\.)(?=[A-Za-z]{2}|I\b)")  # "Tgk.Dibanda", but not "P.O."
_DOT_AT_END = re.compile(r"(?<=\w{4})\.$")
_TIMES = re.compile(r"(?<=\d )X(?= \d)")  # "2 x 11 Kayu Tanam"
_LOOSE_HYPHEN = re.compile(r"(?<=\w)(\s+-\s*|-\s+)(?=\w)")


def proper_name(raw: str, *, shouted: bool = False) -> str:
    """One tidy spelling. `shouted` says that the whole list is in capitals, so capitals mean nothing:
    `KOTA ADMINISTRASI JAKARTA PUSAT` → `Kota Administrasi Jakarta Pusat`, `PULO II` → `Pulo II`.

    Otherwise a name keeps its own capitals (`RD. PJKA`); only words that begin small are lifted.
    """
    name = " ".join(raw.replace('"', "'").replace("’", "'").split())
    name = _DOT_AT_END.sub("", _LOOSE_HYPHEN.sub("-", name))
    if not shouted:
        name = _DOT_STUCK.sub(" ", _JOINED.sub(" ", name))
    words = [_word(word, shouted, first=place == 0) for place, word in enumerate(name.split())]
    return _TIMES.sub("x", " ".join(words))


def _word(word: str, shouted: bool, *, first: bool) -> str:
    bare = word.strip(".,()/")
    if word.lower() in _SMALL_WORDS and not first:
        return word.lower()
    if bare and _ROMAN.match(bare.upper()):
        return word.upper()
    if not shouted:
        return word[:1].upper() + word[1:]
    if bare in _ABBREVIATIONS:
        return word
    parts = [_capital(part) for part in re.split(r"([-/(.])", word)]
    if len(parts) == 3 and parts[1] == "-" and parts[0].lower() == parts[2].lower():
        parts[2] = parts[2].lower()  # reduplication: Alang-alang
    return "".join(parts)


def _capital(part: str) -> str:
    return part if _ROMAN.match(part) else part[:1] + part[1:].lower()
