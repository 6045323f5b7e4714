"""Everything that hangs on a case: contact, messages, attachments, tasks, followers."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.states import Transitions


def case_link(model: Any, related_name: str, *, once: bool = False) -> Any:
    """The typed foreign key from a part to the room's own case."""
    field = models.OneToOneField if once else models.ForeignKey
    return field(model, models.CASCADE, related_name=related_name)


class AbstractContact(models.Model):
    """How to reach the reporter. Apart from the case, so that no list loads it by accident."""

    name = models.CharField("nama", max_length=120, blank=True, default="")
    email = models.EmailField("surel", blank=True, default="")
    phone = models.CharField("nomor telepon", max_length=20, blank=True, default="")

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["email"], condition=~Q(email=""), name="%(class)s_email"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="%(class)s_phone"),
        ]

    def __str__(self) -> str:
        return f"kontak {self.pk}"


class MessageKind(models.TextChoices):
    ANSWER = "ANSWER", _("jawaban kantor")
    QUESTION = "QUESTION", _("pertanyaan kantor")
    REPLY = "REPLY", _("balasan pelapor")
    CLOSING = "CLOSING", _("laporan penyelesaian")
    NOTE = "NOTE", _("catatan internal")


class AbstractMessage(models.Model):
    """Words between the reporter and the office, or a note among staff (never shown outside)."""

    kind = models.CharField("jenis", max_length=8, choices=MessageKind.choices)
    body = models.TextField("isi")
    at = models.DateTimeField("pada")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    office = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class AttachmentRole(models.TextChoices):
    PHOTO = "PHOTO", _("foto laporan")
    PROOF = "PROOF", _("bukti penyelesaian")
    BEFORE = "BEFORE", _("foto sebelum")
    AFTER = "AFTER", _("foto sesudah")
    DOCUMENT = "DOCUMENT", _("dokumen")


# What shows that work was done; it waits without a message until a second person has checked it.
EVIDENCE = (AttachmentRole.PROOF, AttachmentRole.BEFORE, AttachmentRole.AFTER)


class AbstractAttachment(models.Model):
    """A file of a case. `public` photos show on the public page of a case that is neither secret nor hidden."""

    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    role = models.CharField("peran", max_length=8, choices=AttachmentRole.choices)
    public = models.BooleanField("tampak bagi publik", default=True)
    at = models.DateTimeField("pada")

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.role} {self.file_id}"


class TaskStatus(models.TextChoices):
    OPEN = "OPEN", _("belum diterima")
    ACCEPTED = "ACCEPTED", _("sedang dikerjakan")
    DONE = "DONE", _("selesai")
    RETURNED = "RETURNED", _("dikembalikan, bukan tugas kantor itu")
    CANCELLED = "CANCELLED", _("dibatalkan")


# Somebody still has to do something.
LIVE_TASKS = (TaskStatus.OPEN, TaskStatus.ACCEPTED)


class AbstractTask(models.Model):
    """A piece of a case that another office does. The case stays with its handling office."""

    TRANSITIONS: ClassVar = Transitions.of(
        TaskStatus.OPEN,
        {
            TaskStatus.OPEN: [
                TaskStatus.ACCEPTED,
                TaskStatus.DONE,
                TaskStatus.RETURNED,
                TaskStatus.CANCELLED,
            ],
            TaskStatus.ACCEPTED: [TaskStatus.DONE, TaskStatus.RETURNED, TaskStatus.CANCELLED],
            # Asked again: the result was not enough.
            TaskStatus.DONE: [TaskStatus.OPEN],
            TaskStatus.RETURNED: [],
            TaskStatus.CANCELLED: [],
        },
    )

    office = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    status = models.CharField("keadaan", max_length=9, choices=TaskStatus.choices, default=TaskStatus.OPEN)
    instruction = models.TextField("yang diminta")
    result = models.TextField("hasil", blank=True, default="")
    end_reason = models.CharField(
        "alasan dikembalikan atau dibatalkan", max_length=300, blank=True, default=""
    )
    due_on = models.DateField("diharapkan selesai", null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField("diminta pada")
    accepted_at = models.DateTimeField("diterima pada", null=True, blank=True)
    done_at = models.DateTimeField("selesai pada", null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(fields=["office", "status"], name="%(class)s_office"),
            models.Index(
                fields=["office", "due_on", "id"], condition=Q(status__in=LIVE_TASKS), name="%(class)s_work"
            ),
            models.Index(fields=["office", "-asked_at", "-id"], name="%(class)s_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=list(TaskStatus.values)), name="%(class)s_known_status"
            )
        ]

    def __str__(self) -> str:
        return f"tugas {self.pk}"

    @property
    def is_live(self) -> bool:
        return self.status in LIVE_TASKS

    def move_to(self, new: str) -> None:
        """Change the status if the table allows it. Raises `RefusedTransition`."""
        self.TRANSITIONS.check(self.status, new)
        self.status = new
        self.save(update_fields=["status"])


class AbstractFollower(models.Model):
    """Somebody who asked to hear about a public case. Confirmed by a link before any update is sent."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    email = models.EmailField("surel", blank=True, default="")
    language = models.CharField("bahasa", max_length=5, default="id")
    confirmed_at = models.DateTimeField("dikonfirmasi pada", null=True, blank=True)
    since = models.DateTimeField("sejak")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["case", "email"], condition=~Q(email=""), name="%(class)s_email_once"
            ),
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(user__isnull=False), name="%(class)s_user_once"
            ),
        ]

    def __str__(self) -> str:
        return f"pengikut {self.pk}"
