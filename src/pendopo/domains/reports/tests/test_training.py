"""The text model learns only from enough closed reports, is measured on later ones, and never gets worse."""

import datetime as dt
import io
import pickle
import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports import textmodel, training
from pendopo.domains.reports.models import Handover, Report, RoutingModel, Status
from pendopo.domains.reports.routing_model.arrays import ARRAYS
from pendopo.domains.reports.routing_model.fit import MIN_PER_OFFICE, Example, Refusal, fit
from pendopo.domains.reports.routing_model.measure import lower_bound, thresholds
from pendopo.domains.reports.testing import a_report, prepare
from pendopo.domains.reports.textmodel import THE_KECAMATAN, THE_KELURAHAN, TextModel
from pendopo.domains.reports.training import compare, examples, halves, measure, refusals, train
from pendopo.kernel import caches, ids
from pendopo.kernel.errors import Refused

WORDS = {
    1: "lampu tiang gelap mati bohlam malam penerangan".split(),  # noqa: SIM905
    2: "sampah bau menumpuk truk plastik kontainer".split(),  # noqa: SIM905
    3: "lubang aspal jalan retak tambal motor".split(),  # noqa: SIM905
}


def made_up(count: int, start: dt.datetime, confused: float = 0.0) -> list[Example]:
    """Reports about three things; a share `confused` was done by another office than the words say."""
    rng = random.Random(5)
    rows = []
    for number in range(count):
        about = rng.choice((1, 2, 3))
        text = " ".join(rng.choices(WORDS[about], k=5))
        office = rng.choice((1, 2, 3)) if rng.random() < confused else about
        rows.append(Example(text, "lainnya", office, start + dt.timedelta(hours=number)))
    return rows


def closed_reports(government: Government, count: int, now: dt.datetime, **changes: Any) -> None:
    """Closed reports without their history: the model reads nothing else."""
    prepare()
    offices = {1: government.works, 2: government.environment, 3: government.villages[0]}
    Report.objects.bulk_create(
        Report(
            code=ids.new_code("LAP"), slug=ids.new_slug(), status=Status.CLOSED_BY_SYSTEM,
            office=offices[row.office_id], channel="WEB", category_id="lainnya", report_class="ORDINARY",
            text=row.text, public_text=row.text, region_id="99.71.01.1001", received_at=row.at, updated_at=row.at,
            closed_at=row.at, **changes,
        )
        for row in made_up(count, now)
    )  # fmt: skip


# Fitting and serving


def test_it_learns_which_words_mean_which_office(now: dt.datetime):
    model = fit(made_up(150, now))
    guess, *others = model.predict("tiang LAMPU mati, gelap!", category="lainnya", top=3)
    assert guess.office_id == 1
    assert {"lampu", "gelap"} & set(guess.words)
    assert guess.certainty > 0.8
    assert guess.certainty + sum(other.certainty for other in others) == pytest.approx(1)


def test_served_arrays_say_what_scikit_learn_says(now: dt.datetime):
    rows = made_up(120, now)
    model = fit(rows)
    again = TextModel.load(model.dump(), {})
    for row in rows[:10]:
        one = model.predict(row.text, category="lainnya", top=3)
        two = again.predict(row.text, category="lainnya", top=3)
        assert [g.office_id for g in one] == [g.office_id for g in two]
        assert [g.certainty for g in one] == pytest.approx([g.certainty for g in two], abs=1e-5)


def test_two_offices_are_enough_and_one_is_not(now: dt.datetime):
    two = [row for row in made_up(90, now) if row.office_id != 3]
    guess, other = fit(two).predict("sampah bau", category="lainnya", top=3)
    assert (guess.office_id, other.office_id) == (2, 1)
    assert guess.certainty + other.certainty == pytest.approx(1)
    with pytest.raises(Refused):
        fit([row for row in two if row.office_id == 1])


def test_an_office_with_too_few_reports_is_left_to_rules_and_place(now: dt.datetime):
    rows = [
        *made_up(90, now),
        *[Example("kucing anjing liar", "hewan", 9, now)] * (MIN_PER_OFFICE - 1),
    ]
    assert 9 not in fit(rows).offices


def test_unknown_words_and_the_category_alone_say_nothing(now: dt.datetime):
    model = fit(made_up(90, now))
    assert model.predict("xyzzy", category="lainnya", top=3) == []
    assert model.predict("", category="lainnya", top=3) == []
    assert model.predict("\x00 \u202e 🚧", category="lainnya", top=3) == []


def test_a_stored_model_holds_arrays_only_and_never_a_pickle(now: dt.datetime):
    data = fit(made_up(90, now)).dump()
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        assert set(arrays) == {*ARRAYS, "terms0", "terms1", "terms2", "terms3"}
        assert not any(arrays[name].dtype.hasobject for name in arrays)
    evil = io.BytesIO()
    np.savez(evil, terms0=np.array([{"a": 1}], dtype=object))
    for bad in (evil.getvalue(), pickle.dumps({"terms0": []}), b"", b"not a model"):
        with pytest.raises((ValueError, EOFError)):
            TextModel.load(bad, {})


