"""Forms of the written notice: what is given, what is withheld and why. They turn into a `Draft`."""

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from pendopo.base.files.actions import store
from pendopo.base.redaction import public as redaction
from pendopo.base.ui import words as spoken
from pendopo.domains.information import related, unit_reading
from pendopo.domains.information.actions import grounding, handing
from pendopo.domains.information.actions.grounding import Blackened, Draft, Upload
from pendopo.domains.information.desk_fields import BlackenedField, FilesField, line, words
from pendopo.domains.information.models import (
    DecisionKind,
    Form,
    InformationRequest,
    SendWay,
)
from pendopo.kernel import clock

Data = Mapping[str, Any]
REDACTION_HOST = handing.HOST


class GrantForm(forms.Form):
    """What the requester gets: material, files from units, the list or this computer, how, and what it costs."""

    kind: str = DecisionKind.FULL

    material = words(label=_("Informasi yang diberikan"), min_length=5, max_length=4000)
    task_files = forms.TypedMultipleChoiceField(
        label=_("Berkas dari unit"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    items = forms.TypedMultipleChoiceField(
        label=_("Dari daftar informasi publik"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    uploads = FilesField(label=_("Berkas lain"))
    form = forms.ChoiceField(label=_("Bentuk"), choices=Form.choices)
    send_way = forms.ChoiceField(label=_("Cara penyerahan"), choices=SendWay.choices)
    cost = forms.DecimalField(
        label=_("Biaya (rupiah)"), min_value=Decimal(0), max_digits=12, decimal_places=0, required=False,
        help_text=_("Kosongkan bila gratis."),
    )  # fmt: skip
    payment = line(label=_("Cara pembayaran"), required=False, max_length=200)

    def __init__(self, *args: Any, case: InformationRequest, **kwargs: Any) -> None:
        kwargs["initial"] = {"form": case.form, "send_way": case.send_way, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self._offer("task_files", _from_units(case))
        self._offer("items", [(item.pk, item.title) for item in related.items_for(case)])

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("cost") and not data.get("payment"):
            self.add_error("payment", _("Tulis cara pembayarannya."))
        return data


class PartialForm(GrantForm):
    """The same, and what is withheld of it."""

    kind = DecisionKind.PARTIAL

    reason = words(
        label=_("Penjelasan bagian yang tidak diberikan"), min_length=10, max_length=2000, rows=3,
        help_text=_("Dibaca pemohon."),
    )  # fmt: skip
    tests = forms.TypedMultipleChoiceField(
        label=_("Uji konsekuensi yang menjadi dasar"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih sedikitnya satu uji konsekuensi yang sudah ditetapkan.")},
    )  # fmt: skip
    redactions = forms.TypedMultipleChoiceField(
        label=_("Hasil penghitaman yang sudah terbukti"), required=False, coerce=uuid.UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Berkasnya ikut diserahkan dan daftar bagiannya terisi sendiri."),
    )  # fmt: skip
    blackened = BlackenedField(label=_("Bagian yang dihitamkan atau tidak diberikan"))

    def __init__(self, *args: Any, case: InformationRequest, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["tests"].choices = test_choices(case)  # type: ignore[attr-defined]
        self.proven = {row.pk: row for row in proven_of(case)}
        self.files_found = unit_reading.file_of_each(case) if self.proven else {}
        self._offer("redactions", [(pk, row.source.name) for pk, row in self.proven.items()])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("blackened") and not data.get("redactions") and "blackened" not in self.errors:
            self.add_error("blackened", _("Jawaban sebagian perlu daftar bagian yang tidak diberikan."))
        blackened = {self.proven[pk].source_id for pk in data.get("redactions") or () if pk in self.proven}
        if blackened and blackened & {self.files_found.get(pk) for pk in data.get("task_files") or ()}:
            self.add_error(
                "task_files",
                _("Berkas asli dan hasil penghitamannya dipilih sekaligus. Pilih hasilnya saja."),
            )
        return data


class RefuseForm(forms.Form):
    tests = forms.TypedMultipleChoiceField(
        label=_("Uji konsekuensi yang menjadi dasar"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("Hanya yang sudah ditetapkan dan masih berlaku. Belum ada? Buat dan tetapkan lembar uji dahulu."),
        error_messages={"required": _("Penolakan perlu uji konsekuensi yang sudah ditetapkan.")},
    )  # fmt: skip
    reason = words(
        label=_("Penjelasan untuk pemohon"), min_length=10, max_length=2000,
        help_text=_("Dengan kata-kata yang dipahami orang banyak."),
    )  # fmt: skip

    def __init__(self, *args: Any, case: InformationRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tests"].choices = test_choices(case)  # type: ignore[attr-defined]


class NotHeldForm(forms.Form):
    reason = words(label=_("Mengapa tidak dikuasai"), min_length=10, max_length=2000)
    other_body = line(
        label=_("Badan publik yang menguasainya, bila diketahui"), required=False, max_length=200
    )
    forward = forms.BooleanField(
        label=_("Teruskan permohonan kepada badan itu dan beri tahu pemohon"), required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("forward") and not data.get("other_body") and "other_body" not in self.errors:
            self.add_error("other_body", _("Tulis badan publik yang menguasainya."))
        return data


class BlackenForm(forms.Form):
    """Which file of a unit is blackened."""

    task_file = forms.TypedChoiceField(label=_("Berkas dari unit"), coerce=int, choices=())

    def __init__(self, *args: Any, case: InformationRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Pilih berkas")), *unit_reading.found_files(case)]
        self.fields["task_file"].choices = choices  # type: ignore[attr-defined]


def _from_units(case: InformationRequest) -> list[tuple[int, str]]:
    """Files that units found. One that was blackened says that this is the original."""
    sources = {row.source_id for row in redaction.result_of((REDACTION_HOST, str(case.pk)))}
    files = unit_reading.file_of_each(case) if sources else {}
    return [
        (
            pk,
            _now("%(file)s (asli, belum dihitamkan)") % {"file": label}
            if files.get(pk) in sources
            else label,
        )
        for pk, label in unit_reading.found_files(case)
    ]


def test_choices(case: InformationRequest) -> list[tuple[int, str]]:
    """Usable tests with letter, subject and end."""
    rows = grounding.usable_tests(case, today=clock.local_date(clock.now()))
    return [
        (test.pk, f"{test.code} · {test.letter} · {test.information[:80]} · {_end(test)}") for test in rows
    ]


def _end(test: Any) -> str:
    return str(_("tanpa batas")) if test.permanent else spoken.short_date(test.expires_on)


def proven_of(case: InformationRequest) -> list[Any]:
    """Redactions of files of this request whose result was proven."""
    rows = redaction.result_of((REDACTION_HOST, str(case.pk)))
    return [row for row in rows if redaction.proven_file(row) is not None]


def _withheld(row: Any) -> list[Any]:
    """In Indonesian, whatever the officer reads: it stands in the letter."""
    with override("id"):
        return redaction.list_for(row)


def grant_of(case: InformationRequest, data: Data, user: Any, now: dt.datetime, *, kind: str) -> Draft:
    """The draft that a grant's cleaned values make. Uploads are stored, and every file is looked through: outside
    of the transaction that decides. Raises Refused."""
    uploads = [
        Upload(store(upload=one, by=user, now=now, allowed=FilesField.allowed, thorough=True), one.name)
        for one in data.get("uploads") or ()
    ]
    blackened: list[Blackened] = list(data.get("blackened") or ())
    chosen = set(data.get("redactions") or ())
    for row in (row for row in proven_of(case) if row.pk in chosen):
        file = redaction.proven_file(row)
        assert file is not None  # `proven_of` asked
        uploads.append(Upload(file, row.source.name, row.pk))
        blackened += [
            Blackened(row.source.name, part.ground[-1], part.reason or part.ground_words, part.page)
            for part in _withheld(row)
        ]
    draft = Draft(
        kind=kind, material=data["material"], reason=data.get("reason") or "", tests=data.get("tests") or (),
        blackened=blackened, uploads=uploads, task_files=data.get("task_files") or (),
        items=data.get("items") or (), form=data["form"], send_way=data["send_way"],
        cost=data.get("cost") or Decimal(0), payment=data.get("payment") or "",
    )  # fmt: skip
    return handing.looked_through(draft, case)
