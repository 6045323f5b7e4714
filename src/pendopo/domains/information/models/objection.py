"""An objection (keberatan) to Atasan PPID."""

from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import (
    AbstractAttachment,
    AbstractCase,
    AbstractClock,
    AbstractContact,
    AbstractMessage,
    CaseQuerySet,
    case_link,
    status_check,
)
from pendopo.base.cases.models.case import WORKING_ROLES
from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.roles import Roles, roles_of
from pendopo.domains.information.models.catalogue import Item
from pendopo.domains.information.models.grounds import ObjectionGround
from pendopo.domains.information.models.request import InformationRequest
from pendopo.kernel.states import Transitions


class ObjectionStatus(models.TextChoices):
    REGISTERED = "REGISTERED", _("Terdaftar")
    REVIEWED = "REVIEWED", _("Ditelaah Atasan PPID")
    ANSWERED = "ANSWERED", _("Ditanggapi")
    WITHDRAWN = "WITHDRAWN", _("Dicabut")


OBJECTION_TRANSITIONS = Transitions.of(
    ObjectionStatus.REGISTERED,
    {
        ObjectionStatus.REGISTERED: [
            ObjectionStatus.REVIEWED,
            ObjectionStatus.ANSWERED,
            ObjectionStatus.WITHDRAWN,
        ],
        ObjectionStatus.REVIEWED: [ObjectionStatus.ANSWERED, ObjectionStatus.WITHDRAWN],
        ObjectionStatus.ANSWERED: [],
        ObjectionStatus.WITHDRAWN: [],
    },
)


class Outcome(models.TextChoices):
    UPHELD = "UPHELD", _("putusan PPID dikuatkan")
    CHANGED = "CHANGED", _("keberatan diterima, putusan diubah")
    SETTLED = "SETTLED", _("diselesaikan dengan musyawarah")


class PrivateCaseQuerySet(CaseQuerySet):
    """Cases that are never public: the person's own, and those on the desk.

    PPID Utama prepares every objection and dispute, though Atasan PPID's office holds them.
    """

    def _desk_parts(self, roles: Roles) -> list[Q]:
        parts = super()._desk_parts(roles)
        if roles.sees_all:
            return parts
        prepares = Organization.objects.filter(pk__in=roles.offices_as(*WORKING_ROLES), is_intake=True)
        return [reduce(or_, parts, Q(Exists(prepares)))]

    def public(self) -> Self:
        return self.none()

    def visible_to(self, user: Any, *, holding: Any = ()) -> Self:
        seen = Q(pk__in=list(holding))
        if getattr(user, "is_authenticated", False):
            seen |= Q(reporter_id=user.pk) | self._on_desk(roles_of(user))
        return self.filter(seen)


class Objection(AbstractCase):
    """One objection. `office` is the office of Atasan PPID. A ground b objection may stand without a request.

    `found_on` is the day the ground was there; the 30 working days of Pasal 36 ayat (1) count from it.
    `form_key` makes a double click one objection.
    """

    KIND: ClassVar[str] = "objections"
    TRANSITIONS: ClassVar[Transitions] = OBJECTION_TRANSITIONS
    Status: ClassVar = ObjectionStatus

    body = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="+", verbose_name="badan publik"
    )
    year = models.PositiveSmallIntegerField("tahun register")
    number = models.PositiveIntegerField("nomor urut")
    registration = models.CharField("nomor register", max_length=60)
    request = models.ForeignKey(
        InformationRequest, models.PROTECT, null=True, blank=True, related_name="objections"
    )
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="objections")
    ground = models.CharField("alasan", max_length=1, choices=ObjectionGround.choices)
    found_on = models.DateField("alasan ditemukan")
    position = models.TextField("kasus posisi")
    purpose = models.TextField("tujuan penggunaan informasi", blank=True, default="")
    by_proxy = models.BooleanField("melalui kuasa", default=False)
    outcome = models.CharField("keputusan", max_length=7, choices=Outcome.choices, blank=True, default="")
    answer = models.TextField("tanggapan Atasan PPID", blank=True, default="")
    answered_at = models.DateTimeField("ditanggapi pada", null=True, blank=True)
    answered_in_time = models.BooleanField("ditanggapi tepat waktu", null=True)
    answered_by_name = models.CharField("nama Atasan PPID", max_length=120, blank=True, default="")
    answered_by_post = models.CharField("jabatan", max_length=160, blank=True, default="")
    requester_response = models.TextField("tanggapan pemohon", blank=True, default="")
    form_key = models.UUIDField("kunci formulir", null=True, blank=True, unique=True, editable=False)

    objects = PrivateCaseQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "keberatan"
        verbose_name_plural = "keberatan"
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="information_objection_newest"),
            models.Index(fields=["office", "-received_at", "-id"], name="information_objection_office"),
        ]
        constraints = [
            status_check("information_objection", ObjectionStatus.values),
            models.UniqueConstraint(
                fields=["body", "year", "number"], name="information_objection_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(status="ANSWERED") | (~Q(outcome="") & ~Q(answer="")),
                name="information_objection_answer_whole",
            ),
            # Pasal 35 ayat (2): a refusal under Pasal 17 is not settled by deliberation.
            models.CheckConstraint(
                condition=~Q(outcome="SETTLED") | ~Q(ground="a"), name="information_a_is_not_settled"
            ),
            models.CheckConstraint(
                condition=Q(request__isnull=False) | Q(ground="b"),
                name="information_objection_about_something",
            ),
            models.UniqueConstraint(
                fields=["request", "ground"],
                condition=Q(closed_at=None, request__isnull=False),
                name="information_one_open_objection",
            ),
        ]

    def get_status_display(self) -> str:
        """The status in words; it has no `choices`, because the words belong to the room and not to base/cases."""
        return str(ObjectionStatus(self.status).label)

    @classmethod
    def final_statuses(cls) -> frozenset[str]:
        return frozenset({str(ObjectionStatus.ANSWERED), str(ObjectionStatus.WITHDRAWN)})


class ObjectionContact(AbstractContact):
    """Who objects. Copied from the request, or given anew where there was none."""

    case = case_link(Objection, "contact", once=True)
    address = models.CharField("alamat", max_length=300, blank=True, default="")
    occupation = models.CharField("pekerjaan", max_length=120, blank=True, default="")
    proxy_name = models.CharField("nama kuasa", max_length=120, blank=True, default="")
    forgotten_at = models.DateTimeField("dihapus pada", null=True, blank=True)

    class Meta(AbstractContact.Meta):
        verbose_name = "pengaju keberatan"


class ObjectionClock(AbstractClock):
    case = case_link(Objection, "clocks")

    class Meta(AbstractClock.Meta):
        verbose_name = "jam keberatan"


class ObjectionMessage(AbstractMessage):
    case = case_link(Objection, "messages")

    class Meta(AbstractMessage.Meta):
        verbose_name = "pesan keberatan"
        indexes = [models.Index(fields=["case", "at"], name="information_objmsg_case")]


class ObjectionAttachment(AbstractAttachment):
    case = case_link(Objection, "attachments")
    message = models.ForeignKey(
        ObjectionMessage, models.CASCADE, null=True, blank=True, related_name="attachments"
    )

    class Meta(AbstractAttachment.Meta):
        verbose_name = "lampiran keberatan"
