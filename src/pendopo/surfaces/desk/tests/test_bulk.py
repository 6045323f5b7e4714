"""Many cases at once: what is confirmed is what is done, each case by its own action, each exactly once."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.notices.models import Notice
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.actions import moderation, routing
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.surfaces.desk import actions, running
from pendopo.surfaces.desk.models import Batch, BatchItem, BatchStatus, Outcome
from pendopo.surfaces.desk.tests.bulk import bulk_url, hidden, jobs, run, send

pytestmark = pytest.mark.usefixtures("still")
SignIn = Callable[..., Client]


@pytest.fixture
def new(government: Government) -> list[Report]:
    return [a_report(text=f"Lampu nomor {n} mati sejak kemarin malam") for n in range(3)]


@pytest.fixture
def busy(government: Government) -> list[Report]:
    return [a_report(status=Status.IN_PROGRESS, office=government.works) for _ in range(3)]


def test_ticked_cases_are_handed_over_after_the_window(
    new: list[Report], koordinator: Any, government: Government, as_user: SignIn, now: dt.datetime
) -> None:
    client = as_user(koordinator)
    answer = send(client, bulk_url("baru", "disposisi", *new[:2]), office=government.works.pk)
    batch = Batch.objects.get()
    assert answer["Location"].startswith(reverse("desk:queue", args=["reports", "baru"]))
    assert batch.runs_at - batch.made_at == dt.timedelta(seconds=10)
    job = jobs().get()
    assert job.scheduled_at == batch.runs_at and job.args == {"batch_id": batch.pk}
    assert set(Report.objects.values_list("status", flat=True)) == {Status.RECEIVED}
    run(batch, now)
    assert batch.status == BatchStatus.DONE
    handed = Report.objects.filter(office=government.works, status=Status.ASSIGNED)
    assert {report.pk for report in handed} == {report.pk for report in new[:2]}
    assert Entry.objects.filter(verb="desk.bulk_done", facts__count=2).count() == 1


def test_nobody_hears_anything_before_the_window_is_over(
    busy: list[Report], sari: Any, as_user: SignIn, now: dt.datetime
) -> None:
    told = Notice.objects.count()
    client, url = as_user(sari), bulk_url("kantor", "jawab", *busy)
    seen = send(client, url, body="Tim kami berangkat besok.")
    assert seen.status_code == 200 and "Yang akan dibaca setiap pelapor" in seen.content.decode()
    assert not Batch.objects.exists()
    assert client.post(url, {**hidden(seen), "body": "Tim kami berangkat besok."}).status_code == 302
    batch = Batch.objects.get()
    assert running.run(batch_id=batch.pk, now=lambda: now) is not None, "a job that comes too early waits"
    assert Notice.objects.count() == told
    run(batch, now)
    assert Notice.objects.count() > told
    assert all(report.messages.filter(body="Tim kami berangkat besok.").count() == 1 for report in busy)


def test_words_changed_after_the_preview_are_shown_again(
    busy: list[Report], sari: Any, as_user: SignIn
) -> None:
    client, url = as_user(sari), bulk_url("kantor", "jawab", *busy)
    seen = send(client, url, body="Yang pertama.")
    answer = client.post(url, {**hidden(seen), "body": "Yang kedua."})
    assert answer.status_code == 200 and "Yang kedua." in answer.content.decode()
    assert not Batch.objects.exists()


def test_everything_in_the_filter_is_asked_anew_on_the_server(
    new: list[Report], koordinator: Any, as_user: SignIn, now: dt.datetime
) -> None:
    other = a_report(text="Sampah menumpuk di pasar kota lama", category="sampah")
    client = as_user(koordinator)
    page = client.get(bulk_url("baru", "catat", whole=True, more="&category=lampu-jalan"))
    assert "Catatan internal: 3 kasus" in page.content.decode()
    send(client, bulk_url("baru", "catat", whole=True, more="&category=lampu-jalan"), body="Dicek bersama.")
    batch = Batch.objects.get()
    assert "category=lampu-jalan" in batch.trail
    run(batch, now)
    assert all(report.messages.filter(kind="NOTE").count() == 1 for report in new)
    assert not other.messages.exists()


def test_a_list_that_grew_is_shown_again_before_anything_is_done(
    new: list[Report], koordinator: Any, as_user: SignIn
) -> None:
    client, url = as_user(koordinator), bulk_url("baru", "catat", whole=True)
    opened = hidden(client.get(url))
    a_report(text="Lampu baru yang juga mati tadi malam")
    answer = client.post(url, {**opened, "body": "Dicek bersama."})
    assert answer.status_code == 409
    words = answer.content.decode()
    assert "Daftarnya berubah" in words and "Dicek bersama." in words and "4 kasus" in words
    assert not Batch.objects.exists()


def test_the_page_says_who_is_left_out_and_why(
    koordinator: Any, government: Government, as_user: SignIn
) -> None:
    own = a_report(status=Status.ASSIGNED)
    theirs = [a_report(status=Status.ASSIGNED, office=government.works) for _ in range(2)]
    moved = a_report()
    page = as_user(koordinator).get(bulk_url("menunggu-opd", "disposisi", own, *theirs, moved))
    words = page.content.decode()
    assert "Teruskan ke kantor: 1 kasus" in words
    assert "<b>2 kasus</b>: Dipegang Dinas Pekerjaan Umum, bukan kantor Anda." in words
    assert "<b>1 kasus</b>: Tidak lagi di antrean ini." in words
    assert [group.codes for group in page.context["chosen"].left_out] == [sorted_codes(theirs)]


def sorted_codes(reports: list[Report]) -> list[str]:
    return [report.code for report in sorted(reports, key=lambda report: report.pk)]


def test_a_foreign_or_secret_case_is_as_if_it_were_not_there(
    busy: list[Report], tono: Any, government: Government, as_user: SignIn
) -> None:
    own = a_report(status=Status.IN_PROGRESS, office=government.environment)
    secret = a_report(status=Status.IN_PROGRESS, office=government.works, secret=True)
    words = as_user(tono).get(bulk_url("kantor", "catat", own, busy[0], secret)).content.decode()
    assert "Catatan internal: 1 kasus" in words
    for foreign in (busy[0], secret):  # the address itself stands in the links of the theme and the language
        assert foreign.code not in words.replace(f"kasus={foreign.code}", "")


def test_a_form_sent_twice_makes_one_batch_and_one_job(
    busy: list[Report], sari: Any, as_user: SignIn
) -> None:
    client, url = as_user(sari), bulk_url("kantor", "catat", *busy)
    form = {**hidden(client.get(url)), "body": "Sekali saja."}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert Batch.objects.count() == 1 and jobs().count() == 1 and BatchItem.objects.count() == 3


def test_a_killed_run_goes_on_with_what_is_left(
    busy: list[Report], sari: Any, as_user: SignIn, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(as_user(sari), bulk_url("kantor", "catat", *busy), body="Hanya sekali.")
    batch, real, done = Batch.objects.get(), running._act, []

    def dying(*args: Any, **kwargs: Any) -> int:
        if len(done) == 1:
            raise KeyboardInterrupt  # as kill -9: nothing of this case is written
        done.append(1)
        return real(*args, **kwargs)

    monkeypatch.setattr(running, "_act", dying)
    with pytest.raises(KeyboardInterrupt):
        run(batch, now)
    batch.refresh_from_db()
    assert batch.status == BatchStatus.RUNNING
    assert batch.items.filter(outcome=Outcome.DONE).count() == 1
    monkeypatch.setattr(running, "_act", real)
    run(batch, now)
    assert batch.status == BatchStatus.DONE
    assert [report.messages.filter(kind="NOTE").count() for report in busy] == [1, 1, 1]
    run(batch, now)  # the job once more: nothing is left
    assert [report.messages.filter(kind="NOTE").count() for report in busy] == [1, 1, 1]


def test_refused_cases_are_told_one_by_one_and_stay_whole(
    busy: list[Report], sari: Any, ibu_ratna: Any, government: Government, as_user: SignIn, now: dt.datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    client = as_user(sari)
    send(client, bulk_url("kantor", "catat", *busy), body="Untuk semua.")
    moderation.set_urgency(report_id=busy[0].pk, urgency=2, by=ibu_ratna, now=now)
    routing.give_back(report_id=busy[1].pk, reason="Bukan urusan kami.", by=ibu_ratna, now=now)
    batch = Batch.objects.get()
    run(batch, now)
    reasons = dict(batch.items.values_list("case_id", "reason"))
    assert reasons[busy[0].pk] == "Diubah orang lain setelah Anda memilihnya."
    assert reasons[busy[1].pk] == "Tidak lagi di meja Anda."
    assert reasons[busy[2].pk] == ""
    assert not busy[0].messages.filter(kind="NOTE").exists()
    words = client.get(reverse("desk:batch", args=[batch.key])).content.decode()
    assert busy[0].code in words and "Diubah orang lain" in words


def test_an_unexpected_fault_of_one_case_stops_no_other(
    busy: list[Report], sari: Any, as_user: SignIn, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(as_user(sari), bulk_url("kantor", "catat", *busy), body="Untuk semua.")
    real = running._act

    def shaky(item: BatchItem, *args: Any, **kwargs: Any) -> int:
        version = real(item, *args, **kwargs)
        if item.case_id == busy[1].pk:
            raise RuntimeError("planted")
        return version

    monkeypatch.setattr(running, "_act", shaky)
    batch = Batch.objects.get()
    run(batch, now)
    outcomes = dict(batch.items.values_list("case_id", "outcome"))
    assert [outcomes[report.pk] for report in busy] == [Outcome.DONE, Outcome.FAILED, Outcome.DONE]
    assert [report.messages.filter(kind="NOTE").count() for report in busy] == [1, 0, 1]


def test_two_batches_of_one_person_in_a_row_do_not_stand_in_each_others_way(
    busy: list[Report], sari: Any, as_user: SignIn, now: dt.datetime
) -> None:
    client = as_user(sari)
    for words in ("Yang pertama.", "Yang kedua."):
        send(client, bulk_url("kantor", "catat", *busy), body=words)
    for batch in Batch.objects.order_by("pk"):
        run(batch, now)
    assert BatchItem.objects.filter(outcome=Outcome.DONE).count() == 6


def test_rights_are_asked_again_when_the_work_begins(
    busy: list[Report], sari: Any, as_user: SignIn, now: dt.datetime
) -> None:
    send(as_user(sari), bulk_url("kantor", "catat", *busy), body="Untuk semua.")
    type(sari).objects.filter(pk=sari.pk).update(is_active=False)
    batch = Batch.objects.get()
    run(batch, now)
    assert set(batch.items.values_list("reason", flat=True)) == {"Tidak lagi di meja Anda."}


def test_the_page_asks_the_same_number_of_queries_for_many(
    new: list[Report], koordinator: Any, as_user: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = as_user(koordinator)
    for _ in range(12):
        a_report(text="Lampu di gang sempit mati semua")
    for cases in (new[:1], []):
        with django_assert_max_num_queries(9):
            client.get(bulk_url("baru", "kategori", *cases, whole=not cases))


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("?tindakan=hapus", 404), ("?tindakan=\x00", 404), ("?semua=1&status=salah", 404), ("", 200),
        ("?tindakan=catat&kasus=\x00&kasus=LAP-0000-0000&kasus=" + "9" * 400, 200), ("?tindakan=catat", 200),
    ],
)  # fmt: skip
def test_addresses_made_by_hand_are_never_an_error(
    url: str, status: int, new: list[Report], koordinator: Any, as_user: SignIn
) -> None:
    client = as_user(koordinator)
    address = reverse("desk:bulk", args=["reports", "baru"]) + url
    assert client.get(address).status_code == status
    assert client.post(address, {"body": "x\x00", "once": "x"}).status_code in {404, 422}


@pytest.mark.parametrize("once", ["", "x", "\x00", "9" * 400])
def test_a_key_made_by_hand_plans_nothing(once: str, busy: list[Report], sari: Any, as_user: SignIn) -> None:
    client, url = as_user(sari), bulk_url("kantor", "catat", *busy)
    answer = client.post(url, {**hidden(client.get(url)), "body": "Halo semua.", "once": once})
    assert answer.status_code == 409 and "Halo semua." in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_foreign_key_is_not_taken_over(busy: list[Report], sari: Any, budi: Any, as_user: SignIn) -> None:
    key = uuid4()
    for person, expected in ((sari, 302), (budi, 409)):
        client, url = as_user(person), bulk_url("kantor", "catat", *busy)
        form = {**hidden(client.get(url)), "body": "Punya siapa?", "once": str(key)}
        assert client.post(url, form).status_code == expected
    assert Batch.objects.get().by == sari


def test_more_than_a_batch_holds_is_refused_with_the_number(
    new: list[Report], koordinator: Any, as_user: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pendopo.surfaces.desk.selecting.MOST", 2)
    client, url = as_user(koordinator), bulk_url("baru", "catat", whole=True)
    assert "Ada 3 kasus dalam saringan ini" in client.get(url).content.decode()
    assert client.post(url, {"body": "Semua."}).status_code == 422


def test_old_batches_are_forgotten_with_their_words(
    busy: list[Report], sari: Any, as_user: SignIn, now: dt.datetime
) -> None:
    send(as_user(sari), bulk_url("kantor", "catat", *busy), body="Untuk semua.")
    run(Batch.objects.get(), now)
    assert actions.forget_old(now=now + dt.timedelta(days=29)) == 0
    assert actions.forget_old(now=now + dt.timedelta(days=31)) == 1
    assert not BatchItem.objects.exists()
