"""`{% load cases %}`: how a case is shown to staff, whatever its room."""

import datetime as dt

from django import template

from pendopo.base.cases.models import AbstractCase
from pendopo.base.cases.remaining import Remaining, remaining

register = template.Library()


@register.filter
def time_left(case: AbstractCase, now: dt.datetime) -> Remaining:
    """`{% with left=case|time_left:now %}`: words, tone and what the time is for."""
    return remaining(case, now=now)


@register.filter
def same(one: object, other: object) -> bool:
    """For `{% include … with current=row.pk|same:case.pk %}`."""
    return one == other
