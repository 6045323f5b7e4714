"""A city with rules of forgetting, and a person whose marks can be looked for everywhere."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache

from pendopo.base.privacy import seeds
from pendopo.kernel import clock


@pytest.fixture
def city(government: Any, everyone: Any) -> Any:
    """Kota Uji with retention rules, request clocks and grounds."""
    seeds.load()
    return government


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> dt.datetime:
    monkeypatch.setattr(clock, "now", lambda: now)
    cache.clear()
    return now
