"""The help page of the single keys, and each person's own switch (WCAG 2.1.4)."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from pendopo.domains.reports.models import Status
from pendopo.domains.reports.testing import a_report
from pendopo.surfaces.desk.keys import KEYS

URL = "/meja/tombol/"


def test_the_page_names_every_key_without_javascript(sari: Any, as_user: Callable[..., Client]) -> None:
    words = as_user(sari).get(URL).content.decode()
    assert all(f"<kbd>{key}</kbd>" in words for key, _label in KEYS)


def test_switched_off_they_are_gone_from_every_page_until_switched_on(
    sari: Any, budi: Any, government: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(sari)
    case = a_report(status=Status.IN_PROGRESS, office=government.works)
    page = reverse("desk:case", args=["reports", case.code])
    assert "js/keys.js" in client.get(page).content.decode()
    assert "Tombol cepat dimatikan." in client.post(URL, {"nyala": "0"}, follow=True).content.decode()
    assert "js/keys.js" not in client.get(page).content.decode()
    assert "js/keys.js" in as_user(budi).get(page).content.decode()
    client.post(URL, {"nyala": "1"})
    assert "js/keys.js" in client.get(page).content.decode()


def test_a_citizen_finds_no_such_page(warga: Any, as_user: Callable[..., Client]) -> None:
    assert as_user(warga).post(URL, {"nyala": "0"}).status_code == 404
