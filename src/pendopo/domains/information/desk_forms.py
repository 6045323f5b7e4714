"""Forms of PPID's work on a request: they turn typed strings into values and stop."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pendopo.base.ui import words as spoken
from pendopo.base.ui.fields import DateInput
from pendopo.domains.information import task_clocks
from pendopo.domains.information.actions import extending
from pendopo.domains.information.actions.tasks import Part
from pendopo.domains.information.desk_fields import UnitField, line, words
from pendopo.domains.information.models import Extension, InformationRequest, RequestStatus
from pendopo.kernel import clock

ROWS = 4
_NAMES = (_("Unit pertama"), _("Unit kedua"), _("Unit ketiga"), _("Unit keempat"))


class AskForm(forms.Form):
    missing = words(
        label=_("Apa yang perlu dilengkapi pemohon?"),
        min_length=5,
        help_text=_("Dibaca pemohon. Hitungan waktu berhenti sampai ia melengkapinya."),
    )


class NoteForm(forms.Form):
    body = words(label=_("Catatan internal"), help_text=_("Hanya dibaca petugas."))


class WriteForm(forms.Form):
    body = words(
        label=_("Pesan untuk pemohon"),
        min_length=10,
        help_text=_(
            "Dibaca pemohon. Hitungan waktu tetap berjalan; untuk yang kurang pakai “Minta dilengkapi”."
        ),
    )


class GiveForm(forms.Form):
    officer = forms.TypedChoiceField(label=_("Petugas"), coerce=int, choices=())

    def __init__(self, *args: Any, officers: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Pilih petugas")), *((one.pk, str(one)) for one in officers)]
        self.fields["officer"].choices = choices  # type: ignore[attr-defined]


class ExtendForm(forms.Form):
    days = forms.TypedChoiceField(label=_("Tambahan waktu"), coerce=int, choices=())
    reason_kind = forms.ChoiceField(
        label=_("Alasan menurut undang-undang"), choices=Extension.Reason.choices, widget=forms.RadioSelect
    )
    reason = words(
        label=_("Penjelasan tertulis"),
        min_length=10,
        max_length=2000,
        help_text=_("Dibaca pemohon dalam surat perpanjangan."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = extending.rule_today(now=clock.now()).amount
        choices = [(n, _now("%(n)s hari kerja") % {"n": n}) for n in range(most, 0, -1)]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    """Up to four units at once, each with its instruction and its day. `parts` after cleaning."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = clock.now()
        self.today = clock.local_date(now)
        rule = task_clocks.rule_today(now=now)
        hint = _now("Bila dikosongkan: %(day)s, %(n)s %(unit)s sejak hari ini.") % {
            "day": spoken.long_date(task_clocks.due_by_rule(now=now)), "n": rule.amount,
            "unit": rule.get_unit_display(),
        }  # fmt: skip
        for number in range(ROWS):
            self._add_row(number, user, hint if number == 0 else "")

    def _add_row(self, number: int, user: Any, hint: str) -> None:
        first = number == 0
        unit = UnitField(
            label=_NAMES[number],
            required=first,
            empty_label=_("Pilih unit") if first else _("Tidak ada lagi"),
        )
        self.fields[f"unit_{number}"] = unit
        unit.offer(user)
        if not first:  # the desk shows instruction and day once a unit is chosen
            unit.widget.attrs["data-opens"] = ""
        self.fields[f"instruction_{number}"] = words(
            label=_("Yang diminta"), required=first, rows=2, max_length=2000,
            help_text=_("Tulis informasinya saja, tanpa nama pemohon.") if first else "",
        )  # fmt: skip
        self.fields[f"due_{number}"] = forms.DateField(
            label=_("Paling lambat"), required=False, widget=DateInput, help_text=hint
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(ROWS):
            unit, due = data.get(f"unit_{number}"), data.get(f"due_{number}")
            given = data.get(f"instruction_{number}") or ""
            if unit and len(given) < 5 and f"instruction_{number}" not in self.errors:
                self.add_error(f"instruction_{number}", _("Tulis apa yang diminta dari unit ini."))
            if not unit and given and f"unit_{number}" not in self.errors:
                self.add_error(f"unit_{number}", _("Pilih unit yang diminta."))
            if due and due <= self.today:
                self.add_error(f"due_{number}", _("Pilih tanggal paling cepat besok."))
        return data

    @staticmethod
    def parts(data: Any) -> list[Part]:
        rows = [
            (data.get(f"unit_{n}"), data.get(f"instruction_{n}"), data.get(f"due_{n}")) for n in range(ROWS)
        ]
        return [Part(unit.pk, text, due) for unit, text, due in rows if unit]


class ReasonForm(forms.Form):
    reason = words(label=_("Alasan"), max_length=1000, min_length=10, rows=3)


class DeliverForm(forms.Form):
    note = line(
        label=_("Kepada siapa dan bagaimana diserahkan"),
        required=False,
        max_length=500,
        help_text=_("Misalnya: diambil pemohon sendiri; nomor resi pos. Untuk unduhan boleh dikosongkan."),
    )


class LogForm(forms.Form):
    title = line(
        label=_("Judul untuk umum"),
        required=False,
        max_length=160,
        help_text=_(
            "Apa yang diminta, tanpa nama atau kontak pemohon. Kosongkan untuk tidak menampilkannya."
        ),
    )
    topic = line(label=_("Topik"), required=False, max_length=40)

    def __init__(self, *args: Any, case: InformationRequest, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"title": case.log_title, "topic": case.log_topic})
        super().__init__(*args, **kwargs)


class ItemForm(forms.Form):
    title = line(label=_("Judul di daftar informasi"), min_length=5, max_length=200)
    summary = words(label=_("Ringkasan isi"), min_length=5, max_length=2000)
    unit = UnitField(label=_("Unit yang menguasai"), empty_label=_("Pilih unit"))
    holder = line(label=_("Pejabat yang menguasai"), min_length=5, max_length=160)

    def __init__(self, *args: Any, case: InformationRequest, user: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"title": case.log_title})
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(user)  # type: ignore[attr-defined]


class ContactForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("Keperluan melihat data pemohon"),
        choices=[
            ("Menghubungi pemohon", _("Menghubungi pemohon")),
            ("Menyerahkan informasi", _("Menyerahkan informasi")),
            ("Memeriksa kelengkapan", _("Memeriksa kelengkapan")),
        ],
        help_text=_("Setiap kali data dilihat, nama Anda dan keperluannya tercatat."),
    )


class OverrideForm(forms.Form):
    status = forms.ChoiceField(label=_("Keadaan baru"), choices=RequestStatus.choices)
    reason = words(
        label=_("Alasan"),
        min_length=10,
        max_length=1000,
        help_text=_("Tercatat atas nama Anda dan tidak terhapus."),
    )
