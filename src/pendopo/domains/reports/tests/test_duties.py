"""Offices are known by their names and duties before many reports have been theirs."""

import datetime as dt
import re

import pytest

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.routing_model.duties import Duty, duties
from pendopo.domains.reports.routing_model.fit import MIN_PER_OFFICE, Example, fit
from pendopo.domains.reports.tests.test_training import made_up
from pendopo.domains.reports.textmodel import THE_KECAMATAN, THE_KELURAHAN
from pendopo.domains.reports.training import told_duties


def test_an_office_is_known_by_its_name_the_usual_and_its_own_duties():
    found = duties([(7, "Badan Penanggulangan  BENCANA Daerah", "Mengurus sirene. Menjaga tanggul;")])
    texts = [duty.text for duty in found]
    assert {duty.office_id for duty in found} == {7}
    assert texts[:2] == ["Badan Penanggulangan  BENCANA Daerah", "bpbd"]
    assert texts[-2:] == ["Mengurus sirene", "Menjaga tanggul"]
    assert any("tanah longsor" in text for text in texts)


def test_a_name_that_says_nothing_brings_nothing_but_itself():
    assert duties([(1, "Dinas Contoh", "")]) == [Duty("Dinas Contoh", 1)]


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Dinas Ketahanan Pangan dan Pertanian", ["dkpp"]),
        ("RSUD Bhakti Dharma Husada", ["bdh"]),
        ("RSUD dr. Iskak Raya", []),
        ("Inspektorat", []),
        ("", []),
    ],
)
def test_an_office_is_known_by_its_initials(name: str, initials: list[str]):
    found = [duty.text for duty in duties([(1, name, "")])]
    assert [text for text in found if re.fullmatch("[a-z]{1,6}", text)] == initials


def test_a_part_of_a_name_ends_with_the_word():
    kelurahan = {duty.text for duty in duties([(1, "Kelurahan", "")])}
    assert any("pengantar" in text for text in kelurahan)


def test_all_offices_of_places_are_two(government: Government):
    found = told_duties()
    assert {THE_KELURAHAN, THE_KECAMATAN, government.works.pk, government.environment.pk} <= {
        one.office_id for one in found
    }
    assert not {government.villages[0].pk, government.district.pk, government.root.pk} & {
        one.office_id for one in found
    }


def test_duties_speak_for_a_small_office(now: dt.datetime):
    small = [Example("laporan kucing nomor", "", 9, now)] * MIN_PER_OFFICE
    words = [Example("sampah bau sirene", "", 2, now), Example("lampu mati sirene", "", 1, now)]
    rows = [*made_up(150, now), *words, *small]
    told = [Duty("sirene kucing", 9)]

    def share(duty: list[Duty]) -> float:
        guesses = fit(rows, duties=duty).predict("sirene", category="", top=4)
        return next(guess.certainty for guess in guesses if guess.office_id == 9)

    assert share(told) > share([])


def test_duties_of_an_office_without_reports_name_nobody(now: dt.datetime):
    assert 9 not in fit(made_up(150, now), duties=[Duty("sampah bau", 9)]).offices
