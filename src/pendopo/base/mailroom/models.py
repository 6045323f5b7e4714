"""Every mail that came in is a row before anybody answers "received"; its bytes lie in a table of their own."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.audit import secrecy
from pendopo.base.mailroom.handlers import handlers
from pendopo.base.organizations.models import Organization, Role
from pendopo.base.organizations.roles import roles_of
from pendopo.kernel.states import Transitions


class Status(models.TextChoices):
    RECEIVED = "RECEIVED", _("menunggu dibaca")
    HELD = "HELD", _("perlu dilihat petugas")
    HANDLED = "HANDLED", _("sudah menjadi laporan atau balasan")
    IGNORED = "IGNORED", _("tidak diteruskan")
    DEAD = "DEAD", _("gagal dibaca")
    DISCARDED = "DISCARDED", _("dibuang petugas")


class Reason(models.TextChoices):
    """Why a mail waits for a person, or is not passed on."""

    NONE = "", "–"
    UNPROVEN = "UNPROVEN", _("pengirimnya tidak terbukti asli")
    OTHER_SENDER = "OTHER_SENDER", _("membalas surat kami dari alamat lain")
    NAMES_A_CASE = "NAMES_A_CASE", _("menyebut nomor laporan, tetapi tidak membalas surat kami")
    ENDED = "ENDED", _("membalas laporan yang sudah selesai")
    TOO_SHORT = "TOO_SHORT", _("terlalu singkat untuk menjadi laporan")
    TOO_LONG = "TOO_LONG", _("terlalu panjang untuk satu laporan")
    TOO_MANY = "TOO_MANY", _("terlalu banyak surat dari alamat ini hari ini")
    TOO_LARGE = "TOO_LARGE", _("melebihi ukuran terbesar; isinya tidak diambil")
    NO_SENDER = "NO_SENDER", _("alamat pengirimnya tidak jelas")
    REFUSED = "REFUSED", _("tidak dapat diproses sendiri")
    AUTOMATIC = "AUTOMATIC", _("jawaban otomatis")
    BULK = "BULK", _("surat massal atau milis")
    BOUNCE = "BOUNCE", _("pemberitahuan surat tidak sampai")
    LOOP = "LOOP", _("dari alamat kami sendiri")
    EMPTY = "EMPTY", _("kosong")
    UNREADABLE = "UNREADABLE", _("tidak terbaca")
    FAILED = "FAILED", _("gagal setelah beberapa kali dicoba")


class Way(models.TextChoices):
    SMTP = "SMTP", _("server surat (SMTP)")
    IMAP = "IMAP", _("kotak surat (IMAP)")


class Proof(models.TextChoices):
    """What the office's own mail server found out about the sender (SPF, DKIM, DMARC)."""

    PASS = "PASS", _("asli")
    FAIL = "FAIL", _("palsu")
    UNKNOWN = "UNKNOWN", _("tidak diketahui")


_S = Status
TRANSITIONS = Transitions.of(
    _S.RECEIVED,
    {
        _S.RECEIVED: [_S.HANDLED, _S.HELD, _S.IGNORED, _S.DEAD],
        _S.HELD: [_S.HANDLED, _S.DISCARDED],
        _S.IGNORED: [_S.HANDLED, _S.DISCARDED],
        _S.DEAD: [_S.RECEIVED, _S.DISCARDED],
        _S.HANDLED: [],
        _S.DISCARDED: [],
    },
)
WAITING = (_S.HELD, _S.DEAD)  # a person has to look


class MailQuerySet(QuerySet["Mail"]):
    def visible_to(self, user: Any) -> "MailQuerySet":
        """The koordinator's, without what is about secret cases of other offices; those the own office finds.

        A mail that asks for secrecy and is no case yet is for the koordinator of the intake office alone.
        """
        roles = roles_of(user)
        if not roles.is_staff:
            return self.none()
        own = Q(pk__in=[])
        for handler in handlers:
            own |= Q(about_kind=handler.about_kind, about_id__in=handler.own_secret(user))
        if not roles.coordinates:
            return self.filter(own)
        open_ones = Q(secret=False) | ~Q(about_kind="")
        intake = Organization.objects.filter(is_intake=True).values_list("pk", flat=True).first()
        if roles.has(intake, Role.COORDINATOR):
            open_ones = Q()
        seen = self.filter(open_ones)
        for kind, hidden_from in secrecy.guards().items():
            seen = seen.exclude(about_kind=kind, about_id__in=hidden_from(user))
        return self.filter(Q(pk__in=seen.values("pk")) | own)

    def lost(self, *, before: dt.datetime) -> "MailQuerySet":
        """Received mails whose time to be read passed before that moment: their job is gone."""
        return self.filter(status=_S.RECEIVED, next_attempt_at__lt=before)

    def claim(self, pk: int) -> "Mail | None":
        """The unread mail, locked for this transaction; None when it is done or another worker has it."""
        return self.select_for_update(skip_locked=True).filter(pk=pk, status=_S.RECEIVED).first()


