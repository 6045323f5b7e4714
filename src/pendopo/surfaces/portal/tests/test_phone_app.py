"""The site as an app: manifest and icons in the city's colour, one worker for the whole site, and its off switch."""

import io
import json
import re
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from pendopo.base.organizations.models import Identity
from pendopo.kernel import caches

pytestmark = pytest.mark.django_db


def test_the_manifest_says_what_the_government_set(client: Client, government: Any) -> None:
    Identity.objects.update(display_name="Kota Coba", colour="#7a1f1f")
    caches.clear_all()
    answer = client.get("/aplikasi.webmanifest")
    body = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (body["name"], body["theme_color"], body["display"]) == ("Kota Coba", "#7a1f1f", "standalone")
    assert {(icon["sizes"], icon["purpose"]) for icon in body["icons"]} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip
    for icon in body["icons"]:
        assert client.get(icon["src"]).status_code == 200
    for shortcut in body["shortcuts"]:
        assert client.get(shortcut["url"]).status_code == 200


@pytest.mark.parametrize(("address", "corner"), [("/ikon/512.png", 0), ("/ikon/penuh-512.png", 255)])
def test_an_icon_is_drawn_in_the_colour_of_the_city(
    client: Client, government: Any, address: str, corner: int
) -> None:
    Identity.objects.update(colour="#7a1f1f")
    caches.clear_all()
    picture = Image.open(io.BytesIO(client.get(address).content)).convert("RGBA")
    assert picture.size == (512, 512)
    assert picture.getpixel((0, 0))[3] == corner  # type: ignore[index]
    red, green, blue, _solid = picture.getpixel((256, 30))  # type: ignore[misc]
    assert red > 90 and red > 2 * green and red > 2 * blue


def test_other_sizes_are_not_drawn(client: Client, government: Any) -> None:
    assert client.get("/ikon/9000.png").status_code == 404


def test_one_worker_serves_the_whole_site(client: Client, government: Any) -> None:
    answer = client.get("/pekerja.js")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-store" in answer["Cache-Control"] or "max-age=0" in answer["Cache-Control"]
    facts = json.loads(re.search(r"const APP = (.*);\n", answer.content.decode())[1])  # type: ignore[index]
    assert re.fullmatch(r"[0-9a-f]{12}", facts["version"])
    for page in facts["pages"]:
        assert client.get(page["url"]).status_code == 200


def test_the_off_switch_removes_the_app(client: Client, government: Any, settings: Any) -> None:
    settings.PHONE_APP = False
    code = client.get("/pekerja.js").content.decode()
    assert "unregister()" in code and "respondWith" not in code


def test_the_policy_allows_only_our_own_worker_and_manifest(client: Client, government: Any) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "worker-src 'self'" in policy and "manifest-src 'self'" in policy


def test_only_pages_without_a_person_may_be_kept(
    client: Client, government: Any, warga: Any, as_user: Any
) -> None:
    assert client.get("/")["Pendopo-Keep"] == "public"
    assert "Pendopo-Keep" not in as_user(warga).get("/")
    client.cookies["laporanku"] = "x"
    assert "Pendopo-Keep" not in client.get("/")
    assert "Pendopo-Keep" not in Client().get("/lacak/")
