"""The public log: what was asked and what became of it, never who asked.

Only what an officer wrote for everybody (`log_title`, `log_topic`) and what the office itself did is read here. The
words of the requester are not even searched: who finds a row by a name would have learned who asked.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.domains.information import reading
from pendopo.domains.information.models import Decision, InformationRequest, Item, UnitTask
from pendopo.domains.information.registers import columns, facets
from pendopo.domains.information.registers.columns import Column
from pendopo.domains.information.registers.facets import Facet
from pendopo.domains.information.registers.kinds import Register
from pendopo.kernel import clock
from pendopo.kernel.caches import timed

FACETS = ("hasil", "kantor", "huruf", "waktu", "tepat")
# Everything that is read of a request; a test compares it with what stands on the pages.
OPEN_FIELDS = (
    "registration", "received_at", "log_title", "log_topic", "decision", "status", "answer_days", "office_id", "year",
    "number",
)  # fmt: skip
_WORDS = SearchVector("log_title", "log_topic", config="indonesian")


def rows() -> QuerySet[InformationRequest]:
    """Every row of the log."""
    found: QuerySet[InformationRequest] = InformationRequest.objects.logged().filter(
        secret=False, hidden=False
    )
    return found


def searched(found: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Rows whose title or topic holds the words, or whose number is meant."""
    if not words:
        return found
    query = SearchQuery(words, config="indonesian", search_type="websearch")
    rows: QuerySet[Any] = found.alias(open_words=_WORDS)
    return rows.filter(Q(open_words=query) | Q(registration__iexact=words))


def facets_of(year: int) -> list[Facet]:
    by_key = {facet.key: facet for facet in facets.of_requests(year)}
    topics = {topic: (topic, Q(log_topic=topic)) for topic in _topics()}
    return [
        by_key["hasil"],
        by_key["kantor"],
        Facet("topik", _("Topik"), topics),
        *(by_key[key] for key in FACETS[2:]),
    ]


@timed(60)
def _topics() -> Sequence[str]:
    return tuple(
        rows()
        .exclude(log_topic="")
        .order_by("log_topic")
        .values_list("log_topic", flat=True)
        .distinct()[:200]
    )


def _full(found: QuerySet[Any]) -> QuerySet[Any]:
    items = Item.objects.published().only("slug", "title", "origin_id")
    decisions = (
        Decision.objects.only("case_id", "sequence", "kind")
        .order_by("-sequence")
        .prefetch_related("grounds__ground")
    )
    tasks = UnitTask.objects.filter(status__in=facets.ASKED).only("case_id", "office_id").order_by("pk")
    return found.only(*OPEN_FIELDS).prefetch_related(
        Prefetch("made_items", items, to_attr="open_items"),
        Prefetch("decisions", decisions),
        Prefetch("tasks", tasks),
    )


COLUMNS = (
    Column("nomor", "nomor_pendaftaran", lambda row: row.registration),
    Column("diterima", "diterima", lambda row: clock.local_date(row.received_at).isoformat()),
    Column("judul", "judul", lambda row: row.log_title),
    Column("topik", "topik", lambda row: row.log_topic),
    Column("kantor", "kantor", lambda row: "; ".join(columns.units(row))),
    Column("putusan", "putusan", columns.result),
    Column("hari_kerja", "hari_kerja", lambda row: "" if row.answer_days is None else str(row.answer_days)),
    Column("pasal_17", "pasal_17_huruf", lambda row: " ".join(columns.letters(row))),
    Column(
        "informasi", "informasi", lambda row: " ".join(reading.page_url(item.slug) for item in row.open_items)
    ),
)
LOG = Register(
    "catatan", _("Catatan permohonan"), _("Apa yang diminta orang dan bagaimana dijawab, tanpa data pemohon."),
    rows, lambda _user: rows(), _full, COLUMNS, facets_of, (F("year"), F("number")),
)  # fmt: skip


def shown(found: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows of one page as the page draws them."""
    return [
        {
            "number": row.registration,
            "received": row.received_at,
            "title": row.log_title,
            "topic": row.log_topic,
            "units": columns.units(row),
            "result": columns.result(row),
            "tone": _TONES.get(row.decision, "moving" if row.status in _RUNNING else "closed"),
            "days": row.answer_days,
            "letters": columns.letters(row),
            "items": row.open_items,
        }
        for row in found
    ]


_TONES = {"FULL": "done", "PARTIAL": "done", "REFUSED": "closed", "NOT_HELD": "closed"}
_RUNNING = ("REGISTERED", "INCOMPLETE", "IN_PROGRESS")
