"""What other rooms' pages show of this room."""

from typing import Any

from django import template

from pendopo.base.privacy.models import LegalHold
from pendopo.kernel import clock

register = template.Library()


@register.inclusion_tag("privacy/hold_notice.html", takes_context=True)
def legal_hold(context: Any, case: Any) -> dict[str, Any]:
    """A notice on the page of a case that must not be forgotten now; nothing when it is not held."""
    held = LegalHold.objects.visible_to(context["request"].user).in_force(on=clock.local_date(clock.now()))
    return {"hold": held.filter(case_kind=case.KIND, case_id=case.pk).first()}
