"""A prepared answer for many reporters: what fits all of them is offered, and each reads the own number."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.models import CannedAnswer, Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.surfaces.desk.models import Batch
from pendopo.surfaces.desk.tests.bulk import bulk_url, hidden, run, send

pytestmark = pytest.mark.usefixtures("still")
SignIn = Callable[..., Client]
BODY = "Laporan {kode} di {tempat} kami kerjakan besok."


@pytest.fixture
def busy(government: Government) -> list[Report]:
    return [a_report(status=Status.IN_PROGRESS, office=government.works) for _ in range(2)]


@pytest.fixture
def prepared(government: Government) -> CannedAnswer:
    CannedAnswer.objects.all().delete()
    return CannedAnswer.objects.create(title="Besok dikerjakan", body=BODY)


def test_only_what_fits_every_ticked_report_is_offered(
    busy: list[Report], prepared: CannedAnswer, sari: Any, as_user: SignIn
) -> None:
    CannedAnswer.objects.create(title="Khusus lampu", body=BODY, category_id="lampu-jalan")
    CannedAnswer.objects.create(title="Khusus sampah", body=BODY, category_id="sampah")
    client, url = as_user(sari), bulk_url("kantor", "jawab", *busy)
    same = client.get(url).content.decode()
    assert "Besok dikerjakan" in same and "Khusus lampu" in same and "Khusus sampah" not in same
    Report.objects.filter(pk=busy[0].pk).update(category="sampah")
    mixed = client.get(url).content.decode()
    assert "Besok dikerjakan" in mixed and "Khusus" not in mixed
    Report.objects.filter(pk=busy[0].pk).update(language="en")
    assert "jawaban-siap" not in client.get(url).content.decode()


def test_the_chosen_answer_goes_into_the_box_and_nothing_is_sent(
    busy: list[Report], prepared: CannedAnswer, sari: Any, as_user: SignIn
) -> None:
    client, url = as_user(sari), bulk_url("kantor", "jawab", *busy)
    answer = send(client, url, body="Selamat pagi.", sisipkan="1", **{"jawaban-siap": prepared.pk})
    assert answer.status_code == 200 and f"Selamat pagi.\n\n{BODY}" in answer.content.decode()
    assert not Batch.objects.exists()


def test_each_reporter_reads_the_own_number(
    busy: list[Report], prepared: CannedAnswer, sari: Any, as_user: SignIn, now: dt.datetime
) -> None:
    client, url = as_user(sari), bulk_url("kantor", "jawab", *busy)
    seen = send(client, url, body=BODY)
    first = busy[0] if f"Laporan {busy[0].code} di" in seen.content.decode() else busy[1]
    assert f"Begini bunyinya bagi pelapor {first.code}" in seen.content.decode()
    assert client.post(url, {**hidden(seen), "body": BODY}).status_code == 302
    run(Batch.objects.get(), now)
    for report in busy:
        words = f"Laporan {report.code} di {report.region.name} kami kerjakan besok."
        assert report.messages.filter(kind="ANSWER", body=words).count() == 1


def test_an_unknown_name_in_braces_is_told_before_anything_is_sent(
    busy: list[Report], sari: Any, as_user: SignIn
) -> None:
    answer = send(as_user(sari), bulk_url("kantor", "jawab", *busy), body="Halo {nama_pelapor}, sabar ya.")
    assert answer.status_code == 422
    assert "Isian {nama_pelapor} tidak dikenal" in answer.content.decode()
    assert not Batch.objects.exists()
