"""Build one database for the measurements: tables, demo city, then as many reports as asked for.

Run as a process of its own (`python bench/build.py 100000`) with DATABASE_URL naming an empty or finished database.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
os.environ.setdefault("PENDOPO_MODE", "demo")

import data
import django

django.setup()

from django.core.management import call_command
from django.db import connection

from pendopo.base.registries import demo_parts, seeds
from pendopo.base.registries.demo import City
from pendopo.domains.reports import tallies
from pendopo.domains.reports.demo import build_year
from pendopo.domains.reports.models import Report
from pendopo.kernel import clock
from pendopo.kernel.h3cells import cell_of

# docs/operate/size.md says why; an installation of one's own sets them for its server.
ADVISED = {"jit": "off", "random_page_cost": "1.1", "work_mem": "16MB"}


def say(line: str) -> None:
    print(line, flush=True)


def main(reports: int) -> None:
    with connection.cursor() as cursor:
        for name, value in ADVISED.items():
            cursor.execute(f"ALTER DATABASE {connection.settings_dict['NAME']} SET {name} = '{value}'")
    connection.close()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if Report.objects.count() >= reports:
        return
    say(f"Menyiapkan {reports} laporan …")
    city = City(now=clock.now())
    seeded = False
    for part in sorted(demo_parts, key=lambda part: part.order):
        if part.order >= 40 and not seeded:
            for seed in seeds:
                seed.load()
            seeded = True
        if part.key == "reports":
            build_year(city, data.SEED_REPORTS)
        elif part.key != "reports-news":
            part.build(city)
    data.multiply(_url(), reports, cell_of=cell_of, say=say)
    tallies.recount()


def _url() -> str:
    """The address without Django's own additions."""
    return os.environ["DATABASE_URL"]


if __name__ == "__main__":
    main(int(sys.argv[1]))
