"""Forms of the office's work on a report: they turn typed strings into values and stop."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.roles import roles_of
from pendopo.domains.reports import task_reading
from pendopo.domains.reports.desk_fields import CleanTextField, OfficeField, line, photos
from pendopo.domains.reports.models import Report, ReportClass, Status


class VerifyForm(forms.Form):
    report_class = forms.ChoiceField(
        label=_("Golongan"),
        choices=ReportClass.choices,
        widget=forms.RadioSelect,
        help_text=_("Golongan menentukan batas waktu penyelesaian."),
    )

    def __init__(self, *args: Any, case: Report, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"report_class": case.report_class})
        super().__init__(*args, **kwargs)


class AssignForm(forms.Form):
    office = OfficeField(label=_("Kantor tujuan"), empty_label=_("Pilih kantor"))
    instruction = CleanTextField(label=_("Arahan"), required=False, rows=3, max_length=2000)
    report_class = forms.ChoiceField(
        label=_("Golongan"),
        choices=ReportClass.choices,
        required=False,
        help_text=_("Menentukan batas waktu."),
    )

    def __init__(self, *args: Any, case: Report, user: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"report_class": case.report_class})
        super().__init__(*args, **kwargs)
        self.fields["office"].offer(user)  # type: ignore[attr-defined]
        if case.status != Status.RECEIVED:
            del self.fields["report_class"]


class HandDownForm(forms.Form):
    """Hand on to an office below the own one; a koordinator may choose any."""

    office = OfficeField(label=_("Kantor tujuan"), empty_label=_("Pilih kantor"))
    instruction = CleanTextField(label=_("Arahan"), required=False, rows=3, max_length=2000)

    def __init__(self, *args: Any, case: Report, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        field.offer(user, leave_out=case.office_id)  # type: ignore[attr-defined]
        if not roles_of(user).coordinates:
            field.queryset = field.queryset.under(case.office)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    body = CleanTextField(
        label=_("Jawaban untuk pelapor"),
        help_text=_("Hanya dibaca pelapor. Publik baru membaca laporan penyelesaian."),
        rows=6,
    )
    photos = photos(_("Foto"))


class AskForm(forms.Form):
    body = CleanTextField(
        label=_("Apa yang perlu dilengkapi pelapor?"),
        help_text=_("Waktu kantor dijeda sampai pelapor menjawab."),
    )


class NoteForm(forms.Form):
    body = CleanTextField(label=_("Catatan internal"), help_text=_("Hanya dibaca petugas."))


class ReturnForm(forms.Form):
    reason = line(
        label=_("Mengapa salah alamat?"),
        max_length=300,
        min_length=5,
        help_text=_("Koordinator memakai alasan ini untuk memilih kantor yang benar."),
    )


class CloseForm(forms.Form):
    """Proof of the work. What other offices did is offered as a draft, and their photos to choose from."""

    summary = CleanTextField(
        label=_("Apa yang sudah dikerjakan?"),
        help_text=_(
            "Dibaca pelapor dan, bila laporan terbuka, publik – setelah diperiksa rekan Anda. "
            "Tanpa foto, jelaskan sedikitnya lima kata."
        ),
        rows=5,
    )
    photos = photos(_("Foto bukti"))
    task_photos = forms.MultipleChoiceField(
        label=_("Foto dari tugas yang ikut ditampilkan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    leave_tasks = CleanTextField(
        label=_("Mengapa ditutup walau tugas belum selesai?"),
        required=False,
        max_length=500,
        rows=2,
        help_text=_(
            "Tersimpan sebagai catatan petugas; tugas yang tersisa dibatalkan setelah penutupan disetujui."
        ),
    )

    def __init__(self, *args: Any, case: Report, **kwargs: Any) -> None:
        done = task_reading.results(case)
        kwargs["initial"] = {"summary": task_reading.draft_summary(done), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        offered = task_reading.offered_photos(done)
        if offered:
            self.fields["task_photos"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["task_photos"]
        if not task_reading.has_live(case):
            del self.fields["leave_tasks"]


class CheckForm(forms.Form):
    accept = forms.TypedChoiceField(
        label=_("Hasil pemeriksaan"),
        choices=[("1", _("Bukti cukup, sampaikan ke pelapor")), ("0", _("Belum cukup, kembalikan"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    remark = line(label=_("Catatan untuk pengusul"), required=False, max_length=300)


class ReasonForm(forms.Form):
    reason = CleanTextField(label=_("Alasan"), max_length=1000, min_length=5, rows=3)
