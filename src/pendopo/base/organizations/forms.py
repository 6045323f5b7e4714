"""Forms of Django's administration that change something by an action of this room."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pendopo.base.accounts.models import User
from pendopo.base.organizations import actions
from pendopo.base.organizations.models import ActingHead, Identity, Leave, Membership, Organization
from pendopo.kernel import clock


class ByAction(forms.ModelForm):
    """Saved by `act`. Validation rehearses it and rolls back, so that a refusal stands at its field and
    nothing typed is lost.
    """

    actor: User  # set by the admin page
    act: Callable[[], Any]

    @classmethod
    def names(cls) -> list[str]:
        return [*(cls._meta.fields or ())]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            with transaction.atomic():
                self.act()
                transaction.set_rollback(True)
        except ValidationError as refusal:
            self._refuse(refusal)
        if self.instance._state.adding:
            self.instance.pk = None

    def _refuse(self, refusal: ValidationError) -> None:
        by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
        for name, sentences in by_field.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


class OfficeForm(ByAction):
    class Meta:
        model = Organization
        fields = [
            "name", "short_name", "slug", "kind", "parent", "region", "is_intake", "duties", "email", "phone",
        ]  # fmt: skip

    def act(self) -> Organization:
        return actions.save_office(actor=self.actor, organization=self.instance, now=clock.now())


class IdentityForm(ByAction):
    class Meta:
        model = Identity
        fields = ["display_name", "tagline", "colour", "contact_email", "contact_phone"]

    def act(self) -> Identity:
        return actions.save_identity(actor=self.actor, identity=self.instance, now=clock.now())


class AppointForm(ByAction):
    class Meta:
        model = Membership
        fields = ["user", "organization", "role", "since", "until"]

    def act(self) -> Membership:
        return actions.appoint(actor=self.actor, now=clock.now(), **self.cleaned_data)


class EndMembershipForm(ByAction):
    until = forms.DateField(label=_("Hari terakhir"))

    class Meta:
        model = Membership
        fields = ["until"]

    def act(self) -> Membership:
        until: dt.date = self.cleaned_data["until"]
        stored = Membership.objects.get(pk=self.instance.pk)
        if until < stored.since:
            raise ValidationError({"until": _("Hari terakhir tidak boleh sebelum hari pertama.")})
        actions.end_membership(actor=self.actor, membership=stored, on=until, now=clock.now())
        return stored


class ActingHeadForm(ByAction):
    class Meta:
        model = ActingHead
        fields = ["organization", "user", "kind", "decree", "since", "until"]

    def act(self) -> ActingHead:
        return actions.set_acting_head(actor=self.actor, now=clock.now(), **self.cleaned_data)


class EndActingHeadForm(ByAction):
    until = forms.DateField(label=_("Hari terakhir"))

    class Meta:
        model = ActingHead
        fields = ["until"]

    def act(self) -> ActingHead:
        stored = ActingHead.objects.get(pk=self.instance.pk)
        actions.end_acting_head(
            actor=self.actor, acting=stored, on=self.cleaned_data["until"], now=clock.now()
        )
        return stored


class LeaveForm(ByAction):
    class Meta:
        model = Leave
        fields = ["user", "since", "until", "note"]

    def act(self) -> Leave:
        return actions.record_leave(actor=self.actor, now=clock.now(), **self.cleaned_data)


class OpenAccountForm(ByAction):
    class Meta:
        model = User
        fields = ["email", "name", "phone"]

    def act(self) -> User:
        return actions.open_account(actor=self.actor, now=clock.now(), **self.cleaned_data)


class AccountForm(ByAction):
    class Meta:
        model = User
        fields = ["name", "phone", "language"]

    def act(self) -> User:
        user: User = self.instance
        user.save(update_fields=["name", "phone", "language"])
        return user
