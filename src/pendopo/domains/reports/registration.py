"""Everything the room shows to the floors below and above, registered once when Django is ready."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from pendopo.base import registries
from pendopo.base.audit import secrecy
from pendopo.base.cases.desk import desk_kinds
from pendopo.base.cases.models import AbstractCase
from pendopo.base.cases.registry import CaseKind, kinds
from pendopo.domains.reports import history, seeds
from pendopo.domains.reports.desk import KIND as DESK_KIND
from pendopo.domains.reports.models import TRANSITIONS, Report, Status
from pendopo.domains.reports.seeds import STEP_LABELS


def _desk_url(case: AbstractCase) -> str:
    return reverse("desk:case", args=[case.KIND, case.code])


def _public_url(case: AbstractCase) -> str:
    return reverse("reports:detail", args=[case.slug])


def _secret_from(user: Any) -> QuerySet[Any, Any]:
    """Ids of secret reports that this person must not find in history."""
    seen = Report.objects.desk_of(user).filter(secret=True).values("pk")
    return Report.objects.filter(secret=True).exclude(pk__in=seen).values("pk")


def register() -> None:
    """Fill the registries. Called from `apps.ready` only."""
    history.register()
    secrecy.register("reports.report", _secret_from)
    kinds.register(
        CaseKind(
            "reports",
            "Laporan warga",
            Report,
            STEP_LABELS,
            desk_url=_desk_url,
            public_url=_public_url,
            reporter_steps=frozenset({"info", "reply"}),
        )
    )
    desk_kinds.register(DESK_KIND)
    registries.seeds.register(
        registries.Seed("reports", "Kategori dan batas waktu laporan", seeds.load, order=50)
    )
    registries.states.register(
        registries.PrintableState("reports", TRANSITIONS, {str(s.value): str(s.label) for s in Status})
    )
    registries.menu.register(
        registries.MenuItem("report", "Buat laporan", "reports:new", icon="kirim", order=10)
    )
    registries.menu.register(
        registries.MenuItem("reports", "Laporan warga", "reports:list", icon="peta", order=20)
    )
    registries.menu.register(
        registries.MenuItem("follow", "Lacak laporan", "reports:follow", icon="cari", order=30)
    )
    registries.menu.register(
        registries.MenuItem("figures", "Angka pelayanan", "reports:figures", icon="dokumen", order=40)
    )
