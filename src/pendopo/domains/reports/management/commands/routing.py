"""`pendopo routing`: train the text model that suggests offices, and see how good it is."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pendopo.domains.reports.models import RoutingModel
from pendopo.domains.reports.training import train
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused


class Command(BaseCommand):
    help = (
        "Latih model saran disposisi dari laporan yang sudah selesai (train), atau lihat keadaannya (status)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["train", "status"], help="train = latih, status = lihat")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "train":
            self._train()
        else:
            self._status()

    def _train(self) -> None:
        try:
            model = train(now=clock.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(_line(model))
        if not model.in_use:
            self.stdout.write("Model ini kurang tepat dibanding yang sedang dipakai, jadi tidak dipakai.")

    def _status(self) -> None:
        model = RoutingModel.objects.filter(in_use=True).first()
        self.stdout.write(
            _line(model) if model else "Belum ada model terlatih; saran hanya dari aturan dan tempat."
        )


def _line(model: RoutingModel) -> str:
    return (
        f"{_number(model.examples)} laporan, {model.classes} kantor. Tepat pada saran pertama "
        f"{_percent(model.top1)}, pada tiga saran {_percent(model.top3)} (diukur pada laporan yang lebih baru)."
    )


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %".replace(".", ",")
