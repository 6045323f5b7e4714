"""Downloads at addresses that stay, counted without cookies: people once an hour, programs never."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.domains.information.models import Category, DownloadDay, Item
from pendopo.domains.information.testing_catalogue import an_item
from pendopo.domains.information.tests.shelving import whole, with_file
from pendopo.kernel import clock

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 9) Mobile"


@pytest.fixture
def item(government: Any, still: dt.datetime) -> Item:
    made = an_item(title="Anggaran jalan 2026", now=still)
    with_file(made, "zebra", now=still)
    return made


def address(item: Item, number: int = 1, name: str = "anggaran-jalan-2026-v1.csv") -> str:
    return reverse("information:file", args=[item.slug, number, name])


def fetch(item: Item, *, network: int = 1, agent: str = PHONE, method: str = "get", **headers: str) -> Any:
    client = Client(REMOTE_ADDR=f"10.0.{network}.7")
    return taken(getattr(client, method)(address(item), headers={"user-agent": agent, **headers}))


def taken(answer: Any) -> Any:
    """The answer read to its end, as `body`."""
    answer.body = whole(answer)
    return answer


def counted(item: Item) -> tuple[int, int]:
    days = DownloadDay.objects.filter(version__item=item)
    return Item.objects.get(pk=item.pk).downloads, sum(day.count for day in days)


def test_a_file_comes_with_its_name_and_goes_on_where_it_stopped(item: Item) -> None:
    first = fetch(item)
    body = first.body
    assert 'filename="anggaran-jalan-2026-v1.csv"' in first["Content-Disposition"] and b"zebra" in body
    assert "no-cache" in first["Cache-Control"] and not first.cookies
    rest = fetch(item, range="bytes=5-")
    assert (rest.status_code, rest.body) == (206, body[5:])
    assert fetch(item, **{"if-none-match": first["ETag"]}).status_code == 304
    renamed = taken(Client().get(address(item, name="nama-lama.csv")))
    assert renamed.body == body
    assert Client().get(address(item, 2)).status_code == 404
    assert Client().get(address(item, 10**9)).status_code == 404


def test_people_count_once_an_hour_and_programs_never(
    item: Item, still: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(item, method="head")
    fetch(item, range="bytes=5-")
    for agent in ("Googlebot/2.1", "curl/8.0", "python-requests/2.32", "facebookexternalhit/1.1", ""):
        fetch(item, agent=agent)
    assert counted(item) == (0, 0)
    fetch(item)
    fetch(item)  # the same network again
    fetch(item, range="bytes=0-")
    fetch(item, **{"if-none-match": fetch(item)["ETag"]})
    assert counted(item) == (1, 1)
    fetch(item, network=2)
    assert counted(item) == (2, 2)
    monkeypatch.setattr(clock, "now", lambda: still + dt.timedelta(days=1))
    fetch(item)
    assert counted(item) == (3, 3)
    assert DownloadDay.objects.filter(version__item=item).count() == 2
    page = Client().get("/ppid/").content.decode()
    assert "Paling sering diunduh" in page and "3 unduhan" in page


def test_files_of_closed_entries_have_no_address(government: Any, still: dt.datetime) -> None:
    closed = an_item(title="Data pasien", category=Category.DIKECUALIKAN, now=still)
    with_file(closed, "zebra", now=still)
    assert fetch(closed).status_code == 404
    draft = an_item(status="PROPOSED", now=still)
    with_file(draft, "zebra", now=still)
    assert fetch(draft).status_code == 404
    held = an_item(now=still)
    version = with_file(held, "zebra", now=still)
    type(version).objects.filter(pk=version.pk).update(withdrawn_at=still)
    assert fetch(held).status_code == 404
