import asyncio
import csv
import datetime as dt
import io

import pytest
from django.test import AsyncRequestFactory

from pendopo.base.audit import export as exporting
from pendopo.base.audit.forms import JournalFilter
from pendopo.base.audit.models import Entry
from pendopo.base.audit.tests.acts import CLOSED, NOTED, wrote
from pendopo.base.organizations.testing import Government
from pendopo.kernel.streams import csv_download
from pendopo.kernel.tables import csv_text, safe_cell

pytestmark = pytest.mark.django_db
URL = "/meja/jejak/unduh/"


def table_of(answer) -> list[list[str]]:
    words = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(words)))


def test_the_table_holds_what_the_person_may_see(
    administrator, sari, government: Government, as_user, now: dt.datetime
) -> None:
    wrote(at=now, verb=CLOSED, actor=sari, subject=government.regions["99.71"],
          organization=government.works, public=True,
          facts={"proof": "foto", "due": "2026-03-30"})  # fmt: skip
    wrote(at=now, organization=government.works, restricted=True)
    answer = as_user(administrator).post(URL, {"office": government.works.pk})
    assert answer["Content-Disposition"].startswith('attachment; filename="jejak-')
    assert answer["Cache-Control"] == "private, no-store"
    header, *rows = table_of(answer)
    assert header[:3] == ["Waktu", "Pelaku", "Kantor"]
    assert rows == [
        ["2026-03-09T09:00:00+07:00", "Sari Wulandari", "Dinas Pekerjaan Umum", CLOSED,
         "Sari Wulandari menutup 99.71 dengan bukti foto; batasnya 30 Maret 2026.", "regions.region", "99.71",
         "ya"],
    ]  # fmt: skip


def test_taking_history_out_is_itself_history(sari, government: Government, as_user) -> None:
    table_of(as_user(sari).post(URL, {"verb": NOTED}))
    entry = Entry.objects.get(verb="audit.exported")
    assert entry.actor == sari
    assert entry.facts == {"filter": f"verb={NOTED}"}


def test_who_may_not_read_may_not_take(anon, warga, sari, as_user) -> None:
    assert as_user(anon).post(URL).status_code == 302
    assert as_user(warga).post(URL).status_code == 404
    assert as_user(sari).get(URL).status_code == 405
    assert as_user(sari).post(URL, {"since": "x"}).status_code == 422
    assert not Entry.objects.filter(verb="audit.exported").exists()


def test_a_long_history_is_read_in_parts(
    administrator, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "ROWS_AT_ONCE", 4)
    for minutes in range(10):
        wrote(at=now + dt.timedelta(minutes=minutes))
    chosen = JournalFilter({"verb": NOTED}, user=administrator)
    assert chosen.is_valid()
    assert len(list(exporting.export(by=administrator, chosen=chosen, now=now))) == 11


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "  =", "\r", "＝"])
def test_no_cell_can_be_a_formula(start: str) -> None:
    line = "".join(csv_text(["Nama"], [[f"{start}1+cmd|' /C calc'!A0"]]))
    ((cell,),) = list(csv.reader(io.StringIO(line)))[1:]
    assert cell.startswith("'")


def test_numbers_and_nothing_stay_what_they_are() -> None:
    assert [safe_cell(value) for value in (-5, 1.5, None, "a\x00b", "Jl. Melati - 3")] == [
        "-5", "1.5", "", "ab", "Jl. Melati - 3",
    ]  # fmt: skip


def test_the_real_server_is_given_async_pieces() -> None:
    request = AsyncRequestFactory().get("/")

    async def read() -> str:
        answer = csv_download(request, iter(["a\r\n"] * 500), filename="x.csv")
        assert answer.is_async
        return b"".join([piece async for piece in answer]).decode()

    assert asyncio.run(read()) == "a\r\n" * 500
