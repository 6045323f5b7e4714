"""The demo city's programs are built once, and the builder hears of it."""

import pytest

from pendopo.base.clients import demo
from pendopo.base.clients.models import ApiClient
from pendopo.base.organizations.testing import Government
from pendopo.base.registries.demo import City
from pendopo.kernel import clock


@pytest.mark.django_db
def test_the_first_run_tells_what_it_made_and_the_second_makes_nothing(government: Government) -> None:
    city = City(now=clock.now())
    demo.build(city)
    assert city.made["aplikasi lain"] == len(demo.PROGRAMS) == ApiClient.objects.count()
    again = City(now=clock.now())
    demo.build(again)
    assert not again.made
