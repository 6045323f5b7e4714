"""What the tests of this room share."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Files, sealed files and the seal's certificate of one test lie in its own folder."""
    settings.SEAL_P12 = tmp_path / "secrets" / "seal.p12"
    settings.SEAL_PASSPHRASE = ""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }
