"""`pendopo deadline` and `pendopo calendar` answer in words and dates."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from pendopo.base.calendar import testing
from pendopo.base.calendar.models import Holiday, HolidayKind

pytestmark = pytest.mark.django_db
ARGUMENTS = ("--from", "2026-03-09", "--working-days", "10")


def run(name, *arguments) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(name, *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_deadline_prints_the_date():
    testing.fill_calendar()
    assert run("deadline", *ARGUMENTS) == ("2026-03-30 (Senin, 30 Maret 2026)\n", "")
    assert run("deadline", *ARGUMENTS, "--without-joint-leave")[0].startswith("2026-03-24 (Selasa")
    assert run("deadline", "--from", "9 Maret 2026", "--working-days", "0")[0].startswith("2026-03-09")


def test_deadline_explains_every_day():
    testing.fill_calendar()
    lines = run("deadline", *ARGUMENTS, "--explain")[0].splitlines()
    assert len(lines) == 23  # day 0, 21 days, the date
    assert lines[0] == "2026-03-09  Senin, 9 Maret 2026        hari 0"
    assert lines[1] == "2026-03-10  Selasa, 10 Maret 2026      hari 1"
    assert lines[5] == "2026-03-14  Sabtu, 14 Maret 2026       –  Sabtu"
    assert lines[9] == "2026-03-18  Rabu, 18 Maret 2026        –  Cuti bersama: Hari Suci Nyepi"
    assert lines[-2] == "2026-03-30  Senin, 30 Maret 2026       hari 10"
    assert lines[-1] == "2026-03-30 (Senin, 30 Maret 2026)"


def test_deadline_knows_local_holidays():
    testing.fill_calendar()
    testing.closed_day(dt.date(2026, 3, 10), "Hari jadi", HolidayKind.LOCAL, "33.72")
    assert run("deadline", *ARGUMENTS, "--scope", "3372")[0].startswith("2026-03-31")
    assert run("deadline", *ARGUMENTS, "--scope", "33.11")[0].startswith("2026-03-30")


def test_without_rows_deadline_uses_the_shipped_calendar_and_says_so():
    out, err = run("deadline", *ARGUMENTS)
    assert out.startswith("2026-03-30")
    assert err == (
        "Catatan: pangkalan data belum berisi hari libur; dipakai kalender nasional bawaan."
        " Isi dengan: pendopo calendar seed\n"
    )


def test_without_a_database_deadline_still_answers(monkeypatch):
    def gone(self):
        raise DatabaseError("connection refused")

    monkeypatch.setattr("pendopo.base.calendar.models.HolidayQuerySet.exists", gone, raising=False)
    out, err = run("deadline", *ARGUMENTS, "--without-joint-leave")
    assert out.startswith("2026-03-24")
    assert "tidak terjangkau" in err


@pytest.mark.parametrize(
    "wrong",
    [("--from", "kemarin"), ("--from", "2026-02-30"), ("--working-days", "-1"), ("--working-days", "sepuluh"),
     ("--working-days", "99999999999999999999"), ("--working-days", "²"), ("--scope", "solo"), ("--from", "\x00")],
)  # fmt: skip
def test_a_wrong_argument_is_named(wrong):
    given = dict(zip(ARGUMENTS[::2], ARGUMENTS[1::2], strict=True)) | {wrong[0]: wrong[1]}
    with pytest.raises(CommandError, match=r"bukan|expected one argument"):
        run("deadline", *[f"{name}={value}" for name, value in given.items()])


@pytest.mark.parametrize("start", ["1999-12-31", "2101-01-01", "2100-12-20"])
def test_a_date_outside_the_calendar_is_refused(start):
    with pytest.raises(CommandError, match="kalender kerja"):
        run("deadline", "--from", start, "--working-days", "10")


def test_calendar_seed_fills_once_and_show_lists_a_year():
    out = run("calendar", "seed")[0]
    number = Holiday.objects.count()
    assert out == f"{number} hari libur (+{number}) dan 2 pekan kerja tersimpan.\n"
    assert "(+0)" in run("calendar", "seed")[0]
    lines = run("calendar", "show", "2026", "--scope", "33.72")[0].splitlines()
    assert len(lines) == 25
    assert lines[0].startswith(
        "2026-01-01  Kamis, 1 Januari 2026      Tahun Baru Masehi – libur nasional, ditetapkan"
    )


def test_calendar_show_says_what_to_do_when_there_is_nothing():
    with pytest.raises(CommandError, match="pendopo calendar seed"):
        run("calendar", "show", "2026")
    with pytest.raises(CommandError, match="bukan kode wilayah"):
        run("calendar", "show", "2026", "--scope", "solo")
