"""Reports for tests, made by walking the real actions to the wanted state."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from pendopo.base.accounts.models import User
from pendopo.base.files.models import File
from pendopo.base.organizations.models import Membership, Organization, Role
from pendopo.base.regions.models import Level, Region
from pendopo.domains.reports import seeds
from pendopo.domains.reports.actions import closing, intake, merging, moderation, routing, work
from pendopo.domains.reports.models import ArchiveReason, Category, Draft, Report, Status
from pendopo.kernel import clock
from pendopo.kernel.testing import again

TEXT = "Lampu jalan di depan masjid sudah mati tiga malam, gelap sekali."


def prepare() -> None:
    """Categories, clock rules and routing policy, as every installation has them."""
    if not Category.objects.exists():
        again("reports", seeds.load)


def a_report(
    *,
    status: str = Status.RECEIVED,
    office: Organization | None = None,
    secret: bool = False,
    anonymous: bool = True,
    hidden: bool = False,
    text: str = TEXT,
    category: str = "lampu-jalan",
    region: str = "",
    address: str = "Jalan Melati, depan masjid",
    point: tuple[float, float] | None = None,
    name: str = "Rina Marlina",
    email: str = "rina@contoh.example",
    phone: str = "+6281234567890",
    language: str = "id",
    photos: Sequence[File] = (),
    reporter: Any = None,
    now: dt.datetime | None = None,
) -> Report:
    """A report in `status`, handled by `office` (the intake office when None and nothing was handed over).

    Needs a government with an intake office. People who must act and are missing are made.
    """
    prepare()
    moment = now or clock.now()
    new = intake.NewReport(
        category=Category.objects.get(pk=category),
        text=text,
        region_code=region or _any_village(),
        address=address,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        anonymous=anonymous,
        secret=secret,
        name=name,
        email=email,
        phone=phone,
        language=language,
        photos=photos,
    )
    draft = Draft.objects.create(created_at=moment, updated_at=moment)
    report = intake.receive(draft=draft, new=new, by=reporter, now=moment)
    _Walk(report.pk, office, moment).to(Status(status))
    if hidden:
        Report.objects.filter(pk=report.pk).update(hidden=True, hidden_reason="uji")
    return Report.objects.get(pk=report.pk)


def worker(office: Organization, role: str, number: int = 0) -> User:
    """The `number`-th person with a role in an office; made when there is none."""
    found = Membership.objects.filter(organization=office, role=role).order_by("pk")
    rows = list(found.select_related("user")[number : number + 1])
    if rows:
        return rows[0].user
    user = User.objects.create_user(
        f"{role.lower()}-{uuid.uuid4().hex[:8]}@uji.example", name=f"Petugas {office}"
    )
    Membership.objects.create(user=user, organization=office, role=role, since=dt.date(2020, 1, 1))
    return user


def _any_village() -> str:
    village = Region.objects.filter(served=True, level=Level.VILLAGE).order_by("code").first()
    assert village is not None, "build a government first"
    return village.code


class _Walk:
    """One report on its way. Every step is the action that the desk or the citizen's page calls."""

    def __init__(self, pk: int, office: Organization | None, now: dt.datetime) -> None:
        self.pk, self.now = pk, now
        self.intake = Organization.objects.get(is_intake=True)
        self.office = office or self.intake

    @property
    def coordinator(self) -> User:
        return worker(self.intake, Role.COORDINATOR)

    @property
    def officer(self) -> User:
        return worker(self.office, Role.OFFICER)

    def to(self, status: Status) -> None:
        steps: dict[Status, list[Callable[[], object]]] = {
            Status.RECEIVED: [],
            Status.VERIFIED: [self.verify],
            Status.ASSIGNED: [self.assign],
            Status.IN_PROGRESS: [self.assign, self.take],
            Status.AWAITING_INFO: [self.assign, self.take, self.ask],
            Status.ANSWERED: [self.assign, self.take, self.answer],
            Status.CLOSED_BY_CITIZEN: [self.assign, self.take, self.answer, self.confirm],
            Status.CLOSED_BY_OFFICER: [self.assign, self.take, self.answer, self.close],
            Status.CLOSED_BY_SYSTEM: [self.assign, self.take, self.answer, self.time_out],
            Status.REOPENED: [self.assign, self.take, self.answer, self.reopen],
            Status.ARCHIVED: [self.archive],
            Status.FORWARDED: [self.forward],
            Status.MERGED: [self.assign, self.join],
        }
        for step in steps[status]:
            step()

    def verify(self) -> None:
        routing.verify(report_id=self.pk, report_class="ORDINARY", by=self.coordinator, now=self.now)

    def assign(self) -> None:
        if self.office == self.intake:
            self.verify()
        routing.assign(
            report_id=self.pk, office_id=self.office.pk, instruction="", by=self.coordinator, now=self.now
        )

    def take(self) -> None:
        work.take(report_id=self.pk, by=self.officer, now=self.now)

    def ask(self) -> None:
        work.ask(report_id=self.pk, body="Di sebelah mana tepatnya?", by=self.officer, now=self.now)

    def answer(self) -> None:
        closing.propose_closing(
            report_id=self.pk,
            summary="Lampu sudah kami ganti dan sudah menyala.",
            by=self.officer,
            now=self.now,
        )
        second = worker(self.office, Role.HEAD)
        closing.check_closing(report_id=self.pk, accept=True, remark="", by=second, now=self.now)

    def confirm(self) -> None:
        closing.confirm(report_id=self.pk, holding=[self.pk], by=None, stars=None, comment="", now=self.now)

    def close(self) -> None:
        closing.close_for_citizen(
            report_id=self.pk,
            reason="Pelapor menyatakan selesai lewat telepon.",
            by=self.officer,
            now=self.now,
        )

    def time_out(self) -> None:
        late = self.now + dt.timedelta(days=30)
        closing.close_by_timer(report_id=self.pk, today=clock.local_date(late), now=late)

    def reopen(self) -> None:
        closing.reopen(
            report_id=self.pk,
            holding=[self.pk],
            by=None,
            reason="Masih mati juga lampunya.",
            today=clock.local_date(self.now),
            now=self.now,
        )

    def join(self) -> None:
        """Into another report of the same thing at the same office."""
        told = Report.objects.values_list("text", flat=True).get(pk=self.pk)
        parent = a_report(
            status=Status.IN_PROGRESS, office=self.office, text=told, email="", phone="", now=self.now
        )
        merging.merge(into=parent.pk, children=[self.pk], by=self.officer, now=self.now)

    def archive(self) -> None:
        moderation.archive(
            report_id=self.pk,
            reason=ArchiveReason.UNCLEAR,
            explanation="Tempatnya tidak dapat kami temukan.",
            by=self.coordinator,
            now=self.now,
        )

    def forward(self) -> None:
        moderation.forward_outside(
            report_id=self.pk, to="PLN UP3", explanation="Ini urusan PLN.", by=self.coordinator, now=self.now
        )
