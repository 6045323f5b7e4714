"""Who may do what with a report. Seeing is a query (`visible_to`, `desk_of`); doing is a predicate here."""

from collections.abc import Collection
from typing import Any

from pendopo.base.cases.models.case import WORKING_ROLES
from pendopo.base.organizations.models import Role
from pendopo.base.organizations.roles import roles_of
from pendopo.domains.reports.models import MERGEABLE, OURS, Report, ReportTask, Status


def _coordinates(user: Any, report: Report) -> bool:
    """A koordinator of the government; for a secret report only one of the handling office itself."""
    roles = roles_of(user)
    if report.secret:
        return roles.has(report.office_id, Role.COORDINATOR)
    return roles.coordinates


def _works_on(user: Any, report: Report) -> bool:
    return roles_of(user).has(report.office_id, *WORKING_ROLES)


def _open_to_office(report: Report) -> bool:
    return report.status in {Status.ASSIGNED, Status.IN_PROGRESS, Status.REOPENED, Status.AWAITING_INFO}


def may_give(user: Any, report: Report) -> bool:
    """Give a report to a colleague of the handling office."""
    return _open_to_office(report) and _works_on(user, report)


def may_snooze(user: Any, report: Report) -> bool:
    """Put a report aside until a day. What waits for the citizen is aside already."""
    return report.status in OURS and may_note(user, report)


def may_wake(user: Any, report: Report) -> bool:
    return report.snoozed_until is not None and may_snooze(user, report)


def may_enter(user: Any) -> bool:
    """Enter a report "atas nama" a citizen who phoned, wrote or came by."""
    return bool(roles_of(user).offices_as(*WORKING_ROLES))


def may_import(user: Any) -> bool:
    """Bring reports of SP4N-LAPOR! in by file."""
    return roles_of(user).coordinates


def may_export_sp4n(user: Any) -> bool:
    """Take the desk's reports out in SP4N's columns, names and secret words withheld."""
    return bool(roles_of(user).offices_as(*WORKING_ROLES))


def may_export_everything(user: Any) -> bool:
    """The same with names and secret words: the koordinator or head of the government, each time with a reason."""
    roles = roles_of(user)
    return roles.coordinates or Role.HEAD in roles.central


def may_verify(user: Any, report: Report) -> bool:
    return report.status == Status.RECEIVED and _coordinates(user, report)


def may_assign(user: Any, report: Report) -> bool:
    """Disposisi by the koordinator; a kecamatan or agency may hand on to an office below it."""
    if report.status in {Status.RECEIVED, Status.VERIFIED}:
        return _coordinates(user, report)
    return report.status in {Status.ASSIGNED, Status.IN_PROGRESS, Status.REOPENED} and _works_on(user, report)


def may_return(user: Any, report: Report) -> bool:
    """Send a wrong hand-over back to the koordinator."""
    return (
        report.status in {Status.ASSIGNED, Status.IN_PROGRESS, Status.REOPENED}
        and _works_on(user, report)
        and not report.closure_proposed
    )


def may_take(user: Any, report: Report) -> bool:
    return _open_to_office(report) and _works_on(user, report) and report.handler_id != user.pk


def may_answer(user: Any, report: Report) -> bool:
    return report.status in {Status.ASSIGNED, Status.IN_PROGRESS, Status.REOPENED} and _works_on(user, report)


def may_ask(user: Any, report: Report) -> bool:
    """Ask the citizen for what is missing; the clock stops meanwhile."""
    if report.status in {Status.RECEIVED, Status.VERIFIED}:
        return _coordinates(user, report)
    return (
        report.status in {Status.ASSIGNED, Status.IN_PROGRESS, Status.REOPENED}
        and _works_on(user, report)
        and not report.closure_proposed
    )


def may_note(user: Any, report: Report) -> bool:
    return _works_on(user, report) or _coordinates(user, report)


def may_add_task(user: Any, report: Report) -> bool:
    """Ask another office for a part. Never for a secret report: no other office may know it."""
    ready = _open_to_office(report) and not report.closure_proposed
    return not report.secret and ready and may_note(user, report)


def may_propose_closing(user: Any, report: Report) -> bool:
    return (
        report.status in {Status.IN_PROGRESS, Status.ASSIGNED, Status.REOPENED}
        and not report.closure_proposed
        and _works_on(user, report)
    )


def may_check_closing(user: Any, report: Report) -> bool:
    """A second person: a colleague or head of the office, or the koordinator. Never the proposer (action)."""
    return report.closure_proposed and (_works_on(user, report) or _coordinates(user, report))


def may_close_for_citizen(user: Any, report: Report) -> bool:
    """Close without waiting for the timer, when the citizen confirmed by phone or cannot be reached."""
    return report.status == Status.ANSWERED and (_works_on(user, report) or _coordinates(user, report))


