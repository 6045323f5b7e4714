"""An event only tests know, its words, and short ways to send and deliver."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.template import Engine
from procrastinate.contrib.django.models import ProcrastinateJob

from pendopo.base.notices import actions, events, words
from pendopo.base.notices.channels import Failure, Recipient
from pendopo.base.notices.models import Notice

CLOSED = "tests.closed"
CODE = "tests.code"
WORDS = {
    "notices/tests.closed.id.txt": "Subjek: Laporan {{ code }} selesai\nLaporan {{ code }}: {{ answer }}\n",
    "notices/tests.closed.en.txt": "Subjek: Report {{ code }} is done\nReport {{ code }}: {{ answer }}\n",
    "notices/tests.code.id.txt": "Subjek: Kode Anda dari {{ city }}\nKode Anda: {{ code }}\n",
}
VALUES: words.Values = {"code": "LAP-7K2M-Q9XA", "answer": "Lampu sudah menyala.", "city": "Kota Uji"}
TIMES = dt.datetime(2026, 3, 9, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def templates(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The words of the test events; a test may change them."""
    monkeypatch.setattr(events, "_events", dict(events._events))
    events.register(CLOSED, "Laporan selesai")
    events.register(CODE, "Kode", sensitive=True, give_up_after=dt.timedelta(hours=1))
    texts = dict(WORDS)
    monkeypatch.setattr(
        words, "Engine", type("Shelf", (), {"get_default": staticmethod(lambda: _engine(texts))})
    )
    words.clear_process_cache()
    yield texts
    words.clear_process_cache()


def _engine(texts: dict[str, str]) -> Engine:
    loaders = [("django.template.loaders.locmem.Loader", texts)]
    return Engine(loaders=loaders, libraries={"i18n": "django.templatetags.i18n"})


def wrote(**changes: Any) -> list[Notice]:
    """One `send`; name what matters to the test."""
    given: dict[str, Any] = {
        "event": CLOSED,
        "to": Recipient(email="warga@uji.example"),
        "context": VALUES,
        "about": None,
        "dedupe_key": str(uuid.uuid4()),
        "now": TIMES,
    }
    return actions.send(**{**given, **changes})


def waiting() -> list[ProcrastinateJob]:
    """Jobs that will deliver something, oldest first."""
    return list(ProcrastinateJob.objects.filter(task_name="pendopo.base.notices.deliver").order_by("pk"))


class Carrier:
    """A channel for tests: does what it is told."""

    channel = "EMAIL"
    label = "kurir"

    def __init__(self, act: Callable[[], None] = lambda: None) -> None:
        self.act = act
        self.carried: list[Notice] = []

    def address_of(self, to: Recipient) -> str:
        return to.email

    def deliver(self, notice: Notice) -> None:
        self.act()
        self.carried.append(notice)


def failing(failure: Failure | Exception) -> Carrier:
    def act() -> None:
        raise failure

    return Carrier(act)
