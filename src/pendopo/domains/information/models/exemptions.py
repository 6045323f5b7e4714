"""The consequence test (uji konsekuensi): the only way to withhold information, with its reasons and its end."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import status_check
from pendopo.base.organizations.roles import roles_of
from pendopo.domains.information.models.catalogue import Decree, Item
from pendopo.domains.information.models.grounds import ExemptionGround
from pendopo.kernel.states import Transitions

# UU 14/2008 Pasal 20 ayat (1): exemptions under letters a to f are not permanent.
MAY_BE_PERMANENT = ("g", "h", "i", "j")


class TestStatus(models.TextChoices):
    __test__ = False  # not a test class for pytest

    DRAFT = "DRAFT", _("Disusun")
    PROPOSED = "PROPOSED", _("Diusulkan")
    RETURNED = "RETURNED", _("Dikembalikan")
    FIXED = "FIXED", _("Ditetapkan")
    ENDED = "ENDED", _("Berakhir")


TEST_TRANSITIONS = Transitions.of(
    TestStatus.DRAFT,
    {
        TestStatus.DRAFT: [TestStatus.PROPOSED, TestStatus.ENDED],
        TestStatus.PROPOSED: [TestStatus.FIXED, TestStatus.RETURNED, TestStatus.ENDED],
        TestStatus.RETURNED: [TestStatus.PROPOSED, TestStatus.ENDED],
        TestStatus.FIXED: [TestStatus.ENDED],
        TestStatus.ENDED: [],
    },
)


class ConsequenceTestQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Staff: those of the own offices; PPID Utama all. The public reads the entry of the DIK, not the sheet."""
        roles = roles_of(user)
        if roles.sees_all:
            return self
        return self.filter(office_id__in=roles.offices) if roles.is_staff else self.none()

    def in_force(self, on: dt.date) -> Self:
        return self.filter(Q(permanent=True) | Q(expires_on__gte=on), status=TestStatus.FIXED)


class ConsequenceTest(models.Model):
    """One sheet: exactly which information, which letter and law, what follows if opened and if closed, how long.

    PPID Pelaksana proposes, PPID Utama fixes by decree after the council's opinion. It may be made before a
    request, during one, or during a dispute (PERKI 1/2021). The period is `years` from the decree, a day
    (`expires_on`) or `permanent`; fixing turns years into the day.
    """

    __test__ = False  # not a test class for pytest
    TRANSITIONS: ClassVar[Transitions] = TEST_TRANSITIONS

    class Occasion(models.TextChoices):
        BEFORE = "BEFORE", _("sebelum ada permohonan")
        REQUEST = "REQUEST", _("saat ada permohonan")
        DISPUTE = "DISPUTE", _("saat sengketa, atas perintah majelis")

    code = models.CharField("nomor", max_length=16, unique=True)
    status = models.CharField("keadaan", max_length=8, choices=TestStatus.choices, default=TestStatus.DRAFT)
    office = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="tests")
    request = models.ForeignKey(
        "information.InformationRequest", models.PROTECT, null=True, blank=True, related_name="tests"
    )
    based_on = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="reused_by")
    occasion = models.CharField("dilakukan", max_length=7, choices=Occasion.choices, default=Occasion.BEFORE)
    information = models.TextField("informasi yang diuji")
    ground = models.ForeignKey(
        ExemptionGround, models.PROTECT, related_name="+", verbose_name="Pasal 17 huruf"
    )
    letter = models.CharField("huruf", max_length=1, editable=False)
    law = models.CharField("undang-undang dan pasal yang menjadi dasar", max_length=300)
    consequence_open = models.TextField("akibat bila dibuka")
    consequence_closed = models.TextField("akibat bila ditutup")
    considerations = models.TextField("pertimbangan kepatutan dan kepentingan umum", blank=True, default="")
    permanent = models.BooleanField("tanpa batas waktu", default=False)
    years = models.PositiveSmallIntegerField("berlaku (tahun)", null=True, blank=True)
    starts_on = models.DateField("berlaku sejak", null=True, blank=True)
    expires_on = models.DateField("berlaku sampai", null=True, blank=True)
    council_opinion = models.TextField("pendapat tim pertimbangan", blank=True, default="")
    council_on = models.DateField("rapat tim pertimbangan", null=True, blank=True)
    decree = models.ForeignKey(Decree, models.PROTECT, null=True, blank=True, related_name="tests")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField("disusun pada")
    proposed_at = models.DateTimeField("diusulkan pada", null=True, blank=True)
    return_reason = models.CharField("alasan dikembalikan", max_length=300, blank=True, default="")
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    fixed_at = models.DateTimeField("ditetapkan pada", null=True, blank=True)
    ended_at = models.DateTimeField("berakhir pada", null=True, blank=True)
    ended_reason = models.CharField("alasan berakhir", max_length=300, blank=True, default="")
    warned_at = models.DateTimeField("diingatkan pada", null=True, blank=True)
    version = models.PositiveIntegerField("versi", default=1)

    objects = ConsequenceTestQuerySet.as_manager()

    class Meta:
        verbose_name = "uji konsekuensi"
        verbose_name_plural = "uji konsekuensi"
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(
                fields=["expires_on"],
                condition=Q(status="FIXED", permanent=False),
                name="information_test_end",
            ),
            models.Index(fields=["status", "office"], name="information_test_status"),
        ]
        constraints = [
            status_check("information_test", TestStatus.values),
            models.CheckConstraint(
                condition=Q(permanent=False) | Q(letter__in=MAY_BE_PERMANENT),
                name="information_a_to_f_end",
            ),
            models.CheckConstraint(
                condition=~Q(status="FIXED")
                | (Q(decree__isnull=False) & (Q(permanent=True) | Q(expires_on__isnull=False))),
                name="information_fixed_test_whole",
            ),
            # A draft cannot go to the council without what the law asks of the sheet.
            models.CheckConstraint(
                condition=Q(status__in=["DRAFT", "RETURNED", "ENDED"])
                | (~Q(information="") & ~Q(law="") & ~Q(consequence_open="") & ~Q(consequence_closed="")),
                name="information_test_says_all",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.letter = self.ground.letter
        super().save(*args, **kwargs)

    def move_to(self, new: str) -> None:
        """Change the status if the table allows it. Raises `RefusedTransition`."""
        self.TRANSITIONS.check(self.status, new)
        self.status = new
        self.save(update_fields=["status"])
