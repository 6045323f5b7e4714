"""The shipped list holds every official area, spelled as people write it."""

import csv
import lzma
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pendopo.base.regions import compile_official, official
from pendopo.base.regions.names import proper_name
from pendopo.base.regions.official import Area


def test_the_list_holds_all_four_levels():
    assert official.counts() == (38, 514, 7285, 83762)


def test_the_file_stays_small_and_says_where_it_comes_from():
    assert official.FILE.stat().st_size < 400_000
    assert any("Open Database License" in line for line in official.header())
    notice = (official.FILE.parent / "NOTICE.md").read_text()
    assert "idn-area-data" in notice
    assert "share-alike" in notice


def test_every_area_is_sorted_and_below_its_parent():
    seen: set[str] = set()
    last = ""
    for area in official.areas():
        assert area.code > last
        assert area.level == 1 or official.parent_code(area.code) in seen
        assert area.name == " ".join(area.name.split())
        seen.add(area.code)
        last = area.code


def test_kota_surakarta_has_five_kecamatan_and_54_kelurahan():
    levels = [area.level for area in official.under("33.72")]
    assert [levels.count(level) for level in (1, 2, 3, 4)] == [0, 1, 5, 54]
    assert official.under("33.99") == []


@pytest.mark.parametrize(
    ("code", "full_name"),
    [
        ("33", "Provinsi Jawa Tengah"),
        ("33.72", "Kota Surakarta"),
        ("33.11", "Kabupaten Sukoharjo"),
        ("31.71", "Kota Administrasi Jakarta Pusat"),
        ("31.01", "Kabupaten Administrasi Kepulauan Seribu"),
        ("33.72.01", "Kecamatan Laweyan"),
        ("33.72.01.1001", "Kelurahan Pajang"),
        ("11.01.01.2001", "Desa Keude Bakongan"),
        ("91.03.01.3007", "Desa Adat Yoboi"),
        ("91.03.01", "Distrik Sentani"),
        ("13.05.15", "Kecamatan 2 x 11 Kayu Tanam"),
    ],
)
def test_an_area_is_called_by_its_kind_and_name_once(code, full_name):
    assert official.find([code])[code].full_name == full_name


def test_search_shows_large_areas_first():
    found = official.search("surakarta")
    assert found[0].code == "33.72"
    assert official.search("  ") == []
    assert official.search("tidak ada begini") == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [("33.72", "33.72"), ("3372", "33.72"), (" 33 ", "33"), ("3372011001", "33.72.01.1001"),
     ("33.7", None), ("", None), ("abc", None), ("33.72.01.1001.1", None), ("３３", None), ("33\n", "33")],
)  # fmt: skip
def test_codes_are_read_with_or_without_dots(typed, code):
    assert official.normalize_code(typed) == code


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("KOTA ADMINISTRASI JAKARTA PUSAT", "Kota Administrasi Jakarta Pusat"),
        ("KABUPATEN OGAN KOMERING ULU", "Kabupaten Ogan Komering Ulu"),
        ("DKI JAKARTA", "DKI Jakarta"),
        ("PULO XIV", "Pulo XIV"),
        ("MINASATE'NE", "Minasate'ne"),
        ("ALANG-ALANG LEBAR", "Alang-alang Lebar"),
        ("2 X 11 KAYU TANAM", "2 x 11 Kayu Tanam"),
        ("TIRO/TRUSEB", "Tiro/Truseb"),
    ],
)
def test_a_shouting_list_is_written_properly(raw, name):
    assert proper_name(raw, shouted=True) == name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("lamuk", "Lamuk"),
        ("PulauTujuh", "Pulau Tujuh"),
        ("SoE", "SoE"),
        ("RD. PJKA", "RD. PJKA"),
        ("P.O. Hurlang", "P.O. Hurlang"),
        ("Tgk.Dibanda Pirak", "Tgk. Dibanda Pirak"),
        ('Ra"as', "Ra'as"),
        ("Abar- abir", "Abar-abir"),
        ("Losung Batu.", "Losung Batu"),
        ("Na IX - X", "Na IX-X"),
        ("Cibal  barat", "Cibal Barat"),
    ],
)
def test_small_slips_of_the_list_are_mended(raw, name):
    assert proper_name(raw) == name


