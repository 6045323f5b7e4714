"""The filters of PPID's queues: every choice is part of the address, so a filter can be kept and shared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.ui.options import Options
from pendopo.domains.information.desk_fields import line
from pendopo.domains.information.models import (
    DecisionKind,
    DisputeStatus,
    ObjectionGround,
    ObjectionStatus,
    RequestChannel,
    RequesterKind,
    RequestStatus,
)


def _choice(label: Any, everything: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", everything), *choices], required=False, widget=Options
    )


class RequestFilter(forms.Form):
    q = line(label=_("Cari kata atau nomor"), required=False, max_length=100)
    status = _choice(_("Keadaan"), _("Semua keadaan"), RequestStatus.choices)
    decision = _choice(_("Putusan"), _("Semua putusan"), DecisionKind.choices)
    requester_kind = _choice(_("Pemohon"), _("Semua pemohon"), RequesterKind.choices)
    channel = _choice(_("Saluran"), _("Semua saluran"), RequestChannel.choices)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class ObjectionFilter(forms.Form):
    q = line(label=_("Cari nomor"), required=False, max_length=100)
    status = _choice(_("Keadaan"), _("Semua keadaan"), ObjectionStatus.choices)
    ground = _choice(_("Alasan"), _("Semua alasan"), ObjectionGround.choices)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class DisputeFilter(forms.Form):
    q = line(label=_("Cari nomor"), required=False, max_length=100)
    status = _choice(_("Tahap"), _("Semua tahap"), DisputeStatus.choices)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
