"""Small offices are named about as often as their reports come, and never surer than the last step is."""

import datetime as dt

import numpy as np
import pytest

from pendopo.domains.reports.routing_model.arrays import OF_JOINT, READERS, ordered, trust_facts
from pendopo.domains.reports.routing_model.fit import Example, fit
from pendopo.domains.reports.tests.test_training import made_up


def lift_of(small: int, now: dt.datetime) -> dict[int, float]:
    """The lift of every office, after `small` reports of office 9 that mostly speak like those of office 1."""
    texts = [
        "lampu tiang gelap mati",
        "tiang malam bohlam",
        "penerangan gelap mati sirene",
        "mati malam bohlam lampu",
    ]
    rows = [Example(texts[number % 4], "", 9, now) for number in range(small)]
    model = fit([*made_up(200, now), *rows], min_per_office=1)
    return dict(zip(model.offices.tolist(), model.arrays["lift"].tolist(), strict=True))


def test_an_office_that_is_named_too_seldom_is_lifted(now: dt.datetime):
    lift = lift_of(8, now)
    assert lift[9] > 1.2
    assert min(lift.values()) == 1.0


def test_four_reports_are_too_few_to_lift(now: dt.datetime):
    assert lift_of(4, now)[9] == 1.0


def test_the_order_hears_the_joint_reader_and_the_lift():
    mix = np.array([[0.7, 0.3]])
    scores = np.full((1, READERS, 2), 5.0)
    scores[0, 0] = 0.0  # the joint reader knows nothing; nobody else is asked again
    plain = (1 - OF_JOINT) * 0.7 + OF_JOINT * 0.5
    assert ordered(mix, scores, np.ones(2))[0, 0] == pytest.approx(plain)
    lifted = ordered(mix, scores, np.array([1.0, 2.0]))[0]
    assert lifted[1] == pytest.approx(2 * (1 - plain) / (plain + 2 * (1 - plain)))
    assert lifted.argmax() == 1


def test_an_answer_that_does_not_lead_in_the_last_step_tells_so():
    mix, votes = np.array([[0.7, 0.2, 0.1]]), np.array([[0.5, 0.3, 0.2]])
    scores, long = np.zeros((1, READERS, 3)), np.array([4])

    def lead(first: int) -> float:
        return float(trust_facts(mix, np.array([first]), scores, votes, long)[0, 1])

    assert lead(0) == pytest.approx(np.log(0.7 / 0.2))
    assert lead(1) == pytest.approx(np.log(0.2 / 0.7))
