"""The four steps of a report. Each form judges one step; typed answers live in the draft."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pendopo.base.regions import public as regions
from pendopo.base.ui.fields import Tiles
from pendopo.domains.reports import geo
from pendopo.domains.reports.actions.drafts import MAX_PHOTOS
from pendopo.domains.reports.categories_in_use import categories
from pendopo.domains.reports.forms.fields import (
    Choice,
    Email,
    Line,
    NeededChoice,
    NeededLine,
    Phone,
    Photos,
    Words,
)

MIN_WORDS, MAX_WORDS = 10, 5000
_IN_POINT, _AS_CHOSEN, _NEAREST = "titik", "pilihan", "terdekat"


class WhatForm(forms.Form):
    """Step 1: what is wrong, and photos of it."""

    category = Choice(
        label=_("Tentang apa?"), missing=_("Pilih satu hal yang ingin Anda laporkan."), widget=Tiles
    )
    photos = Photos(
        label=_("Foto"),
        max_files=MAX_PHOTOS,
        help_text=_("Dikecilkan di ponsel Anda supaya hemat kuota. Lokasi di dalam foto dihapus."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = categories()
        language = get_language() or "id"
        field = self.fields["category"]
        field.choices = [(c.key, c.label_in(language)) for c in known]  # type: ignore[attr-defined]
        field.widget.icons = {c.key: c.icon for c in known}


class PlaceForm(forms.Form):
    """Step 2: where. The point decides the kelurahan; where both disagree the citizen decides.

    `doubt` is "mismatch" or "outside" when the citizen must choose, and `doubt_words` says why.
    """

    use_required_attribute = False
    address = NeededLine(
        label=_("Alamat atau patokan"),
        max_length=300,
        help_text=_(
            "Contoh: Jalan Melati, depan Masjid Al-Ikhlas. Nomor rumah tidak ditampilkan untuk umum."
        ),
    )
    region = NeededChoice(label=_("Kelurahan"))
    latitude = forms.CharField(required=False, widget=forms.HiddenInput)
    longitude = forms.CharField(required=False, widget=forms.HiddenInput)
    decision = NeededChoice(label=_("Mana yang benar?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = geo.grouped_villages()
        listed = [(district, list(group)) for district, group in groups]
        self.fields["region"].choices = [("", _("Pilih kelurahan")), *listed]  # type: ignore[attr-defined]
        self.fields["decision"].choices = [(w, w) for w in (_IN_POINT, _AS_CHOSEN, _NEAREST)]  # type: ignore[attr-defined]
        self.doubt = ""
        self.doubt_words = ""
        self.point_unreadable = False

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        point = self._point(given)
        given["latitude"], given["longitude"] = (None, None) if point is None else point
        if point is not None:
            self._compare(given, point)
        if not self.doubt and not self.errors.get("region"):
            self._require(given)
        return given

    def _point(self, given: dict[str, Any]) -> tuple[float, float] | None:
        if self.data.get("forget_point"):
            return None
        try:
            return geo.read_point(
                str(given.get("latitude") or "").strip(), str(given.get("longitude") or "").strip()
            )
        except geo.BadPoint:
            self.point_unreadable = True
            self.add_error(
                "region",
                _(
                    "Titik lokasi tidak terbaca, jadi kami hapus. Pilih kelurahan, atau ambil lokasi sekali lagi."
                ),
            )
            return None

    def _compare(self, given: dict[str, Any], point: tuple[float, float]) -> None:
        place = regions.find(*point)
        chosen, decision = given.get("region") or "", given.get("decision") or ""
        if not place.known:
            return
        if not place.inside:
            self._outside(given, place, chosen, decision)
        elif place.village is not None and not chosen:
            given["region"] = place.village.code
        elif place.village is not None and chosen != place.village.code:
            self._mismatch(given, place.village, chosen, decision)

    def _mismatch(self, given: dict[str, Any], village: Any, chosen: str, decision: str) -> None:
        if decision == _IN_POINT:
            given["region"] = village.code
        elif decision != _AS_CHOSEN:
            names = {"point": village.name, "chosen": geo.villages().get(chosen, "")}
            self.doubt = "mismatch"
            self.doubt_words = _("Titik lokasi berada di %(point)s, tetapi Anda memilih %(chosen)s.") % names
            self._ask(
                [
                    (_IN_POINT, _("%(point)s, sesuai titik lokasi") % names),
                    (_AS_CHOSEN, _("%(chosen)s, sesuai pilihan saya") % names),
                ]
            )

    def _outside(self, given: dict[str, Any], place: Any, chosen: str, decision: str) -> None:
        if decision == _NEAREST and place.nearest is not None and place.nearest.code in geo.villages():
            given["region"] = place.nearest.code
        elif decision != _AS_CHOSEN or not chosen:
            self.doubt, self.doubt_words = "outside", regions.explain(place)
            nearest = place.nearest.full_name if place.nearest else ""
            options: list[tuple[str, Any]] = [
                (_AS_CHOSEN, _("Kejadiannya di kelurahan yang saya pilih pada daftar"))
            ]
            if place.nearest is not None and place.nearest.code in geo.villages():
                options.insert(0, (_NEAREST, _("Kejadiannya di %(area)s") % {"area": nearest}))
            if decision == _AS_CHOSEN:
                self.add_error("region", _("Pilih dulu kelurahannya dari daftar."))
            self._ask(options)
            return
        given["latitude"] = given["longitude"] = None  # the point was not where it happened

    def _ask(self, options: list[tuple[str, Any]]) -> None:
        self.fields["decision"].choices = options  # type: ignore[attr-defined]
        self.add_error("decision", _("Pilih mana yang benar."))

    def _require(self, given: dict[str, Any]) -> None:
        if not given.get("region"):
            self.add_error("region", _("Pilih kelurahan tempat kejadian."))
        elif not given.get("address") and given["latitude"] is None:
            self.add_error(
                "address",
                _("Tulis alamat atau patokan, atau ambil lokasi Anda, supaya petugas menemukan tempatnya."),
            )


class StoryForm(forms.Form):
    """Step 3: what happened, and who may know."""

    text = Words(
        label=_("Apa yang terjadi?"),
        min_length=MIN_WORDS,
        max_length=MAX_WORDS,
        missing=_("Ceritakan apa yang terjadi."),
        too_short=_("Ceritakan sedikit lebih lengkap, paling sedikit 10 huruf."),
        help_text=_(
            "Sejak kapan, seberapa parah, siapa yang terganggu. Jangan tulis nama, NIK, atau nomor telepon di sini."
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    anonymous = forms.BooleanField(
        label=_("Anonim: sembunyikan nama saya"),
        required=False,
        initial=True,
        help_text=_(
            "Isi laporan dapat dibaca umum, nama Anda tidak. Petugas yang menangani tetap dapat menghubungi Anda."
        ),
    )
    secret = forms.BooleanField(
        label=_("Rahasia: sembunyikan seluruh laporan"),
        required=False,
        help_text=_(
            "Laporan tidak muncul di daftar, peta, atau pencarian. Hanya kantor yang menangani yang dapat"
            " membacanya. Pilih ini bila laporan dapat membahayakan Anda, misalnya tentang pungutan liar."
        ),
    )


class ContactForm(forms.Form):
    """Step 4: how to reach the reporter. Everything may stay empty."""

    name = Line(
        label=_("Nama"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = Email(
        label=_("Surel (e-mail)"),
        required=False,
        help_text=_("Kami mengirim nomor laporan, jawaban kantor, dan pertanyaan ke sini."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = Phone(
        label=_("Nomor telepon"),
        required=False,
        max_length=40,
        help_text=_("Contoh: 0812 3456 7890. Petugas menelepon hanya bila perlu."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
