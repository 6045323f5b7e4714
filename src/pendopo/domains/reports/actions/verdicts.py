"""Was it really done? A neighbour's or the reporter's word about a closed report. One voice each."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pendopo.base.audit.models import CITIZEN
from pendopo.domains.reports import policy, resolution
from pendopo.domains.reports.actions.common import CITIZEN_LABEL, find_for_reporter, remember
from pendopo.domains.reports.models import CLOSED, NeighbourVerdict, Report, ResolutionFact
from pendopo.kernel.errors import Refused, require

SAID = {True: gettext_noop("sudah beres"), False: gettext_noop("belum beres")}


@transaction.atomic
def say_as_neighbour(
    *, slug: str, by: Any, mark: str, done: bool, holding: Collection[int] = (), now: dt.datetime
) -> Report:
    """Somebody passes the place and says what they see. Saying it again changes the same voice.

    `mark` is a keyed hash of the browser or account. Raises Report.DoesNotExist for what is not public.
    """
    reports = Report.objects.visible_to(by).public().select_for_update(of=("self",))
    report: Report = reports.get(slug=slug)
    require(policy.may_judge_as_neighbour, by, report, holding=holding)
    _refuse_open(report)
    changed = _keep(report, {"mark": mark}, done=done, reporter=False, now=now)
    if changed:
        remember(report, "neighbour_said", by=None, label=CITIZEN, now=now, facts={"said": SAID[done]})
    return report


@transaction.atomic
def say_as_reporter(
    *, report_id: int, holding: Collection[int], by: Any, done: bool, now: dt.datetime
) -> Report:
    """The reporter's word about a report that an officer or the timer closed. The state does not change."""
    report = find_for_reporter(report_id, by, holding)
    require(policy.speaks_as_reporter, by, report, holding=holding)
    _refuse_open(report)
    changed = _keep(report, {"reporter": True}, done=done, reporter=True, now=now)
    if changed:
        remember(report, "reporter_said", by=None, label=CITIZEN_LABEL, now=now, facts={"said": SAID[done]})
    return report


def _refuse_open(report: Report) -> None:
    if report.status not in CLOSED:
        raise Refused(_("Laporan ini belum ditutup, jadi belum bisa dinilai."))


def _keep(report: Report, whose: dict[str, Any], *, done: bool, reporter: bool, now: dt.datetime) -> bool:
    """Keep the voice; says whether it is new or changed."""
    if not ResolutionFact.objects.filter(case=report, round=report.reopened_count).exists():
        resolution.note_closing(report, now=now)
    voice, new = NeighbourVerdict.objects.get_or_create(
        case=report, round=report.reopened_count, **whose,
        defaults={"done": done, "reporter": reporter, "at": now},
    )  # fmt: skip
    changed = new or voice.done != done
    if not new and changed:
        voice.done, voice.at = done, now
        voice.save(update_fields=["done", "at"])
    if changed:
        resolution.note_verdicts(report.pk, report.reopened_count, now=now)
    return changed
