"""What the office promised about people's data, as rows: how long, what is protected, who asked, what is gone."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.roles import roles_of
from pendopo.base.registries.personal import Held, Subject
from pendopo.kernel.states import Transitions


class PrivacyQuerySet(QuerySet):
    """Read by the government's koordinator and administrator, who answer for data protection."""

    def visible_to(self, user: Any) -> Self:
        roles = roles_of(user)
        return self if roles.coordinates or roles.administers else self.none()


class RetentionRuleQuerySet(PrivacyQuerySet):
    def in_force(self, *, on: dt.date) -> Self:
        valid = Q(valid_to=None) | Q(valid_to__gte=on)
        return self.filter(valid, active=True, valid_from__lte=on)


class RetentionRule(models.Model):
    """How long one kind of data is kept, counted from the event its keeper names.

    `keeper` is a key of `registries.personal.keepers`. An inactive rule keeps the data for ever: the report
    says so. Two rules for one keeper may not hold on the same day; the database refuses it.
    """

    keeper = models.CharField("data", max_length=40)
    days = models.PositiveIntegerField("disimpan (hari)")
    source = models.CharField("dasar", max_length=200)
    confirmed = models.BooleanField("sudah dicocokkan dengan naskah aslinya", default=False)
    active = models.BooleanField("berlaku", default=True)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai", null=True, blank=True)

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan penyimpanan"
        verbose_name_plural = "aturan penyimpanan"
        ordering = ["keeper", "valid_from"]
        constraints = [
            ExclusionConstraint(
                name="privacy_rule_once",
                expressions=[
                    ("keeper", "="),
                    (Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.keeper}: {self.days} hari"


class RetentionRun(models.Model):
    """What one run did for one rule. `finished_at` is null for a run that was killed: the next one goes on."""

    keeper = models.CharField("data", max_length=40)
    days = models.PositiveIntegerField("disimpan (hari)")
    started_at = models.DateTimeField("mulai")
    finished_at = models.DateTimeField("selesai", null=True, blank=True)
    done = models.PositiveIntegerField("ditangani", default=0)
    held = models.PositiveIntegerField("ditahan", default=0)
    failed = models.PositiveIntegerField("gagal", default=0)

    objects = PrivacyQuerySet.as_manager()

    class Meta:
        verbose_name = "pelaksanaan penyimpanan"
        verbose_name_plural = "pelaksanaan penyimpanan"
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["keeper", "-started_at"], name="privacy_run_latest")]

    def __str__(self) -> str:
        return f"{self.keeper} {self.started_at:%Y-%m-%d}"


class LegalHoldQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Own holds, and for the koordinator all but those on secret cases of other offices."""
        roles = roles_of(user)
        if not roles.is_staff:
            return self.none()
        seen = Q(made_by=user.pk)
        if roles.coordinates or roles.administers:
            seen |= Q(restricted=False)
        return self.filter(seen)

    def in_force(self, *, on: dt.date) -> Self:
        return self.filter(Q(until=None) | Q(until__gte=on), released_at=None)

    def ended(self, *, on: dt.date) -> Self:
        """No longer in force, but still naming a person."""
        over = Q(released_at__isnull=False) | Q(until__lt=on)
        named = ~Q(email="") | ~Q(phone="") | Q(user__isnull=False)
        return self.filter(over & named)

    def held(self, *, on: dt.date) -> Held:
        """Everything that is protected on a day, in one query."""
        rows = list(self.in_force(on=on).values_list("case_kind", "case_id", "user_id", "email", "phone"))
        return Held(
            cases=frozenset((kind, pk) for kind, pk, *_rest in rows if pk),
            users=frozenset(row[2] for row in rows if row[2]),
            emails=frozenset(row[3] for row in rows if row[3]),
            phones=frozenset(row[4] for row in rows if row[4]),
        )


class LegalHold(models.Model):
    """Nothing of this case, or of this person, is anonymised or erased while the hold is in force.

    Names a case (kind, id, number) or a person (account, e-mail, phone). Who is named is wiped when the hold
    ends: a hold must not become the last place that remembers somebody.
    """

    case_kind = models.CharField(max_length=20, blank=True, default="")
    case_id = models.BigIntegerField(null=True, blank=True)
    case_code = models.CharField("nomor", max_length=16, blank=True, default="")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    email = models.EmailField("surel", blank=True, default="")
    phone = models.CharField("telepon", max_length=20, blank=True, default="")
    restricted = models.BooleanField("perkara rahasia", default=False)
    reason = models.CharField("alasan", max_length=300)
    until = models.DateField("sampai", null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("sejak")
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField("dilepas pada", null=True, blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name = "penahanan penghapusan"
        verbose_name_plural = "penahanan penghapusan"
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["case_kind", "case_id"], name="privacy_hold_case")]

    def __str__(self) -> str:
        return self.case_code or f"orang {self.pk}"


class Tombstone(models.Model):
    """A case that was here: number, state, category and the reason it is gone. Nobody can be read from it."""

    case_kind = models.CharField(max_length=20)
    case_id = models.BigIntegerField()
    code = models.CharField("nomor", max_length=16, db_index=True)
    last_state = models.CharField("keadaan terakhir", max_length=20)
    category = models.CharField("kategori", max_length=60)
    reason = models.CharField("alasan", max_length=200)
    received_on = models.DateField("diterima", null=True)
    closed_on = models.DateField("selesai", null=True)
    buried_at = models.DateTimeField("dihapus pada")

    objects = PrivacyQuerySet.as_manager()

    class Meta:
        verbose_name = "nisan perkara"
        verbose_name_plural = "nisan perkara"
        ordering = ["-buried_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["case_kind", "case_id"], name="privacy_one_tombstone")]

    def __str__(self) -> str:
        return self.code


class RefusalGround(models.Model):
    """Why the law lets an office refuse an erasure, with its article. Rows, because law changes."""

    key = models.SlugField(primary_key=True, max_length=40)
    label = models.CharField("alasan", max_length=160)
    article = models.CharField("dasar hukum", max_length=200)
    confirmed = models.BooleanField("sudah dicocokkan dengan naskah aslinya", default=False)
    active = models.BooleanField("dipakai", default=True)
    order = models.PositiveSmallIntegerField("urutan", default=0)

    objects = PrivacyQuerySet.as_manager()

    class Meta:
        verbose_name = "alasan penolakan"
        verbose_name_plural = "alasan penolakan"
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.label


class Status(models.TextChoices):
    RECEIVED = "RECEIVED", _("menunggu keputusan")
    DONE = "DONE", _("dihapus")
    PARTIAL = "PARTIAL", _("dihapus sebagian")
    REFUSED = "REFUSED", _("ditolak")
    WITHDRAWN = "WITHDRAWN", _("dibatalkan pemohon")


class DataRequestQuerySet(PrivacyQuerySet):
    def of(self, subject: Subject) -> Self:
        """Requests of one person: by account, by a proved address, or about a proved case; newest first."""
        mine = Q(emails__overlap=list(subject.emails))
        if subject.user_id:
            mine |= Q(user=subject.user_id)
        for kind, pk in subject.cases:
            mine |= Q(cases__contains=[[kind, pk]])
        return self.filter(mine).order_by("-asked_at")


class DataRequest(models.Model):
    """A person asks for their data to be erased. Whose data is kept only until the request is finished."""

    TRANSITIONS: ClassVar[Transitions] = Transitions.of(
        Status.RECEIVED,
        {
            Status.RECEIVED: [Status.DONE, Status.PARTIAL, Status.REFUSED, Status.WITHDRAWN],
            # What a legal hold protected is erased when the hold is gone.
            Status.PARTIAL: [Status.DONE, Status.PARTIAL],
            Status.DONE: [],
            Status.REFUSED: [],
            Status.WITHDRAWN: [],
        },
    )

    code = models.CharField("nomor", max_length=16, unique=True)
    status = models.CharField("keadaan", max_length=9, choices=Status.choices, default=Status.RECEIVED)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    emails = ArrayField(models.EmailField(), verbose_name="surel", default=list, blank=True)
    phones = ArrayField(models.CharField(max_length=20), verbose_name="telepon", default=list, blank=True)
    cases = models.JSONField("perkara yang dibuktikan", default=list, blank=True)
    words = models.BooleanField("termasuk cerita, foto, dan percakapan", default=False)
    wish = models.TextField("pesan pemohon", blank=True, default="")
    language = models.CharField("bahasa", max_length=5, default="id")
    asked_at = models.DateTimeField("diminta pada")
    due_on = models.DateField("paling lambat")
    basis = models.CharField("dasar batas waktu", max_length=200)
    decided_at = models.DateTimeField("diputus pada", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ground = models.ForeignKey(RefusalGround, models.PROTECT, null=True, blank=True, related_name="+")
    explanation = models.TextField("penjelasan kepada pemohon", blank=True, default="")
    erased = models.PositiveIntegerField("baris dihapus", default=0)
    held = models.PositiveIntegerField("baris ditahan", default=0)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "permintaan penghapusan data"
        verbose_name_plural = "permintaan penghapusan data"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=list(Status.values)), name="privacy_request_known_status"
            )
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="privacy_request_queue")]

    def __str__(self) -> str:
        return self.code

    @property
    def subject(self) -> Subject:
        return Subject(
            user_id=self.user_id,
            emails=frozenset(self.emails),
            phones=frozenset(self.phones),
            cases=frozenset((kind, pk) for kind, pk in self.cases),
        )

    def move_to(self, new: str) -> None:
        """Change the status if the table allows it. Raises `RefusedTransition`; the caller saves."""
        self.TRANSITIONS.check(self.status, new)
        self.status = new

    def forget_person(self) -> None:
        """The request is finished: it must not remember whose it was. The caller saves."""
        self.emails, self.phones, self.wish = [], [], ""
