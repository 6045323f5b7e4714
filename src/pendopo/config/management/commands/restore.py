"""`pendopo restore FILE`."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from pendopo.config import backup
from pendopo.config.binaries import Unusable


class Command(BaseCommand):
    help = "Mengembalikan cadangan ke basis data yang kosong (atau --force untuk mengganti semuanya)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BERKAS", type=Path, help="berkas dari `pendopo backup`")
        parser.add_argument("--force", action="store_true", help="ganti semua data yang ada sekarang")

    def handle(self, *_args: Any, file: Path, force: bool, **_options: Any) -> None:
        try:
            back = backup.restore(file.resolve(), force=force)
        except (backup.Refused, Unusable) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(
            f"Cadangan {back.made_at} (Pendopo {back.version}) kembali, {back.files} berkas unggahan."
        )
        call_command("prepare", tables_only=True)  # a backup of an older Pendopo gets today's tables
