"""What a client sent and may send again: answers kept by Idempotency-Key, and photos sent ahead."""

from django.db import models

from pendopo.base.clients.models.client import ApiClient


class KeptAnswer(models.Model):
    """The answer to one Idempotency-Key of one client, repeated letter by letter for a day.

    Holds what the client was told, so it is deleted after that day (tasks.forget).
    """

    client = models.ForeignKey(ApiClient, models.CASCADE, related_name="+")
    key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    code = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(default="")
    location = models.CharField(max_length=300, default="", blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "jawaban tersimpan"
        verbose_name_plural = "jawaban tersimpan"
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="clients_answer_once")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.key}"


class ClientUpload(models.Model):
    """A photo that a client sent ahead and has not used yet. The files room sweeps it away after a day."""

    client = models.ForeignKey(ApiClient, models.CASCADE, related_name="+")
    file = models.OneToOneField("files.File", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "kiriman foto"
        verbose_name_plural = "kiriman foto"

    def __str__(self) -> str:
        return str(self.file_id)
