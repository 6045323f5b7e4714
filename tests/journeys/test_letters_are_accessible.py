"""Pages about letters on a phone and a screen, in both themes: nothing for axe to find."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pendopo.base.letters import testing as letters
from tests.journeys.conftest import City
from tests.journeys.walk import SignIn, look, pages_in

__all__ = ["look"]  # a fixture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_pages_of_letters(
    city: City, as_user: SignIn, look: Callable[..., None], settings: Any, tmp_path: Any
) -> None:
    settings.SEAL_P12 = str(tmp_path / "segel.p12")
    signed = dataclasses.replace(letters.NOTICE, may_sign=lambda user, about: True)
    with letters.kinds(letters.RECEIPT, signed):
        letter = letters.a_letter(signed, office=city.government.intake)
        values = {
            "slug": [letter.slug],
            "pk": [letter.pk, city.government.intake.pk],
            "key": [letters.RECEIPT.key, letters.RECEIPT.series],
            "code": [letter.slug],
            "series": [letters.RECEIPT.series],
        }
        clients = [as_user(city.people["koordinator"]), as_user(city.people["administrator"]), Client()]
        look(list(pages_in("letters", clients, values)))
