"""The figures of `pendopo routing evaluate` are what a person would count by hand."""

import datetime as dt
import io
import json
import random
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from pendopo.domains.reports.routing_model import evaluate as evaluation
from pendopo.domains.reports.routing_model import measure, table
from pendopo.domains.reports.routing_model.arrays import Guess
from pendopo.domains.reports.routing_model.table import Row, fold
from pendopo.kernel.errors import Refused

HEADER = "keluhan,instansi,kecamatan,kelurahan,tanggal_keluhan"
DAY = dt.datetime(2026, 1, 1, 8)  # noqa: DTZ001 - files know no zone
TEXTS = {
    "Dinas Lampu": "lampu tiang gelap mati bohlam malam penerangan".split(),  # noqa: SIM905
    "Dinas Sampah": "sampah bau menumpuk truk plastik kontainer".split(),  # noqa: SIM905
    "Kelurahan Mawar": "surat pengantar warga rt rw tetangga".split(),  # noqa: SIM905
}


def a_file(folder: Path, name: str, lines: list[str], encoding: str = "utf-8") -> str:
    path = folder / name
    path.write_bytes("\n".join([HEADER, *lines]).encode(encoding))
    return str(path)


def made_up(count: int, seed: int, start: dt.datetime) -> list[str]:
    rng = random.Random(seed)
    lines = []
    for number in range(count):
        office = rng.choice(sorted(TEXTS))
        text = " ".join(rng.choices(TEXTS[office], k=6)) + f" nomor{seed}{number}"
        lines.append(f"{text},{office},Taman,Mawar,{start + dt.timedelta(hours=number)}")
    return lines


def test_the_automatic_share_is_the_longest_row_that_stays_precise():
    outcomes = [(0.9, True), (0.8, True), (0.7, False), (0.6, True), (0.5, True)]
    assert measure.auto_share(outcomes, 0.95) == 0.4  # after two: 2/2
    assert measure.auto_share(outcomes, 0.80) == 1.0  # 4/5, though 2/3 in between
    assert measure.auto_share(outcomes, 0.75) == 1.0
    assert measure.auto_share([(0.9, False), (0.8, False)], 0.95) == 0.0
    assert measure.auto_share([], 0.95) == 0.0


def test_equally_sure_answers_cannot_be_parted():
    assert measure.auto_share([(0.9, True), (0.9, False)], 0.95) == 0.0
    assert measure.auto_share([(0.9, True), (0.9, True), (0.5, False)], 0.95) == pytest.approx(2 / 3)


def test_a_small_office_counts_like_a_large_one():
    truth, said = ["a", "a", "a", "b"], ["a", "a", "b", "c"]
    # a: 2·2/(3+2) = 0.8, b: 0/(1+1) = 0, c (only said): 0
    assert measure.macro_f1(truth, said) == pytest.approx(0.8 / 3)
    assert measure.macro_f1([], []) == 0.0


def test_the_true_precision_at_a_threshold_is_told():
    outcomes = [(0.9, True), (0.8, False), (0.2, True)]
    assert measure.at_threshold(outcomes, 0.8) == (pytest.approx(2 / 3), 0.5)
    assert measure.at_threshold(outcomes, None) == (0.0, None)
    assert measure.reached([(0.9, True), (0.8, True), (0.7, False)])["0.95"] == 0.8


def test_an_interval_is_wide_for_few():
    assert measure.interval(0, 0) == (0.0, 1.0)
    low, high = measure.interval(8, 10)
    assert (low, high) == (pytest.approx(0.490, abs=0.001), pytest.approx(0.943, abs=0.001))


def test_offices_of_places_fold_into_one():
    assert fold("Kelurahan Mawar") == fold("Kecamatan Taman") == "WILAYAH"
    assert fold("Dinas Kelurahan") == "Dinas Kelurahan"
    assert fold("Kelurahanan") == "Kelurahanan"


