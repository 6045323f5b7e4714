"""A year of PPID in every state, made by the real actions: what registers, reports, log and figures are tested with."""

import datetime as dt
from typing import Any

from django.core.cache import cache

from pendopo.base.organizations.models import Organization
from pendopo.domains.information.actions import answers_for_all, deciding, disputes, objections, tasks
from pendopo.domains.information.actions.disputes import Papers
from pendopo.domains.information.actions.tasks import Part
from pendopo.domains.information.models import InformationRequest, RequestStatus
from pendopo.domains.information.testing import a_request
from pendopo.domains.information.testing_desk import (
    a_fixed_test,
    atasan,
    full,
    objection_on,
    partial,
    person,
    ppid,
    refused,
)
from pendopo.kernel import caches

# Words of the people that must never be found where everybody reads.
PERSON = {
    "name": "Zulkarnaen Tirtayasa",
    "email": "zulkarnaen@rahasia.example",
    "phone": "+6281299887766",
    "address": "Gang Kemuning 99",
    "occupation": "penjahit layar",
    "details": "Kutilang kuitansi perjalanan dinas Bapak Wiryawan.",
    "purpose": "Pembagian waris keluarga Tirtayasa.",
}
TITLES = ("Anggaran pemeliharaan jalan", "Daftar penerima bantuan", "Izin bangunan di pusat kota")


def a_year(now: dt.datetime) -> list[InformationRequest]:
    """One request in each status, two to units, one partial, one late, one decided again by an objection, disputes."""
    made = [a_request(status=status, now=now, **PERSON) for status in RequestStatus.values]
    split = a_request(now=now, channel="COUNTER", **PERSON)
    offices = [Organization.objects.get(slug=slug) for slug in ("dpu", "dlh")]
    parts = [Part(office.pk, "Rekapitulasi anggaran tahun 2025.") for office in offices]
    for task in tasks.split(request_id=split.pk, parts=parts, by=ppid(), now=now):
        worker = person(task.office, "OFFICER")
        tasks.answer(task_id=task.pk, held=True, result="Rekapitulasinya ada pada kami.", by=worker, now=now)
    sheet = a_fixed_test(now=now)
    late = now + dt.timedelta(days=40)
    deciding.decide(request_id=split.pk, draft=partial(sheet), by=ppid(), now=late)
    again = a_request(now=now, requester_kind="LEGAL_ENTITY", **PERSON)
    deciding.decide(request_id=again.pk, draft=refused(sheet), by=ppid(), now=now)
    _objected(again, sheet, now)
    silent = a_request(now=now, **PERSON)
    objection_on(silent, "c", now=late)
    refused_one = next(one for one in made if one.status == RequestStatus.REFUSED)
    _disputed(refused_one, now)
    made = [*made, split, again, silent, a_request(now=now - dt.timedelta(days=100), **PERSON)]
    for place, case in enumerate(made[:-2]):
        title = f"{TITLES[place % 3]} {place}"
        answers_for_all.write_log(
            request_id=case.pk, title=title, topic=f"topik {place % 2}", by=ppid(), now=now
        )
    forget_caches()
    return list(InformationRequest.objects.filter(pk__in=[one.pk for one in made]).order_by("pk"))


def _objected(request: InformationRequest, sheet: Any, now: dt.datetime) -> None:
    objection = objection_on(request, "a", now=now)
    objections.answer(
        objection_id=objection.pk, outcome="CHANGED", body="Sebagian dapat dibuka untuk umum.",
        post="Sekretaris Daerah",
        draft=partial(sheet), by=atasan(), now=now,
    )  # fmt: skip


def _disputed(request: InformationRequest, now: dt.datetime) -> None:
    objection = objection_on(request, "a", now=now)
    objections.answer(
        objection_id=objection.pk, outcome="UPHELD", body="Putusan PPID sudah sesuai undang-undang.",
        post="Sekretaris Daerah", by=atasan(), now=now,
    )  # fmt: skip
    row = disputes.register(
        objection_id=objection.pk, filed_on=now.date(), ki_number="01/KI", by=ppid(), now=now
    )
    hearing = Papers(hearing_at=now + dt.timedelta(days=7), hearing_place="Ruang sidang 1")
    disputes.keep(dispute_id=row.pk, papers=hearing, by=ppid(), now=now)


def forget_caches() -> None:
    cache.clear()
    caches.clear_all()


__all__ = ["PERSON", "TITLES", "a_year", "forget_caches", "full"]
