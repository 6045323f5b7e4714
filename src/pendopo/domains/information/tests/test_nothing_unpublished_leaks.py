"""Every public address of the catalogue, with entries in every status and category: only what is public is there."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from tests.secrecy.addresses import every_route, filled

from pendopo.domains.information.models import Category, Item, ItemStatus, ItemVersion
from pendopo.domains.information.testing_catalogue import an_item
from pendopo.domains.information.tests.shelving import whole, with_file
from pendopo.domains.information.urls_catalogue import urlpatterns

pytestmark = pytest.mark.django_db
MARK = "zebra"  # stands in every title, summary and file, followed by letters that tell the entry
CLOSED = [status for status in ItemStatus.values if status != ItemStatus.FIXED]
ACTIONS = ("package_list", "package_search", "package_show", "organization_list", "status_show")


@pytest.fixture
def world(government: Any, still: dt.datetime) -> dict[str, Item]:
    """An entry of each status, an exempted one, and an open one with a withdrawn and an unpublished version."""
    made = {
        status: an_item(
            status=status, title=f"{MARK}{status.lower()} judul", summary=f"{MARK}{status.lower()} ringkasan",
            topic=f"{MARK}{status.lower()}", now=still,
        )
        for status in ItemStatus.values
    }  # fmt: skip
    made["EXEMPT"] = an_item(title="Berkas pasien", category=Category.DIKECUALIKAN, now=still)
    for key, item in made.items():
        with_file(item, f"{MARK}{key.lower()} isi", now=still, note=f"{MARK}{key.lower()} catatan")
    for key, change in (("lama", {"withdrawn_at": still}), ("kelak", {"published_at": None})):
        version = with_file(made["FIXED"], f"{MARK}{key} isi", now=still, note=f"{MARK}{key} catatan")
        ItemVersion.objects.filter(pk=version.pk).update(**change)
    Item.objects.filter(pk=made["FIXED"].pk).update(file_text=f"{MARK}fixed isi")
    return made


def addresses(world: dict[str, Item]) -> list[str]:
    values = {
        "slug": [item.slug for item in world.values()],
        "number": [1, 2, 3],
        "filename": ["x.csv"],
        "action": ACTIONS,
    }
    routes = {str(pattern.pattern) for pattern in urlpatterns}
    paths = [path for route in every_route() if route in routes for path in filled(route, values)]
    assert len(paths) > 50
    words = [f"{MARK}{key.lower()}" for key in (*CLOSED, "exempt", "lama", "kelak")]
    searches = [f"{path}?q={word}" for word in words
                for path in ("/ppid/informasi/", "/ppid/informasi/data.csv", "/ppid/informasi/umpan.atom", "/cari/",
                             "/ppid/api/3/action/package_search")]  # fmt: skip
    shown = [f"/ppid/api/3/action/package_show?id={item.slug}" for item in world.values()]
    return [*paths, *searches, *shown, "/", "/ppid/informasi/?format=CSV", "/ppid/informasi/?q=zebrafixd"]


def test_no_word_of_what_is_not_public_is_at_any_public_address(
    world: dict[str, Item], as_user: Any, everyone: Any
) -> None:
    secret = re.compile(rf"{MARK}(?!fixed)\w+", re.IGNORECASE)
    for client in (Client(), as_user(everyone["koordinator"])):
        for path in addresses(world):
            response = client.get(path)
            text = whole(response).decode(errors="replace")
            typed = set(re.findall(rf"[?&]q=({MARK}\w+)", path))  # what was typed is shown again
            assert not {word for word in secret.findall(text) if word not in typed}, path
            if "q=zebra" in path and "fixd" not in path:
                assert not any(item.slug in text for item in world.values()), path


def test_what_is_public_is_there(world: dict[str, Item]) -> None:
    for path in (
        "/ppid/",
        "/ppid/informasi/?q=zebrafixed",
        "/ppid/dip/",
        "/ppid/dcat/katalog.ttl",
        "/ppid/dip.csv",
    ):
        response = Client().get(path)
        assert f"{MARK}fixed" in whole(response).decode(), path
