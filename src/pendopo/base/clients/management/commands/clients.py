"""`pendopo clients`: let a program in from the command line, see who is in, close a token."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pendopo.base.clients import allowances
from pendopo.base.clients.actions import managing
from pendopo.base.clients.models import ApiClient, ApiToken
from pendopo.base.clients.scopes import scopes
from pendopo.base.organizations.models import Organization
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused


class Command(BaseCommand):
    help = "Daftarkan aplikasi lain dan buat tokennya (create), lihat daftarnya (list), atau cabut token (revoke)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        create = acts.add_parser("create", help="daftarkan aplikasi dan cetak tokennya, satu kali ini saja")
        create.add_argument("name", help="nama aplikasi; bila sudah ada, hanya token yang dibuat")
        create.add_argument("--office", help="nama pendek kantor penanggung jawab (bawaan: kantor penerima)")
        create.add_argument("--role", default="Pengelola aplikasi", help="jabatan penanggung jawab")
        create.add_argument("--email", help="surel penanggung jawab")
        create.add_argument("--purpose", default="Integrasi", help="dipakai untuk apa")
        create.add_argument(
            "--scopes", default="", help="izin dipisah koma: " + ", ".join(s.key for s in scopes)
        )
        create.add_argument("--per-minute", type=int, help="permintaan per menit")
        create.add_argument("--per-day", type=int, help="permintaan per hari")
        create.add_argument("--until", type=dt.date.fromisoformat, help="berlaku sampai, misalnya 2027-12-31")
        create.add_argument("--label", default="", help="keterangan token")
        acts.add_parser("list", help="semua aplikasi dan tokennya")
        revoke = acts.add_parser("revoke", help="cabut token")
        revoke.add_argument("prefix", help="awalan token, misalnya pdp_7k2mq9xa")

    def handle(self, *args: Any, **options: Any) -> None:
        act = {"create": self._create, "list": self._list, "revoke": self._revoke}[options["act"]]
        act(options)

    def _create(self, options: dict[str, Any]) -> None:
        now = clock.now()
        client = ApiClient.objects.filter(name=options["name"]).first()
        try:
            if client is None:
                client = managing.create_client(facts=self._facts(options, now), by=None, now=now)
            _token, words = managing.issue_token(
                client_id=client.pk, label=options["label"], by=None, now=now
            )
        except Refused as no:
            raise CommandError(str(no)) from None
        self.stderr.write("Simpan token ini sekarang; tidak dapat ditampilkan lagi:")
        self.stdout.write(words)

    def _facts(self, options: dict[str, Any], now: dt.datetime) -> managing.ClientFacts:
        wanted = options["office"]
        offices = Organization.objects.filter(active=True)
        office = (offices.filter(slug=wanted) if wanted else offices.filter(is_intake=True)).first()
        if office is None:
            raise CommandError("Kantor tidak ditemukan. Tulis nama pendeknya dengan --office.")
        if not options["email"] or "@" not in options["email"]:
            raise CommandError("Tulis surel penanggung jawab dengan --email.")
        policy = allowances.in_force(clock.local_date(now))
        return managing.ClientFacts(
            name=options["name"],
            office=office,
            contact_role=options["role"],
            contact_email=options["email"],
            purpose=options["purpose"],
            scopes=[key.strip() for key in options["scopes"].split(",") if key.strip()],
            per_minute=max(1, options["per_minute"] or policy.default_per_minute),
            per_day=max(1, options["per_day"] or policy.default_per_day),
            valid_from=clock.local_date(now),
            valid_until=options["until"],
        )

    def _list(self, options: dict[str, Any]) -> None:
        today = clock.local_date(clock.now())
        for client in ApiClient.objects.select_related("office").prefetch_related("tokens"):
            state = "berlaku" if client.usable_on(today) else "tidak berlaku"
            self.stdout.write(
                f"{client.name} · {client.office} · {state} · {', '.join(client.scopes) or '-'}"
            )
            for token in client.tokens.all():
                used = (
                    f"terakhir {token.last_used_at:%Y-%m-%d %H:%M}" if token.last_used_at else "belum dipakai"
                )
                closed = " · dicabut" if token.revoked_at else ""
                self.stdout.write(f"  {token.prefix}… {token.label} · {used}{closed}")

    def _revoke(self, options: dict[str, Any]) -> None:
        prefix = options["prefix"].rstrip("…")
        found = list(ApiToken.objects.filter(prefix=prefix, revoked_at=None))
        if len(found) != 1:
            raise CommandError("Tidak ada satu token berlaku dengan awalan itu. Lihat: pendopo clients list")
        managing.revoke_token(token_id=found[0].pk, by=None, now=clock.now())
        self.stdout.write(f"Token {prefix}… dicabut.")
