"""What the tests of merging share."""

from pendopo.base.notices.models import EMAIL, Notice
from pendopo.domains.reports.models import Report, Status

AT_WORK = Status.IN_PROGRESS


def again(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def letters(event: str) -> list[str]:
    """Addresses that got a letter of this event, one for each letter."""
    rows = Notice.objects.filter(event=event, channel=EMAIL)
    return sorted(rows.values_list("address", flat=True))
