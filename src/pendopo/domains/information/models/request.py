"""A request for information, from its number to the hand-over."""

from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import GeneratedField, Q
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import DUE_OR_NEVER, AbstractCase, CaseQuerySet, status_check
from pendopo.base.organizations.roles import roles_of
from pendopo.kernel.states import Transitions


class RequestStatus(models.TextChoices):
    REGISTERED = "REGISTERED", _("Terdaftar")
    INCOMPLETE = "INCOMPLETE", _("Menunggu dilengkapi pemohon")
    IN_PROGRESS = "IN_PROGRESS", _("Diproses")
    GRANTED = "GRANTED", _("Dikabulkan, menunggu penyerahan")
    DELIVERED = "DELIVERED", _("Informasi sudah diserahkan")
    REFUSED = "REFUSED", _("Ditolak")
    NOT_HELD = "NOT_HELD", _("Tidak dikuasai")
    WITHDRAWN = "WITHDRAWN", _("Dicabut pemohon")
    LAPSED = "LAPSED", _("Tidak dilengkapi pemohon")


REQUEST_FINAL = frozenset(
    {
        RequestStatus.DELIVERED,
        RequestStatus.REFUSED,
        RequestStatus.NOT_HELD,
        RequestStatus.WITHDRAWN,
        RequestStatus.LAPSED,
    }
)
REQUEST_UNDECIDED = (RequestStatus.REGISTERED, RequestStatus.INCOMPLETE, RequestStatus.IN_PROGRESS)
REQUEST_OPEN = (*REQUEST_UNDECIDED, RequestStatus.GRANTED)
_DECIDED = (RequestStatus.GRANTED, RequestStatus.REFUSED, RequestStatus.NOT_HELD)

REQUEST_TRANSITIONS = Transitions.of(
    RequestStatus.REGISTERED,
    {
        RequestStatus.REGISTERED: [
            RequestStatus.INCOMPLETE,
            RequestStatus.IN_PROGRESS,
            *_DECIDED,
            RequestStatus.WITHDRAWN,
        ],
        RequestStatus.INCOMPLETE: [RequestStatus.REGISTERED, RequestStatus.WITHDRAWN, RequestStatus.LAPSED],
        RequestStatus.IN_PROGRESS: [*_DECIDED, RequestStatus.WITHDRAWN],
        RequestStatus.GRANTED: [RequestStatus.DELIVERED],
        # An objection, a settlement or a ruling can open what was refused or add to what was given.
        RequestStatus.DELIVERED: [RequestStatus.GRANTED],
        RequestStatus.REFUSED: [RequestStatus.GRANTED],
        RequestStatus.NOT_HELD: [RequestStatus.GRANTED, RequestStatus.REFUSED],
        RequestStatus.WITHDRAWN: [],
        RequestStatus.LAPSED: [RequestStatus.REGISTERED],
    },
)


class RequesterKind(models.TextChoices):
    PERSON = "PERSON", _("Perorangan (warga negara Indonesia)")
    LEGAL_ENTITY = "LEGAL_ENTITY", _("Badan hukum Indonesia")
    GROUP = "GROUP", _("Kelompok orang dengan kuasa")


class RequestChannel(models.TextChoices):
    WEB = "WEB", _("Situs ini")
    COUNTER = "COUNTER", _("Datang langsung")
    LETTER = "LETTER", _("Surat")
    EMAIL = "EMAIL", _("Surel")
    PHONE = "PHONE", _("Telepon")


class Access(models.TextChoices):
    """UU 14/2008 Pasal 4 ayat (2): what the requester wants to do with it."""

    COPY = "COPY", _("mendapat salinan")
    SEE = "SEE", _("melihat, membaca, atau mencatat")


class Form(models.TextChoices):
    SOFT = "SOFT", _("berkas digital")
    HARD = "HARD", _("cetakan")


class SendWay(models.TextChoices):
    ONLINE = "ONLINE", _("diunduh dari halaman permohonan")
    EMAIL = "EMAIL", _("surel")
    PICKUP = "PICKUP", _("diambil sendiri")
    POST = "POST", _("pos atau kurir")


class DecisionKind(models.TextChoices):
    FULL = "FULL", _("dikabulkan seluruhnya")
    PARTIAL = "PARTIAL", _("dikabulkan sebagian")
    REFUSED = "REFUSED", _("ditolak")
    NOT_HELD = "NOT_HELD", _("tidak dikuasai")


