"""The yearly report: its totals are the registers', its numbers lead to their rows, fixed ones stay."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from pendopo.base.audit.models import Entry
from pendopo.domains.information import yearly
from pendopo.domains.information.actions import yearly as actions
from pendopo.domains.information.forms.openness_registers import FacetForm
from pendopo.domains.information.models import REPORT_TEXTS, InformationRequest, YearReport
from pendopo.domains.information.registers.kinds import DISPUTES, OBJECTIONS, REGISTERS, REQUESTS
from pendopo.domains.information.tests.openness_world import a_year, forget_caches
from pendopo.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
TEXTS = {name: f"Tulisan {name}." for name in REPORT_TEXTS}


@pytest.fixture
def year(everyone: Any, still: dt.datetime, own_folder: None) -> list[InformationRequest]:
    return a_year(still)


def rows_behind(line: yearly.Line, of: int, user: Any) -> int:
    """How many rows the register shows at the number's address."""
    register = line.register
    form = FacetForm({"tahun": str(of), **line.chosen}, years=[of], facets=register.facets)
    assert form.is_valid(), form.errors
    return form.narrowed(register.of_year(register.rows(user), of)).count()


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_number_is_its_rows_whatever_the_cases(
    year: list[InformationRequest], koordinator: Any, data: st.DataObject
) -> None:
    for case in year:  # facts an office can meet in any mixture
        days = data.draw(st.one_of(st.none(), st.integers(0, 40)))
        in_time = data.draw(st.sampled_from([True, False, None]))
        rows = InformationRequest.objects.filter(pk=case.pk)
        rows.update(
            answer_days=days, decided_in_time=in_time, extended=data.draw(st.booleans()),
            cost=data.draw(st.integers(0, 2)),
            channel=data.draw(st.sampled_from(["WEB", "COUNTER", "LETTER", "EMAIL", "PHONE"])),
        )  # fmt: skip
    numbers = yearly.counted(2026)
    lines = [line for group in yearly.groups(2026) for line in group.lines]
    forget_caches()
    for line in lines:
        assert numbers[line.key] == rows_behind(line, 2026, koordinator), line.key
    for register, parts in (
        (REQUESTS, "hasil"),
        (REQUESTS, "saluran"),
        (OBJECTIONS, "keputusan"),
        (DISPUTES, "tahap"),
    ):
        of_it = [line for line in lines if line.register is register and set(line.chosen) == {parts}]
        assert (
            sum(numbers[line.key] or 0 for line in of_it)
            == numbers[register.key]
            == register.of_year(register.whole(), 2026).count()
        )
    decided = InformationRequest.objects.filter(year=2026).exclude(decision="").count()
    assert sum(numbers[line.key] or 0 for line in lines if set(line.chosen) == {"waktu"}) == decided


def test_written_fixed_published_and_opened_again(
    year: list[InformationRequest], koordinator: Any, sari: Any, anon: Any, as_user: Callable[[Any], Client],
    monkeypatch: pytest.MonkeyPatch, still: dt.datetime,
) -> None:  # fmt: skip
    browser, page = as_user(koordinator), reverse("information:report", args=[2026])
    assert browser.get(page).content.decode().count("Paling lambat Rabu, 31 Maret 2027") == 1
    assert browser.post(reverse("information:report-fix", args=[2026])).status_code == 422
    write = reverse("information:report-write", args=[2026])
    assert browser.post(write, {"seen": 9, "facilities": "Meja layanan"}).status_code == 422
    answer = browser.post(write, {"seen": 9, "facilities": "Meja layanan"})
    assert "Meja layanan" in answer.content.decode() and "baru saja diubah" in answer.content.decode()
    next_year = still.replace(year=2027)
    with pytest.raises(Refused, match="Masih kosong"):
        actions.fix(year=2026, by=koordinator, now=next_year)
    actions.write(year=2026, texts=TEXTS, seen=1, by=koordinator, now=still)
    with pytest.raises(NotAllowed):
        actions.fix(year=2026, by=sari, now=next_year)
    assert as_user(anon).get(reverse("information:report-public", args=[2026])).status_code == 404
    monkeypatch.setattr("pendopo.kernel.clock.now", lambda: next_year)
    assert browser.post(reverse("information:report-fix", args=[2026])).status_code == 302
    report = YearReport.objects.get(year=2026)
    assert report.numbers[REQUESTS.key] == 12 and report.digest == yearly.digest_of(report, report.numbers)
    InformationRequest.objects.filter(pk=year[0].pk).update(year=2025, number=900)
    public = as_user(anon)
    shown = public.get(reverse("information:report-public", args=[2026])).content.decode()
    assert report.digest in shown and '<td class="number">12</td>' in shown and "Tulisan budget." in shown
    sheet = public.get(reverse("information:report-file", args=[2026, "xlsx"]))
    assert ("Permohonan informasi", "Permohonan yang diterima", 12) in list(
        openpyxl.load_workbook(io.BytesIO(sheet.content)).active.values
    )
    paper = PdfReader(io.BytesIO(public.get(reverse("information:report-file", args=[2026, "pdf"])).content))
    assert "Tulisan follow_up." in "".join(one.extract_text() for one in paper.pages)
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    with pytest.raises(Refused):
        actions.write(year=2026, texts=TEXTS, seen=report.version, by=koordinator, now=next_year)
    again = {"reason": "Anggaran triwulan empat keliru."}
    assert browser.post(reverse("information:report-reopen", args=[2026]), again).status_code == 302
    assert public.get(reverse("information:report-public", args=[2026])).status_code == 404
    told = Entry.objects.filter(subject_kind="information.yearreport").values_list("verb", flat=True)
    assert set(told) == {f"information.report_{verb}" for verb in ("written", "fixed", "reopened")}


def test_only_who_may_read_all_rows_gets_links(
    year: list[InformationRequest], koordinator: Any, sari: Any, as_user: Callable[[Any], Client],
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    page = reverse("information:report", args=[2026])
    link = f"{reverse('information:register', args=['permohonan'])}?tahun=2026&amp;hasil=ditolak"
    browser = as_user(koordinator)
    browser.get(page)
    with django_assert_max_num_queries(10):
        assert link in browser.get(page).content.decode()
    assert link not in as_user(sari).get(page).content.decode()
    assert browser.get(reverse("information:report", args=[2027])).status_code == 404
    assert set(REGISTERS) == {"permohonan", "keberatan", "sengketa"}
