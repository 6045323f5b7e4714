"""A dispute at Komisi Informasi and the courts, as the office keeps it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import (
    AbstractAttachment,
    AbstractCase,
    AbstractClock,
    AbstractMessage,
    case_link,
    status_check,
)
from pendopo.domains.information.models.objection import Objection, PrivateCaseQuerySet
from pendopo.kernel.states import Transitions


class DisputeStatus(models.TextChoices):
    REGISTERED = "REGISTERED", _("Terdaftar di Komisi Informasi")
    PRELIMINARY = "PRELIMINARY", _("Pemeriksaan awal")
    MEDIATION = "MEDIATION", _("Mediasi")
    ADJUDICATION = "ADJUDICATION", _("Ajudikasi")
    SETTLED = "SETTLED", _("Kesepakatan mediasi")
    RULED = "RULED", _("Diputus Komisi Informasi")
    COURT = "COURT", _("Gugatan di pengadilan")
    CASSATION = "CASSATION", _("Kasasi di Mahkamah Agung")
    FINAL = "FINAL", _("Berkekuatan hukum tetap")
    EXECUTED = "EXECUTED", _("Putusan dilaksanakan")
    DROPPED = "DROPPED", _("Gugur atau dicabut")


DISPUTE_TRANSITIONS = Transitions.of(
    DisputeStatus.REGISTERED,
    {
        DisputeStatus.REGISTERED: [DisputeStatus.PRELIMINARY, DisputeStatus.DROPPED],
        DisputeStatus.PRELIMINARY: [
            DisputeStatus.MEDIATION,
            DisputeStatus.ADJUDICATION,
            DisputeStatus.DROPPED,
        ],
        DisputeStatus.MEDIATION: [
            DisputeStatus.SETTLED,
            DisputeStatus.ADJUDICATION,
            DisputeStatus.DROPPED,
        ],
        DisputeStatus.ADJUDICATION: [DisputeStatus.RULED, DisputeStatus.DROPPED],
        DisputeStatus.SETTLED: [DisputeStatus.EXECUTED],
        DisputeStatus.RULED: [DisputeStatus.COURT, DisputeStatus.FINAL],
        DisputeStatus.COURT: [DisputeStatus.CASSATION, DisputeStatus.FINAL],
        DisputeStatus.CASSATION: [DisputeStatus.FINAL],
        DisputeStatus.FINAL: [DisputeStatus.EXECUTED],
        DisputeStatus.EXECUTED: [],
        DisputeStatus.DROPPED: [],
    },
)


class Dispute(AbstractCase):
    """One dispute, grown out of an objection. `ruling` and `orders` say what the panel or the parties decided."""

    KIND: ClassVar[str] = "disputes"
    TRANSITIONS: ClassVar[Transitions] = DISPUTE_TRANSITIONS
    Status: ClassVar = DisputeStatus

    class Winner(models.TextChoices):
        REQUESTER = "REQUESTER", _("permohonan sengketa dikabulkan")
        PARTLY = "PARTLY", _("dikabulkan sebagian")
        BODY = "BODY", _("permohonan sengketa ditolak")

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="disputes")
    ki_number = models.CharField("nomor di Komisi Informasi", max_length=80, blank=True, default="")
    court_number = models.CharField("nomor perkara pengadilan", max_length=80, blank=True, default="")
    filed_on = models.DateField("diajukan pemohon tanggal")
    next_hearing_at = models.DateTimeField("sidang berikutnya", null=True, blank=True)
    hearing_place = models.CharField("tempat sidang", max_length=160, blank=True, default="")
    result = models.CharField("hasil", max_length=9, choices=Winner.choices, blank=True, default="")
    ruling = models.TextField("amar atau isi kesepakatan", blank=True, default="")
    orders = models.TextField("yang harus dilaksanakan", blank=True, default="")
    ruled_on = models.DateField("diputus tanggal", null=True, blank=True)
    executed_note = models.TextField("pelaksanaan", blank=True, default="")

    objects = PrivateCaseQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "sengketa informasi"
        verbose_name_plural = "sengketa informasi"
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["-received_at", "-id"], name="information_dispute_newest")]
        constraints = [
            status_check("information_dispute", DisputeStatus.values),
            models.UniqueConstraint(
                fields=["objection"],
                condition=~Q(status="DROPPED"),
                name="information_one_dispute_an_objection",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["SETTLED", "RULED", "FINAL", "EXECUTED"]) | ~Q(ruling=""),
                name="information_ruling_says_what",
            ),
        ]

    def get_status_display(self) -> str:
        """The status in words; it has no `choices`, because the words belong to the room and not to base/cases."""
        return str(DisputeStatus(self.status).label)

    @classmethod
    def final_statuses(cls) -> frozenset[str]:
        return frozenset({str(DisputeStatus.EXECUTED), str(DisputeStatus.DROPPED)})


class DisputeClock(AbstractClock):
    case = case_link(Dispute, "clocks")

    class Meta(AbstractClock.Meta):
        verbose_name = "jam sengketa"


class DisputeMessage(AbstractMessage):
    case = case_link(Dispute, "messages")

    class Meta(AbstractMessage.Meta):
        verbose_name = "catatan sengketa"
        indexes = [models.Index(fields=["case", "at"], name="information_dispmsg_case")]


class DisputeAttachment(AbstractAttachment):
    case = case_link(Dispute, "attachments")
    message = models.ForeignKey(
        DisputeMessage, models.CASCADE, null=True, blank=True, related_name="attachments"
    )

    class Meta(AbstractAttachment.Meta):
        verbose_name = "lampiran sengketa"
