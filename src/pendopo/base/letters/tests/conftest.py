"""Every test of this room knows two kinds of letters and has a folder of its own for the seal."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pendopo.base.letters import testing


@pytest.fixture(autouse=True)
def _own_letters(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.SEAL_P12 = tmp_path / "secrets" / "seal.p12"
    settings.SEAL_PASSPHRASE = ""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }
    with testing.kinds(testing.RECEIPT, testing.NOTICE):
        yield
