"""The room's public figures: each one is a condition on the list behind it; `counted` keeps the numbers ready."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pendopo.domains.reports.models import CLOSED, Status
from pendopo.kernel import clock

OFFICE_STEPS = ("verify", "follow_up", "resolve")  # limits that an office has to keep
SMALL = 20  # below this a share says more about chance than about work


@dataclass(frozen=True)
class Measure:
    """One figure. `condition(now)` narrows public reports; `whole` names the figure it is a share of."""

    key: str
    label: str | Promise
    definition: str | Promise
    condition: Callable[[dt.datetime], Q]
    whole: str = ""

    @property
    def section(self) -> str:
        return next(section for section, keys in _IN_SECTION.items() if self.key in keys)


_IN_SECTION = {
    "now": ("masuk", "terbuka", "lewat"),
    "time": ("dinilai-verifikasi", "verifikasi-tepat", "ditanggapi", "ditanggapi-tepat"),
    "end": ("selesai", "ditutup-pelapor", "ditutup-petugas", "ditutup-sistem"),
    "other": ("dibuka-lagi", "diarsipkan", "diteruskan", "digabung"),
}
SECTIONS = (
    ("now", _("Masuk dan masih terbuka")),
    ("time", _("Tepat waktu")),
    ("end", _("Siapa yang menutup")),
    ("other", _("Dibuka lagi, diarsipkan, diteruskan, digabung")),
)


def late(now: dt.datetime) -> Q:
    return Q(closed_at=None, due_at__lt=now, due_step__in=OFFICE_STEPS)


MEASURES = (
    Measure(
        "masuk",
        pgettext_lazy("laporan", "Masuk"),
        _("Semua laporan yang masuk pada masa ini."),
        lambda now: Q(),
    ),
    Measure(
        "dinilai-verifikasi",
        _("Sudah diperiksa"),
        _("Laporan yang pemeriksaan awalnya sudah selesai, tepat waktu atau tidak."),
        lambda now: Q(verified_in_time__isnull=False),
    ),
    Measure(
        "verifikasi-tepat",
        _("Diperiksa tepat waktu"),
        _("Diperiksa sebelum batas waktu pemeriksaan lewat."),
        lambda now: Q(verified_in_time=True),
        "dinilai-verifikasi",
    ),
    Measure(
        "ditanggapi",
        _("Sudah ditanggapi"),
        _("Kantor menyatakan selesai dan buktinya sudah diperiksa orang kedua, tepat waktu atau tidak."),
        lambda now: Q(answered_in_time__isnull=False),
    ),
    Measure(
        "ditanggapi-tepat",
        _("Ditanggapi tepat waktu"),
        _("Dinyatakan selesai sebelum batas waktu penyelesaian lewat."),
        lambda now: Q(answered_in_time=True),
        "ditanggapi",
    ),
    Measure(
        "selesai",
        _("Selesai"),
        _("Ditutup, oleh siapa pun: pelapor, petugas, atau sistem."),
        lambda now: Q(status__in=CLOSED),
        "masuk",
    ),
    Measure(
        "ditutup-pelapor",
        _("Ditutup pelapor"),
        _("Pelapor sendiri menyatakan masalahnya sudah beres."),
        lambda now: Q(status=Status.CLOSED_BY_CITIZEN),
        "selesai",
    ),
    Measure(
        "ditutup-petugas",
        _("Ditutup petugas"),
        _("Petugas menutup setelah menghubungi pelapor, misalnya lewat telepon."),
        lambda now: Q(status=Status.CLOSED_BY_OFFICER),
        "selesai",
    ),
    Measure(
        "ditutup-sistem",
        _("Ditutup sistem"),
        _("Pelapor tidak menanggapi sampai batas waktu. Ini bukan bukti bahwa masalahnya beres."),
        lambda now: Q(status=Status.CLOSED_BY_SYSTEM),
        "selesai",
    ),
    Measure(
        "dibuka-lagi",
        _("Pernah dibuka lagi"),
        _("Dibuka lagi sedikitnya sekali karena belum beres."),
        lambda now: Q(reopened_count__gt=0),
        "masuk",
    ),
    Measure(
        "diarsipkan",
        _("Diarsipkan"),
        _("Tidak dapat ditindaklanjuti; alasannya tercatat pada setiap laporan."),
        lambda now: Q(status=Status.ARCHIVED),
        "masuk",
    ),
    Measure(
        "diteruskan",
        _("Diteruskan ke pihak lain"),
        _("Bukan kewenangan pemerintah ini."),
        lambda now: Q(status=Status.FORWARDED),
        "masuk",
    ),
    Measure(
        "digabung",
        _("Digabung"),
        _(
            "Sama dengan laporan warga lain dan dikerjakan bersama. Tidak dihitung selesai atau terlambat sendiri."
        ),
        lambda now: Q(status=Status.MERGED),
        "masuk",
    ),
    Measure(
        "terbuka",
        _("Masih terbuka"),
        _("Belum selesai, dan tidak diarsipkan, diteruskan, atau digabung."),
        lambda now: Q(closed_at=None),
        "masuk",
    ),
    Measure(
        "lewat",
        _("Lewat batas waktu"),
        _("Masih terbuka dan langkah kantor berikutnya sudah melewati batas waktunya."),
        late,
        "terbuka",
    ),
)
BY_KEY = {measure.key: measure for measure in MEASURES}


@dataclass(frozen=True)
class Period:
    """Days on which the counted reports came in, both ends included."""

    key: str
    label: str | Promise
    since: dt.date
    until: dt.date


def periods(today: dt.date, first: dt.date | None) -> list[Period]:
    """This month, twelve months, and every calendar year back to the first report."""
    year_ago = (today.replace(day=1) - dt.timedelta(days=330)).replace(day=1)
    found = [
        Period("bulan", _("Bulan ini"), today.replace(day=1), today),
        Period("12-bulan", _("12 bulan"), year_ago, today),
    ]
    oldest = max((first or today).year, today.year - 9)
    for year in range(today.year, oldest - 1, -1):
        found.append(Period(str(year), str(year), dt.date(year, 1, 1), min(dt.date(year, 12, 31), today)))
    return found


def received_between(since: dt.date | None, until: dt.date | None) -> Q:
    """Reports received on these local days."""
    zone = timezone.get_current_timezone()
    inside = Q()
    if since is not None:
        inside &= Q(received_at__gte=dt.datetime.combine(since, dt.time(), zone))
    if until is not None:
        inside &= Q(received_at__lte=clock.end_of_day(until))
    return inside
