"""What a citizen's identity number (NIK) must look like. It proves nothing; it catches slips of the finger."""

import calendar
import re

from django.utils.translation import gettext as _

from pendopo.base.regions import public as regions

# First two digits of every province that has issued numbers, those of times past included.
_RUNS = ((11, 19), (21, 21), (31, 36), (51, 54), (61, 65), (71, 76), (81, 82), (91, 96))
_PROVINCES = frozenset(str(code) for first, last in _RUNS for code in range(first, last + 1))
_FOR_WOMEN = 40  # added to the day of birth
_LEAP = 2000  # the year of birth has two digits, so 29 February is let through


def tidy(typed: str) -> str:
    """Digits as typed, without the spaces, dots and dashes people put between them."""
    return re.sub(r"[\s.\-]", "", typed)


def fault(number: str) -> str:
    """A sentence that says what cannot be right in a tidied number, "" when nothing is odd."""
    if not re.fullmatch(r"[0-9]+", number):
        return _("NIK hanya berisi angka. Tulis 16 angka seperti di KTP.")
    if len(number) != 16:
        return _("NIK terdiri dari 16 angka; yang Anda tulis %(n)d.") % {"n": len(number)}
    if number[:2] not in _PROVINCES | {regions.government_code()[:2]} or number[2:6] in ("0000",):
        return _("Enam angka pertama NIK bukan kode wilayah. Periksa lagi dengan KTP.")
    if not _is_day(number[6:12]) or number[12:] == "0000":
        return _("Angka tanggal lahir di dalam NIK tidak mungkin benar. Periksa lagi dengan KTP.")
    return ""


def _is_day(digits: str) -> bool:
    day, month = int(digits[:2]), int(digits[2:4])
    if day > _FOR_WOMEN:
        day -= _FOR_WOMEN
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(_LEAP, month)[1]
