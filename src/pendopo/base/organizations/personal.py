"""What the offices know about the people who work in them."""

from django.utils.translation import gettext_lazy as _

from pendopo.base.accounts import personal as accounts
from pendopo.base.accounts.models import User
from pendopo.base.organizations.models import ActingHead, Leave, Membership
from pendopo.base.registries import personal
from pendopo.base.registries.personal import Erased, Erasure, Holding, Subject


def collect(subject: Subject) -> Holding:
    if not subject.user_id:
        return Holding()
    roles = Membership.objects.filter(user=subject.user_id).select_related("organization")
    acting = ActingHead.objects.filter(user=subject.user_id).select_related("organization")
    leave = Leave.objects.filter(user=subject.user_id)
    return Holding(
        [
            *(
                {
                    "peran": str(m.get_role_display()),
                    "kantor": m.organization.name,
                    "sejak": m.since,
                    "sampai": m.until,
                }
                for m in roles
            ),
            *(
                {
                    "pejabat pengganti": a.organization.name,
                    "jenis": str(a.get_kind_display()),
                    "sejak": a.since,
                    "sampai": a.until,
                }
                for a in acting
            ),
            *({"cuti sejak": one.since, "sampai": one.until} for one in leave),
        ]
    )


def erase(order: Erasure) -> Erased:
    """Nothing: who answered for an office and when is a public act. The office ends a membership, not a request."""
    return Erased()


def _works_or_worked(user: User) -> bool:
    return (
        Membership.objects.filter(user=user).exists()
        or ActingHead.objects.filter(user=user).exists()
        or Leave.objects.filter(user=user).exists()
    )


def register() -> None:
    """Called once from `apps.ready`."""
    accounts.register_workplace(_works_or_worked)
    personal.holders.register(
        personal.PersonalDataHolder(
            "organizations",
            _("Peran di kantor"),
            what=_("Peran, kantor, pejabat pengganti, dan masa cuti."),
            whose=_("Petugas"),
            where="organizations_membership, organizations_actinghead, organizations_leave",
            collect=collect,
            erase=erase,
            order=86,
        )
    )
