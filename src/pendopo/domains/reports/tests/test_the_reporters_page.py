"""On the own page a citizen reads where the report is, answers, confirms, rates and opens it again."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pendopo.base.audit.models import Entry
from pendopo.domains.reports.actions import work
from pendopo.domains.reports.models import Rating, Report, ReportAttachment, Status
from pendopo.domains.reports.testing import a_report
from pendopo.domains.reports.tests.holding import holder_of
from pendopo.kernel import clock


def words_of(client: Client, report: Report) -> str:
    response = client.get(f"/lacak/{report.code}/")
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("status", Status.values)
def test_every_state_is_said_in_plain_words(status: str, city: Any) -> None:
    report = a_report(status=status, office=city.works)
    words = words_of(holder_of(report), report)
    assert report.code in words
    assert status not in words  # no code words


def test_the_countdown_speaks_of_working_days(city: Any, still: dt.datetime) -> None:
    report = a_report(status=Status.RECEIVED)
    words = words_of(holder_of(report), report)
    assert "Kantor punya waktu sampai Kamis, 12 Maret 2026 untuk memeriksa laporan." in words
    assert "Sisa 3 hari kerja." in words
    assert "Bagaimana tanggal ini dihitung" in words
    assert "PermenPANRB 62/2018" in words


def test_a_passed_limit_is_said_honestly(city: Any, still: dt.datetime) -> None:
    report = a_report(status=Status.RECEIVED, now=still - dt.timedelta(days=14))
    words = words_of(holder_of(report), report)
    assert "sudah lewat" in words and "hari kerja." in words


def test_a_question_is_answered_with_a_photo(city: Any, photo: Any, still: dt.datetime) -> None:
    report = a_report(status=Status.AWAITING_INFO, office=city.works)
    client = holder_of(report)
    assert "Di sebelah mana tepatnya?" in words_of(client, report)
    response = client.post(
        f"/lacak/{report.code}/jawab/", {"body": "Di sebelah timur jembatan.", "photos": [photo()]}
    )
    assert response.status_code == 302
    report.refresh_from_db()
    assert report.status == Status.IN_PROGRESS
    assert ReportAttachment.objects.filter(case=report, message__kind="REPLY").count() == 1
    assert "Di sebelah timur jembatan." in words_of(client, report)


def test_a_refused_photo_keeps_the_answer(city: Any) -> None:
    report = a_report(status=Status.AWAITING_INFO, office=city.works)
    bad = SimpleUploadedFile("foto.jpg", b"PK\x03\x04")
    response = holder_of(report).post(
        f"/lacak/{report.code}/jawab/", {"body": "Dekat jembatan.", "photos": [bad]}
    )
    assert response.status_code == 422
    assert "Dekat jembatan." in response.content.decode()
    report.refresh_from_db()
    assert report.status == Status.AWAITING_INFO


def test_the_citizen_closes_and_rates(city: Any) -> None:
    report = a_report(status=Status.ANSWERED, office=city.works)
    client = holder_of(report)
    client.post(f"/lacak/{report.code}/selesai/", {"stars": "4", "comment": "Cepat."})
    report.refresh_from_db()
    assert report.status == Status.CLOSED_BY_CITIZEN
    assert Rating.objects.get().stars == 4
    assert "Bagaimana pelayanannya?" not in words_of(client, report)


def test_a_closed_report_can_be_rated_later(city: Any) -> None:
    report = a_report(status=Status.CLOSED_BY_SYSTEM, office=city.works)
    client = holder_of(report)
    assert client.post(f"/lacak/{report.code}/nilai/", {}).status_code == 422
    assert client.post(f"/lacak/{report.code}/nilai/", {"stars": "2"}).status_code == 302
    assert Rating.objects.get().stars == 2


def test_not_done_opens_the_report_again_within_the_window(city: Any, still: dt.datetime) -> None:
    report = a_report(status=Status.ANSWERED, office=city.works)
    client = holder_of(report)
    assert "Dapat dibuka lagi sampai Kamis, 19 Maret 2026" in words_of(client, report)
    client.post(f"/lacak/{report.code}/buka-lagi/", {"reason": "Masih gelap."})
    report.refresh_from_db()
    assert (report.status, report.reopened_count) == (Status.REOPENED, 1)


def test_after_the_window_it_stays_closed(
    city: Any, still: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = a_report(status=Status.CLOSED_BY_CITIZEN, office=city.works)
    client = holder_of(report)
    later = still + dt.timedelta(days=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    response = client.post(f"/lacak/{report.code}/buka-lagi/", {"reason": "Rusak lagi."})
    assert response.status_code == 422
    assert "Batas waktu membuka lagi sudah lewat" in response.content.decode()
    assert "Rusak lagi." in response.content.decode()


@pytest.mark.parametrize(
    ("path", "data"),
    [("jawab", {"body": "Halo halo"}), ("selesai", {"stars": "5"}), ("nilai", {"stars": "5"}),
     ("buka-lagi", {"reason": "Belum beres"})],
)  # fmt: skip
def test_an_act_out_of_place_is_refused_and_leaves_no_trace(
    path: str, data: dict[str, str], city: Any
) -> None:
    report = a_report(status=Status.RECEIVED)
    before = Entry.objects.count()
    response = holder_of(report).post(f"/lacak/{report.code}/{path}/", data)
    assert response.status_code == 422
    assert 'class="error-summary"' in response.content.decode()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("path", ["jawab", "selesai", "nilai", "buka-lagi"])
def test_a_stranger_cannot_act(path: str, city: Any, tono: Any, as_user: Any) -> None:
    report = a_report(status=Status.ANSWERED, office=city.works)
    data = {"body": "Halo halo", "stars": "5", "reason": "Belum beres"}
    for client in (Client(), as_user(tono)):
        assert client.post(f"/lacak/{report.code}/{path}/", data).status_code == 404
    report.refresh_from_db()
    assert report.status == Status.ANSWERED


def test_notes_among_staff_and_names_of_officers_never_show(city: Any, sari: Any) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=city.works)
    work.note(report_id=report.pk, body="Pelapor cerewet.", by=sari, now=clock.now())
    words = words_of(holder_of(report), report)
    assert "cerewet" not in words
    assert sari.name not in words


def test_the_page_asks_a_steady_number_of_queries(city: Any, django_assert_max_num_queries: Any) -> None:
    report = a_report(status=Status.ANSWERED, office=city.works)
    client = holder_of(report)
    client.get(f"/lacak/{report.code}/")
    with django_assert_max_num_queries(12):
        client.get(f"/lacak/{report.code}/")
