"""`pendopo room NAME`: a new room of the domain floor that works and passes every check."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pendopo.config import docs, scaffold


class Command(BaseCommand):
    help = "Buat kerangka ruang baru di src/pendopo/domains yang langsung jalan, lengkap dengan ujinya."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("room", help="nama ruang dalam kode, bahasa Inggris, misalnya parking")
        parser.add_argument("--label", default="", help='nama ruang di layar, misalnya "Parkir"')
        parser.add_argument("--record", default="", help="nama catatannya dalam kode, misalnya Permit")
        parser.add_argument(
            "--wire", action="store_true", help="langsung tambahkan baris di settings.py dan urls.py"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        root = docs.project_root()
        if root is None:
            raise CommandError("Perintah ini hanya untuk pohon sumber Pendopo, bukan paket yang terpasang.")
        room = options["room"]
        label = options["label"] or room.replace("_", " ").capitalize()
        try:
            written = scaffold.write(room, label, options["record"] or scaffold.record_name(room))
        except scaffold.BadName as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"Ruang {room} ditulis: {len(written)} berkas di src/pendopo/domains/{room}/.")
        if options["wire"]:
            scaffold.wire(room)
            self.stdout.write("Ruang sudah disambungkan di settings.py dan urls.py.")
        else:
            for file, line in scaffold.lines_outside(room).items():
                self.stdout.write(f"Tambahkan di {file.relative_to(root)}:\n{line}")
        self.stdout.write("Lalu: make docs, make test. Ganti contoh di dalamnya dengan kata-kata ruang Anda.")
