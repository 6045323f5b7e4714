"""People who sign in. Citizens need no account; staff always have one."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. What the person may do follows from memberships, not from this row."""

    email = models.EmailField("surel", max_length=254, unique=True)
    name = models.CharField("nama", max_length=120)
    phone = models.CharField("nomor telepon", max_length=20, blank=True, default="")
    language = models.CharField("bahasa", max_length=5, default="id")
    is_active = models.BooleanField("aktif", default=True)
    is_staff = models.BooleanField("boleh membuka halaman pengaturan Django", default=False)
    is_demo = models.BooleanField("akun kota contoh", default=False)
    single_keys = models.BooleanField(
        "tombol cepat satu huruf", default=True, help_text="WCAG 2.1.4: dapat dimatikan oleh pemilik akun."
    )
    demo_note = models.CharField("keterangan di daftar masuk contoh", max_length=80, blank=True, default="")
    session_version = models.PositiveIntegerField(default=0, editable=False)
    date_joined = models.DateTimeField("bergabung", default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session of this person carries. A new `session_version` ends all of them."""
        return salted_hmac(
            "pendopo.accounts.session",
            f"{self.password}|{self.session_version}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class Counter(models.Model):
    """How often something happened within a window. `key` is a keyed hash: no address is kept."""

    key = models.CharField(max_length=64, primary_key=True)
    hits = models.PositiveIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "penghitung batas"
        verbose_name_plural = "penghitung batas"

    def __str__(self) -> str:
        return f"{self.hits} sampai {self.expires_at:%H:%M}"
