"""A year of demo reports has the shape of a real year: hours, weekdays, lengths, endings, one flood."""

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest

from pendopo.base.organizations.demo import home_village, village_slug
from pendopo.base.organizations.demo_offices import AGENCIES
from pendopo.base.organizations.demo_staff import CITIZEN
from pendopo.base.regions.demo import geography
from pendopo.base.registries.demo import City
from pendopo.domains.reports.demo_desks import arranged, office_after, sampled
from pendopo.domains.reports.demo_rules import AUTOMATIC_SINCE, RULES
from pendopo.domains.reports.demo_sampling import CITIZENS_OWN, ReportDraft, sample_reports
from pendopo.domains.reports.demo_story import status_after
from pendopo.domains.reports.models import Status

NOW = dt.datetime(2026, 11, 22, 5, 0, tzinfo=dt.UTC)
N = 12_000

# The status after each act, and the statuses in which the act may come.
AFTER = {
    "verify": "VERIFIED", "assign": "ASSIGNED", "give_back": "VERIFIED", "take": "IN_PROGRESS",
    "answer": "IN_PROGRESS", "ask": "AWAITING_INFO", "reply": "IN_PROGRESS", "reopen": "REOPENED",
    "archive": "ARCHIVED", "merge": "MERGED", "forward": "FORWARDED", "confirm": "CLOSED_BY_CITIZEN",
    "close_officer": "CLOSED_BY_OFFICER", "close_timer": "CLOSED_BY_SYSTEM",
}  # fmt: skip
BEFORE = {
    "verify": {"RECEIVED"}, "classify": {"VERIFIED"}, "urgency": {"VERIFIED"}, "assign": {"VERIFIED"},
    "give_back": {"ASSIGNED"}, "take": {"ASSIGNED"}, "look": {"IN_PROGRESS"},
    "answer": {"IN_PROGRESS", "REOPENED"}, "ask": {"IN_PROGRESS"}, "task": {"IN_PROGRESS"},
    "task_done": {"IN_PROGRESS"}, "reply": {"AWAITING_INFO"}, "note": {"IN_PROGRESS"},
    "propose": {"IN_PROGRESS"}, "check": {"IN_PROGRESS"}, "reopen": {"ANSWERED"},
    "archive": {"RECEIVED", "AWAITING_INFO"}, "merge": {"RECEIVED"}, "forward": {"VERIFIED"},
    "confirm": {"ANSWERED"}, "rate": {"CLOSED_BY_CITIZEN"}, "close_officer": {"ANSWERED"},
    "close_timer": {"ANSWERED"},
}  # fmt: skip
FINAL = {"CLOSED_BY_CITIZEN", "CLOSED_BY_OFFICER", "CLOSED_BY_SYSTEM", "ARCHIVED", "FORWARDED", "MERGED"}


def status_of(draft: ReportDraft) -> str:
    """Replays a story; an act in the wrong place fails the test."""
    status, last = "RECEIVED", draft.when
    for step in draft.story:
        assert status in BEFORE[step.act], (draft.number, step, status)
        assert last <= step.at <= NOW
        last = step.at
        status = "ANSWERED" if step.act == "check" and step.extra == "ya" else AFTER.get(step.act, status)
    return status


@pytest.fixture(scope="module")
def year() -> list[ReportDraft]:
    return list(sample_reports(City(now=NOW), N))


def test_there_are_exactly_as_many_as_asked_in_order_of_time(year):
    assert len(year) == N
    assert [draft.number for draft in year] == list(range(N))
    assert all(one.when <= other.when for one, other in pairwise(year))
    assert year[0].when >= NOW - dt.timedelta(days=365)
    assert year[-1].when <= NOW


def test_one_day_brings_exactly_250_reports_from_the_river(year):
    busiest, count = Counter(draft.when.date() for draft in year).most_common(1)[0]
    assert count == 250
    wet = {village.code for village in geography(9971).villages if village.riverside}
    flood = [draft for draft in year if draft.when.date() == busiest]
    assert sum(draft.kelurahan in wet for draft in flood) >= 225
    assert sum(draft.category_key == "banjir" for draft in flood) >= 140


def test_hours_and_weekdays_follow_an_office_town(year):
    hours = Counter(draft.when.hour for draft in year)
    assert all(0.065 < hours[hour] / N < 0.09 for hour in (8, 9, 10, 11))
    assert all(hours[hour] / N < 0.016 for hour in range(5))
    weekdays = Counter(draft.when.weekday() for draft in year)
    assert all(0.14 < weekdays[day] / N < 0.18 for day in range(5))
    assert 0.09 < weekdays[5] / N < 0.13
    assert 0.07 < weekdays[6] / N < 0.11


