"""The desk's part of the builders: what a decision needs, and the walk to every status. The real actions only."""

import datetime as dt
from typing import Any

from pendopo.base.accounts.models import User
from pendopo.base.organizations.models import Membership, Organization, Role
from pendopo.domains.information import offices
from pendopo.domains.information.actions import checking, deciding, delivering, objecting, objections
from pendopo.domains.information.actions.grounding import Blackened, Draft
from pendopo.domains.information.models import (
    ConsequenceTest,
    DecisionKind,
    Decree,
    ExemptionGround,
    InformationRequest,
    Objection,
    ObjectionStatus,
    RequestStatus,
    TestStatus,
)

WALKED = frozenset({"IN_PROGRESS", "GRANTED", "DELIVERED", "REFUSED", "NOT_HELD"})
MATERIAL = "Rekapitulasi anggaran pemeliharaan jalan tahun 2025 per kecamatan."


def person(office: Organization, role: str, *, since: dt.date = dt.date(2020, 1, 1)) -> User:
    """Somebody with a role in an office; made when there is none."""
    found = (
        Membership.objects.filter(organization=office, role=role)
        .select_related("user")
        .order_by("pk")
        .first()
    )
    if found is not None:
        return found.user
    user = User.objects.create_user(
        f"{role.lower()}-{office.slug}@uji.example", name=f"Petugas {office.name}"
    )
    Membership.objects.create(user=user, organization=office, role=role, since=since)
    return user


def ppid() -> User:
    """Who decides for PPID Utama."""
    return person(offices.main_office(), Role.COORDINATOR)


def atasan() -> User:
    return person(offices.atasan_office(), Role.HEAD)


def a_fixed_test(
    *, letter: str = "h", expires_on: dt.date | None = dt.date(2030, 12, 31), now: dt.datetime, **more: Any
) -> ConsequenceTest:
    """A consequence test in force, with its decree."""
    ground = ExemptionGround.objects.get(letter=letter)
    number = ConsequenceTest.objects.count() + 1
    decree, _made = Decree.objects.get_or_create(
        number=f"188/{number}/2026",
        defaults={
            "kind": Decree.Kind.DIK, "title": "Klasifikasi informasi", "signed_on": now.date(),
            "signer": "PPID Utama", "office": offices.main_office(), "made_at": now,
        },
    )  # fmt: skip
    values = {
        "code": f"UK-2026-{number:04d}", "status": TestStatus.FIXED, "office": offices.main_office(),
        "information": "Nomor induk kependudukan penerima bantuan", "ground": ground,
        "law": f"UU 14/2008 Pasal 17 huruf {letter}", "consequence_open": "Data warga disalahgunakan.",
        "consequence_closed": "Penyaluran tetap dapat diawasi dari jumlahnya.", "permanent": expires_on is None,
        "starts_on": now.date(), "expires_on": expires_on, "decree": decree, "made_at": now, "fixed_at": now,
    }  # fmt: skip
    return ConsequenceTest.objects.create(**{**values, **more})


def full(**more: Any) -> Draft:
    """A whole notice that grants everything, handed over at the counter."""
    values = {"kind": DecisionKind.FULL, "material": MATERIAL, "form": "HARD", "send_way": "PICKUP"}
    return Draft(**{**values, **more})


def partial(test: ConsequenceTest, **more: Any) -> Draft:
    values: dict[str, Any] = {
        "kind": DecisionKind.PARTIAL, "material": MATERIAL, "form": "HARD", "send_way": "PICKUP",
        "reason": "Nomor induk kependudukan warga dihitamkan.", "tests": [test.pk],
        "blackened": [Blackened("Daftar penerima", test.letter, "Nomor induk kependudukan warga", 2)],
    }  # fmt: skip
    return Draft(**{**values, **more})


def refused(test: ConsequenceTest, **more: Any) -> Draft:
    values: dict[str, Any] = {
        "kind": DecisionKind.REFUSED, "tests": [test.pk],
        "reason": "Seluruh berkas berisi data pribadi warga yang tidak boleh dibuka.",
    }  # fmt: skip
    return Draft(**{**values, **more})


def not_held(**more: Any) -> Draft:
    values = {
        "kind": DecisionKind.NOT_HELD,
        "reason": "Jalan itu jalan provinsi; datanya ada pada pemerintah provinsi.",
    }
    return Draft(**{**values, **more})


def walk(request: InformationRequest, status: str, *, now: dt.datetime) -> InformationRequest:
    """From REGISTERED to a status of the desk's part."""
    pk, by = request.pk, ppid()
    if status == RequestStatus.IN_PROGRESS:
        checking.begin(request_id=pk, by=by, now=now)
    elif status in (RequestStatus.GRANTED, RequestStatus.DELIVERED):
        deciding.decide(request_id=pk, draft=full(), by=by, now=now)
        if status == RequestStatus.DELIVERED:
            delivering.deliver(request_id=pk, note="Diambil pemohon di meja layanan.", by=by, now=now)
    elif status == RequestStatus.REFUSED:
        deciding.decide(request_id=pk, draft=refused(a_fixed_test(now=now)), by=by, now=now)
    elif status == RequestStatus.NOT_HELD:
        deciding.decide(request_id=pk, draft=not_held(), by=by, now=now)
    return InformationRequest.objects.get(pk=pk)


def objection_on(
    request: InformationRequest,
    ground: str = "a",
    *,
    status: str = ObjectionStatus.REGISTERED,
    now: dt.datetime,
) -> Objection:
    """An objection on a request for which the ground is true at `now`, walked to `status`."""
    objection = objecting.object_to(
        request_id=request.pk, ground=ground, position="Menurut saya informasi ini terbuka bagi umum.",
        holding=[request.pk], by=None, now=now,
    )  # fmt: skip
    return walk_objection(objection, status, now=now)


def walk_objection(objection: Objection, status: str, *, now: dt.datetime) -> Objection:
    """From REGISTERED to a status of Atasan PPID's part."""
    if status in (ObjectionStatus.REVIEWED, ObjectionStatus.ANSWERED):
        objections.review(objection_id=objection.pk, by=atasan(), now=now)
    if status == ObjectionStatus.ANSWERED:
        objections.answer(
            objection_id=objection.pk, outcome="UPHELD", body="Putusan PPID sudah sesuai undang-undang.",
            post="Sekretaris Daerah", by=atasan(), now=now,
        )  # fmt: skip
    if status == ObjectionStatus.WITHDRAWN:
        objections.withdraw(
            objection_id=objection.pk, reason="Pengaju mencabut lewat telepon.", by=atasan(), now=now
        )
    return Objection.objects.get(pk=objection.pk)
