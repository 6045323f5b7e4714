"""On the page of a case: reports that may be the same, what was merged, and the form that merges."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.ui import words
from pendopo.domains.reports import policy, similar
from pendopo.domains.reports.actions.merging import MOST_AT_ONCE
from pendopo.domains.reports.desk_fields import NumberField
from pendopo.domains.reports.listeners import waiting
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.photos import public_pictures, shown
from pendopo.domains.reports.phrases import tone_of
from pendopo.kernel import clock


def panel(case: Report, user: Any, now: dt.datetime) -> dict[str, Any]:
    """What stands beside a case about others like it: at most eight queries, whatever their number."""
    open_case = case.closed_at is None
    found = similar.for_desk(user, case) if open_case else []
    prefetch_related_objects([one.report for one in found], public_pictures())
    may_gather = open_case and policy.may_gather(user, case)
    return {
        "similar": [_row(one, case, user, now, may_gather=may_gather) for one in found],
        "may_gather": may_gather,
        "merged_parent": _parent(case, user),
        "merged_children": _children(case, user),
        "earlier": _earlier(case, user),
        "followed_by": waiting(case),
    }


def _row(
    one: similar.Alike, case: Report, user: Any, now: dt.datetime, *, may_gather: bool
) -> dict[str, Any]:
    report = one.report
    return {
        "report": report,
        "photo": next(iter(shown(report.pictures[:1])), None),  # type: ignore[attr-defined]
        "distance": "" if one.metres is None else _("%(n)s m") % {"n": words.number(one.metres)},
        "likeness": similar.likeness_words(one.likeness),
        "age": words.ago(report.received_at, now),
        "tone": tone_of(report.status),
        "tick": may_gather and policy.may_join(user, report, case) and not report.closure_proposed,
        "into": policy.may_join(user, case, report),
    }


def _parent(case: Report, user: Any) -> dict[str, Any] | None:
    """The report this one was merged into, with the best page of it that this person may open."""
    if case.status != Status.MERGED or case.merged_into_id is None:
        return None
    return next(iter(_linked(Q(pk=case.merged_into_id), user)), None)


def _children(case: Report, user: Any) -> list[dict[str, Any]]:
    """The merged reports that this person may see: a secret one only where its own office looks."""
    return _linked(Q(merged_into=case), user) if case.status != Status.MERGED else []


def _earlier(case: Report, user: Any) -> list[dict[str, Any]]:
    """The closed report that this one goes on from, as its reporter said, and those that go on from this one."""
    ids = similar.continued(case)
    return _linked(Q(pk__in=ids), user) if ids else []


def _linked(which: Q, user: Any) -> list[dict[str, Any]]:
    rows = list(
        Report.objects.visible_to(user).filter(which).defer("text", "search").order_by("received_at")[:50]
    )
    on_desk = set(
        Report.objects.desk_of(user).filter(pk__in=[r.pk for r in rows]).values_list("pk", flat=True)
        if rows
        else ()
    )
    return [
        {
            "report": row,
            "on_desk": row.pk in on_desk,
            "url": reverse("desk:case", args=[row.KIND, row.code])
            if row.pk in on_desk
            else reverse("reports:detail", args=[row.slug]),
            "can_part": row.pk in on_desk and policy.may_unmerge(user, row),
        }
        for row in rows
    ]


class Ticked(forms.MultipleChoiceField):
    """Ids of reports. The list may have changed since it was shown, so the action judges, not the choices."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        return str(value).isascii() and str(value).isdecimal() and len(str(value)) <= 18

    def clean(self, value: Any) -> list[int]:
        typed = value[: MOST_AT_ONCE + 1] if isinstance(value, list | tuple) else value
        return [int(one) for one in super().clean(typed)]


class GatherForm(forms.Form):
    """Which reports become children of this case: ticked, or by a number that is not in the list."""

    children = Ticked(label=gettext_lazy("Laporan serupa di sekitar"), required=False)
    code = NumberField(
        label=gettext_lazy("Nomor laporan lain"),
        required=False,
        help_text=gettext_lazy("Bila tidak ada di daftar. Misalnya LAP-7K3M-92QX."),
    )

    def __init__(self, *args: Any, case: Report, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.user = case, user
        now = clock.now()
        found = [one for one in similar.for_desk(user, case) if policy.may_join(user, one.report, case)]
        self.fields["children"].choices = [  # type: ignore[attr-defined]
            (str(one.report.pk), self._label(one, now)) for one in found
        ]
        if not found:
            self.fields["children"].widget = forms.MultipleHiddenInput()

    @staticmethod
    def _label(one: similar.Alike, now: dt.datetime) -> str:
        parts = [
            one.report.code,
            one.report.title,
            "" if one.metres is None else _("%(n)s m") % {"n": words.number(one.metres)},
            words.ago(one.report.received_at, now),
        ]
        return " · ".join(part for part in parts if part)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        ticked = set(given.get("children") or ())
        if code := given.get("code"):
            other = Report.objects.desk_of(self.user).filter(code=code).exclude(pk=self.case.pk).first()
            if other is None:
                self.add_error("code", _("Nomor ini tidak ditemukan di meja Anda."))
            else:
                ticked.add(other.pk)
        if not ticked and not self.errors:
            raise forms.ValidationError(_("Centang sedikitnya satu laporan, atau tulis nomornya."))
        given["children"] = ticked
        return given
