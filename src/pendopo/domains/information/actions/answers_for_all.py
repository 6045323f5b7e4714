"""What others may learn of an answer: its line in the public log, and an entry of the list made from it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.domains.information import naming
from pendopo.domains.information.actions import keeping, keeping_versions
from pendopo.domains.information.actions.common import find_request, line_of, remember
from pendopo.domains.information.entries import Entry
from pendopo.domains.information.models import AnswerFile, Category, InformationRequest, Item
from pendopo.domains.information.policy import desk as policy
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean


@transaction.atomic
def write_log(
    *, request_id: int, title: str, topic: str = "", by: User, now: dt.datetime
) -> InformationRequest:
    """Say for everybody what was asked, without the person. An empty title takes the line out of the log."""
    request = find_request(request_id, by)
    require(policy.may_log, by, request)
    words, kind = line_of(title, 160), line_of(topic, 40)
    if named := naming.what_it_names(request, f"{words} {kind}"):
        raise Refused(_("Judul untuk umum memuat %(what)s. Hapus dulu.") % {"what": named}, field="title")
    if words and len(words) < 10:
        raise Refused(_("Tulis judul yang dipahami orang lain."), field="title")
    request.log_title, request.log_topic = words, kind
    request.touch("log_title", "log_topic", now=now)
    remember(request, "logged" if words else "unlogged", by=by, now=now)
    return request


@transaction.atomic
def make_item(
    *, request_id: int, title: str, summary: str, office_id: int, holder: str, by: User, now: dt.datetime
) -> Item:
    """A draft entry of the list out of an answer, with its files; the unit completes and proposes it."""
    request = find_request(request_id, by)
    require(policy.may_make_item, by, request)
    words, told, kept_by = line_of(title, 200), clean(summary), line_of(holder, 160)
    for text, field in ((words, "title"), (told, "summary"), (kept_by, "holder")):
        if len(text) < 5:
            raise Refused(_("Bagian ini belum cukup diisi."), field=field)
        if named := naming.what_it_names(request, text):
            raise Refused(_("Bagian ini memuat %(what)s. Hapus dulu.") % {"what": named}, field=field)
    given = list(
        AnswerFile.objects.filter(decision__case=request, file__isnull=False)
        .select_related("file")
        .order_by("pk")
    )
    entry = _entry(words, told, kept_by, printed=not given, today=clock.local_date(now))
    item = keeping.draft(office_id=office_id, entry=entry, by=by, now=now, origin=request)
    for row in given:
        assert row.file is not None  # filtered
        keeping_versions.append(item, row.file, row.title, by=by, now=now)
    request.touch(now=now)
    remember(request, "item_made", by=by, now=now, facts={"title": words})
    return item


def _entry(title: str, summary: str, holder: str, *, printed: bool, today: dt.date) -> Entry:
    """What an answer says of itself; the unit knows the rest and completes it."""
    return Entry(
        title=title, summary=summary, category=Category.SETIAP_SAAT, holder=holder, responsible=holder, made_on=today,
        made_place="–", retention=_("menurut jadwal retensi arsip"), has_soft=not printed, has_hard=printed,
        year=today.year,
    )  # fmt: skip
