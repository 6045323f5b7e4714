"""A city that can receive reports, a clock that stands, and a photo."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pendopo.domains.reports.testing import a_report, prepare

MAWAR, KENANGA, CEMPAKA = "99.71.01.1001", "99.71.01.1002", "99.71.02.1001"
STORY = "Lampu jalan di depan masjid mati tiga malam."


@pytest.fixture
def city(government: Any) -> Any:
    """Kota Uji with categories, clock rules and routing policy."""
    prepare()
    return government


@pytest.fixture
def photo() -> Callable[..., SimpleUploadedFile]:
    """`photo()` is a small real JPEG as a phone sends it."""

    def make(name: str = "foto.jpg", colour: int = 90) -> SimpleUploadedFile:
        out = io.BytesIO()
        Image.new("RGB", (64, 48), (colour, 120, 110)).save(out, "JPEG")
        return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")

    return make


@pytest.fixture
def write(city: Any) -> Callable[..., Client]:
    """`write()` is a browser whose draft is finished up to the check; keyword values replace single answers."""

    def make(client: Client | None = None, **answers: Any) -> Client:
        client = client or Client()
        given = {
            "category": "lampu-jalan", "address": "Jalan Melati, depan masjid", "region": MAWAR, "text": STORY,
            "anonymous": "on", "name": "Rina", "email": "rina@contoh.example", "phone": "0812-3456-7890",
            **answers,
        }  # fmt: skip
        steps = {
            "/lapor/": ("category", "photos"),
            "/lapor/tempat/": ("address", "region", "latitude", "longitude"),
            "/lapor/cerita/": ("text", "anonymous", "secret"),
            "/lapor/kontak/": ("name", "email", "phone"),
        }
        for path, names in steps.items():
            response = client.post(path, {name: given[name] for name in names if given.get(name) is not None})
            assert response.status_code == 302, (path, response.context["form"].errors)
        return client

    return make


@pytest.fixture
def three(city: Any) -> list[Any]:
    """Three reports of one dark street at Dinas PU, from three people."""
    return [
        a_report(status="IN_PROGRESS", office=city.works, email=f"warga{n}@contoh.example") for n in range(3)
    ]
