"""A citizen's report: its words are SP4N-LAPOR!'s, so that both systems tell one truth."""

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, GeneratedField, Q, Value
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import DUE_OR_NEVER, AbstractCase, CaseQuerySet, status_check
from pendopo.kernel.states import Transitions


class Status(models.TextChoices):
    RECEIVED = "RECEIVED", _("Diterima")
    VERIFIED = "VERIFIED", _("Diverifikasi")
    ASSIGNED = "ASSIGNED", _("Didisposisikan")
    IN_PROGRESS = "IN_PROGRESS", _("Ditindaklanjuti")
    AWAITING_INFO = "AWAITING_INFO", _("Menunggu kelengkapan informasi")
    ANSWERED = "ANSWERED", _("Ditanggapi, menunggu konfirmasi pelapor")
    CLOSED_BY_CITIZEN = "CLOSED_BY_CITIZEN", _("Selesai, ditutup pelapor")
    CLOSED_BY_OFFICER = "CLOSED_BY_OFFICER", _("Selesai, ditutup petugas")
    CLOSED_BY_SYSTEM = "CLOSED_BY_SYSTEM", _("Selesai, ditutup sistem")
    ARCHIVED = "ARCHIVED", _("Diarsipkan")
    REOPENED = "REOPENED", _("Dibuka lagi")
    FORWARDED = "FORWARDED", _("Diteruskan ke luar kewenangan")
    MERGED = "MERGED", _("Digabung dengan laporan lain")


CLOSED = (Status.CLOSED_BY_CITIZEN, Status.CLOSED_BY_OFFICER, Status.CLOSED_BY_SYSTEM)
OURS = (Status.RECEIVED, Status.VERIFIED, Status.ASSIGNED, Status.IN_PROGRESS, Status.REOPENED)
FINAL = frozenset({*CLOSED, Status.ARCHIVED, Status.FORWARDED, Status.MERGED})
# What a report may be when it is merged, and so what it may become again when it is taken out.
MERGEABLE = (
    Status.RECEIVED,
    Status.VERIFIED,
    Status.ASSIGNED,
    Status.IN_PROGRESS,
    Status.AWAITING_INFO,
    Status.REOPENED,
)
OPEN = (*OURS, Status.AWAITING_INFO, Status.ANSWERED)  # every other status
# The few open reports beside the archive. By status, not by `closed_at`: PostgreSQL knows how common each status is,
# but not that the two say the same, and would expect hardly any row.
_OPEN = Q(status__in=OPEN)
_ENDED = (*CLOSED, Status.ARCHIVED, Status.FORWARDED, Status.MERGED)

TRANSITIONS = Transitions.of(
    Status.RECEIVED,
    {
        Status.RECEIVED: [
            Status.VERIFIED,
            Status.AWAITING_INFO,
            Status.ARCHIVED,
            Status.FORWARDED,
            Status.MERGED,
        ],
        Status.VERIFIED: [
            Status.ASSIGNED,
            Status.AWAITING_INFO,
            Status.ARCHIVED,
            Status.FORWARDED,
            Status.MERGED,
        ],
        # Back to VERIFIED is the wrong hand-over, returned with a reason.
        Status.ASSIGNED: [
            Status.IN_PROGRESS,
            Status.AWAITING_INFO,
            Status.VERIFIED,
            Status.ARCHIVED,
            Status.FORWARDED,
            Status.MERGED,
        ],
        Status.IN_PROGRESS: [
            Status.ANSWERED,
            Status.AWAITING_INFO,
            Status.VERIFIED,
            Status.ARCHIVED,
            Status.FORWARDED,
            Status.MERGED,
        ],
        # The citizen's reply leads back to where the question was asked.
        Status.AWAITING_INFO: [
            Status.RECEIVED,
            Status.VERIFIED,
            Status.ASSIGNED,
            Status.IN_PROGRESS,
            Status.REOPENED,
            Status.ARCHIVED,
            Status.MERGED,
        ],
        Status.ANSWERED: [*CLOSED, Status.REOPENED],
        Status.CLOSED_BY_CITIZEN: [Status.REOPENED],
        Status.CLOSED_BY_OFFICER: [Status.REOPENED],
        Status.CLOSED_BY_SYSTEM: [Status.REOPENED],
        Status.ARCHIVED: [Status.REOPENED],
        Status.FORWARDED: [Status.REOPENED],
        # Taken out again: back to where it was. REOPENED is also the citizen who says that it is not solved.
        Status.MERGED: [*MERGEABLE],
        Status.REOPENED: [
            Status.IN_PROGRESS,
            Status.AWAITING_INFO,
            Status.VERIFIED,
            Status.ARCHIVED,
            Status.FORWARDED,
            Status.MERGED,
        ],
    },
)