class Mail(models.Model):
    """One mail. `identity` follows from Message-ID, sender, date, subject and body, so that a mail delivered
    twice, also by two ways, is one row.

    `words` is its plain text until it was handled. `about_*` is the case it became, or seems to answer.
    """

    TRANSITIONS: ClassVar[Transitions] = TRANSITIONS

    identity = models.CharField(max_length=64, unique=True)
    way = models.CharField("jalan masuk", max_length=4, choices=Way.choices)
    received_at = models.DateTimeField("diterima pada")
    size = models.PositiveIntegerField("ukuran (bita)")
    bounce = models.BooleanField("tanpa alamat balik", default=False)
    recipient = models.CharField("dikirim ke", max_length=254, blank=True, default="")
    sender = models.CharField("pengirim", max_length=254, blank=True, default="")
    sender_name = models.CharField("nama pengirim", max_length=120, blank=True, default="")
    subject = models.CharField("perihal", max_length=200, blank=True, default="")
    words = models.TextField("isi", blank=True, default="")
    enclosed = models.JSONField("lampiran", default=list)
    proof = models.CharField("keaslian", max_length=7, choices=Proof.choices, default=Proof.UNKNOWN)
    secret = models.BooleanField("minta dirahasiakan", default=False)
    status = models.CharField("keadaan", max_length=9, choices=_S.choices, default=_S.RECEIVED)
    reason = models.CharField("alasan", max_length=12, choices=Reason.choices, blank=True, default="")
    remark = models.CharField("keterangan", max_length=300, blank=True, default="")
    about_kind = models.CharField(max_length=60, blank=True, default="")
    about_id = models.BigIntegerField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    next_attempt_at = models.DateTimeField("dicoba lagi pada", null=True, blank=True)
    last_error = models.CharField("kesalahan terakhir", max_length=60, blank=True, default="")
    done_at = models.DateTimeField("selesai pada", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    forgotten_at = models.DateTimeField("dilupakan pada", null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "surat masuk"
        verbose_name_plural = "surat masuk"
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "-received_at"], name="mailroom_by_status"),
            models.Index(fields=["next_attempt_at"], condition=Q(status="RECEIVED"), name="mailroom_unread"),
            models.Index(fields=["sender"], condition=~Q(sender=""), name="mailroom_sender"),
            models.Index(fields=["done_at"], name="mailroom_done"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=_S.values), name="mailroom_known_status")
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def move_to(self, new: str, *, now: dt.datetime, reason: str = "") -> None:
        """The only writer of `status`. Raises RefusedTransition; the caller saves."""
        self.TRANSITIONS.check(self.status, new)
        self.status = new
        self.reason = reason
        self.done_at = None if new == Status.RECEIVED else now

    @property
    def label(self) -> str:
        """What the list calls it."""
        return self.subject or str(_("(tanpa perihal)"))


class RawMail(models.Model):
    """The mail as it came, until it was handled: lists never load it."""

    mail = models.OneToOneField(Mail, models.CASCADE, primary_key=True, related_name="raw")
    content = models.BinaryField()

    class Meta:
        verbose_name = "surat asli"
        verbose_name_plural = "surat asli"

    def __str__(self) -> str:
        return str(self.mail_id)


class MailPolicy(models.Model):
    """How much one address may do in a day. The newest row whose day has come is in force."""

    valid_from = models.DateField("berlaku mulai", unique=True)
    reports_per_day = models.PositiveIntegerField("laporan per alamat per hari")
    letters_per_day = models.PositiveIntegerField("surat balik per alamat per hari")
    most_waiting = models.PositiveIntegerField("surat yang boleh menunggu dibaca")
    reason = models.CharField("dasar", max_length=300)

    class Meta:
        verbose_name = "kebijakan surat masuk"
        verbose_name_plural = "kebijakan surat masuk"
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from}"
