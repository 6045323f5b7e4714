"""Files of requests in the redaction studio: who may blacken, with which letters, and the way back."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from pendopo.base.redaction.hosts import Ground, RedactionHost
from pendopo.domains.information.desk_decide import REDACTION_HOST
from pendopo.domains.information.models import ExemptionGround, InformationRequest
from pendopo.domains.information.policy import who
from pendopo.kernel import clock


def _may_edit(user: Any, about_id: str) -> bool:
    known = about_id.isascii() and about_id.isdigit() and len(about_id) < 19
    return (
        known and who.serves_requests(user) and InformationRequest.objects.filter(pk=int(about_id)).exists()
    )


def _back(about_id: str) -> str:
    code = InformationRequest.objects.values_list("code", flat=True).get(pk=int(about_id))
    return reverse("desk:case", args=[InformationRequest.KIND, code])


def _grounds() -> Sequence[Ground]:
    today = clock.local_date(clock.now())
    return [Ground(f"17{row.letter}", row.in_words) for row in ExemptionGround.objects.valid(today)]


HOST = RedactionHost(key=REDACTION_HOST, may_edit=_may_edit, url_back=_back, grounds=_grounds)
