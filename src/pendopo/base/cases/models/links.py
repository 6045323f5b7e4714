"""Links between cases, also of different rooms. Both ends are named by kind and id, shown only if visible."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Relation(models.TextChoices):
    RELATED = "RELATED", _("berkaitan dengan")
    DUPLICATE = "DUPLICATE", _("sama dengan")
    FOLLOWS = "FOLLOWS", _("lanjutan dari")


class CaseLink(models.Model):
    """`source` stands in `relation` to `target`. Kinds are keys of the registry `kinds`."""

    source_kind = models.CharField(max_length=20)
    source_id = models.BigIntegerField()
    target_kind = models.CharField(max_length=20)
    target_id = models.BigIntegerField()
    relation = models.CharField("hubungan", max_length=9, choices=Relation.choices)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField("dibuat pada")

    class Meta:
        verbose_name = "kaitan perkara"
        verbose_name_plural = "kaitan perkara"
        indexes = [models.Index(fields=["target_kind", "target_id"], name="cases_link_target")]
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "target_kind", "target_id", "relation"],
                name="cases_link_once",
            ),
            models.CheckConstraint(
                condition=~Q(source_kind=F("target_kind")) | ~Q(source_id=F("target_id")),
                name="cases_link_not_self",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_kind}:{self.source_id} {self.relation} {self.target_kind}:{self.target_id}"
