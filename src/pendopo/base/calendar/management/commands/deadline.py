"""`pendopo deadline`: the last day of a limit in working days, and how it was counted."""

import argparse
import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from pendopo.base.calendar import public
from pendopo.base.calendar.models import Holiday
from pendopo.base.regions.official import normalize_code
from pendopo.kernel.dates import long_date, parse_date
from pendopo.kernel.workdays import Day, OutsideCalendar, WorkingCalendar

_MOST = 10_000


class Command(BaseCommand):
    help = "Hitung batas waktu dalam hari kerja; hari 0 adalah tanggal yang disebut."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--from", dest="start", required=True, type=_date, metavar="TANGGAL",
            help="hari 0, misalnya 2026-03-09 atau '9 Maret 2026'",
        )  # fmt: skip
        parser.add_argument(
            "--working-days",
            dest="days",
            required=True,
            type=_number,
            metavar="N",
            help="banyaknya hari kerja",
        )
        parser.add_argument(
            "--scope", default="", type=_scope, metavar="KODE", help="kode wilayah, misalnya 33.72"
        )
        parser.add_argument(
            "--without-joint-leave", action="store_true", help="hitung cuti bersama sebagai hari kerja"
        )
        parser.add_argument("--explain", action="store_true", help="tampilkan hari demi hari")

    def handle(
        self, *args: Any, start: dt.date, days: int, scope: str, without_joint_leave: bool, explain: bool,
        **options: Any,
    ) -> None:  # fmt: skip
        calendar = self._calendar(scope, joint_leave_closed=not without_joint_leave)
        try:
            due = calendar.add(start, days)
            lines = calendar.explain(start, days) if explain else []
        except OutsideCalendar as error:
            raise CommandError(str(error)) from None
        if explain:
            self.stdout.write(f"{start}  {long_date(start):<26} hari 0")
            for line in lines:
                self.stdout.write(_line(line))
        self.stdout.write(f"{due} ({long_date(due)})")

    def _calendar(self, scope: str, *, joint_leave_closed: bool) -> WorkingCalendar:
        """The calendar of the rows; the shipped one, with a note, where there are none."""
        try:
            if Holiday.objects.exists():
                return public.working_calendar(scope, joint_leave_closed=joint_leave_closed)
            why = "belum berisi hari libur"
        except DatabaseError:
            why = "tidak terjangkau"
        self.stderr.write(
            f"Catatan: pangkalan data {why}; dipakai kalender nasional bawaan. Isi dengan: pendopo calendar seed"
        )
        return public.seeded_calendar(joint_leave_closed=joint_leave_closed)


def _line(line: Day) -> str:
    what = f"hari {line.number}" if line.number is not None else f"–  {line.reason}"
    return f"{line.date}  {long_date(line.date):<26} {what}"


def _date(typed: str) -> dt.date:
    day = parse_date(typed)
    if day is None:
        raise argparse.ArgumentTypeError(f"{typed[:30]!r} bukan tanggal; tulis seperti 2026-03-09.")
    return day


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and int(typed[:9]) <= _MOST):
        raise argparse.ArgumentTypeError(f"{typed[:30]!r} bukan jumlah hari 0 sampai {_MOST}.")
    return int(typed[:9])


def _scope(typed: str) -> str:
    code = normalize_code(typed) if typed else ""
    if code is None:
        raise argparse.ArgumentTypeError(f"{typed[:30]!r} bukan kode wilayah, misalnya 33.72.")
    return code
