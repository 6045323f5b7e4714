"""What the pattern page shows: forms and made-up rows, nothing from the database."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendopo.base.ui.fields import DateInput, HintedRadios, PhotosField, Tiles

# Three cities that would break a careless palette: bright yellow, bright green, and a deep blue.
CITIES: Final = {
    "kuning": (_("Kota berwarna kuning"), "#ffcc00"),
    "hijau": (_("Kota berwarna hijau"), "#00a651"),
    "biru": (_("Kota berwarna biru"), "#0b57a4"),
}
_TILES: Final = (
    ("jalan-rusak", _("Jalan rusak")),
    ("lampu-jalan", _("Lampu jalan")),
    ("sampah", _("Sampah")),
    ("banjir", _("Banjir dan saluran air")),
    ("air-bersih", _("Air bersih")),
    ("lainnya", _("Lainnya")),
)


class SampleForm(forms.Form):
    category = forms.ChoiceField(label=_("Apa yang ingin Anda laporkan?"), choices=_TILES, widget=Tiles())
    photos = PhotosField(
        label=_("Foto"),
        required=False,
        help_text=_("Foto dikecilkan di ponsel Anda, jadi hemat kuota. Lokasi di dalam foto dihapus."),
    )
    place = forms.CharField(
        label=_("Di mana?"),
        max_length=200,
        help_text=_("Alamat atau patokan, misalnya “depan Pasar Kliwon”."),
    )
    village = forms.ChoiceField(
        label=_("Kelurahan"),
        required=False,
        choices=[("", _("Pilih kelurahan")), ("1", "Sukamaju"), ("2", "Mekarsari")],
    )
    words = forms.CharField(label=_("Ceritakan singkat"), max_length=1000, widget=forms.Textarea())
    since = forms.DateField(label=_("Sejak kapan?"), required=False, widget=DateInput())
    answer_by = forms.ChoiceField(
        label=_("Kabari saya lewat"),
        choices=[("email", _("Surel")), ("code", _("Tidak usah, saya simpan kodenya"))],
        widget=HintedRadios(hints={"email": _("Kami kirim tiap kali ada perkembangan.")}),
        initial="email",
    )
    anonymous = forms.BooleanField(
        label=_("Sembunyikan nama saya (anonim)"),
        required=False,
        help_text=_("Laporan tetap tampil untuk umum, tetapi tanpa nama Anda."),
    )
    secret = forms.BooleanField(
        label=_("Rahasiakan seluruh laporan"),
        required=False,
        help_text=_("Hanya Anda dan kantor yang menangani yang bisa membacanya."),
    )
    agree = forms.BooleanField(label=_("Saya sudah membaca cara data saya dipakai."))


class FilterForm(forms.Form):
    words = forms.CharField(label=_("Kata"), required=False)
    status = forms.ChoiceField(
        label=_("Keadaan"), required=False, choices=[("", _("Semua")), ("late", _("Lewat batas"))]
    )


# (title, days after the report, tone, who, text, only for officers)
_STORY: Final = (
    (
        _("Selesai"),
        3,
        "done",
        _("Dinas Pekerjaan Umum"),
        _("Lubang sudah ditambal. Fotonya ada di bawah."),
        False,
    ),
    (_("Menunggu keterangan Anda"), 2, "waiting", "", _("Lubangnya di lajur kiri atau kanan?"), False),
    (_("Catatan penanganan"), 1, "plain", _("Sari"), _("Regu 2 berangkat besok pagi."), True),
    (_("Laporan diterima"), 0, "new", _("Warga"), "", False),
)
# (who, hours later, text, written by the reader, only for officers)
_TALK: Final = (
    (_("Dinas Pekerjaan Umum"), 0, _("Selamat pagi. Lubangnya di lajur kiri atau kanan?"), False, False),
    (_("Anda"), 2, _("Lajur kiri, persis sebelum jembatan."), True, False),
    (_("Sari"), 3, _("Sudah dicek regu 2, perlu aspal dingin."), False, True),
)
TONES: Final = (
    ("new", _("Diterima")),
    ("moving", _("Ditindaklanjuti")),
    ("waiting", _("Menunggu keterangan")),
    ("done", _("Selesai")),
    ("late", _("Lewat 2 hari")),
    ("closed", _("Diarsipkan")),
    ("secret", _("Rahasia")),
)
ROWS: Final = (
    (_("Jenis"), _("Jalan rusak"), "#bagian-formulir"),
    (_("Tempat"), _("Depan Pasar Kliwon, Sukamaju"), "#bagian-formulir"),
)
CRUMBS: Final = ((_("Beranda"), "/"), (_("Laporan"), "/gaya/"), ("LAP-7K2M-9QXD", ""))
TABS: Final = (
    {"label": _("Semua"), "url": "?", "count": 12480, "current": True},
    {"label": _("Di dekat saya"), "url": "?dekat=1", "count": 37},
)
BARS: Final = (
    (_("Dinas Pekerjaan Umum"), 412, 31),
    (_("Dinas Lingkungan Hidup"), 287, 0),
    (_("Dinas Perhubungan"), 120, 18),
)
DAYS: Final = (3, 5, 4, 8, 12, 9, 14, 11, 16, 13, 18, 15)
POINTS: Final = ({"lat": -7.55, "lon": 110.82, "label": _("Lampu padam"), "url": "#", "tone": "new"},)


def _monday() -> dt.datetime:
    return dt.datetime(2026, 3, 9, 14, 5, tzinfo=timezone.get_current_timezone())


def entries() -> list[dict[str, Any]]:
    """A report's timeline, newest first."""
    return [
        {
            "title": title,
            "when": _monday() + dt.timedelta(days=days),
            "tone": tone,
            "who": who,
            "text": text,
            "private": private,
        }
        for title, days, tone, who, text, private in _STORY
    ]


def talk() -> list[dict[str, Any]]:
    """A conversation between a citizen and an office."""
    return [
        {"who": who, "when": _monday() + dt.timedelta(hours=hours), "text": text, "own": own, "note": note}
        for who, hours, text, own, note in _TALK
    ]
