import datetime as dt

import pytest

from pendopo.base.audit.models import Entry, Mark
from pendopo.base.audit.tests.acts import CLOSED, NOTED, wrote
from pendopo.base.organizations.testing import Government

pytestmark = pytest.mark.django_db
URL = "/meja/jejak/"


def test_each_person_meets_only_what_is_theirs(everyone, government: Government, as_user) -> None:
    wrote(subject=government.regions["99.71"], organization=government.works)
    wrote(subject=government.regions["99.71.01"], organization=government.works, restricted=True)
    seen: dict[str, tuple[int, bool, bool]] = {}
    for name, user in everyone.items():
        answer = as_user(user).get(URL)
        page = answer.content.decode()
        seen[name] = (answer.status_code, ">99.71<" in page, ">99.71.01<" in page)
    for name in ("sari", "budi", "ibu_ratna"):
        assert seen.pop(name) == (200, True, True), name
    assert seen.pop("administrator") == (200, True, False)
    assert seen.pop("anon") == (302, False, False)
    assert seen.pop("warga") == (404, False, False)
    assert set(seen.values()) == {(200, False, False)}


def test_the_queries_do_not_grow_with_the_page(
    government: Government, administrator, as_user, now: dt.datetime, django_assert_max_num_queries
) -> None:
    browser = as_user(administrator)
    for minutes in range(60):
        wrote(at=now + dt.timedelta(minutes=minutes), organization=government.works)
    with django_assert_max_num_queries(8):
        browser.get(URL)


def test_pages_follow_each_other_without_gap_or_repeat(
    government: Government, sari, as_user, now: dt.datetime
) -> None:
    for minutes in range(55):
        wrote(at=now + dt.timedelta(minutes=minutes // 2), organization=government.works)
    browser = as_user(sari)
    first = browser.get(URL, {"verb": NOTED})
    second = browser.get(URL, {"verb": NOTED, "before": str(first.context["older"])})
    assert second.context["older"] is None
    assert f"before={first.context['older']}" in first.content.decode()
    assert 'name="before"' not in second.content.decode()  # a new filter starts at the newest entry
    shown = [entry for page in (first, second) for entry, _sentence in page.context["lines"]]
    assert shown == list(Entry.objects.filter(verb=NOTED).order_by("-at", "-pk"))


def test_the_filter_narrows_by_day_office_verb_and_number(
    government: Government, administrator, as_user, now: dt.datetime
) -> None:
    wanted = wrote(at=now, verb=CLOSED, subject=government.regions["99.71"], organization=government.works)
    wrote(at=now - dt.timedelta(days=1), verb=CLOSED, organization=government.works)
    wrote(at=now, verb=NOTED, organization=government.environment)
    browser = as_user(administrator)
    for query in (
        {"since": "2026-03-09", "until": "2026-03-09", "verb": CLOSED},
        {"since": "2026-03-09", "office": str(government.works.pk), "until": "2026-03-10"},
        {"code": " 99.71 "},
    ):
        lines = browser.get(URL, query).context["lines"]
        assert [entry for entry, _sentence in lines] == [wanted], query


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"since": "kemarin"}, "Tulis tanggal yang ada"),
        ({"since": "0001-01-01"}, "terlalu lama"),
        ({"since": "2026-03-09", "until": "2026-03-08"}, "lebih awal"),
        ({"until": "9999-12-31"}, "terlalu jauh"),
        ({"office": "x"}, "Pilih kantor dari daftar"),
        ({"verb": "'; DROP TABLE audit_entry; --"}, "Pilih perbuatan dari daftar"),
        ({"code": "x" * 61}, "paling panjang"),
        ({"code": "\x00"}, "huruf tersembunyi"),
        ({"before": "tadi"}, "tidak utuh"),
        ({"before": f"{10**30}.1"}, "tidak utuh"),
        ({"before": f"1.{2**63}"}, "tidak utuh"),
    ],
)
def test_a_broken_filter_is_answered_with_a_sentence(
    sari, as_user, query: dict[str, str], words: str
) -> None:
    answer = as_user(sari).get(URL, query)
    assert answer.status_code == 422
    assert words.lower() in answer.content.decode().lower()


def test_an_office_of_others_is_not_offered(sari, government: Government, as_user) -> None:
    answer = as_user(sari).get(URL, {"office": government.environment.pk})
    assert answer.status_code == 422
    assert "Dinas Lingkungan Hidup" not in answer.content.decode()


def test_a_mark_survives_the_address() -> None:
    mark = Mark(dt.datetime(2026, 3, 9, 2, 0, 0, 123456, tzinfo=dt.UTC), 42)
    assert Mark.parse(str(mark)) == mark
