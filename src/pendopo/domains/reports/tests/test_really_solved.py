"""Was it really solved? Facts of closings, voices, and what was reported again; small numbers stay unjudged."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from pendopo.base.audit.models import Entry
from pendopo.domains.reports import resolution
from pendopo.domains.reports.actions import closing, verdicts
from pendopo.domains.reports.models import (
    NeighbourVerdict,
    Report,
    ResolutionFact,
    ResolutionMonth,
    ResolutionPolicy,
    Status,
)
from pendopo.domains.reports.telling import follow_link
from pendopo.domains.reports.testing import a_report
from pendopo.kernel.errors import NotAllowed, Refused

DAY = dt.timedelta(days=1)
HERE, NEAR, FAR = (-7.595, 110.805), (-7.5955, 110.805), (-7.605, 110.805)  # 0, 55 and 1100 m


def closed(now: dt.datetime, **more: Any) -> Report:
    return a_report(status=Status.CLOSED_BY_CITIZEN, now=now, **more)


def judged(now: dt.datetime) -> ResolutionFact:
    resolution.refresh(now=now)
    return ResolutionFact.objects.order_by("closed_at", "pk")[0]


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_interval_holds_the_share_and_stays_between_0_and_1(part: int, whole: int) -> None:
    part = min(part, whole)
    low, high = resolution.wilson(part, whole)
    assert 0 <= low <= part / whole <= high <= 1
    assert high - low < 1


def test_the_interval_is_the_published_one() -> None:
    # Wilson score interval for 8 of 10 at 95 %: 0.490–0.943 (Newcombe 1998, table of examples, method 3)
    low, high = resolution.wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert resolution.wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("status", "how", "says"),
    [
        (Status.CLOSED_BY_CITIZEN, "CITIZEN", True),
        (Status.CLOSED_BY_OFFICER, "OFFICER", None),
        (Status.CLOSED_BY_SYSTEM, "TIMER", None),
    ],
)
def test_each_way_of_closing_is_a_fact_of_its_own(
    status: str, how: str, says: bool | None, city: Any, now: dt.datetime
) -> None:
    report = a_report(status=status, office=city.works, now=now)
    fact = ResolutionFact.objects.get()
    assert (fact.case, fact.how, fact.reporter_says, fact.office) == (report, how, says, city.works)
    assert fact.district_id == report.region_id.rpartition(".")[0]
    resolution.sum_up(now=now)
    row = ResolutionMonth.objects.get()
    assert (row.citizen, row.officer, row.timer) == tuple(
        int(how == one) for one in ("CITIZEN", "OFFICER", "TIMER")
    )


@pytest.mark.parametrize(
    ("point", "category", "after", "again"),
    [
        (NEAR, "lampu-jalan", 29, "SAME_PLACE"),
        (FAR, "lampu-jalan", 29, ""),
        (NEAR, "sampah", 29, ""),
        (NEAR, "lampu-jalan", 32, ""),
    ],
)
def test_a_new_report_near_by_of_the_same_kind_within_the_days_counts(
    point: Any, category: str, after: int, again: str, city: Any, now: dt.datetime
) -> None:
    closed(now, point=HERE)
    a_report(point=point, category=category, now=now + after * DAY)
    assert judged(now + 29 * DAY).settled is False  # not before the days are over
    fact = judged(now + 40 * DAY)
    assert (fact.settled, fact.again) == (True, again)


def test_without_a_point_the_same_written_address_counts(city: Any, now: dt.datetime) -> None:
    closed(now)
    a_report(address="JALAN MELATI, depan masjid", now=now + DAY)
    assert judged(now + 40 * DAY).again == "SAME_PLACE"


def test_a_merged_new_report_counts(city: Any, now: dt.datetime) -> None:
    old = closed(now, office=city.works, point=HERE)
    new = a_report(category="sampah", point=FAR, now=now + DAY)
    # Joined while the old one waited for its reporter's word; an ended report takes nobody in any more.
    Report.objects.filter(pk=new.pk).update(merged_into=old)
    assert judged(now + 40 * DAY).again == "MERGED"


def test_a_reopened_report_did_not_hold_and_its_next_closing_is_another_fact(
    city: Any, now: dt.datetime
) -> None:
    report = closed(now, office=city.works)
    closing.reopen(
        report_id=report.pk,
        holding=[report.pk],
        by=None,
        reason="Masih mati.",
        today=now.date(),
        now=now + DAY,
    )
    fact = ResolutionFact.objects.get()
    assert (fact.again, fact.reporter_says) == ("REOPENED", False)


def test_another_policy_gives_another_answer(city: Any, now: dt.datetime) -> None:
    ResolutionPolicy.objects.update(days=10, metres=2000)
    closed(now, point=HERE)
    a_report(point=FAR, now=now + 9 * DAY)
    assert judged(now + 12 * DAY).again == "SAME_PLACE"


def test_facts_that_no_action_wrote_are_added_and_running_twice_changes_nothing(
    city: Any, now: dt.datetime
) -> None:
    for _ in range(3):
        closed(now)
    ResolutionFact.objects.all().delete()
    assert resolution.refresh(now=now)["missed"] == 3
    rows = list(ResolutionMonth.objects.values_list("month", "citizen"))
    assert resolution.refresh(now=now + dt.timedelta(minutes=20))["missed"] == 0
    assert list(ResolutionMonth.objects.values_list("month", "citizen")) == rows


def test_secret_and_hidden_reports_are_in_no_sum(city: Any, now: dt.datetime) -> None:
    closed(now, secret=True)
    closed(now, hidden=True)
    resolution.refresh(now=now)
    assert not ResolutionMonth.objects.exists()


def test_a_fact_outlives_its_report(city: Any, now: dt.datetime) -> None:
    report = closed(now)
    report.delete()
    resolution.sum_up(now=now)
    assert ResolutionMonth.objects.get().citizen == 1


def test_a_neighbour_has_one_voice_and_may_change_it(city: Any, now: dt.datetime, still: Any) -> None:
    report = closed(now)
    client = Client()
    for word in ("beres", "beres", "belum"):
        assert client.post(f"/laporan/{report.slug}/beres/", {"kata": word}).status_code == 302
    assert NeighbourVerdict.objects.get().done is False
    fact = ResolutionFact.objects.get()
    assert (fact.yes, fact.no) == (0, 1)
    assert Entry.objects.filter(verb="reports.neighbour_said").count() == 2
    report.refresh_from_db()
    assert report.status == Status.CLOSED_BY_CITIZEN


def test_one_network_does_not_fill_the_ballot(city: Any, now: dt.datetime, still: Any) -> None:
    report = closed(now)
    for _ in range(9):
        Client().post(f"/laporan/{report.slug}/beres/", {"kata": "beres"})
    assert NeighbourVerdict.objects.count() == 5


def test_a_secret_hidden_or_unknown_report_takes_no_voice(city: Any, now: dt.datetime, still: Any) -> None:
    slugs = [closed(now, secret=True).slug, closed(now, hidden=True).slug, "tidakada22"]
    for slug in slugs:
        assert Client().post(f"/laporan/{slug}/beres/", {"kata": "beres"}).status_code == 404
    assert not NeighbourVerdict.objects.exists()


def test_an_open_report_takes_no_voice(city: Any, now: dt.datetime) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=city.works, now=now)
    with pytest.raises(Refused):
        verdicts.say_as_neighbour(slug=report.slug, by=None, mark="m", done=True, now=now)
    assert not NeighbourVerdict.objects.exists()


@pytest.mark.parametrize("name", ["sari", "tono", "koordinator", "pengamat"])
def test_staff_do_not_judge_their_own_house(name: str, city: Any, everyone: Any, now: dt.datetime) -> None:
    report = closed(now)
    with pytest.raises(NotAllowed):
        verdicts.say_as_neighbour(slug=report.slug, by=everyone[name], mark="m", done=True, now=now)


def test_the_reporter_speaks_apart_from_neighbours(city: Any, now: dt.datetime, still: Any) -> None:
    report = a_report(status=Status.CLOSED_BY_SYSTEM, office=city.works, now=now)
    client = Client()
    client.get(follow_link(report).removeprefix(settings.PUBLIC_URL))
    assert "Apakah benar sudah beres?" in client.get(f"/lacak/{report.code}/").content.decode()
    client.post(f"/laporan/{report.slug}/beres/", {"kata": "beres"})  # not as a neighbour
    assert not NeighbourVerdict.objects.exists()
    for _ in range(2):
        assert client.post(f"/lacak/{report.code}/kata/", {"kata": "belum"}).status_code == 302
    fact = ResolutionFact.objects.get()
    assert (fact.reporter_says, fact.yes, fact.no, fact.how) == (False, 0, 0, "TIMER")
    assert Client().post(f"/lacak/{report.code}/kata/", {"kata": "belum"}).status_code == 404


def test_a_word_that_is_none_is_refused(city: Any, now: dt.datetime, still: Any) -> None:
    report = closed(now)
    for word in ("", "\x00", "x" * 5000, "👍"):
        assert Client().post(f"/laporan/{report.slug}/beres/", {"kata": word}).status_code == 302
    assert not NeighbourVerdict.objects.exists()


def test_few_are_not_judged_and_many_are(
    city: Any, now: dt.datetime, still: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        closed(now)
    resolution.refresh(now=now)
    assert "terlalu sedikit untuk dinilai" in Client().get("/angka/beres/").content.decode()
    row = ResolutionMonth.objects.get()
    row.citizen, row.timer = 60, 40
    row.save()
    with django_assert_max_num_queries(12):
        page = Client().get("/angka/beres/?per=kategori").content.decode()
    page = page.replace("\xa0", " ")
    assert "60 %" in page
    assert "50 %" in page  # 60 of 100: about 50–69
    table = b"".join(Client().get("/angka/beres/unduh.csv").streaming_content).decode()
    assert "0.502,0.691" in table.replace(";", ",")


@pytest.mark.parametrize("query", ["?per=salah", "?masa=salah", "?per=%00", "?masa=1066"])
def test_addresses_that_name_nothing_are_404(query: str, city: Any, still: Any) -> None:
    assert Client().get(f"/angka/beres/{query}").status_code == 404


def test_the_desk_page_is_for_koordinator_and_heads_with_their_own_office(
    city: Any, everyone: dict[str, Any], now: dt.datetime, still: Any, as_user: Callable[[Any], Client]
) -> None:
    report = closed(now, office=city.works)
    closing.reopen(
        report_id=report.pk, holding=[report.pk], by=None, reason="Masih mati.", today=now.date(), now=now
    )
    resolution.refresh(now=now)
    pages = {
        name: as_user(user).get("/meja/laporan/beres/") for name, user in everyone.items() if name != "anon"
    }
    open_to = {name for name, page in pages.items() if page.status_code == 200}
    assert open_to == {"koordinator", "administrator", "pengamat", "ibu_ratna", "sekda"}
    assert report.code in pages["ibu_ratna"].content.decode()
    assert report.code in pages["koordinator"].content.decode()
    assert Client().get("/meja/laporan/beres/").status_code == 302
