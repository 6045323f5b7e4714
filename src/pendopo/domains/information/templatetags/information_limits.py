"""`{% load information_limits %}`: limits of the law inside a sentence, read from their rows."""

from django import template

from pendopo.domains.information import limits_shown
from pendopo.kernel import clock

register = template.Library()


@register.simple_tag
def limit(kind: str, step: str) -> str:
    """`{% limit "information" "answer" as answer %}`: "10 hari kerja", as the rule says that holds today."""
    return limits_shown.length(kind, step, clock.local_date(clock.now()))