def test_the_figures_of_four_reports_are_right():
    names = ["Dinas Lampu", "Dinas Sampah", "WILAYAH"]
    asked = [
        Row("a", "Dinas Lampu", "Taman", "Mawar", DAY),
        Row("b", "Kelurahan Mawar", "Taman", "Mawar", DAY),
        Row("c", "Kecamatan Taman", "Taman", "Mawar", DAY),
        Row("d", "Dinas Baru", "Taman", "Mawar", DAY),
    ]
    answers = [
        [Guess(0, 0.9, [])],
        [Guess(2, 0.8, [])],
        [Guess(2, 0.7, [])],
        [Guess(1, 0.6, []), Guess(0, 0.1, [])],
    ]
    found = evaluation.figures(names, asked, answers, {"0.95": 0.75}, {("Taman", "Mawar"): "Kelurahan Mawar"})
    assert (found["top1"], found["top3"]) == (0.75, 0.75)  # an office never learned is wrong
    assert found["macro_f1"] == 0.5  # 1, 1, and 0 for the new office and for the one said instead
    assert (found["auto_share_at_95"], found["auto_share_at_95_folded"]) == (0.5, 0.75)
    assert (found["auto_share_at_95_calibrated"], found["auto_share_at_95_calibrated_precision"]) == (
        0.5,
        1.0,
    )
    assert found["auto_share_at_90_calibrated"] == 0.0  # the stricter threshold is not lent
    assert found["auto_share_at_90_calibrated_precision"] is None


def test_a_repeated_text_leaves_the_test_and_not_the_training():
    train = [Row("Lampu  MATI!", "x", "", "", DAY)]
    test = [Row("lampu mati", "x", "", "", DAY), Row("lampu padam", "x", "", "", DAY)]
    kept, dropped = evaluation.without_repeats(train, test)
    assert ([row.text for row in kept], dropped) == (["lampu padam"], 1)


def test_two_files_become_one_json_object(tmp_path: Path):
    train = a_file(tmp_path, "a.csv", made_up(120, 1, DAY))
    test = a_file(tmp_path, "b.csv", [*made_up(30, 2, DAY + dt.timedelta(days=30)), ",,,,2026-03-01"])
    out = io.StringIO()
    call_command("routing", "evaluate", "--train", train, "--test", test, "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert {"n", "classes", "top1", "top3", "macro_f1", "auto_share_at_95", "auto_share_at_90", "ms_per_report",
            "train_s", "auto_share_at_95_calibrated", "auto_share_at_90_calibrated"} <= set(found)  # fmt: skip
    assert (found["n"], found["classes"], found["rows_skipped"]) == (30, 3, 1)
    assert found["top1"] > 0.9
    assert found["test_is_later"] is True
    told = io.StringIO()
    call_command("routing", "evaluate", "--train", train, "--test", test, stdout=told)
    assert "Tepat pada saran pertama" in told.getvalue()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["a,b"], "jumlah kolomnya kurang"),
        (["a,b,c,d,kemarin"], "tanggal 'kemarin' tidak dikenal"),
        ([",,c,d,2026-01-01"], "tidak berisi laporan"),
        (["a\x00,b,c,d,kemarin"], "baris 2"),
    ],
)
def test_a_bad_file_is_explained(tmp_path: Path, lines: list[str], told: str):
    with pytest.raises(Refused, match=told):
        table.read(a_file(tmp_path, "a.csv", lines))


def test_a_wrong_file_ends_with_two(tmp_path: Path):
    with pytest.raises(CommandError, match="tidak ditemukan") as missing:
        call_command("routing", "evaluate", "--train", "tidak-ada.csv", "--test", "tidak-ada.csv")
    assert missing.value.returncode == 2
    with pytest.raises(CommandError, match="Sebutkan kedua berkas"):
        call_command("routing", "evaluate")
    (tmp_path / "x.csv").write_text("keluhan,tanggal\na,b\n", encoding="utf-8")
    with pytest.raises(Refused, match="kolom instansi, kecamatan, kelurahan, tanggal_keluhan"):
        table.read(str(tmp_path / "x.csv"))
    with pytest.raises(Refused, match="bukan teks UTF-8"):
        table.read(a_file(tmp_path, "l.csv", ["é,b,c,d,2026-01-01"], encoding="latin-1"))
    with pytest.raises(Refused, match="tidak dapat dibaca"):
        table.read(str(tmp_path))
