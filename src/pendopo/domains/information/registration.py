"""Everything the room shows to the floors below and above, registered once when Django is ready."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.base.cases.models import AbstractCase
from pendopo.base.cases.registry import CaseKind, kinds
from pendopo.domains.information import (
    demo_catalogue,
    demo_requests,
    registration_catalogue,
    registration_desk,
    registration_keeping,
    registration_openness,
    registration_requests,
    seeds,
)
from pendopo.domains.information.models import Dispute, InformationRequest, Objection


def _desk_url(case: AbstractCase) -> str:
    return reverse("desk:case", args=[case.KIND, case.code])


def register() -> None:
    """Fill the registries. Called from `apps.ready` only."""
    for model, label, steps, outside, other, order in (
        (
            InformationRequest,
            "Permohonan informasi",
            seeds.STEP_LABELS,
            seeds.REQUESTER_STEPS,
            _("pemohon"),
            10,
        ),
        (Objection, "Keberatan", seeds.OBJECTION_LABELS, seeds.OBJECTION_REQUESTER_STEPS, _("pengaju"), 20),
        (Dispute, "Sengketa informasi", seeds.DISPUTE_LABELS, seeds.OUTSIDE_STEPS, _("pihak luar"), 30),
    ):
        kinds.register(
            CaseKind(
                model.KIND,
                label,
                model,
                steps,
                desk_url=_desk_url,
                public_url=_desk_url,  # never public: the person's own page is reached by proof
                reporter_steps=outside,
                reporter=other,
                order=order,
            )
        )
    registries.seeds.register(
        registries.Seed("information", _("Batas waktu dan alasan pengecualian PPID"), seeds.load, order=60)
    )
    for key, words, build, order in (
        ("information", _("Daftar informasi publik"), demo_catalogue.build, 80),
        ("information-requests", _("Permohonan informasi setahun"), demo_requests.build, 82),
    ):
        registries.demo_parts.register(registries.DemoPart(key, words, build, order=order))
    registration_catalogue.register()
    registration_keeping.register()
    registration_requests.register()
    registration_desk.register()
    registration_openness.register()
