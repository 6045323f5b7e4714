"""What an administrator fills in to change the calendar. Saving is the action's work."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pendopo.base.calendar.models import Holiday, HolidayStatus, WorkWeek
from pendopo.kernel.dates import WEEKDAYS
from pendopo.kernel.text import clean_line


class WithReason(forms.ModelForm):
    """Every change says why; the words go into the history."""

    reason = forms.CharField(
        label=_("alasan perubahan"),
        max_length=300,
        help_text=_("Tercatat di jejak, misalnya nomor keputusan yang mengubahnya."),
    )

    def clean_reason(self) -> str:
        reason = clean_line(self.cleaned_data["reason"])
        if not reason:
            raise ValidationError(_("Tulis alasannya."))
        return reason


class HolidayForm(WithReason):
    class Meta:
        model = Holiday
        fields = ["date", "name", "kind", "status", "scope", "decree", "source"]

    def clean_status(self) -> str:
        status: str = self.cleaned_data["status"]
        known = self.instance.pk is not None
        if not known and status == HolidayStatus.REVOKED:
            raise ValidationError(_("Hari libur baru tidak bisa langsung dicabut."))
        old = self.initial.get("status")
        if known and status != old and not Holiday.TRANSITIONS.allows(str(old), status):
            raise ValidationError(_("Keadaan ini tidak bisa diubah begitu."))
        return status

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.initial.get("status") == HolidayStatus.REVOKED:
            raise ValidationError(_("Hari libur ini sudah dicabut. Tambahkan yang baru bila berlaku lagi."))
        return cleaned


class WorkWeekForm(WithReason):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("hari kerja"),
        choices=list(enumerate(WEEKDAYS, start=1)),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = WorkWeek
        fields = ["weekdays", "scope", "joint_leave_is_closed", "source", "valid_from"]
