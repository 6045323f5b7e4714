"""Verbs of the desk that came with bulk work: give to a colleague, put aside, take back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.accounts.models import User
from pendopo.base.cases.desk import Verb
from pendopo.base.cases.models.case import WORKING_ROLES
from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.public import officers_of
from pendopo.base.organizations.roles import roles_of
from pendopo.base.ui.fields import DateInput
from pendopo.domains.reports import policy
from pendopo.domains.reports.actions import giving, snoozing
from pendopo.domains.reports.desk_fields import line
from pendopo.domains.reports.models import Report
from pendopo.kernel import clock

Data = Mapping[str, Any]


class SnoozeForm(forms.Form):
    until = forms.DateField(
        label=_("Tunda sampai"),
        widget=DateInput,
        help_text=_("Pada tanggal itu, atau tiga hari sebelum batas waktunya, laporan muncul lagi."),
        error_messages={"required": _("Pilih tanggalnya.")},
    )
    reason = line(
        label=_("Mengapa ditunda?"),
        max_length=300,
        help_text=_("Hanya dibaca petugas. Batas waktu tetap berjalan."),
    )


class GiveForm(forms.Form):
    """`officers` are the colleagues to choose from, by office."""

    officer = forms.TypedChoiceField(label=_("Petugas"), coerce=int, choices=())

    def __init__(self, *args: Any, officers: list[tuple[str, list[User]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(office, [(one.pk, str(one)) for one in people]) for office, people in officers]
        named = groups[0][1] if len(groups) == 1 else groups
        self.fields["officer"].choices = [("", _("Pilih petugas")), *named]  # type: ignore[attr-defined]


def colleagues(user: Any) -> dict[str, Any]:
    """Officers on duty today in the offices where this person works."""
    today = clock.local_date(clock.now())
    own = roles_of(user).offices_as(*WORKING_ROLES)
    offices = Organization.objects.visible_to(user).filter(pk__in=own).order_by("name")
    return {"officers": [(office.name, officers_of(office, today)) for office in offices]}


def _of_this_office(case: Report, user: Any) -> dict[str, Any]:
    return {"officers": [(case.office.name, officers_of(case.office, clock.local_date(clock.now())))]}


def give(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return giving.give(report_id=case.pk, officer_id=data["officer"], by=user, now=now)


def snooze(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return snoozing.snooze(report_id=case.pk, until=data["until"], reason=data["reason"], by=user, now=now)


def _wake(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return snoozing.wake(report_id=case.pk, by=user, now=now)


VERBS = (
    Verb("bangunkan", _("Akhiri penundaan"), policy.may_wake, _wake,
         done=_("Laporan ini kembali ke antrean."), order=60),
    Verb("serahkan", _("Serahkan ke rekan"), policy.may_give, give, GiveForm, _of_this_office,
         done=_("Laporan diserahkan."), tone="quiet", order=82),
    Verb("tunda", _("Tunda"), policy.may_snooze, snooze, SnoozeForm,
         explanation=_("Laporan keluar dari antrean harian sampai tanggal pilihan Anda. Batas waktu tetap berjalan."),
         done=_("Laporan ditunda."), tone="quiet", order=84),
)  # fmt: skip
