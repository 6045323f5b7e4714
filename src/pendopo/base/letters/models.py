"""Letters and what they are made from: templates, registers of numbers, letterheads, and who signs."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.models import Role
from pendopo.base.organizations.roles import roles_of
from pendopo.kernel.states import Transitions


def manages(user: Any) -> bool:
    """Who looks after templates, numbers and signing: the government's koordinator and administrators."""
    roles = roles_of(user)
    return roles.coordinates or roles.administers


class LettersQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Any:
        return self if manages(user) else self.none()


class NumberCounter(models.Model):
    """The last number of a register, for an office and a year. Only `numbers.take` writes it."""

    series = models.CharField("seri", max_length=40)
    body = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("tahun")
    last = models.PositiveIntegerField("nomor terakhir")

    objects = LettersQuerySet.as_manager()

    class Meta:
        verbose_name = "penghitung nomor"
        verbose_name_plural = "penghitung nomor"
        constraints = [
            models.UniqueConstraint(fields=["series", "body", "year"], name="letters_one_counter"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.body_id} {self.year}: {self.last}"


class NumberPatternQuerySet(LettersQuerySet):
    def in_force(self, series: str, *, on: dt.date) -> "NumberPattern | None":
        return self.filter(series=series, valid_from__lte=on).order_by("-valid_from", "-pk").first()


class NumberPattern(models.Model):
    """How numbers of a register are written. The newest row whose day has come is in force."""

    series = models.CharField("seri", max_length=40)
    pattern = models.CharField("pola", max_length=80)
    valid_from = models.DateField("berlaku mulai")
    changed_at = models.DateTimeField("ditulis pada")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = NumberPatternQuerySet.as_manager()

    class Meta:
        verbose_name = "pola nomor"
        verbose_name_plural = "pola nomor"
        ordering = ["series", "-valid_from", "-pk"]
        indexes = [models.Index(fields=["series", "-valid_from"], name="letters_pattern")]

    def __str__(self) -> str:
        return f"{self.series}: {self.pattern}"


class Letterhead(models.Model):
    """What stands under an office's name at the head of its letters, and the place its letters are dated at."""

    office = models.OneToOneField(
        "organizations.Organization", models.CASCADE, primary_key=True, related_name="+"
    )
    address = models.CharField("alamat kantor", max_length=200, blank=True, default="")
    place = models.CharField("tempat di depan tanggal", max_length=60, blank=True, default="")

    objects = LettersQuerySet.as_manager()

    class Meta:
        verbose_name = "kop surat"
        verbose_name_plural = "kop surat"

    def __str__(self) -> str:
        return self.address


class LetterTemplateQuerySet(LettersQuerySet):
    def in_force(self, key: str, *, on: dt.date) -> "LetterTemplate | None":
        """The newest version whose day has come."""
        return self.filter(key=key, valid_from__lte=on).order_by("-valid_from", "-version").first()


class LetterTemplate(models.Model):
    """A version of a letter's words. A trigger refuses to change one: an edit is a new version."""

    key = models.CharField("jenis surat", max_length=60)
    version = models.PositiveIntegerField("versi")
    title = models.CharField("perihal", max_length=200)
    body = models.TextField("isi")
    valid_from = models.DateField("berlaku mulai")
    created_at = models.DateTimeField("ditulis pada")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "templat surat"
        verbose_name_plural = "templat surat"
        ordering = ["key", "-version"]
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="letters_template_version")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class SignerPolicyQuerySet(LettersQuerySet):
    def in_force(self, *, on: dt.date) -> "SignerPolicy | None":
        return self.filter(valid_from__lte=on).order_by("-valid_from", "-pk").first()


class SignerPolicy(models.Model):
    """Which way of signing is offered first to people. The newest row whose day has come is in force."""

    signer = models.CharField("cara tanda tangan", max_length=20)
    valid_from = models.DateField("berlaku mulai")
    changed_at = models.DateTimeField("ditulis pada")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = SignerPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "kebijakan tanda tangan"
        verbose_name_plural = "kebijakan tanda tangan"
        ordering = ["-valid_from", "-pk"]

    def __str__(self) -> str:
        return self.signer


