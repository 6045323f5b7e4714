"""Build one database for the measurements: tables, demo city, then as many reports as asked for, or as many entries of
the open list and open requests for information.

Run as a process of its own (`python bench/build.py reports 100000`, `python bench/build.py information 10000`) with
DATABASE_URL naming an empty or finished database.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
os.environ.setdefault("PENDOPO_MODE", "demo")

import data
import django

django.setup()

import information_catalogue
import information_requests
from django.core.management import call_command
from django.db import connection

from pendopo.base.registries import demo_parts, seeds
from pendopo.base.registries.demo import City
from pendopo.domains.information.models import InformationRequest, Item
from pendopo.domains.reports import tallies
from pendopo.domains.reports.demo import build_year
from pendopo.domains.reports.models import Report
from pendopo.kernel import clock
from pendopo.kernel.h3cells import cell_of

# docs/operate/size.md says why; an installation of one's own sets them for its server.
ADVISED = {"jit": "off", "random_page_cost": "1.1", "work_mem": "16MB"}
SEEDED = 40  # parts of the demo city from here on need the reference data
LEFT_OUT = ("reports-news", "information", "information-requests")


def say(line: str) -> None:
    print(line, flush=True)


def prepare() -> None:
    """Tables and settings of the database."""
    with connection.cursor() as cursor:
        for name, value in ADVISED.items():
            cursor.execute(f"ALTER DATABASE {connection.settings_dict['NAME']} SET {name} = '{value}'")
    connection.close()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def reports(number: int) -> None:
    """The demo city with its reports multiplied."""
    if Report.objects.count() >= number:
        return
    say(f"Menyiapkan {number} laporan …")
    city = City(now=clock.now())
    found(city)
    for part in sorted(demo_parts, key=lambda part: part.order):
        if part.key == "reports":
            build_year(city, data.SEED_REPORTS)
        elif part.order >= SEEDED and part.key not in LEFT_OUT:
            part.build(city)
    data.multiply(_url(), number, cell_of=cell_of, say=say)
    tallies.recount()


def information(number: int) -> None:
    """The offices of the demo city with a list and requests of their own making."""
    if InformationRequest.objects.count() >= number:
        return
    say(f"Menyiapkan {number} informasi dan permohonan …")
    found(City(now=clock.now()))
    if not Item.objects.exists():
        information_catalogue.fill(number, say)
    information_requests.fill(number, number, say)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def found(city: City) -> None:
    """Offices, people and reference data, which everything else stands on."""
    for part in sorted(demo_parts, key=lambda part: part.order):
        if part.order < SEEDED:
            part.build(city)
    for seed in seeds:
        seed.load()


def _url() -> str:
    """The address without Django's own additions."""
    return os.environ["DATABASE_URL"]


if __name__ == "__main__":
    prepare()
    {"reports": reports, "information": information}[sys.argv[1]](int(sys.argv[2]))