def test_a_model_of_an_older_release_stays_silent(db: None, now: dt.datetime):
    old = io.BytesIO()
    np.savez(old, terms=np.zeros(1, dtype=np.uint8), weights=np.zeros((2, 2)))
    RoutingModel.objects.create(
        trained_at=now, examples=1, classes=2, top1=1, top3=1, weights=old.getvalue(), in_use=True
    )
    caches.clear_all()
    assert textmodel.in_use() is None


# Measuring


def test_thresholds_are_proven_not_lucky():
    lucky = [(0.9, True)] * 5
    assert thresholds(lucky) == {}  # five right ones prove nothing
    many = [(0.9, True)] * 400 + [(0.5, False)] * 400
    assert thresholds(many) == dict.fromkeys(("0.80", "0.85", "0.90", "0.95", "0.98"), 0.9)
    assert lower_bound(400, 400) > 0.98


def test_equally_sure_guesses_stand_or_fall_together():
    tied = [(0.7, True)] * 300 + [(0.7, False)] * 300
    assert thresholds(tied) == {}
    below = [(0.9, True)] * 200 + [(0.7, True)] * 100 + [(0.7, False)] * 100
    assert set(thresholds(below).values()) == {0.9}


def test_a_threshold_is_the_lowest_certainty_that_still_reaches_the_precision():
    rows = [(0.9, True)] * 500 + [(0.8, True)] * 95 + [(0.8, False)] * 5 + [(0.2, False)] * 900
    found = thresholds(rows)
    assert found["0.98"] == 0.8  # 595 of 600
    assert "0.80" in found
    assert found["0.80"] == 0.8


def test_the_wanted_precision_or_a_stricter_one_decides():
    model = TextModel((), {}, {"0.90": 0.6, "0.95": 0.8})
    assert model.threshold_for(0.9) == 0.6
    assert model.threshold_for(0.92) == 0.8
    assert model.threshold_for(0.98) is None


def test_it_is_measured_on_later_reports_that_it_has_not_seen(
    government: Government, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
):
    closed_reports(government, 250, now)
    seen: dict[str, Any] = {"fitted": []}

    def spy_fit(rows: Any, refused: Any, real: Any = fit) -> TextModel:
        seen["fitted"].append(rows)
        return real(rows, refused)

    def spy_measure(model: TextModel, later: Any, real: Any = measure) -> Any:
        seen["later"] = later
        return real(model, later)

    monkeypatch.setattr(training, "fit", spy_fit)
    monkeypatch.setattr(training, "measure", spy_measure)
    row = train(now=now)
    first, last = seen["fitted"]
    assert (len(first), len(last)) == (200, 250)
    assert max(one.at for one in first) < min(one.at for one in seen["later"])
    assert not {one.text for one in first} & {one.text for one in seen["later"]}
    assert row.top1 > 0.95
    assert row.in_use


def test_a_repeated_text_is_asked_only_once_it_was_not_learned(now: dt.datetime):
    rows = [Example(f"laporan {number}", "", 1, now + dt.timedelta(hours=number)) for number in range(9)]
    again = Example("LAPORAN  1!", "", 1, now + dt.timedelta(days=9))
    older, later = halves([*rows, again], at_least=0)
    assert (len(older), [row.text for row in later]) == (8, ["laporan 8"])
    with pytest.raises(Refused, match="mengulang"):
        halves([rows[0]] * 10, at_least=0)


# Taking over


def test_too_few_reports_train_nothing(government: Government, now: dt.datetime):
    closed_reports(government, training.MIN_EXAMPLES - 1, now)
    with pytest.raises(Refused, match="199"):
        train(now=now)
    assert not RoutingModel.objects.exists()
    assert textmodel.in_use() is None


def test_open_and_secret_reports_teach_nothing(government: Government, now: dt.datetime):
    closed_reports(government, 20, now, secret=True)
    a_report(status=Status.IN_PROGRESS, office=government.works, now=now)
    assert examples() == []


def test_offices_of_places_are_one_kind_of_office(government: Government, now: dt.datetime):
    closed_reports(government, 30, now)
    Report.objects.filter(office=government.environment).update(office=government.district)
    assert {row.office_id for row in examples()} == {government.works.pk, THE_KELURAHAN, THE_KECAMATAN}


def test_only_the_latest_reports_teach(
    government: Government, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
):
    closed_reports(government, 30, now)
    monkeypatch.setattr(training, "MAX_EXAMPLES", 10)
    rows = examples()
    assert [row.at for row in rows] == [now + dt.timedelta(hours=number) for number in range(20, 30)]


def in_use_since(moment: dt.datetime, model: TextModel) -> RoutingModel:
    row = RoutingModel.objects.create(
        trained_at=moment, examples=200, classes=3, top1=1, top3=1, weights=model.dump(), in_use=True
    )
    caches.clear_all()
    return row


def learned(government: Government, start: dt.datetime, confused: float = 0.0) -> TextModel:
    """A model of reports that are not in the database, of the same three offices."""
    offices = {1: government.works.pk, 2: government.environment.pk, 3: THE_KELURAHAN}
    rows = [replace(row, office_id=offices[row.office_id]) for row in made_up(200, start, confused)]
    return fit(rows)


