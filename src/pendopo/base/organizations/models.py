"""The government as one tree of offices, who works where and in which role."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Func, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations import tree
from pendopo.kernel import clock


class Kind(models.TextChoices):
    GOVERNMENT = "GOVERNMENT", _("pemerintah daerah")
    SECRETARIAT = "SECRETARIAT", _("sekretariat daerah")
    AGENCY = "AGENCY", _("perangkat daerah")
    DISTRICT = "DISTRICT", _("kecamatan")
    VILLAGE = "VILLAGE", _("kelurahan/desa")


class Role(models.TextChoices):
    ADMINISTRATOR = "ADMINISTRATOR", _("administrator")
    COORDINATOR = "COORDINATOR", _("koordinator")
    OFFICER = "OFFICER", _("petugas")
    HEAD = "HEAD", _("kepala")
    OBSERVER = "OBSERVER", _("pengamat")


class OrganizationQuerySet(QuerySet["Organization"]):
    def visible_to(self, user: Any) -> "OrganizationQuerySet":
        """Names of offices are public; closed ones are history only staff see."""
        return self if getattr(user, "is_authenticated", False) else self.filter(active=True)

    def under(self, office: "Organization") -> "OrganizationQuerySet":
        """The office itself and everything below it."""
        return self.filter(path__startswith=office.path)


class Organization(models.Model):
    """An office. `path` ("1.4.33.") holds the ids from the root, so a subtree is one prefix range."""

    slug = models.SlugField("nama pendek di alamat", max_length=80, unique=True)
    name = models.CharField("nama", max_length=160)
    short_name = models.CharField("singkatan", max_length=60, blank=True, default="")
    kind = models.CharField("jenis", max_length=12, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, blank=True, default="", editable=False, db_index=True)
    region = models.ForeignKey("regions.Region", models.PROTECT, null=True, blank=True, related_name="+")
    is_intake = models.BooleanField("kantor penerima dan koordinator", default=False)
    duties = models.TextField("tugas pokok", blank=True, default="")
    email = models.EmailField("surel", blank=True, default="")
    phone = models.CharField("telepon", max_length=20, blank=True, default="")
    active = models.BooleanField("aktif", default=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "kantor"
        verbose_name_plural = "kantor"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_intake"],
                condition=Q(is_intake=True),
                name="organizations_one_intake",
                violation_error_message=_("Kantor penerima hanya boleh ada satu."),
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="GOVERNMENT"),
                name="organizations_one_government",
                violation_error_message=_("Pemerintah daerah hanya boleh ada satu."),
            ),
            models.CheckConstraint(
                condition=Q(kind="GOVERNMENT", parent__isnull=True)
                | (~Q(kind="GOVERNMENT") & Q(parent__isnull=False)),
                name="organizations_only_government_is_root",
                violation_error_message=_("Setiap kantor selain pemerintah daerah perlu kantor induk."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row and its path. Raises ValidationError when it would hang below itself."""
        fields = kwargs.get("update_fields")
        with transaction.atomic():
            super().save(*args, **kwargs)
            if fields is None or "parent" in fields or "parent_id" in fields:
                tree.place(self, Organization.objects.all())


class IdentityQuerySet(QuerySet["Identity"]):
    def visible_to(self, user: Any) -> "IdentityQuerySet":
        return self  # it is the head of every page


class Identity(models.Model):
    """How the government shows itself: name, one colour, logo. One row, of the root office."""

    organization = models.OneToOneField(
        Organization, models.CASCADE, primary_key=True, related_name="identity"
    )
    display_name = models.CharField("nama tampilan", max_length=80)
    tagline = models.CharField("semboyan", max_length=160, blank=True, default="")
    colour = models.CharField(
        "warna",
        max_length=7,
        default="#0b57a4",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Tulis warna seperti #0b57a4."))],
    )
    contact_email = models.EmailField("surel layanan", blank=True, default="")
    contact_phone = models.CharField("telepon layanan", max_length=20, blank=True, default="")

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name = "identitas pemerintah"
        verbose_name_plural = "identitas pemerintah"

    def __str__(self) -> str:
        return self.display_name


class ServiceAreaQuerySet(QuerySet["ServiceArea"]):
    def visible_to(self, user: Any) -> "ServiceAreaQuerySet":
        return self  # which office serves which area is public


