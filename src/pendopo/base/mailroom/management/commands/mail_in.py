"""`pendopo mail-in`: the process that takes mails from the office's mail server."""

import asyncio
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from pendopo.base.mailroom.server import serve


class Command(BaseCommand):
    help = "Menerima surel dari server surat kantor (SMTP atau LMTP); lihat docs/operate/mail-in.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.MAIL_IN_HOST, help="alamat yang didengarkan")
        parser.add_argument("--port", type=int, default=settings.MAIL_IN_PORT, help="porta")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.MAIL_IN_ADDRESS:
            raise CommandError("Isi dulu MAIL_IN_ADDRESS, misalnya lapor@kota.go.id.")
        try:
            asyncio.run(self._run(options["host"], options["port"]))
        except OSError as error:
            raise CommandError(f"Tidak dapat mendengarkan: {error.strerror}") from None

    async def _run(self, host: str, port: int) -> None:
        serving = asyncio.ensure_future(serve(host=host, port=port))
        for sign in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(sign, serving.cancel)
        self.stdout.write(f"Menerima surel untuk {settings.MAIL_IN_ADDRESS} di {host} porta {port}.")
        try:
            await serving
        except asyncio.CancelledError:
            self.stdout.write("Selesai.")