def test_a_worse_model_never_takes_over(government: Government, now: dt.datetime):
    good = in_use_since(now + dt.timedelta(hours=180), learned(government, now))
    closed_reports(government, 260, now)
    Report.objects.filter(closed_at__lte=good.trained_at).update(text="sampah bau")  # nothing to learn from
    worse = train(now=now + dt.timedelta(days=20))
    assert not worse.in_use
    assert worse.compared_on > 0
    assert worse.compared_new < worse.compared_current
    assert RoutingModel.objects.get(in_use=True) == good


def test_a_better_model_takes_over_at_once(government: Government, now: dt.datetime):
    old = in_use_since(now + dt.timedelta(hours=180), learned(government, now, confused=1.0))
    closed_reports(government, 260, now)
    new = train(now=now + dt.timedelta(days=20))
    caches.clear_all()
    old.refresh_from_db()
    assert (old.in_use, new.in_use) == (False, True)
    assert new.compared_new > new.compared_current
    served = textmodel.in_use()
    assert served is not None
    assert served.thresholds == new.thresholds


def test_both_models_are_asked_only_what_neither_has_learned(
    government: Government, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
):
    """The model in use learned from all that was closed before it was trained, whatever its stored figure says."""
    current = in_use_since(now + dt.timedelta(hours=190), learned(government, now))
    closed_reports(government, 260, now)
    asked: list[dt.datetime] = []

    def spy(twin: TextModel, served: Any, rows: Any, real: Any = compare) -> Any:
        asked.extend(row.at for row in rows)
        return real(twin, served, rows)

    monkeypatch.setattr(training, "compare", spy)
    train(now=now + dt.timedelta(days=20))
    assert min(asked) > current.trained_at


def test_too_few_new_reports_compare_nothing(government: Government, now: dt.datetime):
    closed_reports(government, 200, now)
    first = train(now=now + dt.timedelta(hours=200))
    with pytest.raises(Refused, match="Baru 0 laporan selesai sejak"):
        train(now=now + dt.timedelta(days=20))
    assert RoutingModel.objects.get() == first
    assert compare(learned(government, now), learned(government, now), []) == training.Compared(0, 0, 1)


# Returns


def test_what_came_back_teaches_no(government: Government, now: dt.datetime):
    open_report = a_report(status=Status.ASSIGNED, office=government.works, text="lampu taman", now=now)
    Handover.objects.filter(case=open_report).update(returned_at=now)
    assert refusals(before=now) == []  # not known at that moment
    (refused,) = refusals(before=now + dt.timedelta(seconds=1))
    assert (refused.text, refused.office_id) == ("lampu taman", government.works.pk)
    Report.objects.filter(pk=open_report.pk).update(secret=True)
    assert refusals(before=now + dt.timedelta(days=1)) == []


def test_an_office_is_named_less_for_what_it_sends_back(now: dt.datetime):
    rows = made_up(150, now)
    said_no = [Refusal("lampu gelap taman", "lainnya", 1)] * 40

    def certainty(model: TextModel) -> float:
        guesses = model.predict("lampu gelap taman", category="lainnya", top=3)
        return next(guess.certainty for guess in guesses if guess.office_id == 1)

    assert certainty(fit(rows, said_no)) < certainty(fit(rows))


def test_a_report_that_was_sent_on_counts_double(government: Government, now: dt.datetime):
    closed_reports(government, 20, now)
    report = Report.objects.order_by("pk").first()
    assert report is not None
    Handover.objects.create(
        case=report, source=government.works, target=government.environment, at=now, returned_at=now
    )
    weights = {row.weight for row in examples()}
    assert weights == {1.0, training.SENT_ON}
    assert sum(row.weight == training.SENT_ON for row in examples()) == 1


def test_old_models_do_not_pile_up(government: Government, now: dt.datetime):
    closed_reports(government, 260, now)
    first = in_use_since(now + dt.timedelta(hours=180), learned(government, now, confused=1.0))
    data = bytes(first.weights)
    RoutingModel.objects.bulk_create(
        RoutingModel(
            trained_at=now - dt.timedelta(days=n), examples=1, classes=2, top1=0, top3=0, weights=data
        )
        for n in range(1, 9)
    )
    train(now=now + dt.timedelta(days=20))
    assert RoutingModel.objects.filter(in_use=False).count() == training.KEPT
    assert RoutingModel.objects.filter(pk=first.pk).exists()  # the one before is kept


# The command


def test_the_command_trains_and_tells(government: Government, now: dt.datetime):
    prepare()
    out = io.StringIO()
    call_command("routing", "status", stdout=out)
    assert "Belum ada model terlatih" in out.getvalue()
    with pytest.raises(CommandError, match="Baru ada 0 laporan"):
        call_command("routing", "train", stdout=out)
    closed_reports(government, 200, now)
    call_command("routing", "train", stdout=out)
    call_command("routing", "status", stdout=out)
    assert "200 laporan, 3 kantor. Tepat pada saran pertama 100,0 %" in out.getvalue()
