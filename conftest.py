"""The people every test may meet. `everyone` is for list views: each person, each role, nobody left out."""

import datetime as dt
import gc
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation

from pendopo.base.accounts.models import User
from pendopo.base.calendar.testing import fill_calendar
from pendopo.base.organizations import testing
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports import testing as reports
from pendopo.kernel import caches, clock
from pendopo.kernel.testing import empty_quickly, learn

hypothesis.settings.register_profile(
    "pendopo", deadline=None
)  # times are measured in bench/, machines are noisy
hypothesis.settings.load_profile("pendopo")
Person = User | AnonymousUser
BACKEND = "pendopo.base.accounts.backends.Backend"
_TRANSACTIONAL = {"transactional_db", "live_server", "django_db_reset_sequences"}


def pytest_collection_finish() -> None:
    """What is loaded stays until the end: the collector need not walk over it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The database, and what most tests begin with kept in memory (`kernel.testing`)."""
    with django_db_blocker.unblock():
        empty_quickly()
        translation.activate("id")
        learn(lambda: testing.build_people(testing.build_government()), reports.prepare, fill_calendar)


@pytest.fixture(autouse=True)
def _clean_slate(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Nothing one test remembers reaches the next: caches, language, tables without models."""
    cache.clear()  # in memory, see settings_test
    caches.clear_all()
    translation.activate("id")
    yield
    marker = request.node.get_closest_marker("django_db")
    if _TRANSACTIONAL & set(request.fixturenames) or (marker and marker.kwargs.get("transaction")):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,"
                " procrastinate_workers RESTART IDENTITY CASCADE"
            )


@pytest.fixture
def now() -> dt.datetime:
    """Monday 9 March 2026, 09:00 in Jakarta."""
    return dt.datetime(2026, 3, 9, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> dt.datetime:
    """The clock stands at `now`, for views too."""
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


@pytest.fixture
def government(db: None) -> Government:
    """Kota Uji with its offices and regions."""
    return testing.build_government()


@pytest.fixture
def everyone(government: Government) -> dict[str, Person]:
    """Every person by name, `anon` included."""
    return {**testing.build_people(government), "anon": AnonymousUser()}


def _person(key: str, who: str) -> Any:
    def person(everyone: dict[str, Person]) -> Person:
        return everyone[key]

    person.__doc__ = who
    return pytest.fixture(name=key)(person)


sari = _person("sari", "Officer of Dinas Pekerjaan Umum.")
budi = _person("budi", "Second officer of Dinas Pekerjaan Umum.")
ibu_ratna = _person("ibu_ratna", "Head of Dinas Pekerjaan Umum.")
tono = _person("tono", "Officer of another office, Dinas Lingkungan Hidup.")
koordinator = _person("koordinator", "Koordinator at the intake office, Diskominfo.")
pengamat = _person("pengamat", "Observer at the intake office.")
administrator = _person("administrator", "Administrator of the government.")
sekda = _person("sekda", "Head of the secretariat.")
lurah_officer = _person("lurah_officer", "Officer of Kelurahan Mawar.")
warga = _person("warga", "A signed-in citizen without any membership.")


@pytest.fixture
def anon() -> AnonymousUser:
    """Nobody signed in."""
    return AnonymousUser()


@pytest.fixture
def as_user() -> Callable[[Person], Client]:
    """`as_user(sari)` is a browser in which Sari signed in with password and second factor."""

    def sign_in(user: Person) -> Client:
        client = Client()
        if isinstance(user, User):
            at = user.last_login.timestamp() if user.last_login else 0.0
            session = SessionStore()
            session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session["account_authentication_methods"] = [
                {"method": "password", "at": at, "email": user.email},
                {"method": "mfa", "at": at, "type": "totp"},
            ]
            session["account_authentication_methods_user"] = str(user.pk)
            session.create()
            client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return sign_in
