"""`pendopo calendar`: fill and show the list of closed days."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from pendopo.base.calendar import seeds
from pendopo.base.calendar.models import Holiday, WorkWeek
from pendopo.base.regions.official import normalize_code
from pendopo.kernel import clock
from pendopo.kernel.dates import long_date


class Command(BaseCommand):
    help = "Kalender kerja: isi dan tampilkan hari libur dan cuti bersama."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="PERINTAH")
        verbs.add_parser("seed", help="isi hari libur 2020–2030 dan pekan kerja; aman diulang")
        show = verbs.add_parser("show", help="tampilkan hari libur satu tahun")
        show.add_argument("year", nargs="?", type=int, metavar="TAHUN")
        show.add_argument("--scope", default="", metavar="KODE", help="kode wilayah, misalnya 33.72")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        try:
            getattr(self, verb)(**options)
        except DatabaseError as error:
            raise CommandError(
                f"Pangkalan data belum siap ({str(error).splitlines()[0]}). Jalankan dahulu: pendopo migrate"
            ) from error

    def seed(self, **_options: Any) -> None:
        before = Holiday.objects.count()
        seeds.load()
        now = Holiday.objects.count()
        self.stdout.write(
            f"{now} hari libur ({now - before:+d}) dan {WorkWeek.objects.count()} pekan kerja tersimpan."
        )

    def show(self, year: int | None = None, scope: str = "", **_options: Any) -> None:
        region = normalize_code(scope) if scope else ""
        if region is None:
            raise CommandError(f"{scope!r} bukan kode wilayah, misalnya 33.72.")
        wanted = year or clock.local_date(clock.now()).year
        days = Holiday.objects.holding_in(region).filter(date__year=wanted)
        if not days:
            raise CommandError(f"Belum ada hari libur {wanted}. Isi dengan: pendopo calendar seed")
        for day in days:
            basis = day.decree or day.source
            self.stdout.write(
                f"{day.date}  {long_date(day.date):<26} {day.name} – {day.get_kind_display()}, "
                f"{day.get_status_display()}" + (f" ({basis})" if basis else "")
            )
