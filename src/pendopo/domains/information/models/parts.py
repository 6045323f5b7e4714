"""What hangs on a request: the person, the proof of identity, clocks, words, files, and the units' tasks."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import (
    LIVE_TASKS,
    AbstractAttachment,
    AbstractClock,
    AbstractContact,
    AbstractMessage,
    AbstractTask,
    case_link,
)
from pendopo.base.organizations.roles import roles_of
from pendopo.domains.information.models.request import InformationRequest


class RequestContact(AbstractContact):
    """Who asks and how to reach them: the columns of the statutory form. No NIK: see IdentityProof."""

    case = case_link(InformationRequest, "contact", once=True)
    address = models.CharField("alamat", max_length=300, blank=True, default="")
    occupation = models.CharField("pekerjaan", max_length=120, blank=True, default="")
    proxy_for = models.CharField("pemberi kuasa", max_length=300, blank=True, default="")
    forgotten_at = models.DateTimeField("dihapus pada", null=True, blank=True)

    class Meta(AbstractContact.Meta):
        verbose_name = "pemohon"


class ProofKind(models.TextChoices):
    KTP = "KTP", _("KTP atau bukti kewarganegaraan lain")
    DEED = "DEED", _("akta dan pengesahan badan hukum")
    PROXY = "PROXY", _("surat kuasa")
    GIVER = "GIVER", _("KTP pemberi kuasa")


class ProofQuerySet(QuerySet):
    """Reading identity proofs. That one may see the row is not that one may open it: policy/requests.may_verify."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(case__in=InformationRequest.objects.desk_of(user))

    def repeated(self, proof: "IdentityProof") -> int:
        """How many other requests came with the same number: told by the hash, without the number."""
        if not proof.number_hash:
            return 0
        same = self.filter(number_hash=proof.number_hash).exclude(case=proof.case_id)
        return same.values("case").distinct().count()


class IdentityProof(models.Model):
    """One identity document. Number and file rest encrypted until a verdict; then only yes/no and a salted hash stay.

    `sealed_number` is ciphertext, `number_hash` a salted HMAC that recognises a repeat without telling the number.
    """

    case = case_link(InformationRequest, "proofs")
    kind = models.CharField("jenis", max_length=5, choices=ProofKind.choices)
    sealed_number = models.BinaryField("nomor (terenkripsi)", null=True, blank=True)
    number_hash = models.CharField("sidik nomor", max_length=64, blank=True, default="")
    sealed_file = models.UUIDField("berkas tersegel", null=True, blank=True)
    given_at = models.DateTimeField("diserahkan pada")
    accepted = models.BooleanField("diterima", null=True)
    reason = models.CharField("alasan ditolak", max_length=300, blank=True, default="")
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField("diperiksa pada", null=True, blank=True)
    destroyed_at = models.DateTimeField("berkas dimusnahkan pada", null=True, blank=True)

    objects = ProofQuerySet.as_manager()

    class Meta:
        verbose_name = "bukti identitas"
        verbose_name_plural = "bukti identitas"
        ordering = ["given_at", "pk"]
        indexes = [models.Index(fields=["case"], name="information_proof_case")]
        constraints = [
            # What was judged is gone: neither number nor file survives the verdict.
            models.CheckConstraint(
                condition=Q(destroyed_at=None) | Q(sealed_number=None, sealed_file=None),
                name="information_proof_destroyed",
            ),
        ]

    def __str__(self) -> str:
        return f"bukti {self.pk}"


class RequestClock(AbstractClock):
    """`extended_days` are the working days granted on top of the rule; they are counted in `amount`."""

    case = case_link(InformationRequest, "clocks")
    extended_days = models.PositiveSmallIntegerField("hari perpanjangan", default=0)

    class Meta(AbstractClock.Meta):
        verbose_name = "jam permohonan"


class RequestMessage(AbstractMessage):
    case = case_link(InformationRequest, "messages")

    class Meta(AbstractMessage.Meta):
        verbose_name = "pesan permohonan"
        indexes = [models.Index(fields=["case", "at"], name="information_message_case")]


class RequestAttachment(AbstractAttachment):
    case = case_link(InformationRequest, "attachments")
    message = models.ForeignKey(
        RequestMessage, models.CASCADE, null=True, blank=True, related_name="attachments"
    )

    class Meta(AbstractAttachment.Meta):
        verbose_name = "lampiran permohonan"


class UnitTaskQuerySet(QuerySet):
    """Reading sub-tasks. A task opens the question to the asked office, never the requester."""

    def visible_to(self, user: Any) -> Self:
        """Tasks asked of the own offices, and those of requests on the own desk."""
        roles = roles_of(user)
        if not roles.is_staff:
            return self.none()
        if roles.sees_all:
            return self
        return self.filter(Q(office_id__in=roles.offices) | Q(case__office_id__in=roles.offices))

    def asked_of(self, offices: Any) -> Self:
        return self.filter(office_id__in=list(offices))

    def live(self) -> Self:
        return self.filter(status__in=LIVE_TASKS)


class UnitTask(AbstractTask):
    """What PPID Utama asks of one PPID Pelaksana: to find the information, or to say that it does not hold it."""

    case = case_link(InformationRequest, "tasks")
    held = models.BooleanField("dikuasai", null=True)
    proposes_exemption = models.BooleanField("mengusulkan dikecualikan", default=False)

    objects = UnitTaskQuerySet.as_manager()

    class Meta(AbstractTask.Meta):
        verbose_name = "tugas PPID Pelaksana"
        verbose_name_plural = "tugas PPID Pelaksana"


class UnitTaskClock(AbstractClock):
    """The clock of one task. With `chosen` the officer set the day; a changed calendar then moves nothing."""

    task = models.OneToOneField(UnitTask, models.CASCADE, related_name="clock")
    chosen = models.BooleanField("tanggal dipilih petugas", default=False)

    class Meta:
        verbose_name = "jam tugas PPID Pelaksana"
        indexes = [
            models.Index(
                fields=["next_look_on"], condition=Q(stopped_at__isnull=True), name="information_task_look"
            )
        ]


class TaskNoteQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(task__in=UnitTask.objects.visible_to(user))


class UnitTaskNote(models.Model):
    """Words between PPID Utama and the asked unit. The key of the form makes a double click one note."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(UnitTask, models.CASCADE, related_name="notes")
    body = models.TextField("isi")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    office = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    at = models.DateTimeField("pada")

    objects = TaskNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "percakapan tugas PPID"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"catatan tugas {self.task_id}"


class UnitTaskFile(models.Model):
    """A file that a unit found. The requester gets it only when PPID Utama puts it into the answer."""

    task = models.ForeignKey(UnitTask, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "berkas tugas PPID"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"berkas tugas {self.task_id}"
