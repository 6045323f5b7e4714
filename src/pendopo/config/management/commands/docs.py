"""`pendopo docs`: write the generated parts of the documentation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pendopo.config import docs, sizes


class Command(BaseCommand):
    help = "Tulis ulang bagian dokumentasi yang dibaca dari kode: tabel keadaan, daftar ruang, gambar lantai."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="jangan menulis; gagal bila ada yang sudah usang"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        root = docs.project_root()
        if root is None:
            raise CommandError("Perintah ini hanya untuk pohon sumber Pendopo, bukan paket yang terpasang.")
        try:
            wanted = docs.generated(root)
        except docs.MissingPlace as problem:
            raise CommandError(str(problem)) from None
        stale = docs.stale(root)
        if options["check"] and stale:
            names = ", ".join(str(path.relative_to(root)) for path in stale)
            raise CommandError(f"Sudah usang: {names}. Jalankan make docs.")
        for path in stale:
            path.write_text(wanted[path])
            self.stdout.write(f"ditulis: {path.relative_to(root)}")
        if not stale:
            self.stdout.write("Dokumentasi cocok dengan kode.")
        for size in sizes.sizes():
            low, high = size.held
            self.stdout.write(
                f"{size.what}: 9 dari 10 paling panjang {size.nine_of_ten} baris (pegangan {low}), "
                f"terpanjang {size.largest} (batas {high})"
            )
