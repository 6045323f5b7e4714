"""A request being written, and how often the catalogue answered before one was sent."""

import uuid

from django.db import models
from django.db.models import Q

from pendopo.domains.information.models.parts import ProofKind
from pendopo.domains.information.models.request import InformationRequest


class RequestDraft(models.Model):
    """Answers so far, found by a signed cookie. `request` is set once sent: sending twice makes one request.

    Staff's form carries the key of such a row, so that a double click on the counter makes one request too.
    Holds contact data, so the clock deletes it soon after its last change (forgetting.py). A number of identity
    never stands in `answers`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answers = models.JSONField("jawaban", default=dict)
    created_at = models.DateTimeField("dibuat pada")
    updated_at = models.DateTimeField("berubah pada", db_index=True)
    request = models.OneToOneField(
        InformationRequest, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "draf permohonan"
        verbose_name_plural = "draf permohonan"

    def __str__(self) -> str:
        return str(self.pk)


class DraftProof(models.Model):
    """An identity document of a draft: sealed before it was kept, as in IdentityProof, which takes it over."""

    draft = models.ForeignKey(RequestDraft, models.CASCADE, related_name="proofs")
    kind = models.CharField("jenis", max_length=5, choices=ProofKind.choices)
    sealed_number = models.BinaryField("nomor (terenkripsi)", null=True, blank=True)
    number_hash = models.CharField("sidik nomor", max_length=64, blank=True, default="")
    sealed_file = models.UUIDField("berkas tersegel", null=True, blank=True)

    class Meta:
        verbose_name = "bukti draf permohonan"
        verbose_name_plural = "bukti draf permohonan"
        indexes = [models.Index(fields=["sealed_file"], name="information_draftproof_file")]

    def __str__(self) -> str:
        return f"bukti draf {self.pk}"


class FoundDay(models.Model):
    """How often somebody who began to ask said "ini yang saya cari". Only the number, nobody is known."""

    class Where(models.TextChoices):
        ITEM = "ITEM", "daftar informasi"
        ANSWER = "ANSWER", "jawaban terdahulu"

    day = models.DateField("hari")
    where = models.CharField("ditemukan di", max_length=6, choices=Where.choices)
    count = models.PositiveIntegerField("kali", default=0)

    class Meta:
        verbose_name = "permohonan yang tidak perlu dikirim"
        verbose_name_plural = "permohonan yang tidak perlu dikirim"
        constraints = [
            models.UniqueConstraint(fields=["day", "where"], name="information_found_day_once"),
            models.CheckConstraint(condition=Q(count__gte=0), name="information_found_day_count"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.where} {self.count}"
