"""WCAG on the pages about mail that came in, found in the URL table like all others."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pendopo.base.mailroom.testing import taken_in
from pendopo.base.mailroom.tests.letters import a_mail
from pendopo.kernel import clock
from tests.journeys.conftest import City
from tests.journeys.walk import look, pages_in

__all__ = ["look"]  # a fixture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FILES = (("foto-" + "panjang" * 12 + ".jpg", "image/jpeg", b"x"),)


def test_pages_about_mail_that_came_in(
    city: City,
    as_user: Callable[[Any], Client],
    look: Callable[..., None],
) -> None:
    now, coordinator = clock.now(), as_user(city.people["koordinator"])
    long_words = "Panjangsekalitanpaspasi" * 6
    waits = taken_in(a_mail(proof="", subject=f"Lampu {long_words}", text=long_words, files=FILES), now=now)
    ignored = taken_in(a_mail(number=2, headers={"Precedence": "bulk"}), now=now)
    found = list(pages_in("mail", [coordinator], {"pk": [waits.pk, ignored.pk]}))
    extra = [(coordinator, f"/meja/surat/?keadaan={state}") for state in ("IGNORED", "DEAD", "salah")]
    look([*found, *extra])