class ReportClass(models.TextChoices):
    SUPERVISORY = "SUPERVISORY", _("Pengaduan berkadar pengawasan")
    ORDINARY = "ORDINARY", _("Pengaduan tidak berkadar pengawasan")
    ASPIRATION = "ASPIRATION", _("Aspirasi")
    INFORMATION = "INFORMATION", _("Permintaan informasi")


class ArchiveReason(models.TextChoices):
    """SP4N's reasons, plus the duplicate as other systems archive it. Ours is not archived but MERGED."""

    SARA = "SARA", _("Mengandung unsur SARA, fitnah, atau kata-kata kasar")
    NO_EVIDENCE = "NO_EVIDENCE", _("Tidak disertai bukti atau data pendukung")
    UNCLEAR = "UNCLEAR", _("Isi laporan tidak jelas")
    NOT_GOVERNMENT = "NOT_GOVERNMENT", _("Bukan urusan pemerintahan")
    EXPIRED = "EXPIRED", _("Melewati batas waktu melengkapi informasi")
    WITHDRAWN = "WITHDRAWN", _("Permintaan pelapor")
    DUPLICATE = "DUPLICATE", _("Sama dengan laporan lain")


class Channel(models.TextChoices):
    WEB = "WEB", _("Situs ini")
    PHONE = "PHONE", _("Telepon")
    WALK_IN = "WALK_IN", _("Datang langsung")
    LETTER = "LETTER", _("Surat")
    WHATSAPP = "WHATSAPP", "WhatsApp"
    SOCIAL = "SOCIAL", _("Media sosial")
    SP4N = "SP4N", "SP4N-LAPOR!"
    API = "API", _("Aplikasi lain")
    EMAIL = "EMAIL", _("Surel")


class Category(models.Model):
    """What a report is about, as a citizen would say it. The class is the koordinator's default, not the law."""

    key = models.SlugField(max_length=40, primary_key=True)
    label = models.CharField("nama", max_length=60)
    label_en = models.CharField("nama (Inggris)", max_length=60)
    hint = models.CharField("contoh", max_length=120, blank=True, default="")
    hint_en = models.CharField("contoh (Inggris)", max_length=120, blank=True, default="")
    icon = models.CharField("ikon", max_length=30)
    default_class = models.CharField(
        "golongan awal", max_length=12, choices=ReportClass.choices, default=ReportClass.ORDINARY
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)
    active = models.BooleanField("dipakai", default=True)

    class Meta:
        verbose_name = "kategori laporan"
        verbose_name_plural = "kategori laporan"
        ordering = ["order", "label"]

    def __str__(self) -> str:
        """The label in the language of the page."""
        return self.label_in(get_language() or "id")

    def label_in(self, language: str) -> str:
        return self.label_en if language.startswith("en") and self.label_en else self.label


# House numbers are not shown to the public, so they must not be confirmed by searching for them either.
ADDRESS_WITHOUT_NUMBERS = Func(
    F("address"),
    Value("[0-9]+"),
    Value(" "),
    Value("g"),
    function="regexp_replace",
    output_field=models.TextField(),
)


class ReportQuerySet(CaseQuerySet):
    def search(self, words: str) -> Self:
        """Full-text search in Indonesian words (stemmed), web-style syntax. Empty words change nothing."""
        if not words.strip():
            return self
        return self.filter(search=SearchQuery(words, config="indonesian", search_type="websearch"))

    def overdue(self, *, now: dt.datetime) -> Self:
        """Late by the government's doing: time that waits for the citizen does not count."""
        return self.filter(status__in=OURS, due_at__lt=now)

    def near(self, ranges: list[tuple[int, int]]) -> Self:
        """Reports whose cell lies in any of the given H3 ranges."""
        inside = Q(pk__in=[])
        for low, high in ranges:
            inside |= Q(cell__range=(low, high))
        return self.filter(inside)

    def in_region(self, code: str) -> Self:
        """Reports in a kelurahan, or in every kelurahan of a kecamatan."""
        return self.filter(Q(region=code) | Q(region__code__startswith=f"{code}."))


