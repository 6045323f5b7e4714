"""Forms of tasks: sharing a report out, an office's part, links for people without an account, and theirs."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pendopo.base.ui import words
from pendopo.base.ui.fields import DateInput
from pendopo.domains.reports import task_clocks
from pendopo.domains.reports.actions.tasks import Part
from pendopo.domains.reports.desk_fields import CleanTextField, OfficeField, line, photos
from pendopo.domains.reports.models import Report, TaskPolicy, TaskUpdate
from pendopo.kernel import clock, phones

ROWS = 4
_NAMES = (_("Kantor pertama"), _("Kantor kedua"), _("Kantor ketiga"), _("Kantor keempat"))


class ShareForm(forms.Form):
    """Up to four offices at once, each with its instruction and its day. `parts` after cleaning."""

    def __init__(self, *args: Any, case: Report, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = clock.now()
        self.today = clock.local_date(now)
        rule = task_clocks.rule_today(case, now=now)
        day = words.long_date(task_clocks.due_by_rule(case, now=now))
        hint = _now("Bila dikosongkan: %(day)s, %(n)s %(unit)s sejak hari ini.") % {
            "day": day, "n": rule.amount, "unit": rule.get_unit_display(),
        }  # fmt: skip
        for number in range(ROWS):
            self._add_row(number, user, hint if number == 0 else "")

    def _add_row(self, number: int, user: Any, hint: str) -> None:
        required = number == 0
        office = OfficeField(
            label=_NAMES[number], required=required,
            empty_label=_("Pilih kantor") if required else _("Tidak ada lagi"),
        )  # fmt: skip
        self.fields[f"office_{number}"] = office
        office = self.fields[f"office_{number}"]  # type: ignore[assignment]
        office.offer(user)
        if not required:  # the desk shows instruction and day once an office is chosen
            office.widget.attrs["data-opens"] = ""
        self.fields[f"instruction_{number}"] = CleanTextField(
            label=_("Yang diminta"), required=required, rows=2, max_length=2000
        )
        self.fields[f"due_{number}"] = forms.DateField(
            label=_("Paling lambat"), required=False, widget=DateInput, help_text=hint
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(ROWS):
            office, due = data.get(f"office_{number}"), data.get(f"due_{number}")
            words_given = data.get(f"instruction_{number}") or ""
            if office and len(words_given) < 5 and f"instruction_{number}" not in self.errors:
                self.add_error(f"instruction_{number}", _("Tulis apa yang diminta dari kantor ini."))
            if not office and words_given and f"office_{number}" not in self.errors:
                self.add_error(f"office_{number}", _("Pilih kantor yang diminta."))
            if due and due <= self.today:
                self.add_error(f"due_{number}", _("Pilih tanggal paling cepat besok."))
        return data

    @staticmethod
    def parts(data: Any) -> list[Part]:
        rows = [
            (data.get(f"office_{n}"), data.get(f"instruction_{n}"), data.get(f"due_{n}")) for n in range(ROWS)
        ]
        return [Part(office.pk, text, due) for office, text, due in rows if office]


class EmptyForm(forms.Form):
    """One tap."""


class ResultForm(forms.Form):
    result = CleanTextField(
        label=_("Apa yang sudah dikerjakan?"),
        max_length=2000,
        help_text=_("Kantor yang memimpin merangkumnya untuk pelapor."),
    )
    photos = photos(_("Foto bukti"))


class WhyForm(forms.Form):
    reason = line(label=_("Alasan"), max_length=300, min_length=5)


class AgainForm(forms.Form):
    reason = CleanTextField(label=_("Apa yang masih kurang?"), max_length=1000, min_length=5, rows=3)


class KeyedForm(forms.Form):
    """Carries a key that makes a repeated sending the same act."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class TaskNoteForm(KeyedForm):
    body = CleanTextField(
        label=_("Pesan"), max_length=2000, rows=3, help_text=_("Dibaca kantor yang meminta dan yang diminta.")
    )


class LinkForm(KeyedForm):
    name = line(label=_("Nama"), max_length=80)
    role = line(
        label=_("Sebagai"), max_length=80, help_text=_("Misalnya pelaksana lapangan, ketua RT, teknisi PLN.")
    )
    phone = line(label=_("Nomor WhatsApp"), required=False, max_length=20)
    email = forms.EmailField(label=_("Surel"), required=False, max_length=254)
    until = forms.DateField(label=_("Berlaku sampai"), required=False, widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = _now("Bila dikosongkan: %(n)s hari.") % {
            "n": TaskPolicy.now().link_days
        }

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        number = phones.normalize(typed) if typed else ""
        if typed and not number:
            raise forms.ValidationError(_("Nomor ini tidak terbaca. Contoh: 0812-3456-7890."))
        return number or ""

    def clean_until(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["until"]
        today = clock.local_date(clock.now())
        if day and not today <= day <= today + dt.timedelta(days=90):
            raise forms.ValidationError(_("Pilih tanggal dari hari ini sampai 90 hari lagi."))
        return day


class DecideForm(forms.Form):
    update = forms.UUIDField(widget=forms.HiddenInput)
    result = CleanTextField(label=_("Hasil yang dicatat"), required=False, max_length=2000, rows=3)


class RevokeForm(forms.Form):
    link = forms.UUIDField(widget=forms.HiddenInput)


class UpdateForm(KeyedForm):
    """What the holder of a link tells, on a cheap phone without JavaScript."""

    kind = forms.ChoiceField(
        label=_("Kabar Anda"),
        choices=[
            (TaskUpdate.Kind.STARTED, _("Mulai dikerjakan")),
            (TaskUpdate.Kind.DONE, _("Selesai dikerjakan")),
            (TaskUpdate.Kind.NOT_MINE, _("Bukan tugas saya")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu kabar."), "invalid_choice": _("Pilih dari daftar.")},
    )
    words = CleanTextField(label=_("Keterangan"), required=False, max_length=2000, rows=3)
    photos = photos(_("Foto pekerjaan"))
