"""Personal numbers in plain text. They are suggestions: a person decides. Numbers are found although spaces, dots,
dashes and line ends stand between the digits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BETWEEN = r"[\s.\-\u2010-\u2015/]{0,5}"  # a line end is read as two signs
_DIGITS = re.compile(rf"(?<!\d)\d(?:{_BETWEEN}\d){{7,}}")
_PROVINCES = {
    *range(11, 22), *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98),
}  # fmt: skip
_MAIL = re.compile(
    r"(?:[\w%+\-]*[._][\w.%+\-]*\n{1,2})?[\w.%+\-]+[ \n]{0,3}(?:@|\(at\)|\[at\])[ \n]{0,3}[A-Za-z0-9\-]+"
    r"(?:\n{0,2}\.\n{0,2}[a-z0-9\-]+|\.[A-Za-z0-9\-]+)+",
    re.ASCII,
)
_MOBILE = re.compile(
    r"(?<!\d)\(?(?:\+\s?62|62|0062)\)?[\s.\-]{0,3}(?:\(0\)[\s.\-]?)?8(?:[\s.\-\u2010-\u2015]{0,4}\d){8,11}(?!\d)"
    r"|(?<!\d)\(?0[\s.\-]?8(?:[\s.\-\u2010-\u2015)]{0,4}\d){8,11}(?!\d)"
)
_LANDLINE = re.compile(
    r"(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3}(?=[\s\-])|\+\s?62[\s\-]?\(?\d{2,3}\)?)[\s\-]{0,2}\d(?:[\s.\-]?\d){5,7}(?!\d)"
)
_ACCOUNT_BEFORE = re.compile(
    r"\b(?:no(?:mor)?\.?\s{0,2}rek(?:ening)?|rekening|norek|rek\b\.?|virtual account|bank|"
    r"BCA|BRI|BNI|BTN|BSI|BPD|Mandiri|Danamon|Permata|CIMB|Bukopin|Muamalat|Mega|Jateng|BJB)\b",
    re.IGNORECASE,
)
_FAMILY_BEFORE = re.compile(r"\b(?:no\.?\s{0,2}KK|KK|kartu\s+keluarga|nomor\s+KK)\b", re.IGNORECASE)
_TAX_BEFORE = re.compile(r"\bN\.?P\.?W\.?P\b", re.IGNORECASE)
_PLATE = re.compile(
    r"\b(?:no(?:mor)?\.?\s{0,2}pol(?:isi)?|nopol|plat(?:\s+nomor)?|TNKB)\b[\s.:]{0,4}"
    r"(?P<plate>[A-Z]{1,2}[\s\-.]{0,2}\d{1,4}[\s\-.]{0,2}[A-Z]{0,3})\b",
    re.IGNORECASE,
)
_NEAR = 48  # signs before a number in which a telling word counts


@dataclass(frozen=True)
class Hit:
    """Signs `start` to `end` of the text; `kind` is NIK, KK, NPWP, PHONE, EMAIL, ACCOUNT, PLATE or NUMBER."""

    kind: str
    start: int
    end: int


def hits(text: str) -> list[Hit]:
    """All patterns of a page's text, none inside another, in order."""
    found = [*_mails(text), *_numbers(text), *_phones(text), *_accounts(text), *_plates(text)]
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda one: (_RANK[one.kind], one.start - one.end, one.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda one: one.start)


_RANK = {"EMAIL": 0, "NIK": 1, "KK": 1, "NPWP": 1, "PHONE": 2, "ACCOUNT": 3, "PLATE": 4, "NUMBER": 5}


def valid_nik(digits: str) -> bool:
    """Province, regency, district, date of birth (women: day + 40) and serial number are possible."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return (
        int(digits[:2]) in _PROVINCES
        and digits[2:4] != "00"
        and digits[4:6] != "00"
        and (1 <= day <= 31 or 41 <= day <= 71)
        and 1 <= month <= 12
        and digits[12:] != "0000"
    )


def _numbers(text: str) -> Iterator[Hit]:
    """Sixteen and fifteen digits: NIK, family card, tax number; others of sixteen in one piece as NUMBER."""
    for run in _DIGITS.finditer(text):
        places = [index for index in range(run.start(), run.end()) if text[index].isdigit()]
        for first in range(len(places)):
            if first and places[first] == places[first - 1] + 1:
                continue  # in the middle of a group
            for length in (16, 15):
                hit = _number(text, places[first : first + length], length)
                if hit:
                    yield hit


def _number(text: str, places: list[int], length: int) -> Hit | None:
    if len(places) < length:
        return None
    start, end = places[0], places[-1] + 1
    if text[end : end + 1].isdigit():
        return None
    digits = "".join(text[index] for index in places)
    before = text[max(0, start - _NEAR) : start]
    whole = end - start == length
    tax = bool(_TAX_BEFORE.search(before))
    if length == 15:
        dotted = [len(part) for part in re.findall(r"\d+", text[start:end])] == [2, 3, 3, 1, 3, 3]
        return Hit("NPWP", start, end) if dotted or whole or tax else None
    family = _FAMILY_BEFORE.search(before)
    if valid_nik(digits) or family:
        return Hit("NPWP" if tax else "KK" if family else "NIK", start, end)
    if tax or (whole and digits[0] == "0"):
        return Hit("NPWP", start, end)
    return Hit("NUMBER", start, end) if whole or _fours(text[start:end]) else None


def _fours(words: str) -> bool:
    return [len(part) for part in re.findall(r"\d+", words)] == [4, 4, 4, 4]


def _mails(text: str) -> Iterator[Hit]:
    for found in _MAIL.finditer(text):
        yield Hit("EMAIL", found.start(), found.end())


def _phones(text: str) -> Iterator[Hit]:
    for pattern in (_MOBILE, _LANDLINE):
        for found in pattern.finditer(text):
            yield Hit("PHONE", found.start(), found.end())


def _accounts(text: str) -> Iterator[Hit]:
    for word in _ACCOUNT_BEFORE.finditer(text):
        number = re.compile(rf"(?<!\d)\d(?:{_BETWEEN}\d){{6,17}}(?!\d)").search(
            text, word.end(), min(len(text), word.end() + 60)
        )
        if number:
            yield Hit("ACCOUNT", number.start(), number.end())


def _plates(text: str) -> Iterator[Hit]:
    for found in _PLATE.finditer(text):
        yield Hit("PLATE", found.start("plate"), found.end("plate"))
