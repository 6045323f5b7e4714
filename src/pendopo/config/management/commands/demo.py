"""`pendopo demo`: build the demo city, part by part. Safe to run again, also after an interruption."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from pendopo.base.organizations.demo_offices import GOVERNMENT
from pendopo.base.organizations.demo_staff import sign_ins
from pendopo.base.organizations.models import Kind, Organization
from pendopo.base.regions.demo import PROVINCE_CODE
from pendopo.base.regions.models import Region
from pendopo.base.registries import DemoPart, demo_parts, seeds
from pendopo.base.registries.demo import SEED, City
from pendopo.kernel import clock


class Command(BaseCommand):
    help = "Membangun kota contoh (Kota Sukamaju, 99.71). Boleh dijalankan ulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--signins", action="store_true", help="tampilkan daftar akun contoh saja")
        parser.add_argument("--seed", type=int, default=SEED, help="benih acak; benih sama, kota sama")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["signins"]:
            self._show_sign_ins()
            return
        self._refuse_where_it_would_hurt()
        city = City(now=clock.now(), seed=options["seed"], say=self._say)
        begun = time.perf_counter()
        for part in self._parts():
            before, start = city.made.total(), time.perf_counter()
            self._say(f"{part.label} …")
            part.build(city)
            news = "siap" if city.made.total() > before or part.key == "seeds" else "sudah ada, tidak diubah"
            seconds = f"{time.perf_counter() - start:.1f}".replace(".", ",")
            self._say(f"{part.label}: {news} ({seconds} detik)")
        if not city.made:
            self._say("Kota contoh sudah lengkap; tidak ada yang diubah.")
            return
        parts = ", ".join(f"{count:,} {what}".replace(",", ".") for what, count in city.made.items())
        self._say(f"Kota Sukamaju siap dalam {time.perf_counter() - begun:.0f} detik: {parts}.")

    def _parts(self) -> list[DemoPart]:
        """The rooms' parts in order, with the reference rows every government starts with after the offices."""
        rows = DemoPart("seeds", "Data rujukan", _load_seeds, order=40)
        return sorted([*demo_parts, rows], key=lambda part: part.order)

    def _refuse_where_it_would_hurt(self) -> None:
        if settings.MODE == "production":
            raise CommandError(
                "Kota contoh tidak dibangun di mode produksi. Untuk mencoba, jalankan `make run`; "
                "untuk pemerintah Anda, jalankan `pendopo regions load KODE`."
            )
        other = Organization.objects.filter(kind=Kind.GOVERNMENT).exclude(slug=GOVERNMENT).first()
        if other is not None:
            raise CommandError(
                f"Basis data ini sudah milik {other.name}. Kota contoh hanya dibangun di basis data kosong."
            )
        theirs = ~Q(code=PROVINCE_CODE) & ~Q(code__startswith=f"{PROVINCE_CODE}.")
        real = Region.objects.filter(theirs, served=True).first()
        if real is not None:
            raise CommandError(
                f"Basis data ini sudah berisi wilayah {real.name} ({real.code}). "
                "Kota contoh hanya dibangun di basis data kosong."
            )

    def _show_sign_ins(self) -> None:
        rows = sign_ins()
        wide = max(len(row.role) for row in rows), max(len(row.name) for row in rows)
        for row in rows:
            self._say(f"{row.role:<{wide[0]}}  {row.name:<{wide[1]}}  {row.email}")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _load_seeds(_city: City) -> None:
    """Seeds insert what is missing and leave what an office changed."""
    for seed in seeds:
        seed.load()