def may_archive(user: Any, report: Report) -> bool:
    return Report.TRANSITIONS.allows(report.status, Status.ARCHIVED) and _coordinates(user, report)


def may_forward(user: Any, report: Report) -> bool:
    return Report.TRANSITIONS.allows(report.status, Status.FORWARDED) and _coordinates(user, report)


def is_mergeable(report: Report) -> bool:
    """Still worked on: what was answered or has ended is not taken from its reporter any more."""
    return report.status in MERGEABLE


def may_merge(user: Any, report: Report) -> bool:
    """Join this report to another one: a koordinator, or the office that works on it."""
    return is_mergeable(report) and (_works_on(user, report) or _coordinates(user, report))


def may_gather(user: Any, report: Report) -> bool:
    """Join others to this one. A secret report is nobody's parent: its children's reporters would learn of it."""
    open_or_answered = is_mergeable(report) or report.status == Status.ANSWERED
    return open_or_answered and not report.secret and (_works_on(user, report) or _coordinates(user, report))


def may_join(user: Any, child: Report, parent: Report) -> bool:
    """This child to this parent. Across offices only a koordinator; a secret child by its own office alone."""
    if child.office_id == parent.office_id:
        return may_merge(user, child) and may_gather(user, parent)
    return not child.secret and is_mergeable(child) and _coordinates(user, child)


def may_unmerge(user: Any, report: Report) -> bool:
    return report.status == Status.MERGED and (_works_on(user, report) or _coordinates(user, report))


def may_reopen(user: Any, report: Report) -> bool:
    """Staff side; the citizen's own window is `reopen_until`. A merged report is taken out instead."""
    allowed = report.status != Status.MERGED and Report.TRANSITIONS.allows(report.status, Status.REOPENED)
    return allowed and _coordinates(user, report)


def may_classify(user: Any, report: Report) -> bool:
    return report.closed_at is None and _coordinates(user, report)


def may_set_urgency(user: Any, report: Report) -> bool:
    return report.closed_at is None and may_note(user, report)


def may_moderate(user: Any, report: Report) -> bool:
    """Hide from the public, or mask names in the public text."""
    return _coordinates(user, report)


def may_see_contact(user: Any, report: Report) -> bool:
    """Only who has to reach the citizen: the handling office, and the koordinator while it is routed."""
    return _works_on(user, report) or _coordinates(user, report)


def may_override(user: Any, report: Report) -> bool:
    """The way out of a stuck state: the head of the handling office, or of the government's intake."""
    roles = roles_of(user)
    return roles.has(report.office_id, Role.HEAD) or (Role.HEAD in roles.central and not report.secret)


def may_route_by_rule(user: Any) -> bool:
    """Edit routing rules and the precision threshold."""
    return roles_of(user).coordinates


def may_write_canned(user: Any) -> bool:
    """Keep prepared answers: the koordinator for all offices, a head for the own one."""
    roles = roles_of(user)
    return roles.coordinates or bool(roles.offices_as(Role.HEAD))


def may_write_canned_for(user: Any, office_id: int | None) -> bool:
    """Keep those of this office; None are those of all offices."""
    roles = roles_of(user)
    return roles.coordinates or (office_id is not None and roles.has(office_id, Role.HEAD))


def speaks_as_reporter(user: Any, report: Report, *, holding: Collection[int] = ()) -> bool:
    """The citizen who sent it: proved by code plus contact, by signed link, or by the own account."""
    signed_in = getattr(user, "is_authenticated", False)
    return report.pk in holding or (signed_in and report.reporter_id == user.pk)


def may_judge_as_neighbour(user: Any, report: Report, *, holding: Collection[int] = ()) -> bool:
    """Everybody but staff, for an office does not judge its own work, and the reporter, who has a voice apart."""
    return not roles_of(user).is_staff and not speaks_as_reporter(user, report, holding=holding)


def may_read_resolution(user: Any) -> bool:
    """The desk page about closings that held or not: koordinator, observers, and heads for their own office."""
    roles = roles_of(user)
    return roles.sees_all or bool(roles.offices_as(Role.HEAD, Role.COORDINATOR))


def may_lead_task(user: Any, report: Report) -> bool:
    """Speak for the asking side: the handling office, or the koordinator."""
    return not report.secret and may_note(user, report)


def may_do_task(user: Any, task: ReportTask) -> bool:
    """Speak for the asked side: the people who work in that office."""
    return roles_of(user).has(task.office_id, *WORKING_ROLES)


def may_see_task_queue(user: Any) -> bool:
    return bool(roles_of(user).offices_as(*WORKING_ROLES))
