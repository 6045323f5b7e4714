"""PPID's desk on a phone and a screen, in both themes: nothing for axe to find, nothing wider than the screen."""

import datetime as dt
from typing import Any

from django.urls import reverse

from pendopo.domains.information.actions import disputes, extending, tasks
from pendopo.domains.information.actions.tasks import Part
from pendopo.domains.information.models import UnitTask
from pendopo.domains.information.testing import a_request
from pendopo.domains.information.testing_desk import a_fixed_test, objection_on
from tests.journeys.conftest import DESK, MONDAY, PHONE, City, SignedIn, flaws

WHY = "Data sedang dikumpulkan dari dua perangkat daerah."


def test_the_desk_of_ppid(city: City, signed_in: SignedIn, koordinator: Any, sari: Any) -> None:
    case = a_request(now=MONDAY)
    a_fixed_test(now=MONDAY)
    part = Part(
        city.government.works.pk, "Rekapitulasi anggaran pemeliharaan jalan 2025.", dt.date(2026, 3, 20)
    )
    tasks.split(request_id=case.pk, parts=[part], by=koordinator, now=MONDAY)
    extending.extend(
        request_id=case.pk, days=7, reason_kind="NOT_DOCUMENTED", reason=WHY, by=koordinator, now=MONDAY
    )
    answered = objection_on(a_request(status="REFUSED", now=MONDAY), "a", status="ANSWERED", now=MONDAY)
    dispute = disputes.register(
        objection_id=answered.pk, filed_on=MONDAY.date(), ki_number="12/KI/2026", by=koordinator, now=MONDAY
    )
    task = UnitTask.objects.get()
    of_ppid = (
        reverse("desk:queue", args=["information", "menunggu-unit"]),
        reverse("desk:case", args=["information", case.code]),
        reverse("desk:act", args=["information", case.code, "sebagian"]),
        reverse("desk:act", args=["information", case.code, "bagi"]),
        reverse("desk:case", args=["objections", answered.code]),
        reverse("desk:case", args=["disputes", dispute.code]),
        reverse("information:limits"),
        reverse("information:limit", args=["information", "answer"]),
    )
    of_the_unit = (reverse("information:tasks"), reverse("information:task", args=[task.pk]))
    found = []
    for person, addresses in ((koordinator, of_ppid), (sari, of_the_unit)):
        page = signed_in(person)
        for number, address in enumerate(addresses):
            page.set_viewport_size(DESK)
            answer = page.goto(address)
            assert answer is not None and answer.status == 200, address
            found += flaws(page, colours_on=[(PHONE, DESK)[number % 2]])
    assert not found, "\n".join(found)
