"""Who keeps the lists: units their own part, PPID Utama every part; only PPID Utama fixes."""

import datetime as dt
from typing import Any

from pendopo.domains.information import rules
from pendopo.domains.information.models import Category, ConsequenceTest, Item, ItemStatus
from pendopo.domains.information.policy import who


def may_keep(user: Any, office_id: int) -> bool:
    """Draft, change, propose and renew entries of an office, and add files to them."""
    return who.keeps_items_of(user, office_id)


def may_fix(user: Any) -> bool:
    """Fix by decree, return, withdraw what is public, and open what was withheld."""
    return who.decides(user)


def may_publish_at_once(user: Any, item: Item, on: dt.date) -> bool:
    """Serta merta goes out without waiting for the decree: by PPID Utama, by the unit where the city allows it."""
    if item.category != Category.SERTA_MERTA:
        return False
    allowed = rules.amount(rules.Key.UNIT_AT_ONCE, on) > 0
    return may_fix(user) or (allowed and may_keep(user, item.office_id))


def may_withdraw(user: Any, item: Item) -> bool:
    """A unit takes back what is not public yet; what is public only PPID Utama."""
    return may_fix(user) or (item.status != ItemStatus.FIXED and may_keep(user, item.office_id))


def may_rename(user: Any, item: Item) -> bool:
    """Title, category and year of a fixed entry stand in the decree: a unit does not change them."""
    return item.status != ItemStatus.FIXED or may_fix(user)


def may_test(user: Any, office_id: int) -> bool:
    """Write and propose the consequence test of an office's information."""
    return who.keeps_items_of(user, office_id)


def may_note_opinion(user: Any) -> bool:
    """Write down what the council said."""
    return who.serves_requests(user)


def may_drop_test(user: Any, test: ConsequenceTest) -> bool:
    """Who wrote it for the office may give it up before it is fixed; ending a fixed one is PPID Utama's."""
    return may_fix(user) or (test.fixed_at is None and may_test(user, test.office_id))
