"""Reports of the demo city on which several offices work, with tasks in every state. Done by the real actions."""

import datetime as dt
import uuid

from pendopo.base.accounts.models import User
from pendopo.base.cases.models.case import WORKING_ROLES
from pendopo.base.organizations.models import Membership, Organization
from pendopo.base.registries.demo import City
from pendopo.domains.reports.actions import task_links, tasks
from pendopo.domains.reports.actions.task_links import Holder
from pendopo.domains.reports.actions.tasks import Part
from pendopo.domains.reports.demo_desks import WORKS
from pendopo.domains.reports.models import Report, ReportTask, Status, TaskUpdate

OTHER = "dlh"
MOST = 4  # reports that are shared out
WORK = "Rapikan dahan yang menutupi lampu dan jalan di titik ini, lalu bersihkan sisanya."
SURVEY = "Periksa kerusakannya, ukur luasnya, dan pasang tanda pengaman."


def build(city: City) -> None:
    """Share some of Dinas PU's open reports with Dinas Lingkungan Hidup. Once."""
    if ReportTask.objects.filter(clock__isnull=False, instruction__in=(WORK, SURVEY)).exists():
        return
    works, other = (Organization.objects.filter(slug=slug).first() for slug in (WORKS, OTHER))
    lead, helper = _worker(works), _worker(other)
    if works is None or other is None or lead is None or helper is None:
        return
    open_ones = Report.objects.filter(
        office=works, status=Status.IN_PROGRESS, secret=False, closure_proposed=False, tasks=None
    )
    for number, report in enumerate(open_ones.order_by("-received_at", "pk")[:MOST]):
        now = city.now - dt.timedelta(days=number, hours=3)
        if now <= report.updated_at:
            now = city.now
        parts = [Part(other.pk, WORK), Part(works.pk, SURVEY)]
        shared = tasks.share(report_id=report.pk, parts=parts, by=lead, now=now)
        _go_on(number, shared, lead=lead, helper=helper, now=now)
    city.record("tugas", ReportTask.objects.filter(instruction__in=(WORK, SURVEY)).count())


def _go_on(number: int, shared: list[ReportTask], *, lead: User, helper: User, now: dt.datetime) -> None:
    """The first is untouched, the second begun, the third handed to a contractor, the fourth done or returned."""
    theirs, own = shared
    if number == 1:
        tasks.accept(task_id=theirs.pk, by=helper, now=now)
        tasks.note(
            task_id=theirs.pk, key=uuid.uuid5(uuid.NAMESPACE_URL, f"note-{theirs.pk}"),
            body="Truk tangga baru bebas besok pagi. Kami kabari begitu berangkat.", by=helper, now=now,
        )  # fmt: skip
    if number == 2:
        link = task_links.make(
            task_id=own.pk, key=uuid.uuid5(uuid.NAMESPACE_URL, f"link-{own.pk}"),
            holder=Holder("Bagas", "pelaksana lapangan CV Karya Contoh"), expires_at=None, by=lead, now=now,
        )  # fmt: skip
        task_links.send_update(
            link_id=link.pk, key=uuid.uuid5(uuid.NAMESPACE_URL, f"kabar-{own.pk}"),
            kind=TaskUpdate.Kind.STARTED, words="Tim tiga orang mulai pagi ini.", files=[], now=now,
        )  # fmt: skip
    if number == 3:
        tasks.finish(
            task_id=theirs.pk, result="Dahan dipangkas dan sisanya sudah diangkut.", by=helper, now=now
        )
        tasks.give_back(task_id=own.pk, reason="Ruas ini dirawat pemerintah provinsi.", by=lead, now=now)


def _worker(office: Organization | None) -> User | None:
    """Somebody who works there, the same one every time."""
    rows = Membership.objects.filter(organization=office, role__in=WORKING_ROLES).select_related("user")
    found = rows.order_by("-role", "pk").first()
    return found.user if found else None
