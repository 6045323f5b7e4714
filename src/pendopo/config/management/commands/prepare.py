"""`pendopo prepare`: make this installation ready to run, doing only what is not done yet."""

import io
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from pendopo.base.organizations.models import Organization
from pendopo.config import prepared
from pendopo.config.progress import Progress


class Command(BaseCommand):
    help = "Menyiapkan tabel basis data dan berkas statis; aman diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tables-only", action="store_true", help="hanya tabel basis data")
        parser.add_argument("--demo", action="store_true", help="bangun kota demo bila belum ada pemerintah")

    def handle(self, *_args: Any, **options: Any) -> None:
        progress = Progress(self.stdout.write)
        kept = prepared.marks(settings.VAR)
        if (
            kept.get("tables") != prepared.tables_fingerprint(settings.DATABASES["default"])
            or not kept["tables"]
        ):
            self._tables(progress)
        if options["tables_only"]:
            return
        if settings.MODE != "test" and (
            kept.get("static") != prepared.static_fingerprint() or not settings.STATIC_ROOT.is_dir()
        ):
            self._static(progress, again=kept.get("static") == "unfinished")
        if options["demo"] and kept.get("demo") != "done":
            self._demo(progress, begun=kept.get("demo") == "unfinished")

    def _tables(self, progress: Progress) -> None:
        with progress.step("Menyiapkan tabel basis data"):
            call_command("check", databases=["default"], stdout=io.StringIO())
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        connection.close()
        prepared.mark(settings.VAR, tables=prepared.tables_fingerprint(settings.DATABASES["default"]))

    def _static(self, progress: Progress, *, again: bool) -> None:
        prepared.mark(settings.VAR, static="unfinished")
        with progress.step("Mengumpulkan berkas tampilan"):
            # A collection cut off by a kill may have left half a file, which collectstatic would keep.
            call_command("collectstatic", interactive=False, verbosity=0, clear=again)
        prepared.mark(settings.VAR, static=prepared.static_fingerprint())

    def _demo(self, progress: Progress, *, begun: bool) -> None:
        if "demo" not in get_commands():
            raise CommandError("Perintah `demo` tidak terpasang. Jalankan PENDOPO_MODE=local make run.")
        if Organization.objects.exists() and not begun:
            prepared.mark(settings.VAR, demo="done")  # a real government lives here, or an older demo city
            return
        prepared.mark(settings.VAR, demo="unfinished")
        with progress.step("Membangun kota demo", lines_between=True):
            call_command("demo")
        prepared.mark(settings.VAR, demo="done")
