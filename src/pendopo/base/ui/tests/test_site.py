"""Pages show whose site this is, with one query, and Pendopo's own look before a government is set up."""

from typing import Any

import pytest
from django.test import Client

from pendopo.base.organizations.models import Identity, Kind, Organization

pytestmark = pytest.mark.django_db


def test_a_page_shows_the_government_and_its_colour(client: Client, django_assert_num_queries: Any) -> None:
    root = Organization.objects.create(slug="kota", name="Pemerintah Kota Sukamaju", kind=Kind.GOVERNMENT)
    Identity.objects.create(
        organization=root, display_name="Kota <Sukamaju>", colour="#ffcc00", contact_phone="112"
    )
    with django_assert_num_queries(1):
        page = client.get("/gaya/").text
    assert "Kota &lt;Sukamaju&gt;" in page
    assert "--brand-raw:#ffcc00" in page
    assert 'href="tel:112"' in page


def test_a_site_without_a_government_still_stands(client: Client) -> None:
    page = client.get("/gaya/").text
    assert "<b>Pendopo</b>" in page
    assert "--brand-raw:#0f655c" in page
