import datetime as dt
import uuid

import pytest

from pendopo.base.accounts.models import User
from pendopo.base.audit import actions, verbs
from pendopo.base.audit.models import Entry
from pendopo.base.audit.tests.acts import CLOSED, NOTED, wrote
from pendopo.base.organizations.testing import Government

pytestmark = pytest.mark.django_db


def test_an_entry_keeps_who_which_office_what_and_when(
    sari: User, government: Government, now: dt.datetime, django_assert_num_queries
) -> None:
    region = government.regions["99.71.01.1001"]
    sari.refresh_from_db()
    with django_assert_num_queries(2):  # her roles, once a request, and the entry
        entry = actions.record(
            actor=sari, verb=CLOSED, subject=region, organization=government.works, at=now,
            facts={"proof": "foto", "due": dt.date(2026, 3, 30), "tries": 2, "late": False},
        )  # fmt: skip
    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.actor, kept.actor_label) == (sari, "Sari Wulandari")
    assert kept.organization == government.works
    assert (kept.subject_kind, kept.subject_id) == ("regions.region", None)
    assert kept.subject_code == "99.71.01.1001"
    assert kept.at == now
    assert kept.facts == {"proof": "foto", "due": "2026-03-30", "tries": 2, "late": False}


def test_a_subject_with_a_number_is_found_again(sari: User, government: Government) -> None:
    entry = wrote(subject=sari, organization=government.works.pk)
    assert list(Entry.objects.about(sari)) == [entry]
    assert entry.organization == government.works


def test_the_system_and_citizens_stay_nameless(warga: User) -> None:
    assert wrote().actor_label == "Sistem"
    assert wrote(actor=warga).actor_label == "Warga"
    assert wrote(actor_label="Pelapor").actor_label == "Pelapor"


def test_an_unknown_verb_is_a_programming_error() -> None:
    with pytest.raises(verbs.UnknownVerb, match=r"tests\.never"):
        wrote(verb="tests.never")
    assert not Entry.objects.exists()


def test_only_a_verb_with_a_sentence_for_citizens_may_be_public() -> None:
    with pytest.raises(ValueError, match="citizens"):
        wrote(verb=NOTED, public=True)
    assert wrote(verb=CLOSED, public=True).public


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        wrote(at=dt.datetime(2026, 3, 9))  # noqa: DTZ001


def test_facts_are_plain_and_clean(sari: User) -> None:
    entry = wrote(
        facts={"proof": "fo\x00to\u202e", "list": ("a", 1, None), "map": {"b": dt.date(2026, 1, 2)}}
    )
    entry.refresh_from_db()
    assert entry.facts == {"proof": "foto", "list": ["a", 1, None], "map": {"b": "2026-01-02"}}
    for odd in (sari, uuid.uuid4(), b"x", {1, 2}):
        with pytest.raises(TypeError, match="plain"):
            wrote(facts={"odd": odd})


def test_many_entries_take_one_statement(now: dt.datetime, django_assert_num_queries) -> None:
    drafts = [actions.draft(actor=None, verb=NOTED, subject=None, at=now) for _ in range(500)]
    with django_assert_num_queries(1):
        actions.record_many(drafts)
    assert Entry.objects.count() == 500


@pytest.mark.parametrize("name", ["closed", "Reports.closed", "reports.", "reports closed", "a." + "b" * 60])
def test_a_verb_needs_the_name_of_its_room(name: str) -> None:
    with pytest.raises(ValueError, match="namespaced"):
        verbs.register(name, "x")


def test_a_verb_is_registered_once_and_whole() -> None:
    with pytest.raises(ValueError, match="twice"):
        verbs.register(CLOSED, "x")
    with pytest.raises(ValueError, match="}"):
        verbs.register("tests.broken", "{actor menutup")
    assert verbs.find("tests.broken") is None