class Report(AbstractCase):
    """One report. `text` is what the citizen wrote and never changes; `public_text` is what others read."""

    KIND: ClassVar[str] = "reports"
    TRANSITIONS: ClassVar[Transitions] = TRANSITIONS

    category = models.ForeignKey(
        Category, models.PROTECT, related_name="+", verbose_name="kategori", db_index=False
    )  # the indexes below begin with it
    report_class = models.CharField("golongan", max_length=12, choices=ReportClass.choices)
    text = models.TextField("isi laporan (awal)")
    public_text = models.TextField("isi laporan (tampil)")
    anonymous = models.BooleanField("nama disembunyikan", default=True)
    shown_name = models.CharField("nama yang tampil", max_length=120, blank=True, default="")
    address = models.CharField("alamat atau patokan", max_length=300, blank=True, default="")
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+", verbose_name="kelurahan")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    cell = models.BigIntegerField("sel H3", null=True, blank=True)
    waited_from = models.CharField("keadaan sebelum menunggu", max_length=20, blank=True, default="")
    archive_reason = models.CharField(
        "alasan arsip", max_length=14, choices=ArchiveReason.choices, blank=True, default=""
    )
    forwarded_to = models.CharField("diteruskan kepada", max_length=160, blank=True, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    external_number = models.CharField("nomor di kanal asal", max_length=60, blank=True, default="")
    answered_at = models.DateTimeField("ditanggapi pada", null=True, blank=True)
    verified_in_time = models.BooleanField("diverifikasi tepat waktu", null=True)
    answered_in_time = models.BooleanField("ditanggapi tepat waktu", null=True)
    reopened_count = models.PositiveSmallIntegerField("kali dibuka lagi", default=0)
    closure_proposed = models.BooleanField("menunggu pemeriksaan penutupan", default=False)
    search = GeneratedField(
        expression=SearchVector("public_text", ADDRESS_WITHOUT_NUMBERS, config="indonesian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ReportQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "laporan"
        verbose_name_plural = "laporan"
        ordering = ["-received_at", "-pk"]
        indexes = [
            # A short list of not yet sorted words (kB): every search reads it whole.
            GinIndex(fields=["search"], gin_pending_list_limit=512, name="reports_search"),
            models.Index(fields=["cell"], name="reports_cell"),
            # With all that lists filter by: a rare filter walks these and reads no report in vain.
            models.Index(
                fields=["-received_at", "-id"],
                include=[
                    "status",
                    "secret",
                    "hidden",
                    "office",
                    "category",
                    "region",
                    "channel",
                    "report_class",
                ],
                name="reports_newest",
            ),
            models.Index(fields=["updated_at", "slug"], name="reports_changed"),
            models.Index(
                fields=["status", "-received_at"], condition=Q(status__in=_ENDED), name="reports_status"
            ),
            models.Index(
                fields=["office", "-received_at", "-id"],
                include=["status", "secret", "category", "region", "channel", "report_class"],
                name="reports_office_newest",
            ),
            models.Index(
                fields=["office", "category", "-received_at", "-id"], name="reports_office_category"
            ),
            models.Index(
                fields=["category", "-received_at", "-id"],
                include=["status", "secret", "hidden", "office", "region", "channel", "report_class"],
                name="reports_by_category",
            ),
            models.Index(fields=["region", "-received_at"], name="reports_region"),
            models.Index(
                fields=["closed_at"], condition=Q(closed_at__isnull=False), name="reports_closed_at"
            ),
            models.Index(fields=["region", "category", "-received_at"], name="reports_alike"),
            models.Index(
                fields=["handler"],
                include=["secret", "office", "snoozed_until", "due_at"],
                condition=_OPEN & Q(handler__isnull=False),
                name="reports_handler",
            ),
            models.Index(
                "urgency",
                DUE_OR_NEVER,
                "id",
                include=[
                    "due_at",
                    "status",
                    "secret",
                    "office",
                    "category",
                    "region",
                    "channel",
                    "report_class",
                    "snoozed_until",
                ],
                condition=_OPEN,
                name="reports_work",
            ),
            # Everything the queues are counted by, so that counting reads no report.
            models.Index(
                fields=["status"],
                include=["due_at", "urgency", "secret", "office", "snoozed_until"],
                condition=_OPEN,
                name="reports_open",
            ),
            models.Index(
                fields=["office", "status"],
                include=[
                    "due_at",
                    "urgency",
                    "secret",
                    "category",
                    "region",
                    "channel",
                    "report_class",
                    "snoozed_until",
                ],
                condition=_OPEN,
                name="reports_office_open",
            ),
            models.Index(
                fields=["due_at"],
                include=["received_at", "office", "due_step"],
                condition=Q(closed_at=None, secret=False, hidden=False),
                name="reports_late",
            ),
            models.Index(
                fields=["office"],
                include=["secret"],
                condition=Q(closure_proposed=True),
                name="reports_to_check",
            ),
        ]
        constraints = [
            status_check("reports", Status.values),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None, cell=None)
                | Q(latitude__isnull=False, longitude__isnull=False, cell__isnull=False),
                name="reports_whole_point",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.ARCHIVED) | ~Q(archive_reason=""),
                name="reports_archive_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.MERGED) | Q(merged_into__isnull=False),
                name="reports_merged_has_parent",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")), name="reports_not_its_own_parent"
            ),
        ]

    @property
    def waits_for_us(self) -> bool:
        """Is the next move the government's? Only then is a passed limit its lateness."""
        return self.status in OURS

    @classmethod
    def final_statuses(cls) -> frozenset[str]:
        return FINAL

    def get_status_display(self) -> str:
        return str(Status(self.status).label)

    def get_channel_display(self) -> str:
        return str(Channel(self.channel).label)

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def title(self) -> str:
        """The first words, for lists."""
        words = self.public_text.split()
        line = " ".join(words[:12])
        return line + ("…" if len(words) > 12 else "")
