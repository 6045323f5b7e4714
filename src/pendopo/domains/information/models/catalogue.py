"""The lists of information: what is public (DIP), what is withheld (DIK), with every version of every file."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import GeneratedField, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import status_check
from pendopo.base.organizations.roles import roles_of
from pendopo.kernel.states import Transitions


class Category(models.TextChoices):
    """UU 14/2008 Pasal 9, 10, 11 and 17."""

    BERKALA = "BERKALA", _("Berkala")
    SERTA_MERTA = "SERTA_MERTA", _("Serta merta")
    SETIAP_SAAT = "SETIAP_SAAT", _("Setiap saat")
    DIKECUALIKAN = "DIKECUALIKAN", _("Dikecualikan")


class UpdateCycle(models.TextChoices):
    NONE = "NONE", _("bila berubah")
    MONTHLY = "MONTHLY", _("setiap bulan")
    QUARTERLY = "QUARTERLY", _("setiap tiga bulan")
    SEMIANNUAL = "SEMIANNUAL", _("setiap enam bulan")
    ANNUAL = "ANNUAL", _("setiap tahun")


CYCLE_MONTHS = {
    UpdateCycle.MONTHLY: 1,
    UpdateCycle.QUARTERLY: 3,
    UpdateCycle.SEMIANNUAL: 6,
    UpdateCycle.ANNUAL: 12,
}


class Licence(models.TextChoices):
    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC0 = "CC0-1.0", "CC0 1.0"
    COPYRIGHTED = "COPYRIGHTED", _("boleh dibaca, hak cipta pada pembuatnya")


class ItemStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Draf")
    PROPOSED = "PROPOSED", _("Diusulkan")
    RETURNED = "RETURNED", _("Dikembalikan")
    FIXED = "FIXED", _("Ditetapkan")
    WITHDRAWN = "WITHDRAWN", _("Ditarik")


ITEM_TRANSITIONS = Transitions.of(
    ItemStatus.DRAFT,
    {
        ItemStatus.DRAFT: [ItemStatus.PROPOSED, ItemStatus.WITHDRAWN],
        # Serta merta is published at once; its decree follows.
        ItemStatus.PROPOSED: [ItemStatus.FIXED, ItemStatus.RETURNED, ItemStatus.WITHDRAWN],
        ItemStatus.RETURNED: [ItemStatus.PROPOSED, ItemStatus.WITHDRAWN],
        ItemStatus.FIXED: [ItemStatus.WITHDRAWN],
        ItemStatus.WITHDRAWN: [ItemStatus.PROPOSED],
    },
)


class DecreeQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self  # a decree that fixes a list is public


class Decree(models.Model):
    """A decree (surat keputusan) that fixes entries of the DIP or the DIK."""

    class Kind(models.TextChoices):
        DIP = "DIP", _("penetapan daftar informasi publik")
        DIK = "DIK", _("penetapan klasifikasi informasi yang dikecualikan")

    kind = models.CharField("jenis", max_length=3, choices=Kind.choices)
    number = models.CharField("nomor", max_length=80, unique=True)
    title = models.CharField("tentang", max_length=200)
    signed_on = models.DateField("ditetapkan tanggal")
    place = models.CharField("ditetapkan di", max_length=80, blank=True, default="")
    signer = models.CharField("ditetapkan oleh", max_length=160)
    office = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField("dicatat pada")

    objects = DecreeQuerySet.as_manager()

    class Meta:
        verbose_name = "surat keputusan"
        verbose_name_plural = "surat keputusan"
        ordering = ["-signed_on", "-pk"]

    def __str__(self) -> str:
        return self.number


class ItemQuerySet(QuerySet):
    """Reading the catalogue. `visible_to` is the only way into pages, exports, harvests and search."""

    def published(self) -> Self:
        """What everybody may read. Of exempted entries only the entry itself, never a file."""
        return self.filter(status=ItemStatus.FIXED)

    def tombstones(self) -> Self:
        """Was public once and is not any more, also while it is proposed again; harvesters must learn of it."""
        return self.exclude(status=ItemStatus.FIXED).filter(published_at__isnull=False)

    def harvested(self) -> Self:
        """What machines copy: published entries and tombstones."""
        return self.filter(published_at__isnull=False)

    def visible_to(self, user: Any) -> Self:
        """Published entries, and every entry of the offices where the person works (all for PPID Utama)."""
        return self.filter(Q(status=ItemStatus.FIXED) | self._on_desk(user))

    def desk_of(self, user: Any) -> Self:
        """Entries a member of staff keeps."""
        return self.filter(self._on_desk(user))

    @staticmethod
    def _on_desk(user: Any) -> Q:
        roles = roles_of(user)
        if roles.sees_all:
            return ~Q(pk__in=[])  # everything; an empty Q would vanish beside another one
        return Q(office_id__in=roles.offices) if roles.is_staff else Q(pk__in=[])

    def search(self, words: str) -> Self:
        """Full-text search in Indonesian words (stemmed), web-style syntax. Empty words change nothing."""
        if not words.strip():
            return self
        return self.filter(search=SearchQuery(words, config="indonesian", search_type="websearch"))

    def due(self, *, on: dt.date) -> Self:
        """Published entries whose next update is due on that day or before."""
        return self.published().filter(next_due_on__lte=on)

    def light(self) -> Self:
        """Without the long columns that only the search reads."""
        return self.defer("file_text", "search")


class Item(models.Model):
    """One entry of the list of public (or exempted) information. `slug` never changes: harvesters keep it.

    The statutory columns are number, summary, holder (the unit that holds it), responsible (who made or issued
    it), made_on and made_place, has_soft/has_hard and retention. `modified_at` moves only on a real change.
    `file_text` is the text inside the current version's file, shortened; only the search reads it, and of withheld
    entries it is empty. `open_since` stands while information whose exemption ended still waits to be opened.
    """

    TRANSITIONS: ClassVar[Transitions] = ITEM_TRANSITIONS

    slug = models.CharField(max_length=12, unique=True)
    number = models.PositiveIntegerField("nomor", null=True, blank=True, unique=True)
    title = models.CharField("judul", max_length=200)
    summary = models.TextField("ringkasan isi")
    category = models.CharField("kategori", max_length=12, choices=Category.choices)
    status = models.CharField("keadaan", max_length=9, choices=ItemStatus.choices, default=ItemStatus.DRAFT)
    office = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="+", verbose_name="perangkat daerah"
    )
    holder = models.CharField("pejabat atau unit yang menguasai", max_length=160)
    responsible = models.CharField("penanggung jawab pembuatan", max_length=160)
    made_on = models.DateField("tanggal pembuatan")
    made_place = models.CharField("tempat pembuatan", max_length=80)
    has_soft = models.BooleanField("tersedia sebagai berkas", default=True)
    has_hard = models.BooleanField("tersedia cetak", default=False)
    retention = models.CharField("jangka waktu simpan", max_length=120)
    retention_source = models.CharField("dasar jangka simpan (JRA)", max_length=160, blank=True, default="")
    language = models.CharField("bahasa", max_length=5, default="id")
    licence = models.CharField("lisensi", max_length=12, choices=Licence.choices, default=Licence.CC_BY)
    topic = models.CharField("topik", max_length=40, blank=True, default="")
    year = models.PositiveSmallIntegerField("tahun informasi", null=True, blank=True)
    cycle = models.CharField(
        "diperbarui", max_length=10, choices=UpdateCycle.choices, default=UpdateCycle.NONE
    )
    checked_on = models.DateField("terakhir diperiksa", null=True, blank=True)
    next_due_on = models.DateField("harus diperbarui", null=True, blank=True)
    decree = models.ForeignKey(Decree, models.PROTECT, null=True, blank=True, related_name="items")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField("diusulkan pada", null=True, blank=True)
    return_reason = models.CharField("alasan dikembalikan", max_length=300, blank=True, default="")
    withdrawn_reason = models.CharField("alasan ditarik", max_length=300, blank=True, default="")
    withdrawn_at = models.DateTimeField("ditarik pada", null=True, blank=True)
    published_at = models.DateTimeField("terbit pada", null=True, blank=True)
    modified_at = models.DateTimeField("isi berubah pada")
    created_at = models.DateTimeField("dibuat pada")
    origin = models.ForeignKey(
        "information.InformationRequest", models.SET_NULL, null=True, blank=True, related_name="made_items",
        verbose_name="berasal dari permohonan",
    )  # fmt: skip
    downloads = models.PositiveIntegerField("kali diunduh", default=0)
    warned_percent = models.PositiveSmallIntegerField("persen waktu yang sudah diingatkan", default=0)
    open_since = models.DateField("harus dibuka sejak", null=True, blank=True)
    version = models.PositiveIntegerField("versi", default=1)
    file_text = models.TextField("teks berkas", blank=True, default="")
    search = GeneratedField(
        expression=SearchVector("title", weight="A", config="indonesian")
        + SearchVector("summary", weight="B", config="indonesian")
        + SearchVector("file_text", weight="D", config="indonesian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "informasi publik"
        verbose_name_plural = "informasi publik"
        ordering = ["-modified_at", "-pk"]
        indexes = [
            GinIndex(fields=["search"], gin_pending_list_limit=512, name="information_item_search"),
            # A common word is in a third of all files and in few titles: those are what is looked for.
            GinIndex(SearchVector("title", config="indonesian"), name="information_item_words"),
            # Mistyped words: letters in threes of the title.
            GinIndex(OpClass(Lower("title"), name="gin_trgm_ops"), name="information_item_title"),
            models.Index(
                fields=["-modified_at", "-id"],
                include=["category", "office", "year", "topic"],
                condition=Q(status="FIXED"),
                name="information_item_newest",
            ),
            models.Index(
                fields=["category", "-modified_at", "-id"],
                condition=Q(status="FIXED"),
                name="information_item_category",
            ),
            models.Index(
                fields=["office", "-modified_at", "-id"],
                condition=Q(status="FIXED"),
                name="information_item_office",
            ),
            models.Index(fields=["status", "office"], name="information_item_status"),
            models.Index(
                fields=["next_due_on"],
                condition=Q(status="FIXED", next_due_on__isnull=False),
                name="information_item_due",
            ),
            models.Index(fields=["modified_at", "id"], name="information_item_harvest"),
        ]
        constraints = [
            status_check("information_item", ItemStatus.values),
            models.CheckConstraint(
                condition=~Q(status="FIXED") | Q(published_at__isnull=False),
                name="information_fixed_is_dated",
            ),
            # Serta merta goes out at once (UU 14/2008 Pasal 10); everything else needs the decree first.
            models.CheckConstraint(
                condition=~Q(status="FIXED") | Q(decree__isnull=False) | Q(category="SERTA_MERTA"),
                name="information_fixed_by_decree",
            ),
            models.CheckConstraint(
                condition=Q(has_soft=True) | Q(has_hard=True), name="information_has_a_form"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_exempt(self) -> bool:
        return self.category == Category.DIKECUALIKAN

    def move_to(self, new: str) -> None:
        """Change the status if the table allows it. Raises `RefusedTransition`."""
        self.TRANSITIONS.check(self.status, new)
        self.status = new
        self.save(update_fields=["status"])


class VersionQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Files of published, open entries; staff also see those of their own offices' entries."""
        seen = self.filter(item__in=Item.objects.visible_to(user))
        mine = Item.objects.desk_of(user).values("pk")
        opened = Q(published_at__isnull=False, withdrawn_at=None) & ~Q(item__category=Category.DIKECUALIKAN)
        return seen.filter(opened | Q(item__in=mine))

    def opened(self) -> Self:
        """What everybody may download: published files of published entries that are not exempted."""
        return self.filter(
            ~Q(item__category=Category.DIKECUALIKAN),
            published_at__isnull=False,
            withdrawn_at=None,
            item__status=ItemStatus.FIXED,
        )


