"""A room with files to blacken, for tests, and redactions begun by the real action."""

import datetime as dt
from collections.abc import Sequence

from pendopo.base.accounts.models import User
from pendopo.base.files.actions import store
from pendopo.base.files.examine import PDFS, Examined
from pendopo.base.files.models import File, FileKind
from pendopo.base.redaction import public
from pendopo.base.redaction.hosts import Ground, RedactionHost, hosts
from pendopo.base.redaction.models import Redaction

KIND = "tests.letter"
GROUNDS = (Ground("17h", "Rahasia pribadi"), Ground("17a", "Proses penegakan hukum"))


def a_host(editors: Sequence[int]) -> RedactionHost:
    """Register a host whose letters these people (ids) may edit; the first registration stays and is refilled."""
    found = hosts.get(KIND)
    _editors.clear()
    _editors.update(editors)
    if found is None:
        found = RedactionHost(
            KIND,
            lambda user, about_id: user.pk in _editors,
            lambda about_id: f"/meja/?{about_id}",
            lambda: GROUNDS,
        )
        hosts.register(found)
    return found


_editors: set[int] = set()


def a_source(data: bytes, *, by: User | None, now: dt.datetime, name: str = "Surat.pdf") -> File:
    """A stored PDF."""
    return store(upload=Examined(FileKind.PDF, name, "application/pdf", data), by=by, now=now, allowed=PDFS)


def a_redaction(data: bytes, *, by: User, now: dt.datetime, about_id: str = "1") -> Redaction:
    """A redaction that `by` has begun."""
    a_host([by.pk])
    return public.start(source=a_source(data, by=by, now=now), about=(KIND, about_id), by=by, now=now)
