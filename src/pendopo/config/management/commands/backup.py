"""`pendopo backup FILE`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pendopo.config import backup
from pendopo.config.binaries import Unusable
from pendopo.kernel import clock


class Command(BaseCommand):
    help = "Mencadangkan basis data dan semua berkas ke satu berkas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="BERKAS", type=Path, help="berkas cadangan yang akan dibuat (.tar)"
        )

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            made = backup.write(file.resolve(), now=clock.now())
        except (backup.Refused, Unusable) as problem:
            raise CommandError(str(problem)) from None
        megabytes = f"{made.size / 1e6:.1f}".replace(".", ",")
        self.stdout.write(f"Cadangan selesai: {file} ({megabytes} MB, {made.files} berkas unggahan).")
