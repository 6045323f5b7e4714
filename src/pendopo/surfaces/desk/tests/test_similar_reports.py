"""The panel of similar reports beside a case: who sees what, ticking several, taking one out again."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report

HERE, NEAR, FAR = (-7.59500, 110.80500), (-7.59600, 110.80500), (-7.62000, 110.80500)
SignIn = Callable[..., Client]


def case_url(report: Report) -> str:
    return reverse("desk:case", args=["reports", report.code])


def act_url(report: Report, verb: str) -> str:
    return reverse("desk:act", args=["reports", report.code, verb])


@pytest.fixture
def street(government: Government) -> list[Report]:
    """Three reports of one street, a fourth far away, a fifth at another office."""
    at: dict[str, Any] = {"status": Status.IN_PROGRESS, "office": government.works}
    return [
        a_report(point=HERE, **at),
        a_report(point=NEAR, text="Lampu jalan di depan masjid padam tiga malam", **at),
        a_report(point=NEAR, text="Gelap sekali, tolong diperbaiki", **at),
        a_report(point=FAR, text="Lampu di ujung kota", **at),
        a_report(
            point=NEAR, text="Lampu taman mati", status=Status.IN_PROGRESS, office=government.environment
        ),
    ]


def test_the_panel_tells_distance_age_likeness_and_offers_to_tick(
    street: list[Report], sari: Any, as_user: SignIn
) -> None:
    page = as_user(sari).get(case_url(street[0])).content.decode()
    assert "Laporan serupa di sekitar" in page and "111 m" in page and "kata-katanya" in page
    assert 'data-key="m"' in page and "Gabungkan ke laporan ini" in page
    for report, seen in zip(street[1:], (True, True, False, False), strict=True):
        assert (f'name="children" value="{report.pk}"' in page) == seen
    assert street[4].code not in page


def test_an_observer_reads_but_does_not_tick(street: list[Report], pengamat: Any, as_user: SignIn) -> None:
    page = as_user(pengamat).get(case_url(street[0])).content.decode()
    assert street[1].code in page and 'name="children"' not in page


def test_ticking_two_makes_them_children_and_one_comes_back(
    street: list[Report], sari: Any, as_user: SignIn
) -> None:
    client, parent = as_user(sari), street[0]
    data: dict[str, Any] = {"version": parent.version, "children": [street[1].pk, street[2].pk]}
    answer = client.post(act_url(parent, "gabungkan-ke-sini"), data, follow=True)
    page = answer.content.decode()
    assert "Digabung ke laporan ini" in page and street[1].code in page and street[2].code in page
    child = Report.objects.get(pk=street[1].pk)
    shown = client.get(case_url(child)).content.decode()
    assert "Digabung dengan" in shown and parent.code in shown
    answer = client.post(act_url(child, "pisahkan"), {"version": child.version}, follow=True)
    assert answer.status_code == 200
    statuses = dict(Report.objects.filter(pk__in=data["children"]).values_list("pk", "status"))
    assert statuses == {street[1].pk: Status.IN_PROGRESS, street[2].pk: Status.MERGED}
    stale = client.post(act_url(child, "pisahkan"), {"version": child.version})
    assert stale.status_code in {404, 409}


def test_a_number_that_is_not_in_the_list_can_be_typed(
    street: list[Report], sari: Any, as_user: SignIn
) -> None:
    data = {"version": street[0].version, "code": street[3].code.lower()}
    assert as_user(sari).post(act_url(street[0], "gabungkan-ke-sini"), data).status_code == 302
    assert Report.objects.get(pk=street[3].pk).merged_into == street[0]


@pytest.mark.parametrize(
    "wrong",
    [{}, {"code": "abc"}, {"code": "LAP-7K2M-Q9XA"}, {"children": ["x"]}, {"children": ["9" * 30]},
     {"children": ["\x00"]}, {"children": ["-1"]}, {"code": "🙂\x00" * 50}],
)  # fmt: skip
def test_what_cannot_be_merged_is_said_on_the_form(
    wrong: Any, street: list[Report], sari: Any, as_user: SignIn
) -> None:
    answer = as_user(sari).post(
        act_url(street[0], "gabungkan-ke-sini"), {"version": street[0].version, **wrong}
    )
    assert answer.status_code == 422
    assert not Report.objects.filter(status=Status.MERGED).exists()


def test_a_report_of_another_office_cannot_be_slipped_in(
    street: list[Report], sari: Any, as_user: SignIn
) -> None:
    data = {"version": street[0].version, "children": [street[4].pk]}
    assert as_user(sari).post(act_url(street[0], "gabungkan-ke-sini"), data).status_code == 409
    assert Report.objects.get(pk=street[4].pk).status == Status.IN_PROGRESS


def test_a_secret_report_near_by_is_seen_by_its_office_only(
    street: list[Report], government: Government, sari: Any, koordinator: Any, as_user: SignIn
) -> None:
    clients = {who: as_user(who) for who in (sari, koordinator)}
    secret = a_report(
        point=HERE,
        status=Status.IN_PROGRESS,
        office=government.works,
        secret=True,
        text="Ada pungutan di sini",
    )
    assert secret.code in clients[sari].get(case_url(street[0])).content.decode()
    assert secret.code not in clients[koordinator].get(case_url(street[0])).content.decode()
    shown = clients[sari].get(case_url(secret)).content.decode()
    assert 'name="children"' not in shown and "jadikan induk" in shown


def test_the_page_of_a_case_asks_a_steady_number_of_queries(
    street: list[Report], government: Government, sari: Any, as_user: SignIn, now: dt.datetime,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    client = as_user(sari)
    client.get(case_url(street[0]))
    for n in range(15):
        a_report(point=NEAR, status=Status.IN_PROGRESS, office=government.works, text=f"Gelap nomor {n}")
    with django_assert_max_num_queries(30):
        client.get(case_url(street[0]))
