"""Requests for tests, made by walking the real actions to the wanted state."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from pendopo.base.accounts.models import User
from pendopo.base.organizations.models import Membership, Organization, Role
from pendopo.domains.information import numbering, offices, seeds, testing_desk
from pendopo.domains.information.actions import completing, ending, intake, objecting
from pendopo.domains.information.models import (
    ExemptionGround,
    InformationRequest,
    Objection,
    ObjectionGround,
    RequestDraft,
    RequesterKind,
    RequestStatus,
)
from pendopo.domains.information.sealing import NewProof
from pendopo.kernel import clock
from pendopo.kernel.testing import again

DETAILS = "Anggaran dan realisasi pemeliharaan jalan kota tahun 2025, per kecamatan."
NIK = "9971010101900001"  # of Kota Uji's own region code, never a real person's


def prepare() -> None:
    """Limits, letters of Pasal 17 and number patterns, as every installation has them."""
    if not ExemptionGround.objects.exists():
        again("information", _load)


def _load() -> None:
    seeds.load()
    numbering.load()


def a_request(
    *,
    status: str = RequestStatus.REGISTERED,
    office: Organization | None = None,
    details: str = DETAILS,
    purpose: str = "Bahan rapat warga.",
    name: str = "Rina Marlina",
    email: str = "rina@contoh.example",
    phone: str = "+6281234567890",
    address: str = "Jalan Melati 7",
    occupation: str = "guru",
    requester_kind: str = RequesterKind.PERSON,
    by_proxy: bool = False,
    proxy_for: str = "",
    proofs: Sequence[NewProof] = (),
    language: str = "id",
    reporter: Any = None,
    now: dt.datetime | None = None,
    **more: Any,
) -> InformationRequest:
    """A request in `status`, received at `now`. Needs a government with an intake office.

    `office` is the unit that is asked in states beyond the register; `more` are other fields of NewRequest.
    """
    prepare()
    moment = now or clock.now()
    new = intake.NewRequest(
        details=details, purpose=purpose, name=name, email=email, phone=phone, address=address,
        occupation=occupation, requester_kind=requester_kind, by_proxy=by_proxy, proxy_for=proxy_for,
        proofs=tuple(proofs), language=language, **more,
    )  # fmt: skip
    draft = RequestDraft.objects.create(created_at=moment, updated_at=moment)
    request = intake.receive(draft=draft, new=new, by=reporter, now=moment)
    if status in testing_desk.WALKED:
        return testing_desk.walk(request, status, now=moment)
    _Walk(request.pk, office, moment).to(RequestStatus(status))
    return InformationRequest.objects.get(pk=request.pk)


def an_objection(
    *,
    request: InformationRequest | None = None,
    ground: str = ObjectionGround.NO_ANSWER,
    position: str = "Sampai hari ini belum ada jawaban apa pun.",
    proxy_name: str = "",
    now: dt.datetime | None = None,
) -> Objection:
    """An objection filed at `now`; without a request, on one that PPID left unanswered for forty days before."""
    moment = now or clock.now()
    about = request or a_request(now=moment - dt.timedelta(days=40))
    return objecting.object_to(
        request_id=about.pk, ground=ground, position=position, proxy_name=proxy_name, holding=[about.pk], by=None,
        now=moment,
    )  # fmt: skip


class _Walk:
    """One request on its way. Every step is the action that a page or the clock calls."""

    def __init__(self, pk: int, office: Organization | None, now: dt.datetime) -> None:
        self.pk, self.office, self.now = pk, office, now

    def to(self, status: RequestStatus) -> None:
        steps: dict[RequestStatus, list[Callable[[], object]]] = {
            RequestStatus.REGISTERED: [],
            RequestStatus.INCOMPLETE: [self.ask],
            RequestStatus.LAPSED: [self.ask, self.time_out],
            RequestStatus.WITHDRAWN: [self.withdraw],
        }
        for step in steps[status]:
            step()

    def ask(self) -> None:
        completing.ask_to_complete(
            request_id=self.pk, missing="Tahun anggarannya belum disebut.", by=_coordinator(), now=self.now
        )

    def time_out(self) -> None:
        late = self.now + dt.timedelta(days=30)
        ending.lapse(request_id=self.pk, today=clock.local_date(late), now=late)

    def withdraw(self) -> None:
        ending.withdraw(request_id=self.pk, holding=[self.pk], by=None, now=self.now)


def _coordinator() -> User:
    """A koordinator of the intake office; made when there is none."""
    office = offices.main_office()
    found = (
        Membership.objects.filter(organization=office, role=Role.COORDINATOR).select_related("user").first()
    )
    if found is not None:
        return found.user
    user = User.objects.create_user(
        f"koordinator-{uuid.uuid4().hex[:8]}@uji.example", name=f"Petugas {office}"
    )
    Membership.objects.create(
        user=user, organization=office, role=Role.COORDINATOR, since=dt.date(2020, 1, 1)
    )
    return user
