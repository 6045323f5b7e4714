"""`pendopo routing`: train the text model that suggests offices, measure it on later reports, see how good it is."""

import json
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pendopo.domains.reports.learning import train, train_from
from pendopo.domains.reports.models import RoutingModel
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

_ROWS = (
    ("n", "Laporan yang diuji"),
    ("classes", "Kantor (kelurahan dan kecamatan dihitung satu)"),
    ("top1", "Tepat pada saran pertama"),
    ("top3", "Tepat pada salah satu dari tiga saran"),
    ("macro_f1", "F1 rata-rata semua kantor"),
    ("auto_share_at_95", "Dapat otomatis dengan ketepatan 95 %"),
    ("auto_share_at_95_calibrated", "… dengan ambang dari data latih"),
    ("auto_share_at_95_calibrated_precision", "… ketepatan sebenarnya di atas ambang itu"),
    ("auto_share_at_90", "Dapat otomatis dengan ketepatan 90 %"),
    ("auto_share_at_90_calibrated", "… dengan ambang dari data latih"),
    ("auto_share_at_90_calibrated_precision", "… ketepatan sebenarnya di atas ambang itu"),
    ("ms_per_report", "Milidetik per laporan (satu inti)"),
    ("train_s", "Detik untuk melatih"),
    ("repeated_texts_dropped", "Tidak diuji karena mengulang isi data latih"),
    ("rows_skipped", "Dilewati karena isi atau kantornya kosong"),
    ("never_learned", "Kantor yang tidak ada dalam data latih"),
)
_COUNTS = {"n", "classes", "repeated_texts_dropped", "rows_skipped", "never_learned"}


class Command(BaseCommand):
    help = "Latih model saran disposisi (train), ukur pada laporan yang lebih baru (evaluate), atau lihat (status)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "action",
            choices=["train", "status", "evaluate"],
            help="train = latih dari laporan selesai, evaluate = ukur dari dua berkas CSV, status = lihat",
        )
        parser.add_argument(
            "--from", dest="source", metavar="BERKAS.csv", help="train: tambahkan laporan dari CSV"
        )
        parser.add_argument("--train", metavar="A.csv", help="evaluate: laporan untuk belajar")
        parser.add_argument("--test", metavar="B.csv", help="evaluate: laporan yang lebih baru untuk diuji")
        parser.add_argument("--json", action="store_true", help="evaluate: satu objek JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            {"train": self._train, "status": self._status, "evaluate": self._evaluate}[options["action"]](
                options
            )
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=2) from None

    def _train(self, options: dict[str, Any]) -> None:
        unmatched: list[tuple[str, int]] = []
        if options["source"]:
            model, unmatched = train_from(options["source"], now=clock.now())
        else:
            model = train(now=clock.now())
        if unmatched:
            self.stdout.write(
                f"{_number(sum(n for _name, n in unmatched))} laporan dilewati: kantor tidak dikenal."
            )
            self.stdout.writelines(f"  {_number(count)}  {name}\n" for name, count in unmatched)
        self.stdout.write(_line(model))
        if model.compared_on:
            self.stdout.write(
                f"Diadu pada {_number(model.compared_on)} laporan yang belum dilihat keduanya: model ini tepat"
                f" {_number(model.compared_new)}, yang dipakai tepat {_number(model.compared_current)}."
            )
        if not model.in_use:
            self.stdout.write("Model ini kurang tepat dibanding yang sedang dipakai, jadi tidak dipakai.")

    def _status(self, _options: dict[str, Any]) -> None:
        model = RoutingModel.objects.filter(in_use=True).first()
        self.stdout.write(
            _line(model) if model else "Belum ada model terlatih; saran hanya dari aturan dan tempat."
        )

    def _evaluate(self, options: dict[str, Any]) -> None:
        if not options["train"] or not options["test"]:
            raise Refused("Sebutkan kedua berkas: --train A.csv --test B.csv")
        room = "pendopo.domains.reports.routing_model"
        table, evaluation = import_module(f"{room}.table"), import_module(f"{room}.evaluate")
        found = evaluation.evaluate(table.read(options["train"]), table.read(options["test"]))
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        wide = max(len(label) for _key, label in _ROWS)
        self.stdout.writelines(f"{label:<{wide}}  {_shown(key, found[key]):>9}\n" for key, label in _ROWS)
        if not found["test_is_later"]:
            self.stdout.write(
                "Perhatian: sebagian laporan uji lebih lama daripada data latih; angkanya terlalu baik."
            )


def _shown(key: str, value: Any) -> str:
    if value is None:
        return "–"
    if key in _COUNTS:
        return _number(value)
    if key in {"ms_per_report", "train_s", "macro_f1"}:
        return f"{value:.2f}".replace(".", ",")
    return _percent(value)


def _line(model: RoutingModel) -> str:
    return (
        f"{_number(model.examples)} laporan, {model.classes} kantor. Tepat pada saran pertama "
        f"{_percent(model.top1)}, pada tiga saran {_percent(model.top3)} (diukur pada laporan yang lebih baru)."
    )


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %".replace(".", ",")
