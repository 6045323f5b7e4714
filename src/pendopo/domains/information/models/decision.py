"""What the office decided: one extension at most, then the written notice with everything the law asks of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import case_link
from pendopo.domains.information.models.catalogue import Item
from pendopo.domains.information.models.exemptions import ConsequenceTest
from pendopo.domains.information.models.grounds import ExemptionGround
from pendopo.domains.information.models.request import DecisionKind, Form, InformationRequest, SendWay


class Extension(models.Model):
    """The one extension of UU 14/2008 Pasal 22 ayat (8), with its written reason. One row a request."""

    class Reason(models.TextChoices):
        NOT_DOCUMENTED = "NOT_DOCUMENTED", _("informasi belum dikuasai atau belum didokumentasikan")
        EXEMPTION_OPEN = "EXEMPTION_OPEN", _("belum dapat diputuskan apakah informasi dikecualikan")

    case = case_link(InformationRequest, "extension", once=True)
    reason_kind = models.CharField("alasan", max_length=14, choices=Reason.choices)
    reason = models.TextField("penjelasan tertulis")
    days = models.PositiveSmallIntegerField("hari kerja")
    due_before = models.DateField("jatuh tempo semula")
    due_after = models.DateField("jatuh tempo baru")
    rule = models.ForeignKey("cases.ClockRule", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "perpanjangan"
        verbose_name_plural = "perpanjangan"
        constraints = [models.CheckConstraint(condition=Q(days__gt=0), name="information_extension_days")]

    def __str__(self) -> str:
        return f"perpanjangan {self.case_id}: {self.days}"


class Decision(models.Model):
    """One written notice (pemberitahuan tertulis). The newest of a request counts; objections may add another."""

    case = case_link(InformationRequest, "decisions")
    sequence = models.PositiveSmallIntegerField("urutan", default=1)
    kind = models.CharField("putusan", max_length=8, choices=DecisionKind.choices)
    held = models.BooleanField("dikuasai")
    other_body = models.CharField("badan publik yang menguasai", max_length=200, blank=True, default="")
    other_body_told = models.BooleanField("sudah diteruskan dengan pemberitahuan", default=False)
    material = models.TextField("informasi yang diberikan", blank=True, default="")
    reason = models.TextField("penjelasan", blank=True, default="")
    form = models.CharField("bentuk", max_length=4, choices=Form.choices, blank=True, default="")
    send_way = models.CharField(
        "cara pengiriman", max_length=6, choices=SendWay.choices, blank=True, default=""
    )
    cost = models.DecimalField("biaya (rupiah)", max_digits=12, decimal_places=0, default=0)
    payment = models.CharField("cara pembayaran", max_length=200, blank=True, default="")
    objection = models.ForeignKey(
        "information.Objection", models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField("diputuskan pada")
    in_time = models.BooleanField("tepat waktu", null=True)

    class Meta:
        verbose_name = "pemberitahuan tertulis"
        verbose_name_plural = "pemberitahuan tertulis"
        ordering = ["case", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="information_decision_once"),
            models.CheckConstraint(
                condition=~Q(kind="NOT_HELD") | (Q(held=False) & ~Q(reason="")),
                name="information_not_held_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"


class DecisionGround(models.Model):
    """Why something is withheld: letter, article, sheet and period, all four (UU 14/2008 Pasal 17–20)."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="grounds")
    ground = models.ForeignKey(ExemptionGround, models.PROTECT, related_name="+")
    law = models.CharField("pasal yang menjadi dasar", max_length=300)
    test = models.ForeignKey(ConsequenceTest, models.PROTECT, related_name="invocations")
    expires_on = models.DateField("dikecualikan sampai", null=True, blank=True)

    class Meta:
        verbose_name = "dasar penolakan"
        verbose_name_plural = "dasar penolakan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "test"], name="information_decision_ground_once"),
            models.CheckConstraint(condition=~Q(law=""), name="information_decision_ground_law"),
        ]

    def __str__(self) -> str:
        return f"{self.ground_id} {self.decision_id}"


class RedactedPart(models.Model):
    """One blackened place of a partial answer: which file, which page, which letter, why."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="redacted_parts")
    title = models.CharField("berkas", max_length=200)
    page = models.PositiveIntegerField("halaman", null=True, blank=True)
    letter = models.CharField("Pasal 17 huruf", max_length=1)
    reason = models.CharField("yang dihitamkan dan alasannya", max_length=300)

    class Meta:
        verbose_name = "bagian yang dihitamkan"
        verbose_name_plural = "bagian yang dihitamkan"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.title} {self.page}"


class AnswerFile(models.Model):
    """A file handed to the requester. `verdict` is what the check before handing over found.

    `redaction` names the proven redaction (base/redaction) it came out of; `item` an entry of the DIP.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField("judul", max_length=200)
    redaction = models.UUIDField("penghitaman", null=True, blank=True)
    verdict = models.JSONField("hasil pemeriksaan", default=dict, blank=True)
    downloads = models.PositiveIntegerField("kali diunduh", default=0)
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "berkas jawaban"
        verbose_name_plural = "berkas jawaban"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | Q(item__isnull=False),
                name="information_answer_is_something",
            )
        ]

    def __str__(self) -> str:
        return self.title