class ItemVersion(models.Model):
    """One version of an entry's file. The newest published one is current; older ones stay readable.

    `verdict` is what the check before publishing found (see base/redaction); without a passed check a
    version is not published; what it only warned of needs an officer's words (`looked_through`). `extracted_at` is
    empty until its text was read for the search.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("versi")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    note = models.CharField("yang berubah", max_length=300, blank=True, default="")
    pages = models.PositiveIntegerField("halaman", null=True, blank=True)
    verdict = models.JSONField("hasil pemeriksaan", default=dict, blank=True)
    checked_at = models.DateTimeField("diperiksa pada", null=True, blank=True)
    looked_through = models.CharField("yang sudah diperiksa petugas", max_length=300, blank=True, default="")
    extracted_at = models.DateTimeField("teks dibaca pada", null=True, blank=True)
    truncated = models.BooleanField("teks dipotong", default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField("ditambahkan pada")
    published_at = models.DateTimeField("terbit pada", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ditarik pada", null=True, blank=True)
    withdrawn_reason = models.CharField("alasan ditarik", max_length=300, blank=True, default="")

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versi berkas"
        verbose_name_plural = "versi berkas"
        ordering = ["item", "-number"]
        indexes = [
            models.Index(
                fields=["added_at"], condition=Q(extracted_at=None), name="information_version_unread"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="information_version_once"),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(checked_at__isnull=False),
                name="information_checked_before_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"


class DownloadDay(models.Model):
    """How often a version was downloaded on a day. No visitor is known, only the number."""

    version = models.ForeignKey(ItemVersion, models.CASCADE, related_name="download_days")
    day = models.DateField("hari")
    count = models.PositiveIntegerField("kali diunduh", default=0)

    class Meta:
        verbose_name = "unduhan per hari"
        verbose_name_plural = "unduhan per hari"
        constraints = [
            models.UniqueConstraint(fields=["version", "day"], name="information_download_day_once")
        ]
        indexes = [models.Index(fields=["day"], include=["count"], name="information_downloads_by_day")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.day}: {self.count}"
