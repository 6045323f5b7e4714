"""`pendopo routing train --from FILE.csv`: offices and places of a file are matched by name with those here."""

import datetime as dt
import io
import random
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.models import RoutingModel
from pendopo.domains.reports.textmodel import THE_KECAMATAN, THE_KELURAHAN, in_use
from pendopo.domains.reports.training_file import load
from pendopo.kernel import caches
from pendopo.kernel.errors import Refused

HEADER = "keluhan,instansi,kecamatan,kelurahan,tanggal_keluhan"
WORDS = {
    "Dinas Pekerjaan Umum": "lubang aspal jalan retak tambal motor".split(),  # noqa: SIM905
    "Dinas Lingkungan Hidup": "sampah bau menumpuk truk plastik".split(),  # noqa: SIM905
    "Kelurahan Mawar": "surat pengantar warga tetangga rukun".split(),  # noqa: SIM905
}


def written(folder: Path, lines: list[str]) -> str:
    path = folder / "lama.csv"
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return str(path)


def old_reports(count: int) -> list[str]:
    rng = random.Random(3)
    start = dt.datetime(2025, 1, 1, 8)  # noqa: DTZ001 - files know no zone
    lines = []
    for number in range(count):
        office = rng.choice(sorted(WORDS))
        text = " ".join(rng.choices(WORDS[office], k=6))
        lines.append(f"{text} nomor{number},{office},Melati,Mawar,{start + dt.timedelta(hours=number)}")
    return lines


def test_names_are_matched_and_the_unknown_ones_told(government: Government, tmp_path: Path):
    loaded = load(
        written(
            tmp_path,
            [
                "jalan rusak,dinas  PEKERJAAN umum,melati, MAWAR,2025-01-01 08:00",
                "surat lama,Kelurahan Mawar,Melati,Mawar,2025-01-02 08:00",
                "camat,Kecamatan Nun Jauh,Nun Jauh,Entah,2025-01-03 08:00",
                "hantu,Dinas Perhantuan,Melati,Mawar,2025-01-04 08:00",
                "setan,Dinas Perhantuan,Melati,Mawar,2025-01-05 08:00",
            ],
        )
    )
    assert [row.office_id for row in loaded.examples] == [government.works.pk, THE_KELURAHAN, THE_KECAMATAN]
    assert [row.area for row in loaded.examples] == [("99.71.01", "99.71.01.1001")] * 2 + [()]
    assert all(row.at.tzinfo for row in loaded.examples)
    assert loaded.unmatched == [("Dinas Perhantuan", 2)]


def test_a_file_of_strangers_is_refused(government: Government, tmp_path: Path):
    with pytest.raises(Refused, match="Tidak ada satu pun nama kantor"):
        load(written(tmp_path, ["hantu,Dinas Perhantuan,Melati,Mawar,2025-01-04 08:00"]))


def test_the_command_learns_from_a_file_before_the_first_report(government: Government, tmp_path: Path):
    path = written(tmp_path, [*old_reports(240), "hantu,Dinas Perhantuan,Melati,Mawar,2025-01-04 08:00"])
    out = io.StringIO()
    call_command("routing", "train", source=path, stdout=out)
    assert "1 laporan dilewati" in out.getvalue()
    assert "Dinas Perhantuan" in out.getvalue()
    assert RoutingModel.objects.get().in_use
    caches.clear_all()
    model = in_use()
    assert model is not None
    guess = model.predict(
        "aspal berlubang, jalan retak", category="", area=("99.71.01", "99.71.01.1001"), top=1
    )[0]
    assert guess.office_id == government.works.pk


def test_a_missing_file_ends_with_two(government: Government, tmp_path: Path):
    with pytest.raises(CommandError) as problem:
        call_command("routing", "train", source=str(tmp_path / "tidak-ada.csv"))
    assert problem.value.returncode == 2
    assert not RoutingModel.objects.exists()
