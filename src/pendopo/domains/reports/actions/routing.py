"""Getting a report to the office that must act: verification, suggestions, disposisi, wrong hand-overs."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.roles import roles_of
from pendopo.domains.reports import policy, routing, telling
from pendopo.domains.reports.actions.common import find_for_staff, remember
from pendopo.domains.reports.events import ReportAssigned, ReportReturned
from pendopo.domains.reports.models import Handover, Report, RoutingPolicy, Status, Suggestion
from pendopo.kernel import clock, events
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean, clean_line


def suggest_offices(report: Report, *, now: dt.datetime) -> None:
    """Write the up to three suggested offices of a new report, best first.

    Their reasons are kept as words for officers, so they never follow the language of who sent the report.
    """
    with override(settings.LANGUAGE_CODE):
        found = routing.suggest(report, now=now)
    Suggestion.objects.bulk_create(
        Suggestion(case=report, rank=rank, **found_one.as_fields())
        for rank, found_one in enumerate(found, start=1)
    )


@transaction.atomic
def hand_over_when_sure(*, report_id: int) -> bool:
    """Disposisi without a person, only above the precision the koordinator set; True when it was made.

    Runs as a job born with the report, so the citizen does not wait for it; a second run finds the report
    handed over and does nothing. A secret report is never handed over by a machine: a person decides which
    single office may know it.
    """
    rule = RoutingPolicy.objects.filter(automatic=True).first()
    new = Report.objects.select_for_update(of=("self",)).filter(status=Status.RECEIVED, secret=False)
    report = new.select_related("office", "category").filter(pk=report_id).first() if rule else None
    best = report.suggestions.select_related("office").order_by("rank").first() if report else None
    if rule is None or report is None or best is None or not routing.is_sure_enough(best, rule):
        return False
    now = clock.now()
    _verified(report, by=None, now=now)
    row = Handover(origin=best.origin, rule_id=best.rule_id, automatic=True)
    _handed_over(report, best.office, row, by=None, now=now)
    return True


def _verified(report: Report, *, by: User | None, now: dt.datetime) -> None:
    report.move_to(Status.VERIFIED, now=now)
    report.verified_in_time = clocks.stop(report, "verify", now=now)
    report.save(update_fields=["verified_in_time"])
    clocks.start(report, "resolve", case_class=report.report_class, now=now)
    remember(report, "verified", by=by, now=now, public=True)


@transaction.atomic
def verify(*, report_id: int, report_class: str, by: User, now: dt.datetime) -> Report:
    """Accept a report as complete and set its class. Starts the clock of that class."""
    report = find_for_staff(report_id, by)
    require(policy.may_verify, by, report)
    report.report_class = report_class
    report.save(update_fields=["report_class"])
    _verified(report, by=by, now=now)
    return report


@transaction.atomic
def assign(
    *, report_id: int, office_id: int, instruction: str, by: User, now: dt.datetime, report_class: str = ""
) -> Report:
    """Disposisi. A report that is still new is verified by the same act.

    Raises NotAllowed; Refused for a closed office, the same office, or one outside the giver's own branch.
    """
    report = find_for_staff(report_id, by)
    require(policy.may_assign, by, report)
    target = Organization.objects.filter(pk=office_id, active=True).first()
    if target is None:
        raise Refused(_("Kantor ini sudah tidak aktif. Pilih kantor lain."), field="office")
    if target.pk == report.office_id and report.status in {
        Status.ASSIGNED,
        Status.IN_PROGRESS,
        Status.REOPENED,
    }:
        raise Refused(_("Laporan ini sudah ada di kantor tersebut."), field="office")
    below_own = target.path.startswith(report.office.path)
    if (
        not roles_of(by).coordinates
        and not below_own
        and report.status not in {Status.RECEIVED, Status.VERIFIED}
    ):
        raise Refused(
            _(
                "Anda hanya dapat meneruskan ke kantor di bawah kantor Anda."
                " Kembalikan ke koordinator bila salah alamat."
            ),
            field="office",
        )
    if report.status == Status.RECEIVED:
        if report_class:
            report.report_class = report_class
            report.save(update_fields=["report_class"])
        _verified(report, by=by, now=now)
    suggested = report.suggestions.filter(office=target).first()
    row = Handover(
        origin=suggested.origin if suggested else Handover.Origin.PERSON,
        rule_id=suggested.rule_id if suggested else None,
        instruction=clean(instruction),
    )
    _handed_over(report, target, row, by=by, now=now)
    return report


def _handed_over(
    report: Report, target: Organization, row: Handover, *, by: User | None, now: dt.datetime
) -> None:
    row.case, row.source_id, row.target, row.by, row.at = report, report.office_id, target, by, now
    row.save()
    report.office, report.handler, report.closure_proposed = target, None, False
    report.touch("office", "handler", "closure_proposed", now=now)
    if report.status in {Status.IN_PROGRESS, Status.REOPENED, Status.ASSIGNED}:
        report.move_to(Status.VERIFIED, now=now)
    report.move_to(Status.ASSIGNED, now=now)
    clocks.stop(report, "follow_up", now=now)
    clocks.start(report, "follow_up", case_class=report.report_class, now=now)
    verb = "assigned_automatically" if row.automatic else "assigned"
    remember(report, verb, by=by, now=now, public=True, facts={"target": target.name})
    telling.tell_office(report, "reports.assigned", now=now, once=str(row.pk))
    telling.tell_reporter(report, "reports.progress", now=now, once=f"assigned-{row.pk}")
    events.publish(ReportAssigned(report.pk, target.pk, row.automatic))


@transaction.atomic
def give_back(*, report_id: int, reason: str, by: User, now: dt.datetime) -> Report:
    """Return a wrong hand-over to the koordinator with a reason; the routing learns from it."""
    report = find_for_staff(report_id, by)
    require(policy.may_return, by, report)
    last = report.handovers.filter(target=report.office_id, returned_at=None).order_by("-at", "-pk").first()
    if last is None:
        raise Refused(_("Laporan ini tidak datang lewat disposisi, jadi tidak dapat dikembalikan."))
    last.returned_at, last.return_reason = now, clean_line(reason)[:300]
    last.save(update_fields=["returned_at", "return_reason"])
    remember(
        report, "returned", by=by, now=now, facts={"from": report.office.name, "reason": _shown(report, last)}
    )
    left = report.office_id
    report.office, report.handler = last.source, None
    report.touch("office", "handler", now=now)
    report.move_to(Status.VERIFIED, now=now)
    clocks.stop(report, "follow_up", now=now)
    telling.tell_office(report, "reports.returned", now=now, once=str(last.pk))
    events.publish(ReportReturned(report.pk, left))
    return report


def _shown(report: Report, handover: Handover) -> str:
    """History cannot be erased, so words about a secret report stay in its hand-over row."""
    return "" if report.secret else handover.return_reason