def test_texts_are_varied_and_of_real_length(year):
    texts = [draft.text for draft in year]
    lengths = sorted(len(text.split()) for text in texts)
    assert len(set(texts)) / N > 0.98
    assert len({word.lower() for text in texts for word in text.split()}) > 8_000
    assert 24 <= lengths[N // 2] <= 36
    assert 42 <= lengths[N * 3 // 4] <= 66
    assert 10 <= sum(length > 300 for length in lengths) <= 150


def test_some_hide_their_name_and_some_the_whole_report(year):
    assert 0.06 < sum(draft.anonymous for draft in year) / N < 0.10
    assert 0.03 < sum(draft.secret for draft in year) / N < 0.055


def test_neighbours_write_about_the_same_thing(year):
    latest: dict[tuple[str, str], dt.datetime] = {}
    repeats = 0
    for draft in year:
        key = (draft.topic_key, draft.kelurahan)
        if key in latest and draft.when - latest[key] < dt.timedelta(days=1):
            repeats += 1
        latest[key] = draft.when
        assert draft.same_as is None or draft.same_as < draft.number
    assert 0.08 < repeats / N < 0.115


def test_every_story_is_a_legal_path_and_the_endings_have_their_shares(year):
    endings = Counter(status_of(draft) for draft in year)
    closed = sum(endings[status] for status in FINAL)
    assert 0.5 < endings["CLOSED_BY_SYSTEM"] / closed < 0.6
    assert 0.2 < endings["CLOSED_BY_CITIZEN"] / closed < 0.3
    assert 0.05 < endings["CLOSED_BY_OFFICER"] / closed < 0.11
    assert endings["ARCHIVED"] > 200
    assert endings["FORWARDED"] > 50
    assert endings["AWAITING_INFO"] >= 3
    assert endings["RECEIVED"] >= 20
    assert 600 <= N - closed <= 900


def test_some_open_reports_are_late(year):
    open_ones = [draft for draft in year if status_of(draft) not in FINAL | {"ANSWERED"}]
    old = [d for d in open_ones if d.report_class == "ORDINARY" and NOW - d.when > dt.timedelta(days=23)]
    assert 20 <= len(old) <= 140


def test_every_office_named_exists_in_the_demo_government(year):
    known = {agency.slug for agency in AGENCIES}
    for draft in year:
        assert draft.true_office in known or draft.true_office.startswith(("kel-", "kec-"))
        assert (draft.latitude is None) == (draft.longitude is None)


def test_no_contact_can_reach_a_real_person(year):
    for draft in year:
        who = draft.reporter
        assert not who.phone or who.phone.startswith("0800000")
        assert not who.email or who.email.endswith("@contoh.example")
    assert sum(draft.reporter.email == CITIZEN.email for draft in year) == len(CITIZENS_OWN)


def test_the_same_seed_and_day_give_the_same_year():
    one = list(sample_reports(City(now=NOW), 300))
    assert one == list(sample_reports(City(now=NOW), 300))
    assert one != list(sample_reports(City(now=NOW, seed=7), 300))


@pytest.mark.parametrize(
    "day", [dt.datetime(2027, 1, 1, 20, 0, tzinfo=dt.UTC), dt.datetime(2028, 3, 5, 1, 0, tzinfo=dt.UTC)]
)
def test_the_city_can_be_built_on_any_day(day):
    drafts = list(sample_reports(City(now=day), 1200))
    assert len(drafts) == 1200
    assert max(Counter(draft.when.date() for draft in drafts).values()) == 250


def test_the_citizens_own_reports_stand_where_they_are_wanted(year):
    own = [draft for draft in year if draft.own]
    assert [status_of(draft) in wanted for draft, (_back, wanted) in zip(own, CITIZENS_OWN, strict=True)]
    assert not any(draft.secret or draft.anonymous for draft in own)


def test_nobody_is_asked_who_cannot_answer_and_no_secret_is_told_to_another_office(year):
    for draft in year:
        acts = {step.act for step in draft.story}
        assert not ("ask" in acts and not (draft.own or draft.reporter.email or draft.reporter.phone))
        assert not (draft.secret and acts & {"task", "merge"})
        assert "merge" not in acts or (draft.same_as is not None and not year[draft.same_as].secret)


def test_rules_act_alone_only_since_they_may(year):
    alone = [d for d in year if any(s.act == "assign" and s.actor == "system" for s in d.story)]
    assert 100 < len(alone) < 600
    assert min(draft.when for draft in alone) >= NOW - dt.timedelta(days=AUTOMATIC_SINCE)
    assert {draft.category_key for draft in alone} == {r.category for r in RULES if r.automatic}
    assert 0.8 < sum(draft.true_office == draft.story[1].extra for draft in alone) / len(alone) < 1


def test_the_desks_of_the_sign_in_list_are_filled_without_inventing_an_act(year):
    arranged_year = arranged(City(now=NOW), year)
    for before, after in zip(year, arranged_year.drafts, strict=True):
        assert after.story == before.story[: len(after.story)]
    stands = Counter(status_of(draft) for draft in arranged_year.drafts)
    assert stands["RECEIVED"] >= 20
    assert min(stands.values()) >= 3
    assert len(stands) == len(Status)
    open_at_works = [
        d for d in arranged_year.drafts
        if office_after(d) == "dpu" and status_of(d) in ("ASSIGNED", "IN_PROGRESS", "REOPENED")
    ]  # fmt: skip
    assert 36 <= len(open_at_works) <= 70
    home = village_slug(
        next(v.name for v in geography(9971).villages if v.code == home_village(geography(9971)))
    )
    at_home = [d for d in arranged_year.drafts if office_after(d) == home]
    assert 8 <= sum(status_of(d) in ("ASSIGNED", "IN_PROGRESS", "REOPENED") for d in at_home) <= 14
    assert len(arranged_year.hers) == 5
    assert len(arranged_year.proposed) == 2
    assert arranged_year.proposed < arranged_year.hers


def test_all_states_are_on_show_whatever_the_day():
    for hours in (31, 93, 155):  # other days of the week, other hours
        drafts = sampled(City(now=NOW + dt.timedelta(hours=hours)), 5000).drafts
        assert len({status_after(draft.story) for draft in drafts}) == len(Status)
