"""How long a limit is, in words, as its row says on a day: a local limit may be shorter than the law's."""

import datetime as dt

from pendopo.base.cases import clocks


def span(kind: str, step: str, *, on: dt.date) -> str:
    """ "10 hari kerja", "" while no row holds."""
    try:
        rule = clocks.rule_for(kind, step, case_class="", on=on)
    except clocks.NoRule:
        return ""
    return f"{rule.amount} {rule.get_unit_display()}"
