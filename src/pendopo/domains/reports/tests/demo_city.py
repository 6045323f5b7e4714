"""A small demo city, built once for the tests of a module and rolled back after them."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from pendopo.base.organizations import demo as offices
from pendopo.base.regions import demo as ground
from pendopo.base.regions.places import atlas
from pendopo.base.registries import seeds
from pendopo.base.registries.demo import City
from pendopo.kernel import caches

NOW = dt.datetime(2026, 11, 22, 5, 0, tzinfo=dt.UTC)


def prepared() -> City:
    """Ground, offices, people and reference rows, but no report."""
    caches.clear_all()
    city = City(now=NOW)
    ground.build(city)
    offices.build(city)
    for seed in seeds:
        seed.load()
    return city


def kept_for_module(blocker: Any, build: Any) -> Iterator[Any]:
    """What `build()` returns, with its rows, until the tests of the module are over."""
    with blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
    atlas.forget()
    caches.clear_all()
