"""Being told on one's own phone about one's own report."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction

from pendopo.base.notices import push
from pendopo.base.notices.models import PushSubscription
from pendopo.domains.reports import policy
from pendopo.domains.reports.actions.common import find_for_reporter
from pendopo.domains.reports.models import ReportPush
from pendopo.kernel.errors import require


@transaction.atomic
def tell_this_phone(
    *, report_id: int, given: push.Given, language: str, holding: Collection[int], by: Any, now: dt.datetime
) -> ReportPush:
    """From now on this browser hears about the report. Asking twice changes nothing. Raises NotAllowed."""
    report = find_for_reporter(report_id, by, holding)
    require(policy.speaks_as_reporter, by, report, holding=holding)
    subscription = push.keep(given=given, language=language, now=now)
    link, _fresh = ReportPush.objects.get_or_create(
        case=report, subscription=subscription, defaults={"since": now}
    )
    return link


@transaction.atomic
def leave_this_phone(
    *, report_id: int, endpoint: str, holding: Collection[int], by: Any, now: dt.datetime
) -> None:
    """No more news about the report: to this browser, or to all phones when no browser is named.

    A subscription that no report needs any more is forgotten. Raises NotAllowed.
    """
    report = find_for_reporter(report_id, by, holding)
    require(policy.speaks_as_reporter, by, report, holding=holding)
    links = ReportPush.objects.filter(case=report)
    if endpoint:
        links = links.filter(subscription__endpoint=endpoint)
    rows = list(links.values_list("subscription", flat=True))
    links.delete()
    needed = ReportPush.objects.filter(subscription__in=rows).values("subscription")
    PushSubscription.objects.filter(pk__in=rows).exclude(pk__in=needed).delete()
