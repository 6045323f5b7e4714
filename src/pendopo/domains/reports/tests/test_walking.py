"""The builder reaches every state by the real actions, so every state is reachable by people."""

import datetime as dt
from typing import Any

import pytest

from pendopo.base.audit.models import Entry
from pendopo.domains.reports.models import Status
from pendopo.domains.reports.testing import a_report


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("secret", [False, True])
def test_every_state_is_reached_by_real_actions(
    status: str, secret: bool, government: Any, everyone: Any, now: dt.datetime
) -> None:
    report = a_report(status=status, office=government.works, secret=secret, now=now)
    assert report.status == status
    entries = Entry.objects.about(report)
    assert entries.filter(verb="reports.received").count() == 1
    assert all(entry.restricted is secret for entry in entries)
