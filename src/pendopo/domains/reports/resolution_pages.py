"""The numbers of `resolution.py` as pages show them: each with its meaning, its margin and what it does not say."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendopo.domains.reports import figures
from pendopo.domains.reports.models import ResolutionMonth
from pendopo.domains.reports.resolution import Share

_SUMS = (
    "citizen",
    "officer",
    "timer",
    "reporter_spoke",
    "reporter_done",
    "judged",
    "judged_done",
    "settled",
    "again",
)


@dataclass(frozen=True)
class Measure:
    """One share. `means` and `not_means` are read by everybody, so they are written for everybody."""

    key: str
    section: str
    label: str | Promise
    means: str | Promise
    not_means: str | Promise
    part: Callable[[dict[str, int]], int]
    whole: Callable[[dict[str, int]], int]
    of: str | Promise


def _closings(row: dict[str, int]) -> int:
    return row["citizen"] + row["officer"] + row["timer"]


_OF_CLOSINGS = _("penutupan")
MEASURES = (
    Measure("pelapor", "who", _("Ditutup pelapor"), _("Pelapor sendiri menyatakan selesai."),
            _("Tidak mengatakan apa-apa tentang pelapor yang diam."),
            lambda r: r["citizen"], _closings, _OF_CLOSINGS),
    Measure("petugas", "who", _("Ditutup petugas"), _("Petugas menutup setelah menghubungi pelapor."),
            _("Bukan pernyataan pelapor: kami hanya tahu kata petugas."),
            lambda r: r["officer"], _closings, _OF_CLOSINGS),
    Measure("sistem", "who", _("Ditutup sistem"), _("Pelapor tidak menjawab sampai batas waktu."),
            _("Bukan bukti bahwa masalahnya beres, dan bukan bukti bahwa belum."),
            lambda r: r["timer"], _closings, _OF_CLOSINGS),
    Measure("kata-pelapor", "said", _("Dibenarkan pelapor"),
            _("Pelapor sendiri mengatakan sudah beres, saat menutup atau sesudahnya."),
            _("Pelapor yang diam tidak dihitung membenarkan dan tidak dihitung membantah."),
            lambda r: r["reporter_done"], _closings, _OF_CLOSINGS),
    Measure("bantah-pelapor", "said", _("Dibantah pelapor"),
            _("Pelapor mengatakan belum beres, atau membuka lagi laporannya."),
            _("Bukan jumlah semua yang kecewa: banyak orang tidak kembali untuk mengatakannya."),
            lambda r: r["reporter_spoke"] - r["reporter_done"], _closings, _OF_CLOSINGS),
    Measure("kata-tetangga", "said", _("Beres menurut tetangga"),
            _("Dari laporan yang dinilai orang lewat, sebanyak ini lebih banyak mendapat suara “sudah beres”."),
            _("Siapa saja bisa bersuara, tanpa kami periksa apakah ia benar melihat tempatnya."),
            lambda r: r["judged_done"], lambda r: r["judged"], _("penutupan yang dinilai tetangga")),
    Measure("lagi", "again", _("Dilaporkan lagi"),
            _("Dibuka lagi, atau ada laporan baru berkategori sama di dekatnya, dalam masa yang ditetapkan."),
            _("Laporan baru di dekatnya bisa juga masalah lain; yang tidak dilaporkan lagi belum tentu beres."),
            lambda r: r["again"], lambda r: r["settled"], _("penutupan yang masanya sudah lewat")),
)  # fmt: skip
SECTIONS = (
    ("who", _("Siapa yang menutup")),
    ("said", _("Kata orang di tempatnya")),
    ("again", _("Apakah bertahan")),
)
GROUPS = (
    ("bulan", _("Bulan"), "month", "month"),
    ("kantor", _("Kantor"), "office", "office__name"),
    ("kategori", _("Kategori"), "category", "category__label"),
    ("wilayah", _("Kecamatan"), "district", "district__name"),
)


def within(rows: Any, period: figures.Period) -> Any:
    """Month rows of closings in the months of a period."""
    return rows.filter(month__gte=period.since.replace(day=1), month__lte=period.until)


def totals(rows: Any) -> dict[str, int]:
    """All sums in one query; 0 where there is nothing."""
    found = rows.aggregate(**{f"n_{name}": Sum(name) for name in _SUMS})
    return {name: found[f"n_{name}"] or 0 for name in _SUMS}


def shares(row: dict[str, int], least: int) -> list[tuple[Measure, Share]]:
    return [(m, Share(m.part(row), m.whole(row), least)) for m in MEASURES]


def sections(row: dict[str, int], least: int) -> list[tuple[Any, list[tuple[Measure, Share]]]]:
    """(title, [(measure, share)]) for the page."""
    found = shares(row, least)
    return [(title, [one for one in found if one[0].section == key]) for key, title in SECTIONS]


def grouped(rows: Any, key: str, least: int) -> list[tuple[str, list[tuple[Measure, Share]]]]:
    """(name, shares) of each month, office, category or kecamatan, by name: no order says who is better."""
    field, name = next((field, name) for one, _label, field, name in GROUPS if one == key)
    summed = (
        rows.order_by()
        .values(field, name)
        .annotate(**{f"n_{one}": Sum(one) for one in _SUMS})
        .order_by(f"-{name}" if field == "month" else name)
    )
    return [(_named(row[name]), shares({one: row[f"n_{one}"] for one in _SUMS}, least)) for row in summed]


def _named(value: Any) -> str:
    return date_format(value, "F Y") if isinstance(value, dt.date) else str(value)


def csv_rows(rows: Any, least: int) -> Iterator[list[Any]]:
    """The same numbers for a table: every group, part, whole and margin; the margin stays empty for few cases."""
    parts: list[tuple[Any, str, list[tuple[Measure, Share]]]] = [("", "", shares(totals(rows), least))]
    for key, label, _field, _name in GROUPS:
        parts += [(label, name, found) for name, found in grouped(rows, key, least)]
    for label, name, found in parts:
        for measure, share in found:
            margin = [f"{share.low:.3f}", f"{share.high:.3f}"] if share.enough else ["", ""]
            yield [str(label), name, str(measure.label), share.part, share.whole, *margin]


def seen(user: Any) -> Any:
    """What the desk page of a member of staff may sum up."""
    return ResolutionMonth.objects.visible_to(user)