def test_tidying_twice_changes_nothing():
    assert all(proper_name(area.name) == area.name for area in official.areas())


def _write_tables(folder, rows):
    for table, level in zip(compile_official.TABLES, (1, 2, 3, 4), strict=True):
        with (folder / table).open("w", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(["code", "name"])
            writer.writerows(row for row in rows if official.level_of(row[0]) == level)


ROWS = [
    ("99", "PROVINSI UJI"), ("99.01", "KABUPATEN SATU"), ("99.01.01", "SATU"), ("99.01.01.2001", "MAWAR II"),
    ("99.01.01.2002", "MELATI"), ("99.01.03", "TIGA"), ("99.01.03.1005", "LIMA"), ("99.71", "KOTA DUA"),
]  # fmt: skip


def test_a_list_is_compiled_from_tables_and_read_back(tmp_path, monkeypatch):
    _write_tables(tmp_path, ROWS)
    content, number = compile_official.compile_folder(tmp_path, ["asal"])
    file = tmp_path / "list.xz"
    file.write_bytes(content)
    monkeypatch.setattr(official, "FILE", file)
    assert number == len(ROWS)
    assert [(a.code, a.name) for a in official.areas()] == [
        (c, proper_name(n, shouted=True)) for c, n in ROWS
    ]
    assert official.header() == ["asal"]
    assert compile_official.compile_folder(tmp_path, ["asal"])[0] == content


@pytest.mark.parametrize(
    ("row", "reason"),
    [(("99.02.01", "Yatim"), "tanpa induk"), (("99.01", "Lagi"), "berulang"), (("9x", "Salah"), "kode atau nama"),
     (("99.03", ""), "kode atau nama")],
)  # fmt: skip
def test_a_bad_table_is_refused_with_the_reason(tmp_path, row, reason):
    _write_tables(tmp_path, [*ROWS, row] if row[0] != "9x" else ROWS)
    if row[0] == "9x":
        (tmp_path / "provinces.csv").write_text("code,name\n9x,Salah\n")
    with pytest.raises(compile_official.BadTable, match=reason):
        compile_official.compile_folder(tmp_path, [])


def test_a_missing_table_is_refused(tmp_path):
    with pytest.raises(compile_official.BadTable, match="tidak terbaca"):
        compile_official.compile_folder(tmp_path, [])


suffixes = st.sets(st.integers(1, 99), min_size=1, max_size=4)


@settings(max_examples=30)  # each is packed as hard as can be
@given(
    st.dictionaries(
        st.integers(11, 99), st.dictionaries(st.integers(1, 99), suffixes, max_size=3), max_size=3
    )
)
def test_any_tree_survives_packing(tree):
    rows = []
    for province, regencies in tree.items():
        rows.append(Area(f"{province:02d}", f"P {province}"))
        for regency, districts in regencies.items():
            rows.append(Area(f"{province:02d}.{regency:02d}", f"R{regency}"))
            for district in districts:
                rows.append(Area(f"{province:02d}.{regency:02d}.{district:02d}", "2 x 11"))
                rows.append(Area(f"{province:02d}.{regency:02d}.{district:02d}.2{district:03d}", "Desa"))
    text = lzma.decompress(official.encode(rows, ["asal"])).decode()
    assert list(official._decode(text.splitlines(keepends=True))) == sorted(rows, key=lambda a: a.code)


def test_pendopo_regions_count_needs_no_database():
    """The counts are printed even where no server runs."""
    done = subprocess.run(
        [sys.executable, "-c", "from pendopo.config.cli import main; main()", "regions", "count"],
        capture_output=True, text=True, timeout=60, check=True,
        env={"PENDOPO_MODE": "test", "DATABASE_URL": "postgresql://nobody@localhost:1/none",
             "PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["38", "514", "7285", "83762"]
