"""`pendopo regions`: the official list, setting up a government, importing polygons."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from pendopo.base.regions import actions, compile_official, official
from pendopo.base.regions.boundaries import BadFile, read_collection
from pendopo.base.regions.compile_official import BadTable
from pendopo.kernel import clock

LEVELS = ("provinsi", "kabupaten/kota", "kecamatan", "kelurahan/desa")
ORIGIN = [
    "Kode dan nama wilayah resmi Indonesia: provinsi, kabupaten/kota, kecamatan, kelurahan/desa.",
    "Diturunkan dari {name} (fityannugroho/idn-area-data), Open Database License 1.0. Lihat NOTICE.md.",
]
_FILE_TROUBLE: dict[type[OSError], str] = {
    FileNotFoundError: "tidak ditemukan",
    IsADirectoryError: "adalah folder, bukan berkas",
    PermissionError: "tidak boleh dibaca oleh pengguna ini",
}
_TOO_BIG = 300 * 1024 * 1024


class Command(BaseCommand):
    help = "Wilayah resmi: hitung, cari, siapkan pemerintah daerah, muat batas wilayah."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="PERINTAH")
        verbs.add_parser("count", help="berapa wilayah di daftar resmi")
        search = verbs.add_parser("search", help="cari kode wilayah dari namanya")
        search.add_argument("name", nargs="+", metavar="NAMA")
        load = verbs.add_parser("load", help="siapkan sebuah pemerintah daerah di pangkalan data kosong")
        load.add_argument(
            "code", metavar="KODE", help="misalnya 33.72 (Kota Surakarta) atau 33 (Jawa Tengah)"
        )
        boundaries = verbs.add_parser("boundaries", help="muat poligon dari berkas GeoJSON (properti kode)")
        boundaries.add_argument("files", nargs="+", type=Path, metavar="BERKAS")
        build = verbs.add_parser("build", help="untuk pengelola: susun ulang daftar resmi dari CSV")
        build.add_argument("folder", type=Path, metavar="FOLDER")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        getattr(self, verb)(**options)

    def count(self, **_options: Any) -> None:
        for label, number in zip(LEVELS, official.counts(), strict=True):
            self.stdout.write(f"{number:>6} {label}")  # plain digits: scripts read this too

    def search(self, name: list[str], **_options: Any) -> None:
        found = official.search(" ".join(name))
        if not found:
            raise CommandError(f"Tidak ada wilayah bernama {' '.join(name)!r} di daftar resmi.")
        above = official.find({code for area in found for code in official.ancestors(area.code)})
        for area in found:
            line = [above[code].name for code in reversed(official.ancestors(area.code))]
            self.stdout.write(f"{area.code:<14} {', '.join([area.full_name, *line])}")

    def load(self, code: str, **_options: Any) -> None:
        try:
            loaded = actions.load_government(code=code)
        except actions.RefusedLoad as refusal:
            raise CommandError(str(refusal)) from None
        except DatabaseError as error:
            raise CommandError(_database_words(error)) from error
        parts = [
            f"{_thousands(number)} {label}"
            for number, label in zip(
                (loaded.regencies, loaded.districts, loaded.villages), LEVELS[1:], strict=True
            )
        ]
        news = f"{_thousands(loaded.added)} wilayah baru" if loaded.added else "semua sudah ada sebelumnya"
        self.stdout.write(self.style.SUCCESS(f"{loaded.government} siap: {', '.join(parts)} ({news})."))

    def boundaries(self, files: list[Path], **_options: Any) -> None:
        for file in files:
            self._import(file)

    def _import(self, file: Path) -> None:
        try:
            if file.stat().st_size > _TOO_BIG:
                raise BadFile("lebih besar dari 300 MB; pecah per kecamatan.")
            features = read_collection(file.read_text(encoding="utf-8-sig"))
            report = actions.import_boundaries(features=features, source=file.name, now=clock.now())
        except UnicodeDecodeError:
            raise CommandError(f"{file}: isinya bukan teks UTF-8.") from None
        except OSError as error:
            raise CommandError(f"{file} {_FILE_TROUBLE.get(type(error), 'tidak terbaca')}.") from None
        except BadFile as refusal:
            raise CommandError(f"{file}: {refusal}") from None
        except DatabaseError as error:
            raise CommandError(_database_words(error)) from error
        for refused in report.refused:
            self.stderr.write(f"ditolak  {refused.label}: {refused.reason}")
        kept = f"{len(report.new)} baru, {len(report.changed)} berubah, {len(report.unchanged)} tetap"
        beside = f" (di antaranya {len(report.neighbours)} wilayah tetangga)" if report.neighbours else ""
        self.stdout.write(f"{file.name}: {kept}, {len(report.refused)} ditolak{beside}.")
        if not (report.new or report.changed or report.unchanged):
            raise CommandError(f"{file}: tidak ada wilayah yang dapat dimuat.")

    def build(self, folder: Path, **_options: Any) -> None:
        origin = [line.format(name=folder.resolve().name) for line in ORIGIN]
        try:
            content, number = compile_official.compile_folder(folder, origin)
        except BadTable as refusal:
            raise CommandError(str(refusal)) from None
        official.FILE.write_bytes(content)
        self.stdout.write(f"{_thousands(number)} wilayah, {_thousands(len(content))} bita: {official.FILE}")


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _database_words(error: DatabaseError) -> str:
    name = connection.settings_dict.get("NAME")
    first = str(error).strip().splitlines()[0] if str(error).strip() else "tanpa keterangan"
    return f"Pangkalan data {name} belum siap ({first}). Jalankan dahulu: pendopo migrate"
