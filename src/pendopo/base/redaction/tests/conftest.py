import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from pendopo.kernel import clock


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> dt.datetime:
    """The clock stands at `now`, for views too."""
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, settings: Any) -> Path:
    """Where stored objects of this test lie."""
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": backend, "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path
