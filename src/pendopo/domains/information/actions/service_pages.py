"""A new version of the charter or the standard."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.files.actions import store
from pendopo.base.files.examine import SOUNDS, Examined
from pendopo.domains.information.models import PageKind, ServicePage
from pendopo.domains.information.policy import who
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused, require


@dataclass(frozen=True)
class NewPage:
    """The words of a version. `audio` None keeps the recording of the version before, unless `drop_audio`."""

    title: str
    body: str
    valid_from: dt.date
    title_en: str = ""
    body_en: str = ""
    audio: Examined | None = None
    drop_audio: bool = False
    sign_url: str = ""


@transaction.atomic
def publish(*, kind: str, page: NewPage, key: uuid.UUID, by: User, now: dt.datetime) -> ServicePage:
    """Keep a version; the same `key` makes one. Versions are never changed. Raises NotAllowed, Refused."""
    require(who.decides, by)
    made = ServicePage.objects.filter(form_key=key).first()
    if made is not None:
        return made
    if page.valid_from < clock.local_date(now):
        raise Refused(
            _("Versi baru tidak dapat berlaku surut. Pilih hari ini atau sesudahnya."), field="valid_from"
        )
    before = ServicePage.objects.filter(kind=kind).first()
    audio = before.audio if before and not page.drop_audio else None
    if page.audio is not None:
        audio = store(upload=page.audio, by=by, now=now, allowed=SOUNDS)
    version = ServicePage.objects.create(
        kind=PageKind(kind), valid_from=page.valid_from, title=page.title, body=page.body, title_en=page.title_en,
        body_en=page.body_en, audio=audio, sign_url=page.sign_url, made_by=by, made_at=now, form_key=key,
    )  # fmt: skip
    facts = {"page": PageKind(kind).label, "day": page.valid_from}
    record(actor=by, verb="information.page_published", subject=version, facts=facts, at=now)
    return version
