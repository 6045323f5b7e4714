"""What a person chooses for the own account."""

from django.db import transaction

from pendopo.base.accounts.models import User


@transaction.atomic
def set_single_keys(*, on: bool, by: User) -> None:
    """Switch the single-letter shortcuts on or off for one's own account (WCAG 2.1.4)."""
    by.single_keys = on
    User.objects.filter(pk=by.pk).update(single_keys=on)
