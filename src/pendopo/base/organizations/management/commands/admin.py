"""`pendopo admin create EMAIL --name NAME`: the first administrator of a real installation."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from pendopo.base.accounts import invitations
from pendopo.base.accounts.models import User
from pendopo.base.organizations import actions
from pendopo.base.organizations.models import Kind, Membership, Organization, Role
from pendopo.kernel import clock, text


class Command(BaseCommand):
    help = "Membuat administrator pertama dan mencetak tautan sekali pakai untuk membuat kata sandinya."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="create")
        create = verbs.add_parser("create", help="buat administrator baru")
        create.add_argument("email", help="surel, dipakai untuk masuk")
        create.add_argument("--name", help="nama lengkap; ditanyakan kalau tidak diisi")

    def handle(self, *args: Any, **options: Any) -> None:
        email = str(options["email"]).strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} bukan alamat surel yang benar.") from None
        name = text.clean_line(options["name"] or input("Nama lengkap: "))[:120]
        if not name:
            raise CommandError("Nama tidak boleh kosong.")
        user = self._create(email, name)
        self.stdout.write(f"{user.name} sekarang administrator. Buka tautan ini untuk membuat kata sandi:\n")
        self.stdout.write(f"  {invitations.link_for(user)}\n")
        self.stdout.write(
            "Tautan berlaku sekali, paling lama tiga hari. Saat pertama masuk, pasang pengaman kedua."
        )

    @transaction.atomic
    def _create(self, email: str, name: str) -> User:
        root = Organization.objects.filter(kind=Kind.GOVERNMENT).first()
        if root is None:
            raise CommandError(
                "Pemerintah daerahnya belum ada. Jalankan dulu, misalnya: pendopo regions load 33.72"
            )
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            user = User.objects.create_user(email, name=name)
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        now = clock.now()
        today = clock.local_date(now)
        held = Membership.objects.current(on=today).filter(user=user, organization=root)
        if not held.filter(role=Role.ADMINISTRATOR).exists():
            actions.appoint(
                actor=None, user=user, organization=root, role=Role.ADMINISTRATOR, since=today, now=now
            )
        return user
