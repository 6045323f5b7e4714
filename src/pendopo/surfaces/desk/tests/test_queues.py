"""Fixed queues: who has which, what lies in them, in which order, in how many queries."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.kernel import caches
from pendopo.surfaces.desk import queues

SEES = {  # who finds a report of Dinas Pekerjaan Umum, being worked on, in "Lewat batas"
    "sari": True, "budi": True, "ibu_ratna": True, "koordinator": True, "pengamat": True, "administrator": True,
    "sekda": True, "tono": False, "lurah_officer": False,
}  # fmt: skip


def queue_url(key: str) -> str:
    return reverse("desk:queue", args=["reports", key])


@pytest.fixture
def late(government: Government) -> Report:
    return a_report(
        status=Status.IN_PROGRESS, office=government.works, now=timezone.now() - dt.timedelta(days=40)
    )


def test_each_person_finds_the_work_of_the_own_office(
    late: Report, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    for name, person in everyone.items():
        answer = as_user(person).get(queue_url("lewat-batas"))
        if name == "anon":
            assert answer.status_code == 302
        elif name == "warga":
            assert answer.status_code == 404
        else:
            words = answer.content.decode()
            assert (late.code in words) is SEES[name], name
            assert ("lewat" in words.partition('class="rep-time"')[2][:200]) is SEES[name], name


def test_only_who_routes_has_the_queue_of_new_reports(
    government: Government, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    report = a_report()
    for name, person in everyone.items():
        if name in {"anon", "warga"}:
            continue
        answer = as_user(person).get(queue_url("baru"))
        if name in {"koordinator", "pengamat", "administrator", "sekda"}:
            assert report.code in answer.content.decode(), name
        else:
            assert answer.status_code == 404, name


def test_every_queue_opens_and_counts_what_it_shows(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    for status in Status:
        a_report(status=status, office=government.works)
    client = as_user(koordinator)
    for row in client.get(queue_url("baru")).context["counts"]:
        page = client.get(queue_url(row.queue.key))
        assert page.status_code == 200
        assert len(page.context["page"].rows) == row.count == page.context["total"], row.queue.key


def test_what_burns_stands_first(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    now = timezone.now()
    for days, urgency in [(1, 3), (9, 3), (2, 1), (5, 2)]:
        report = a_report(now=now - dt.timedelta(days=days))
        Report.objects.filter(pk=report.pk).update(urgency=urgency)
    page = as_user(koordinator).get(queue_url("baru")).context
    order = [(case.urgency, case.due_at) for case in page["page"].rows]
    assert order == sorted(order)
    assert [(section.label, section.total) for section in page["sections"]] == [
        ("darurat", 1), ("mendesak", 1), ("biasa", 2),
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["baru", "selesai"])
def test_pages_lead_there_and_back_without_losing_a_row(
    key: str, government: Government, koordinator: Any, as_user: Callable[..., Client], monkeypatch: Any
) -> None:
    monkeypatch.setattr(queues.page_of, "__kwdefaults__", {"size": 3})
    now = timezone.now()
    status = Status.RECEIVED if key == "baru" else Status.ARCHIVED
    for number in range(8):
        report = a_report(status=status, now=now - dt.timedelta(days=number % 3, hours=number))
        Report.objects.filter(pk=report.pk).update(urgency=2 + number % 2)
        if number == 7 and key == "baru":
            Report.objects.filter(pk=report.pk).update(due_at=None)
    client = as_user(koordinator)

    def walk(way: str, start: str) -> list[list[int]]:
        pages, cursor = [], start
        while True:
            page = client.get(queue_url(key), {"hal": cursor}).context["page"]
            pages.append([row.pk for row in page.rows])
            cursor = getattr(page, way)
            if not cursor:
                return pages

    ahead = walk("after", "")
    assert [len(page) for page in ahead] == [3, 3, 2]
    assert len({pk for page in ahead for pk in page}) == 8
    second = client.get(queue_url(key)).context["page"].after
    third = client.get(queue_url(key), {"hal": second}).context["page"].after
    back = client.get(queue_url(key), {"hal": third}).context["page"].before
    assert walk("before", back) == [ahead[1], ahead[0]]


@pytest.mark.parametrize("rows", [1, 5, 30])
def test_a_list_asks_the_same_few_queries_whatever_its_length(
    rows: int, government: Government, everyone: dict[str, Any], as_user: Callable[..., Client],
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for _number in range(rows):
        a_report(status=Status.ASSIGNED, office=government.works)
    for who, key in (("koordinator", "menunggu-opd"), ("sari", "kantor")):
        for query in ("", "?category=lampu-jalan&q=lampu&status=ASSIGNED"):
            client = as_user(everyone[who])
            caches.clear_all()  # what was asked before left things there that may run out at any moment
            client.get(queue_url(key) + query)  # the first of the day fills what processes remember
            with django_assert_max_num_queries(8, info=f"{who} {query}"):
                answer = client.get(queue_url(key) + query)
            assert len(answer.context["page"].rows) == rows, (who, query)


def test_filters_narrow_and_a_number_finds_its_report(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    lamp, waste = a_report(), a_report(category="sampah", text="Sampah menumpuk di sudut pasar.")
    client = as_user(koordinator)
    for query, found in [
        ({"q": "menumpuk"}, {waste}), ({"q": lamp.code.lower().replace("-", " ")}, {lamp}),
        ({"category": "sampah"}, {waste}), ({"district": "99.71.01"}, {lamp, waste}),
        ({"district": "99.71.02"}, set()), ({"office": government.intake.pk}, {lamp, waste}),
        ({"channel": "PHONE"}, set()), ({"q": "' OR 1=1 --"}, set()), ({"q": "<b>&"}, {lamp, waste}),
    ]:  # fmt: skip
        page = client.get(queue_url("baru"), query)
        if query == {"q": "<b>&"}:
            assert page.status_code == 200 and b"<b>&" not in page.content.replace(b"<b></b>", b"")
            continue
        assert set(page.context["page"].rows) == found, query


def test_an_empty_queue_says_a_kind_word(
    government: Government, sari: Any, as_user: Callable[..., Client]
) -> None:
    a_report(status=Status.ASSIGNED, office=government.works)
    client = as_user(sari)
    assert "Antrean ini kosong" in client.get(queue_url("punyaku")).content.decode()
    assert "Tidak ada yang cocok" in client.get(queue_url("kantor"), {"q": "gajah"}).content.decode()


def test_htmx_gets_only_the_rows_and_the_spoken_count(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    report = a_report()
    answer = as_user(koordinator).get(queue_url("baru"), headers={"HX-Request": "true"})
    words = answer.content.decode()
    assert report.code in words and 'id="jumlah"' in words and "<html" not in words


def test_the_first_page_shows_todays_work(
    government: Government, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    a_report()
    for name, person in everyone.items():
        answer = as_user(person).get(reverse("desk:home"))
        expected = {"anon": 302, "warga": 404}.get(name, 200)
        assert answer.status_code == expected, name
        assert expected != 200 or "no-store" in answer["Cache-Control"]
        shown = answer.content.decode()
        assert ("Aturan disposisi" in shown) is (name == "koordinator"), name
