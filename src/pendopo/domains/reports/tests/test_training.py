"""The text model learns only from enough closed reports, is measured on later ones, and never gets worse."""

import datetime as dt
import io
import pickle
import random
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports import textmodel, training
from pendopo.domains.reports.models import Report, RoutingModel, Status
from pendopo.domains.reports.routing import lower_bound
from pendopo.domains.reports.testing import a_report, prepare
from pendopo.domains.reports.textmodel import THE_KECAMATAN, THE_KELURAHAN, TextModel
from pendopo.domains.reports.training import Example, examples, fit, measure, thresholds, train
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
        *[Example("kucing anjing liar", "hewan", 9, now)] * (training.MIN_PER_OFFICE - 1),
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
        assert set(arrays) == {"terms", "idf", "weights", "bias", "offices"}
        assert not any(arrays[name].dtype.hasobject for name in arrays)
    evil = io.BytesIO()
    np.savez(evil, terms=np.array([{"a": 1}], dtype=object))
    for bad in (evil.getvalue(), pickle.dumps({"terms": []}), b"", b"not a model"):
        with pytest.raises((ValueError, EOFError)):
            TextModel.load(bad, {})


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
    model = TextModel({}, None, None, None, None, {"0.90": 0.6, "0.95": 0.8})
    assert model.threshold_for(0.9) == 0.6
    assert model.threshold_for(0.92) == 0.8
    assert model.threshold_for(0.98) is None


def test_it_is_measured_on_later_reports_that_it_has_not_seen(
    government: Government, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
):
    closed_reports(government, 250, now)
    seen: dict[str, Any] = {}

    def spy_fit(rows: Any, real: Any = fit) -> TextModel:
        seen.setdefault("fitted", []).append([row.at for row in rows])
        return real(rows)

    def spy_measure(model: TextModel, later: Any, real: Any = measure) -> Any:
        seen["later"] = [row.at for row in later]
        return real(model, later)

    monkeypatch.setattr(training, "fit", spy_fit)
    monkeypatch.setattr(training, "measure", spy_measure)
    row = train(now=now)
    first, last = seen["fitted"]
    assert (len(first), len(seen["later"]), len(last)) == (200, 50, 250)
    assert max(first) < min(seen["later"])
    assert row.top1 > 0.95
    assert row.in_use


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


def test_a_worse_model_never_takes_over(government: Government, now: dt.datetime):
    closed_reports(government, 200, now)
    good = train(now=now)
    RoutingModel.objects.filter(pk=good.pk).update(top1=1.0)
    Report.objects.update(text="sampah bau")  # now the words mean nothing
    worse = train(now=now + dt.timedelta(days=1))
    assert not worse.in_use
    assert RoutingModel.objects.get(in_use=True) == good


def test_a_better_model_takes_over_at_once(government: Government, now: dt.datetime):
    closed_reports(government, 200, now)
    old = train(now=now)
    assert textmodel.in_use() is not None
    new = train(now=now + dt.timedelta(days=1))
    caches.clear_all()
    old.refresh_from_db()
    assert (old.in_use, new.in_use) == (False, True)
    served = textmodel.in_use()
    assert served is not None
    assert served.thresholds == new.thresholds


def test_old_models_do_not_pile_up(government: Government, now: dt.datetime):
    closed_reports(government, 200, now)
    first = train(now=now)
    data = bytes(first.weights)
    RoutingModel.objects.bulk_create(
        RoutingModel(
            trained_at=now - dt.timedelta(days=n), examples=1, classes=2, top1=0, top3=0, weights=data
        )
        for n in range(1, 9)
    )
    train(now=now + dt.timedelta(days=1))
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