class Status(models.TextChoices):
    DRAFT = "DRAFT", _("disusun")
    ISSUED = "ISSUED", _("menunggu tanda tangan")
    SIGNED = "SIGNED", _("ditandatangani")
    REVOKED = "REVOKED", _("dicabut")


_S = Status
LETTER = Transitions.of(
    _S.DRAFT,
    {
        _S.DRAFT: [_S.ISSUED],
        _S.ISSUED: [_S.SIGNED, _S.REVOKED],
        _S.SIGNED: [_S.REVOKED],
        _S.REVOKED: [],
    },
)


class LetterQuerySet(QuerySet["Letter"]):
    def visible_to(self, user: Any) -> "LetterQuerySet":
        """Letters of the offices a person works in; the koordinator's reach over all. Who signs, `policy` says."""
        roles = roles_of(user)
        if roles.coordinates:
            return self.all()
        return self.filter(office__in=roles.offices_as(Role.OFFICER, Role.HEAD, Role.COORDINATOR))

    def about(self, kind: str, pk: int) -> "LetterQuerySet":
        """Letters on one subject, newest first."""
        return self.filter(about_kind=kind, about_id=pk).order_by("-issued_at", "-pk")

    def waiting(self) -> "LetterQuerySet":
        return self.filter(status=_S.ISSUED)


class Letter(models.Model):
    """An official letter. Addressee, context and file may hold personal data: they are reached through the
    case the letter is about, never through a list of letters. `slug` opens the public page that tells whether it is
    genuine; `once` names the act that made it, so that repeating the act makes no second letter.
    """

    TRANSITIONS: ClassVar[Transitions] = LETTER

    kind = models.CharField("jenis surat", max_length=60)
    template = models.ForeignKey(LetterTemplate, models.PROTECT, related_name="+")
    about_kind = models.CharField("tentang", max_length=40)
    about_id = models.BigIntegerField()
    once = models.CharField(max_length=120, unique=True)
    slug = models.CharField("kode pemeriksaan", max_length=32, unique=True)
    status = models.CharField("keadaan", max_length=7, choices=_S.choices, default=_S.DRAFT)
    office = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    series = models.CharField("seri", max_length=40)
    year = models.PositiveSmallIntegerField("tahun")
    number = models.PositiveIntegerField("nomor urut")
    written = models.CharField("nomor surat", max_length=120)
    title = models.CharField("perihal", max_length=300)
    addressee = models.TextField("tujuan", blank=True, default="")
    copies = models.TextField("tembusan", blank=True, default="")
    context = models.JSONField("isian", default=dict, blank=True)
    language = models.CharField("bahasa", max_length=5, default="id")
    file = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)
    signer_name = models.CharField("penanda tangan", max_length=120, blank=True, default="")
    signer_title = models.CharField("jabatan", max_length=160, blank=True, default="")
    signed_how = models.CharField("cara tanda tangan", max_length=200, blank=True, default="")
    signed_at = models.DateTimeField("ditandatangani pada", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    last_error = models.CharField("kegagalan terakhir", max_length=300, blank=True, default="")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField("dicabut pada", null=True, blank=True)
    revoke_reason = models.CharField("alasan dicabut", max_length=300, blank=True, default="")
    created_at = models.DateTimeField("dibuat pada")
    issued_at = models.DateTimeField("diterbitkan pada", null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "surat resmi"
        verbose_name_plural = "surat resmi"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=_S.values), name="letters_known_status"),
            models.UniqueConstraint(
                fields=["series", "office", "year", "number"], name="letters_number_once"
            ),
        ]
        indexes = [
            models.Index(fields=["about_kind", "about_id"], name="letters_about"),
            models.Index(fields=["issued_at"], condition=Q(status="ISSUED"), name="letters_waiting"),
        ]

    def __str__(self) -> str:
        return self.written

    @property
    def code(self) -> str:
        """What history calls the letter by."""
        return self.written

    @property
    def about(self) -> tuple[str, int]:
        return (self.about_kind, self.about_id)

    @property
    def shown_slug(self) -> str:
        """The code in groups of four, as it is printed."""
        return "-".join(self.slug[at : at + 4] for at in range(0, len(self.slug), 4))

    def move_to(self, new: str) -> None:
        """The only writer of `status`. Raises RefusedTransition; the caller saves."""
        self.TRANSITIONS.check(self.status, new)
        self.status = new
