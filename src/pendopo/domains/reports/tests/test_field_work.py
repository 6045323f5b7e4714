"""News from the field: own tasks only, once per key, never over a newer version, photos before and after."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pendopo.base.audit.models import Entry
from pendopo.base.notices.models import Notice
from pendopo.domains.reports.actions import closing, field, work
from pendopo.domains.reports.models import (
    FieldAct,
    PhonePolicy,
    Report,
    ReportAttachment,
    ReportMessage,
    Status,
)
from pendopo.domains.reports.testing import a_report
from pendopo.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
KEY = uuid.UUID("0b6f3f3e-8d51-4a53-8c6e-6a3b2f1c9d10")


@pytest.fixture
def task(city: Any, sari: Any, still: dt.datetime) -> Report:
    """A report that Sari took."""
    report = a_report(status=Status.ASSIGNED, office=city.works, now=still)
    return work.take(report_id=report.pk, by=sari, now=still)


def act(report: Report, by: Any, now: dt.datetime, **changed: Any) -> FieldAct:
    version = Report.objects.get(pk=report.pk).version
    facts = {"key": KEY, "version": version, "note": "Tangga terlalu pendek.", "done": False, **changed}
    return field.act(report_id=report.pk, by=by, now=now, **facts)


def send(client: Client, report: Report, key: object = KEY, **changed: Any) -> Any:
    version = Report.objects.get(pk=report.pk).version
    data = {"version": version, "note": "Tiga lampu sudah diganti baru.", **changed}
    headers = {"Accept": "application/json", "Idempotency-Key": str(key)}
    return client.post(f"/meja/laporan/lapangan/{report.code}/", data, headers=headers)


def test_a_note_with_photos_stays_among_staff(task: Report, sari: Any, as_user: Any, photo: Any) -> None:
    answer = send(as_user(sari), task, before=photo("a.jpg"), after=photo("b.jpg", 20))
    assert answer.status_code == 200
    message = ReportMessage.objects.get(case=task, kind="NOTE")
    roles = ReportAttachment.objects.filter(message=message).values_list("role", flat=True)
    assert sorted(roles) == ["AFTER", "BEFORE"]
    task.refresh_from_db()
    assert answer.json()["version"] == task.version
    assert not task.closure_proposed


def test_work_that_is_done_is_proposed_and_checked_like_any_other(
    task: Report, sari: Any, ibu_ratna: Any, as_user: Any, photo: Any, still: dt.datetime
) -> None:
    assert send(as_user(sari), task, done="on", note="", after=photo("b.jpg")).status_code == 200
    task.refresh_from_db()
    assert task.closure_proposed
    assert Notice.objects.filter(event="reports.check").exists()  # the second person hears of it
    closing.check_closing(report_id=task.pk, accept=True, remark="", by=ibu_ratna, now=still)
    assert ReportAttachment.objects.get(case=task, role="AFTER").message is not None


def test_the_same_key_acts_once(task: Report, sari: Any, as_user: Any, still: dt.datetime) -> None:
    client, version = as_user(sari), task.version
    first, again = (send(client, task, version=version) for _ in range(2))
    assert first.json() == again.json()
    assert FieldAct.objects.count() == ReportMessage.objects.filter(case=task).count() == 1


def test_an_older_version_is_shown_and_writes_nothing(
    task: Report, sari: Any, ibu_ratna: Any, as_user: Any, still: dt.datetime
) -> None:
    seen = task.version
    work.note(report_id=task.pk, body="Jangan dulu.", by=ibu_ratna, now=still)
    answer = send(as_user(sari), task, version=seen, done="on")
    task.refresh_from_db()
    assert answer.status_code == 409
    assert answer.json()["latest"] == {"version": task.version, "state": task.get_status_display()}
    assert not FieldAct.objects.exists() and not task.closure_proposed
    with pytest.raises(field.Changed):
        act(task, sari, still, version=seen)


def test_only_the_handler_acts(
    task: Report, everyone: dict[str, Any], as_user: Any, still: dt.datetime
) -> None:
    for name, person in everyone.items():
        if name == "sari":
            continue
        status = send(as_user(person), task).status_code
        assert status == (401 if name == "anon" else 404), name
    assert not FieldAct.objects.exists()
    with pytest.raises(NotAllowed):
        act(task, everyone["budi"], still)


def test_a_key_of_somebody_else_opens_nothing(task: Report, city: Any, sari: Any, still: dt.datetime) -> None:
    act(task, sari, still)
    other = work.take(
        report_id=a_report(status=Status.ASSIGNED, office=city.works, now=still).pk, by=sari, now=still
    )
    with pytest.raises(NotAllowed):
        act(other, sari, still)


def test_an_empty_act_is_refused_and_leaves_no_trace(task: Report, sari: Any, still: dt.datetime) -> None:
    entries = Entry.objects.count()
    with pytest.raises(Refused):
        act(task, sari, still, note="")
    assert Entry.objects.count() == entries and not FieldAct.objects.exists()


def test_a_finished_report_takes_no_news(
    task: Report, sari: Any, ibu_ratna: Any, as_user: Any, still: dt.datetime
) -> None:
    act(task, sari, still, done=True, note="Tiga lampu sudah diganti baru.")
    answer = send(as_user(sari), task, key=uuid.uuid4(), done="on")
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_another_officer_on_the_same_phone_sends_nothing_of_the_first(
    task: Report, sari: Any, budi: Any, as_user: Any
) -> None:
    assert send(as_user(sari), task, who=str(budi.pk)).status_code == 401
    assert not FieldAct.objects.exists()


def test_a_phone_keeps_own_open_tasks_without_people_and_secrets(
    task: Report, city: Any, sari: Any, as_user: Any, still: dt.datetime
) -> None:
    PhonePolicy.objects.create(task_hours=8)
    secret = a_report(status=Status.ASSIGNED, office=city.works, secret=True, now=still)
    work.take(report_id=secret.pk, by=sari, now=still)
    a_report(status=Status.ASSIGNED, office=city.works, now=still)  # of the office, but not hers
    answer = as_user(sari).get("/meja/laporan/lapangan/tugas.json")
    assert [one["code"] for one in answer.json()["tasks"]] == [task.code]
    assert answer.json()["hours"] == 8
    text = answer.content.decode()
    assert "Rina" not in text and "contoh.example" not in text and "812" not in text
    assert answer["Cache-Control"].startswith("max-age=0") or "no-store" in answer["Cache-Control"]
    assert Entry.objects.filter(verb="reports.taken_along", facts__count=1).exists()


def test_tasks_are_for_those_who_work_on_reports(
    task: Report, everyone: dict[str, Any], as_user: Any
) -> None:
    for name, person in everyone.items():
        status = as_user(person).get("/meja/laporan/lapangan/").status_code
        expected = {"anon": 302, "warga": 404, "pengamat": 404, "administrator": 404}.get(name, 200)
        assert status == expected, name


def test_the_list_costs_the_same_for_many_tasks(
    task: Report, city: Any, sari: Any, as_user: Any, still: dt.datetime,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    for _number in range(5):
        more = a_report(status=Status.ASSIGNED, office=city.works, now=still)
        work.take(report_id=more.pk, by=sari, now=still)
    client = as_user(sari)
    client.get("/meja/laporan/lapangan/")
    with django_assert_max_num_queries(14):
        client.get("/meja/laporan/lapangan/tugas.json")


def test_the_page_works_without_scripts(task: Report, sari: Any, as_user: Any, photo: Any) -> None:
    client, address = as_user(sari), f"/meja/laporan/lapangan/{task.code}/"
    page = client.get(address)
    form = page.context["form"]
    data = {"version": form.initial["version"], "key": str(form.initial["key"])}
    assert client.post(address, data).status_code == 422
    done = client.post(address, {**data, "note": "Suku cadang dipesan.", "before": photo("a.jpg")})
    assert done.status_code == 302
    assert client.post(address, {**data, "note": "Suku cadang dipesan."}).status_code == 302  # a second click
    assert FieldAct.objects.count() == 1


@pytest.mark.parametrize("bad", [{"version": "x"}, {"version": "9" * 40}, {"note": "a\x00b" * 9000}])
def test_bad_input_is_a_sentence(task: Report, sari: Any, as_user: Any, bad: dict[str, str]) -> None:
    answer = send(as_user(sari), task, **bad)
    assert answer.status_code == 422
    assert answer.json()["errors"]