class RequestQuerySet(CaseQuerySet):
    """Reading requests. A request is never public; the log shows only what `logged` allows."""

    def public(self) -> Self:
        return self.none()

    def visible_to(self, user: Any, *, holding: Any = ()) -> Self:
        """The own requests (by account or by proof), and those on the desk."""
        seen = Q(pk__in=list(holding))
        if getattr(user, "is_authenticated", False):
            seen |= Q(reporter_id=user.pk) | self._on_desk(roles_of(user))
        return self.filter(seen)

    def in_register(self, user: Any, *, asked: Q) -> Self:
        """What staff read in the register: requests on their desk, and those their unit was `asked` for."""
        roles = roles_of(user)
        return self.filter(self._on_desk(roles) | asked) if roles.is_staff else self.none()

    def logged(self) -> Self:
        """Rows of the public log: an officer wrote what it is about, without the person."""
        return self.exclude(log_title="")

    def search(self, words: str) -> Self:
        if not words.strip():
            return self
        return self.filter(search=SearchQuery(words, config="indonesian", search_type="websearch"))


class InformationRequest(AbstractCase):
    """One request. `details` is what was asked and never changes; `log_title` is what the public log shows.

    `number` is gap-free for each body and year (UU 14/2008 Pasal 22 ayat 4–6); `registration` is the number as
    written. `decision` repeats the kind of the newest decision. Everything about the person stands in the contact.
    """

    KIND: ClassVar[str] = "information"
    TRANSITIONS: ClassVar[Transitions] = REQUEST_TRANSITIONS
    Status: ClassVar = RequestStatus

    body = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="+", verbose_name="badan publik"
    )
    year = models.PositiveSmallIntegerField("tahun register")
    number = models.PositiveIntegerField("nomor urut")
    registration = models.CharField("nomor pendaftaran", max_length=60)
    requester_kind = models.CharField("pemohon", max_length=12, choices=RequesterKind.choices)
    by_proxy = models.BooleanField("melalui kuasa", default=False)
    details = models.TextField("informasi yang diminta")
    purpose = models.TextField("tujuan penggunaan")
    access = models.CharField("cara memperoleh", max_length=4, choices=Access.choices)
    form = models.CharField("bentuk", max_length=4, choices=Form.choices)
    send_way = models.CharField("cara pengiriman", max_length=6, choices=SendWay.choices)
    assistance = models.CharField("bantuan yang diberikan", max_length=300, blank=True, default="")
    external_number = models.CharField("nomor surat pemohon", max_length=60, blank=True, default="")
    extended = models.BooleanField("diperpanjang", default=False)
    decision = models.CharField("putusan", max_length=8, choices=DecisionKind.choices, blank=True, default="")
    decided_at = models.DateTimeField("diberitahukan pada", null=True, blank=True)
    decided_in_time = models.BooleanField("diberitahukan tepat waktu", null=True)
    delivered_at = models.DateTimeField("diserahkan pada", null=True, blank=True)
    answer_days = models.PositiveSmallIntegerField("hari kerja sampai diberitahukan", null=True, blank=True)
    cost = models.DecimalField("biaya (rupiah)", max_digits=12, decimal_places=0, default=0)
    log_title = models.CharField("judul di daftar terbuka", max_length=160, blank=True, default="")
    log_topic = models.CharField("topik di daftar terbuka", max_length=40, blank=True, default="")
    search = GeneratedField(
        expression=SearchVector("details", weight="A", config="indonesian")
        + SearchVector("log_title", weight="A", config="indonesian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = RequestQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "permohonan informasi"
        verbose_name_plural = "permohonan informasi"
        ordering = ["-received_at", "-pk"]
        indexes = [
            GinIndex(fields=["search"], gin_pending_list_limit=512, name="information_request_search"),
            models.Index(
                fields=["-received_at", "-id"],
                include=["status", "office", "channel", "decision"],
                name="information_request_newest",
            ),
            models.Index(fields=["office", "-received_at", "-id"], name="information_request_office"),
            models.Index(fields=["-year", "-number"], name="information_request_register"),
            models.Index(
                fields=["-year", "-number"],
                include=["id"],
                condition=~Q(log_title="") & Q(secret=False, hidden=False),
                name="information_request_log",
            ),
            models.Index(
                "urgency",
                DUE_OR_NEVER,
                "id",
                include=["due_at", "status", "office", "snoozed_until"],
                condition=Q(status__in=REQUEST_OPEN),
                name="information_request_work",
            ),
            # The numbers beside the queues.
            models.Index(
                fields=["status", "due_at"], include=["secret", "office"], name="information_request_status"
            ),
            models.Index(
                fields=["handler"],
                condition=Q(status__in=REQUEST_OPEN, handler__isnull=False),
                name="information_request_handler",
            ),
        ]
        constraints = [
            status_check("information_request", RequestStatus.values),
            models.UniqueConstraint(
                fields=["body", "year", "number"], name="information_request_number_once"
            ),
            # No decision without its day, and the other way round.
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="information_decision_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["GRANTED", "DELIVERED", "REFUSED", "NOT_HELD"]) | ~Q(decision=""),
                name="information_end_is_decided",
            ),
        ]

    def get_status_display(self) -> str:
        """The status in words; it has no `choices`, because the words belong to the room and not to base/cases."""
        return str(RequestStatus(self.status).label)

    @classmethod
    def final_statuses(cls) -> frozenset[str]:
        return frozenset(map(str, REQUEST_FINAL))
