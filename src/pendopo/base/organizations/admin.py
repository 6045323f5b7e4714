"""Offices and people in Django's administration. Every change goes through the room's actions."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.accounts import invitations
from pendopo.base.accounts.models import User
from pendopo.base.organizations import actions, forms
from pendopo.base.organizations.models import (
    ActingHead,
    Identity,
    Leave,
    Membership,
    Organization,
    ServiceArea,
)
from pendopo.kernel import clock


class ThroughActions(admin.ModelAdmin):
    """Adds with `add_form`, changes with `change_form`; nothing is ever deleted, for history needs it."""

    add_form: ClassVar[type[forms.ByAction]]
    change_form: ClassVar[type[forms.ByAction] | None] = None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = (self.change_form if obj is not None else None) or self.add_form
        kwargs["fields"] = None if obj is None or self.change_form else []
        form = super().get_form(request, obj, change=change, **kwargs)
        form.actor = _person(request)  # type: ignore[attr-defined]  # a class made for this request
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        chosen = (self.change_form if obj is not None else None) or self.add_form
        return [*self.get_readonly_fields(request, obj), *chosen.names()]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None or self.change_form is None:
            return []
        return [name for name in self.add_form.names() if name not in self.change_form.names()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        saved = form.act()
        obj.pk, obj._state.adding = saved.pk, False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def each(self, request: HttpRequest, rows: Any, act: Callable[[Any], object], done: str) -> None:
        """Do one action for the chosen rows; refusals are told, the others still happen."""
        happened = 0
        for row in rows:
            try:
                act(row)
                happened += 1
            except ValidationError as refusal:
                self.message_user(request, f"{row}: {' '.join(refusal.messages)}", messages.ERROR)
        if happened:
            self.message_user(request, done % {"n": happened})


class ServiceAreas(admin.TabularInline):
    model = ServiceArea
    extra = 0
    raw_id_fields = ["region"]


@admin.register(Organization)
class OrganizationAdmin(ThroughActions):
    add_form = forms.OfficeForm
    change_form = forms.OfficeForm
    list_display = ["name", "short_name", "kind", "parent", "is_intake", "active"]
    list_filter = ["kind", "active"]
    list_select_related = ["parent"]
    search_fields = ["name", "short_name", "slug"]
    ordering = ["path"]
    autocomplete_fields = ["parent"]
    raw_id_fields = ["region"]
    prepopulated_fields = {"slug": ["short_name"]}
    inlines = [ServiceAreas]
    actions = ["close"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj is not None else super().get_prepopulated_fields(request, obj)

    @admin.action(description=gettext_lazy("Tutup kantor"))
    def close(self, request: HttpRequest, rows: QuerySet[Organization]) -> None:
        who, now = _person(request), clock.now()
        self.each(
            request,
            rows,
            lambda row: actions.close_office(actor=who, organization=row, now=now),
            _("%(n)d kantor ditutup."),
        )


@admin.register(Identity)
class IdentityAdmin(ThroughActions):
    add_form = forms.IdentityForm
    change_form = forms.IdentityForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # made with the government itself


@admin.register(Membership)
class MembershipAdmin(ThroughActions):
    add_form = forms.AppointForm
    change_form = forms.EndMembershipForm
    list_display = ["user", "role", "organization", "since", "until"]
    list_filter = ["role"]
    list_select_related = ["user", "organization"]
    search_fields = ["user__name", "user__email", "organization__name"]
    autocomplete_fields = ["user", "organization"]


@admin.register(ActingHead)
class ActingHeadAdmin(ThroughActions):
    add_form = forms.ActingHeadForm
    change_form = forms.EndActingHeadForm
    list_display = ["organization", "kind", "user", "since", "until"]
    list_select_related = ["user", "organization"]
    autocomplete_fields = ["user", "organization"]


@admin.register(Leave)
class LeaveAdmin(ThroughActions):
    add_form = forms.LeaveForm
    list_display = ["user", "since", "until"]
    list_select_related = ["user"]
    search_fields = ["user__name"]
    autocomplete_fields = ["user"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)


@admin.register(User)
class UserAdmin(ThroughActions):
    add_form = forms.OpenAccountForm
    change_form = forms.AccountForm
    list_display = ["name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["name", "email"]
    ordering = ["name"]
    actions = ["link", "deactivate", "reactivate", "remove_second_factor"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            self._show_link(request, User.objects.get(pk=obj.pk))

    def _show_link(self, request: HttpRequest, user: User) -> None:
        words = _("Tautan kata sandi untuk %(name)s, sekali pakai, berlaku tiga hari: %(link)s")
        link = invitations.link_for(user)
        self.message_user(request, words % {"name": user.name, "link": link}, messages.WARNING)

    @admin.action(description=gettext_lazy("Buat tautan kata sandi"))
    def link(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        for user in rows.filter(is_active=True)[:20]:
            self._show_link(request, user)

    @admin.action(description=gettext_lazy("Nonaktifkan akun"))
    def deactivate(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        who, now = _person(request), clock.now()
        self.each(
            request,
            rows,
            lambda row: actions.deactivate_person(actor=who, user=row, now=now),
            _("%(n)d akun dinonaktifkan."),
        )

    @admin.action(description=gettext_lazy("Aktifkan kembali akun"))
    def reactivate(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        who, now = _person(request), clock.now()
        self.each(
            request,
            rows,
            lambda row: actions.reactivate_person(actor=who, user=row, now=now),
            _("%(n)d akun diaktifkan kembali."),
        )

    @admin.action(description=gettext_lazy("Lepas pengaman kedua (ponsel hilang)"))
    def remove_second_factor(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        who, now = _person(request), clock.now()
        self.each(
            request,
            rows,
            lambda row: actions.remove_second_factor(actor=who, user=row, now=now),
            _("Pengaman kedua %(n)d akun dilepas. Pemiliknya memasang yang baru saat masuk."),
        )


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
