"""A report at Dinas PU with tasks, for the tests of tasks and links."""

import datetime as dt
import uuid
from typing import Any

from pendopo.domains.reports.actions import task_links, tasks
from pendopo.domains.reports.actions.task_links import Holder
from pendopo.domains.reports.actions.tasks import Part
from pendopo.domains.reports.models import Report, ReportTask, Status, TaskLink
from pendopo.domains.reports.testing import a_report

ASKED = "Pangkas dahan di depan lampu."


def shared(city: Any, by: Any, now: dt.datetime, **more: Any) -> tuple[Report, list[ReportTask]]:
    """A report at work, one task for Dinas Lingkungan Hidup and one for Kecamatan Melati."""
    report = a_report(status=Status.IN_PROGRESS, office=city.works, now=now, **more)
    parts = [Part(city.environment.pk, ASKED), Part(city.district.pk, "Atur lalu lintas saat bekerja.")]
    return report, tasks.share(report_id=report.pk, parts=parts, by=by, now=now)


def a_link(task: ReportTask, by: Any, now: dt.datetime, **more: Any) -> TaskLink:
    given = {"expires_at": None, "holder": Holder("Bagas", "pelaksana CV Karya"), **more}
    return task_links.make(task_id=task.pk, key=uuid.uuid4(), by=by, now=now, **given)
