"""The calendar in Django's administration. Every change goes through the room's actions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from pendopo.base.accounts.models import User
from pendopo.base.calendar import actions
from pendopo.base.calendar.forms import HolidayForm, WorkWeekForm
from pendopo.base.calendar.models import Holiday, HolidayStatus, WorkWeek
from pendopo.base.calendar.policy import may_change_calendar
from pendopo.kernel import clock


class CalendarAdmin(admin.ModelAdmin):
    """Only who may change the calendar sees these pages; nothing is ever deleted."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_change_calendar(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_change_calendar(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_change_calendar(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_change_calendar(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The actions write the history; Django's own log would be a second one."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """See `log_addition`."""


@admin.register(Holiday)
class HolidayAdmin(CalendarAdmin):
    form = HolidayForm
    list_display = ["date", "name", "kind", "status", "scope", "decree", "source"]
    list_filter = ["kind", "status", "scope"]
    search_fields = ["name", "decree"]
    date_hierarchy = "date"
    ordering = ["-date"]

    def save_model(self, request: HttpRequest, obj: Holiday, form: Any, change: bool) -> None:
        typed = {field: form.cleaned_data[field] for field in HolidayForm.Meta.fields}
        common: dict[str, Any] = {
            "by": _person(request), "reason": form.cleaned_data["reason"], "now": clock.now(),
        }  # fmt: skip
        if not change:
            saved = actions.add_holiday(**typed, **common)
        elif typed["status"] == HolidayStatus.REVOKED:
            saved = actions.revoke_holiday(holiday=obj.pk, **common)
        else:
            saved = actions.change_holiday(holiday=obj.pk, **typed, **common)
        obj.pk = saved.pk


@admin.register(WorkWeek)
class WorkWeekAdmin(CalendarAdmin):
    """A new week is added; the one before ends by itself."""

    form = WorkWeekForm
    list_display = ["valid_from", "valid_to", "weekdays", "scope", "joint_leave_is_closed", "source"]
    ordering = ["scope", "-valid_from"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: WorkWeek, form: Any, change: bool) -> None:
        typed = {field: form.cleaned_data[field] for field in WorkWeekForm.Meta.fields}
        reason = form.cleaned_data["reason"]
        week = actions.set_work_week(by=_person(request), reason=reason, now=clock.now(), **typed)
        obj.pk = week.pk


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the permission methods above let nobody else in
    return request.user
