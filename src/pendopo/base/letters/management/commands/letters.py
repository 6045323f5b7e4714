"""`pendopo letters`: the certificate of the office's seal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pendopo.base.letters.actions import managing
from pendopo.base.letters.signing import certificates
from pendopo.base.organizations.public import identity
from pendopo.kernel import clock
from pendopo.kernel.dates import short_date
from pendopo.kernel.errors import Refused


class Command(BaseCommand):
    help = "Buat sertifikat segel untuk mencoba (certificate create) atau lihat yang terpasang (certificate show)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        certificate = what.add_parser("certificate", help="sertifikat segel kantor")
        acts = certificate.add_subparsers(dest="act", required=True)
        create = acts.add_parser("create", help="buat sertifikat uji; surat yang memakainya mengatakannya")
        create.add_argument("--name", help="nama di sertifikat (bawaan: nama pemerintah)")
        acts.add_parser("show", help="nama, penerbit, dan masa berlaku")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "create":
            try:
                path = managing.make_certificate(options["name"] or identity().name, now=clock.now())
            except Refused as no:
                raise CommandError(str(no)) from None
            self.stdout.write(f"Sertifikat uji dibuat: {path}. Jangan dipakai untuk surat sungguhan.")
            return
        try:
            state = certificates.state()
        except certificates.Unusable as no:
            raise CommandError(str(no)) from None
        if state is None:
            raise CommandError("Belum ada sertifikat. Buat dengan: pendopo letters certificate create")
        kind = " (uji)" if state.self_signed else ""
        until = short_date(clock.local_date(state.until))
        self.stdout.write(f"{state.subject}{kind} · penerbit {state.issuer} · berlaku sampai {until}")
