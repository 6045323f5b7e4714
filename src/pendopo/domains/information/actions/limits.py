"""A shorter limit of the government's own. The law's limit is the ceiling; cases that began keep their dates."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.cases.models import ClockRule
from pendopo.domains.information.models import Dispute, InformationRequest, Objection
from pendopo.domains.information.offices import main_office
from pendopo.domains.information.policy import desk as policy
from pendopo.domains.information.seeds import (
    DISPUTE_LABELS,
    OBJECTION_LABELS,
    OBJECTION_REQUESTER_STEPS,
    OUTSIDE_STEPS,
    REQUESTER_STEPS,
    STEP_LABELS,
)
from pendopo.kernel import caches, clock
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean_line

LABELS = {
    InformationRequest.KIND: STEP_LABELS,
    Objection.KIND: OBJECTION_LABELS,
    Dispute.KIND: DISPUTE_LABELS,
}
# Time that belongs to the requester, the commission or a court is not ours to shorten.
_NOT_OURS = {
    InformationRequest.KIND: REQUESTER_STEPS,
    Objection.KIND: OBJECTION_REQUESTER_STEPS,
    Dispute.KIND: OUTSIDE_STEPS,
}


def is_ours(kind: str, step: str) -> bool:
    return kind in LABELS and step in {*LABELS[kind], "extend"} and step not in _NOT_OURS[kind]


def every_rule() -> list[ClockRule]:
    """All rules of the room's kinds, also those that have ended."""
    return list(ClockRule.objects.filter(kind__in=LABELS).order_by("kind", "pk"))


def open_rule(kind: str, step: str) -> ClockRule | None:
    """The newest rule of a step, which has no end yet."""
    return ClockRule.objects.filter(kind=kind, step=step, case_class="", valid_to=None).first()


@transaction.atomic
def set_limit(
    *, kind: str, step: str, amount: int, source: str, valid_from: dt.date, by: User, now: dt.datetime
) -> ClockRule:
    """A new rule from a coming day on; what holds now ends the day before. Raises Refused, NotAllowed."""
    require(policy.may_set_limits, by)
    if not is_ours(kind, step):
        raise Refused(_("Batas ini milik pemohon, Komisi Informasi, atau pengadilan."))
    today = clock.local_date(now)
    if valid_from <= today:
        raise Refused(_("Batas baru berlaku paling cepat besok."), field="valid_from")
    words = clean_line(source)[:200]
    if len(words) < 5:
        raise Refused(_("Tulis dasarnya, misalnya nomor keputusan."), field="source")
    rules = ClockRule.objects.select_for_update().filter(kind=kind, step=step, case_class="")
    rule = rules.filter(valid_to=None).first()
    if rule is None or rule.valid_from >= valid_from:
        raise Refused(
            _("Sudah ada batas yang berlaku mulai tanggal itu atau sesudahnya."), field="valid_from"
        )
    if amount < 1:
        raise Refused(_("Paling sedikit satu hari."), field="amount")
    if rule.ceiling is not None and amount > rule.ceiling:
        raise Refused(
            _("Undang-undang memberi paling lama %(most)s hari. Batas setempat hanya boleh lebih pendek.")
            % {"most": rule.ceiling},
            field="amount",
        )
    rule.valid_to = valid_from - dt.timedelta(days=1)
    rule.save(update_fields=["valid_to"])
    made = ClockRule.objects.create(
        kind=kind, step=step, case_class="", amount=amount, ceiling=rule.ceiling, unit=rule.unit,
        starts_on=rule.starts_on, source=words, confirmed=rule.confirmed, valid_from=valid_from,
    )  # fmt: skip
    label = LABELS[kind].get(step, step)
    facts = {"step": label, "old": rule.amount, "new": amount, "from": valid_from}
    record(
        actor=by, verb="information.limit_set", subject=made, organization=main_office(), facts=facts, at=now
    )
    transaction.on_commit(caches.clear_all)
    return made
