"""Everything the room shows to the floors below and above, registered once when Django is ready."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.base.audit import secrecy
from pendopo.base.cases.desk import desk_kinds
from pendopo.base.cases.models import AbstractCase
from pendopo.base.cases.registry import CaseKind, kinds
from pendopo.base.clients.scopes import Scope, scopes
from pendopo.base.files import owners
from pendopo.base.mailroom import public as mailroom
from pendopo.domains.reports import (
    demo,
    demo_model,
    demo_news,
    demo_tasks,
    figures,
    history,
    personal,
    photos,
    resolution,
    seeds,
    showing,
    webhooks,
)
from pendopo.domains.reports.desk import KIND as DESK_KIND
from pendopo.domains.reports.mail_in import ReportMail
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
    owners.register("reports", photos.linked)
    personal.register()
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
    registries.demo_parts.register(
        registries.DemoPart("reports", "Laporan warga selama setahun", demo.build, order=60)
    )
    registries.demo_parts.register(
        registries.DemoPart("routing-model", "Model saran disposisi", demo_model.build, order=90)
    )
    registries.demo_parts.register(
        registries.DemoPart("resolution", "Angka penyelesaian", resolution.build_demo, order=92)
    )
    registries.states.register(
        registries.PrintableState("reports", TRANSITIONS, {str(s.value): str(s.label) for s in Status})
    )
    for key, label, url_name, icon, order in (
        ("report", _("Buat laporan"), "reports:new", "kirim", 10),
        ("reports", _("Laporan warga"), "reports:list", "peta", 20),
        ("follow", _("Lacak laporan"), "reports:follow", "cari", 30),
        ("figures", _("Angka pelayanan"), "reports:figures", "grafik", 40),
    ):
        registries.menu.register(registries.MenuItem(key, label, url_name, icon=icon, order=order))
    registries.phone_pages.register(
        registries.PhonePage(
            "reports", "reports:offline", below=("/lapor/", "/lacak/"), script="js/queue.js", order=10
        )
    )
    registries.phone_pages.register(
        registries.PhonePage(
            "reports-field", "reports:field-offline", below=("/meja/",), kept_on_request=True, order=20
        )
    )
    registries.menu.register(
        registries.MenuItem(
            "reports-field", _("Tugas lapangan"), "reports:field", audience="staff", icon="lokasi", order=30
        )
    )
    _show()
    _finish_the_demo()
    _open_to_machines()


def _finish_the_demo() -> None:
    """What comes last in the demo city: news, then work of several offices."""
    registries.demo_parts.register(
        registries.DemoPart("reports-news", "Kabar terbaru", demo_news.build, order=95)
    )
    registries.demo_parts.register(
        registries.DemoPart("report-tasks", "Tugas beberapa kantor", demo_tasks.build, order=96)
    )


def _open_to_machines() -> None:
    """Doors that are no pages: mail, what tokens may do with reports, what is told to other programs."""
    mailroom.handlers.register(ReportMail())
    for order, (key, label, given) in enumerate(
        (
            ("reports:create", _("Mengirim laporan warga"), True),
            ("reports:follow", _("Membuka laporan milik pelapor dengan nomor dan kontaknya"), True),
        )
    ):
        scopes.register(Scope(key, label, order=order, given=given))
    webhooks.register()


def _show() -> None:
    """The room's places on the public map, in the search and on the home page."""
    registries.search_sources.register(
        registries.SearchSource("reports", _("Laporan warga"), showing.find, 10)
    )
    registries.map_layers.register(registries.MapLayer("reports", _("Laporan warga"), showing.points, 10))
    for order, key in enumerate(("masuk", "ditanggapi-tepat", "ditutup-pelapor", "terbuka")):
        measure = figures.BY_KEY[key]
        registries.figures.register(
            registries.Figure(
                f"reports.{key}",
                measure.label,
                measure.definition,
                count=showing.count_of(key),
                url=showing.url_of(key),
                order=order,
            )
        )
