"""History cannot be erased, so it holds no personal data; what it says about a person's sign-ins is in their copy."""

from django.utils.translation import gettext_lazy as _

from pendopo.base.audit.models import Entry
from pendopo.base.audit.timelines import officer_sentence
from pendopo.base.registries import personal
from pendopo.base.registries.personal import Erased, Erasure, Holding, Subject


def collect(subject: Subject) -> Holding:
    """Signing in and changes of keys. Acts done for an office belong to the office."""
    if not subject.user_id:
        return Holding()
    own = Entry.objects.filter(actor=subject.user_id, verb__startswith="accounts.").order_by("at")
    return Holding([{"pada": one.at, "kejadian": officer_sentence(one)} for one in own.iterator()])


def erase(order: Erasure) -> Erased:
    """Nothing: entries of citizens carry no name, only the account, which is anonymised by its own holder."""
    return Erased()


def register() -> None:
    personal.holders.register(
        personal.PersonalDataHolder(
            "audit",
            _("Jejak"),
            what=_("Kapan akun masuk, keluar, dan mengganti kunci. Tanpa nama, tanpa alamat internet."),
            whose=_("Pemilik akun"),
            where="audit_entry",
            collect=collect,
            erase=erase,
            order=85,
        )
    )
