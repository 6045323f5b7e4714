"""Reference rows of the room: categories, statutory clocks with their sources, who is warned when."""

import datetime as dt

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from pendopo.base.cases.models import EscalationStep, Unit
from pendopo.base.cases.seeds import RuleSeed, load_rules
from pendopo.domains.reports import canned_seeds
from pendopo.domains.reports.categories import CATEGORIES
from pendopo.domains.reports.models import Category, ReportClass, ResolutionPolicy, RoutingPolicy, TaskPolicy

_FLOW = _("Alur SP4N-LAPOR! (PermenPANRB 62/2018; naskah belum dicocokkan)")
_STANDARD = _("Standar pelayanan pengaduan instansi, SP4N-LAPOR! (naskah belum dicocokkan)")
_LOCAL = _("Kebijakan bawaan, dapat diubah koordinator")
_WORK = Unit.WORKING_DAYS
_VERIFIED = _("tanggal verifikasi")

STEP_LABELS = {
    "verify": gettext_lazy("verifikasi"),
    "follow_up": gettext_lazy("tindak lanjut pertama"),
    "resolve": gettext_lazy("penyelesaian"),
    "info": gettext_lazy("pelapor melengkapi informasi"),
    "reply": gettext_lazy("tanggapan pelapor"),
    "task": gettext_lazy("tugas kantor lain"),
}

RULES = (
    RuleSeed("verify", "", 3, _WORK, _("tanggal laporan diterima"), _FLOW),
    RuleSeed("follow_up", "", 5, _WORK, _("tanggal disposisi"), _FLOW),
    RuleSeed("resolve", ReportClass.SUPERVISORY, 60, _WORK, _VERIFIED, _STANDARD),
    RuleSeed("resolve", ReportClass.ORDINARY, 14, _WORK, _VERIFIED, _STANDARD),
    RuleSeed("resolve", ReportClass.ASPIRATION, 5, _WORK, _VERIFIED, _STANDARD),
    RuleSeed("resolve", ReportClass.INFORMATION, 5, _WORK, _VERIFIED, _STANDARD),
    RuleSeed("info", "", 10, Unit.CALENDAR_DAYS, _("tanggal pertanyaan dikirim"), _LOCAL),
    RuleSeed("reply", "", 10, Unit.CALENDAR_DAYS, _("tanggal laporan ditanggapi"), _FLOW),
    RuleSeed("task", "", 5, _WORK, _("tanggal tugas diminta"), _LOCAL),
)

_OFFICER, _HEAD = EscalationStep.Audience.OFFICER, EscalationStep.Audience.HEAD
_COORDINATOR, _SECRETARY = EscalationStep.Audience.COORDINATOR, EscalationStep.Audience.SECRETARY
ESCALATION = (
    (50, _OFFICER),
    (80, _OFFICER),
    (80, _HEAD),
    (100, _OFFICER),
    (100, _HEAD),
    (100, _COORDINATOR),
    (150, _SECRETARY),
)


def load() -> None:
    """Insert what is missing; rows that an office changed stay as they are."""
    load_rules("reports", RULES, ESCALATION)
    known = set(Category.objects.values_list("key", flat=True))
    Category.objects.bulk_create(
        Category(
            key=seed.key,
            label=seed.label,
            label_en=seed.label_en,
            hint=seed.hint,
            hint_en=seed.hint_en,
            icon=seed.icon,
            default_class=seed.default_class,
            order=number,
        )
        for number, seed in enumerate(CATEGORIES, start=1)
        if seed.key not in known
    )
    RoutingPolicy.objects.get_or_create(pk=1)
    TaskPolicy.objects.get_or_create(pk=1, defaults=TaskPolicy.DEFAULTS)
    canned_seeds.load()
    if not ResolutionPolicy.objects.exists():
        ResolutionPolicy.objects.create(
            days=30, metres=100, least=20, valid_from=dt.date(2018, 1, 1),
            reason=_(
                "Kebijakan bawaan: sebulan cukup untuk melihat perbaikan bertahan; 100 m kira-kira satu ruas jalan."
            ),
        )  # fmt: skip
