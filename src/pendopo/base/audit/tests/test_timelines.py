import datetime as dt

import pytest

from pendopo.base.accounts.models import User
from pendopo.base.audit import verbs
from pendopo.base.audit.models import Entry
from pendopo.base.audit.tests.acts import CLOSED, NOTED, wrote
from pendopo.base.audit.timelines import citizen_timeline, officer_sentence, officer_timeline
from pendopo.base.organizations.testing import Government

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def test_the_citizen_reads_offices_and_never_an_officers_name(
    sari: User, government: Government, now: dt.datetime
) -> None:
    wrote(verb=NOTED, actor=sari, subject=sari, organization=government.works, at=now)
    facts = {"proof": "foto", "due": "2026-03-30"}
    wrote(verb=CLOSED, actor=sari, subject=sari, organization=government.works, at=now + HOUR,
          facts=facts, public=True)  # fmt: skip
    (line,) = citizen_timeline(sari)
    assert line.sentence == "Dinas Pekerjaan Umum menyatakan selesai sebelum 30 Maret 2026."
    assert (line.actor, line.public, line.at) == ("Dinas Pekerjaan Umum", True, now + HOUR)
    assert "Sari" not in str(line)


@pytest.mark.parametrize(
    ("label", "shown"), [("Pelapor", "Pelapor"), ("Sistem", "Sistem"), ("Joko", "Petugas")]
)
def test_without_an_office_only_nameless_labels_are_shown(sari: User, label: str, shown: str) -> None:
    wrote(verb=CLOSED, subject=sari, actor_label=label, public=True)
    assert [line.actor for line in citizen_timeline(sari)] == [shown]


def test_the_reporters_own_act_is_not_told_as_the_offices(sari: User, government: Government) -> None:
    wrote(verb=CLOSED, subject=sari, actor_label="Pelapor", organization=government.works, public=True)
    assert [line.actor for line in citizen_timeline(sari)] == ["Pelapor"]


def test_the_officer_reads_everything_oldest_first(
    sari: User, government: Government, now: dt.datetime
) -> None:
    wrote(verb=CLOSED, actor=sari, subject=sari, at=now + HOUR, public=True,
          facts={"proof": "foto", "due": "2026-03-30"})  # fmt: skip
    wrote(verb=NOTED, actor=sari, subject=sari, at=now)
    wrote(verb=NOTED, subject=government.works, at=now)
    assert [line.sentence for line in officer_timeline(sari)] == [
        "Sari Wulandari menulis catatan.",
        "Sari Wulandari menutup … dengan bukti foto; batasnya 30 Maret 2026.",
    ]


def test_a_timeline_costs_one_query_however_long(
    sari: User, government: Government, now: dt.datetime, django_assert_num_queries
) -> None:
    for hours in range(30):
        wrote(verb=CLOSED, subject=sari, organization=government.works, at=now + hours * HOUR, public=True)
    with django_assert_num_queries(1):
        assert len(citizen_timeline(sari)) == 30
    with django_assert_num_queries(1):
        assert [line.at for line in officer_timeline(sari, limit=2)] == [now + 28 * HOUR, now + 29 * HOUR]


def test_old_entries_stay_readable_whatever_is_missing(sari: User) -> None:
    wrote(verb=CLOSED, subject=sari, public=True)
    gone = Entry(verb="gone.room", actor_label="Sari", at=dt.datetime(2026, 3, 9, tzinfo=dt.UTC))
    assert citizen_timeline(sari)[0].sentence == "Sistem menyatakan selesai sebelum …."
    assert officer_sentence(gone) == "Sari: gone.room"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("{due}", "30 Maret 2026"),
        ("{bad_date}", "2026-13-99"),
        ("{flag} {none} {list}", "ya … a, 2"),
        ("{html}", "<b>{due}</b>"),
        ("{actor.__class__} {list[0]}", "… …"),
        ("{due!r:>40}", "30 Maret 2026"),
        ("{}", "…"),
        ("{0} {1}", "… …"),
        ("{broken", "{broken"),
    ],
)
def test_a_sentence_never_fails(sentence: str, told: str) -> None:
    facts = {
        "due": "2026-03-30", "bad_date": "2026-13-99", "flag": True, "none": None, "list": ["a", 2],
        "html": "<b>{due}</b>",
    }  # fmt: skip
    assert verbs.tell(sentence, facts) == told
