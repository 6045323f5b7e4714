"""`pendopo worker`: the process that does background work."""

import asyncio
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app

from pendopo.config import env


class Command(BaseCommand):
    help = "Menjalankan pekerja latar: mengirim surel, menghitung tenggat, meneruskan kabar antarbagian."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--concurrency",
            type=int,
            default=env.number("WORKER_CONCURRENCY", 4, low=1, high=64),
            help="banyaknya pekerjaan yang boleh berjalan bersamaan",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        # The connector that defers inside Django's transaction cannot wait for notifications.
        with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
            asyncio.run(self._work(worker, options["concurrency"]))

    async def _work(self, worker: Any, concurrency: int) -> None:
        async with worker.open_async():
            await worker.run_worker_async(
                concurrency=concurrency,
                shutdown_graceful_timeout=20,  # an unfinished job starts again: tasks.retry_stalled_jobs
                fetch_job_polling_interval=10,
            )