class ServiceArea(models.Model):
    """An area that an office serves: a kelurahan office its kelurahan. An agency usually serves all."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="service_areas")
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")

    objects = ServiceAreaQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah layanan"
        verbose_name_plural = "wilayah layanan"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "region"],
                name="organizations_area_once",
                violation_error_message=_("Wilayah ini sudah dilayani kantor itu."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.region_id}"


def in_force(on: dt.date) -> Q:
    """Rows with `since` and `until` (both included, open end allowed) that hold on a day."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))


def is_staff(user: Any) -> bool:
    """Whether the person holds any role today; what `roles.roles_of` has already read is not asked again."""
    if not getattr(user, "is_authenticated", False):
        return False
    known = getattr(user, "_wrapped", user).__dict__.get("_pendopo_roles")
    if known is not None:
        return bool(known.is_staff)
    today = clock.local_date(clock.now())
    held = Membership.objects.current(on=today).filter(user=user)
    return held.exists() or ActingHead.objects.current(on=today).filter(user=user).exists()


class MembershipQuerySet(QuerySet["Membership"]):
    def current(self, *, on: dt.date) -> "MembershipQuerySet":
        return self.filter(in_force(on), user__is_active=True)

    def visible_to(self, user: Any) -> "MembershipQuerySet":
        """Staff see who works where; the public does not."""
        return self if is_staff(user) else self.none()


class Membership(models.Model):
    """A person's role in an office for a time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")
    role = models.CharField("peran", max_length=13, choices=Role.choices)
    since = models.DateField("sejak")
    until = models.DateField("sampai", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "keanggotaan"
        verbose_name_plural = "keanggotaan"
        constraints = [
            ExclusionConstraint(
                name="organizations_membership_once",
                violation_error_message=_("Orang ini sudah memegang peran itu di kantor itu pada waktu itu."),
                expressions=[
                    ("user", "="),
                    ("organization", "="),
                    ("role", "="),
                    (Func(F("since"), F("until"), models.Value("[]"), function="daterange"), "&&"),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()} {self.organization}"


class ActingKind(models.TextChoices):
    PLT = "PLT", _("pelaksana tugas (Plt)")
    PLH = "PLH", _("pelaksana harian (Plh)")


class ActingHeadQuerySet(QuerySet["ActingHead"]):
    def current(self, *, on: dt.date) -> "ActingHeadQuerySet":
        return self.filter(in_force(on), user__is_active=True)

    def visible_to(self, user: Any) -> "ActingHeadQuerySet":
        """Staff see who stands in for whom; the public does not."""
        return self if is_staff(user) else self.none()


class ActingHead(models.Model):
    """Who leads an office while its head is away (Plh) or its seat is empty (Plt)."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="acting_heads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField("jenis", max_length=3, choices=ActingKind.choices)
    decree = models.CharField("nomor surat", max_length=120, blank=True, default="")
    since = models.DateField("sejak")
    until = models.DateField("sampai", null=True, blank=True)

    objects = ActingHeadQuerySet.as_manager()

    class Meta:
        verbose_name = "pejabat pengganti"
        verbose_name_plural = "pejabat pengganti"
        constraints = [
            ExclusionConstraint(
                name="organizations_one_acting_head",
                violation_error_message=_("Kantor ini sudah punya pejabat pengganti pada waktu itu."),
                expressions=[
                    ("organization", "="),
                    (Func(F("since"), F("until"), models.Value("[]"), function="daterange"), "&&"),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.organization}: {self.user}"


class LeaveQuerySet(QuerySet["Leave"]):
    def covering(self, on: dt.date) -> "LeaveQuerySet":
        return self.filter(since__lte=on, until__gte=on)

    def visible_to(self, user: Any) -> "LeaveQuerySet":
        """Staff see who is away. Nobody else does."""
        return self if is_staff(user) else self.none()


class Leave(models.Model):
    """Days a person is away; new work is not handed to the person meanwhile."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateField("sejak")
    until = models.DateField("sampai")
    note = models.CharField("keterangan", max_length=160, blank=True, default="")

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = "cuti"
        verbose_name_plural = "cuti"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="organizations_leave_ordered",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari pertama."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.since} – {self.until}"
