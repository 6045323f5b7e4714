"""What a person may do on a day is what the rows in force on that day say: the written-out query agrees with them."""

import datetime as dt
from typing import Any

import pytest

from pendopo.base.organizations.models import ActingHead, ActingKind, Membership, Role
from pendopo.base.organizations.roles import forget, roles_of
from pendopo.base.organizations.testing import Government

FIRST, LAST = dt.date(2026, 3, 5), dt.date(2026, 3, 12)


@pytest.mark.parametrize("active", [True, False])
@pytest.mark.parametrize("day", [FIRST - dt.timedelta(1), FIRST, LAST, LAST + dt.timedelta(1)])
def test_roles_are_those_of_the_rows_in_force(
    government: Government, sari: Any, active: bool, day: dt.date
) -> None:
    Membership.objects.create(
        user=sari, organization=government.environment, role=Role.OFFICER, since=FIRST, until=LAST
    )
    ActingHead.objects.create(
        user=sari, organization=government.district, kind=ActingKind.PLH, since=FIRST, until=LAST
    )
    sari.is_active = active
    sari.save()
    forget(sari)
    expected: dict[int, set[str]] = {}
    for row in Membership.objects.current(on=day).filter(user=sari):
        expected.setdefault(row.organization_id, set()).add(row.role)
    for acting in ActingHead.objects.current(on=day).filter(user=sari):
        expected.setdefault(acting.organization_id, set()).add(Role.HEAD)
    assert {office: set(names) for office, names in roles_of(sari, on=day).held.items()} == expected
    assert len(expected) == (0 if not active else 3 if FIRST <= day <= LAST else 1)
