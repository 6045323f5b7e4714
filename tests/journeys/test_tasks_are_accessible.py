"""Pages that need a task or a real link: WCAG 2.2 A and AA, as `test_every_page_is_accessible` looks at all others."""

import uuid
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from pendopo.domains.reports import task_reading
from pendopo.domains.reports.actions import task_links, tasks
from pendopo.domains.reports.tests.shared_work import a_link, shared
from pendopo.kernel import clock
from tests.journeys.conftest import City
from tests.journeys.walk import SignIn, look

__all__ = ["look"]  # a fixture
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_tasks_links_and_sheets(city: City, as_user: SignIn, look: Callable[..., None]) -> None:
    now, people = clock.now(), city.people
    report, (mine, other) = shared(city.government, people["sari"], now, point=(-7.595, 110.805))
    link = a_link(mine, people["tono"], now)
    task_links.send_update(
        link_id=link.pk, key=uuid.uuid4(), kind="DONE", words="Dahan sudah rapi.", files=[], now=now
    )
    tasks.note(task_id=mine.pk, key=uuid.uuid4(), body="Truk datang besok.", by=people["tono"], now=now)
    ended = tasks.cancel(task_id=other.pk, reason="Tidak jadi perlu.", by=people["sari"], now=now)
    asked, lead, visitor = as_user(people["tono"]), as_user(people["sari"]), Client()
    page, own = task_reading.address_of(link).removeprefix(settings.PUBLIC_URL), "/meja/laporan/tugas/"
    look([
        (visitor, page), (visitor, "/tugas/x/"),
        *((asked, f"{own}{rest}") for rest in ("", "?daftar=berakhir", f"{mine.pk}/", f"{mine.pk}/lembar/")),
        (lead, f"{own}{mine.pk}/"), (lead, f"{own}{ended.pk}/"), (lead, f"/meja/laporan/lembar/{report.code}/"),
        (lead, f"/meja/reports/kasus/{report.code}/"), (visitor, f"/laporan/{report.slug}/"),
    ])  # fmt: skip
