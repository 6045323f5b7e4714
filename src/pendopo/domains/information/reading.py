"""Entries in plain words for public pages and machines. Only what `published()` lets through comes here."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.files.models import FileKind
from pendopo.base.organizations.public import offices_by_id
from pendopo.base.ui import words as spoken
from pendopo.domains.information import snippets
from pendopo.domains.information.models import (
    Category,
    ConsequenceTest,
    Item,
    ItemQuerySet,
    ItemVersion,
    Licence,
    UpdateCycle,
)
from pendopo.domains.information.paging import NEWEST
from pendopo.kernel.caches import timed

CATEGORIES: Mapping[str, tuple[str | Promise, str, str]] = {  # what it means, icon, tone of the tag
    Category.BERKALA: (
        gettext_lazy("Diumumkan dan diperbarui secara teratur, tanpa perlu diminta."),
        "kalender", "moving",
    ),
    Category.SERTA_MERTA: (
        gettext_lazy("Menyangkut keselamatan dan ketertiban umum; diumumkan saat itu juga."), "peringatan", "late",
    ),
    Category.SETIAP_SAAT: (
        gettext_lazy("Selalu siap diserahkan kepada siapa pun yang meminta."), "kotak-arsip", "done",
    ),
    Category.DIKECUALIKAN: (
        gettext_lazy("Ditutup setelah uji konsekuensi. Alasan dan jangka waktunya dapat dibaca."), "kunci", "secret",
    ),
}  # fmt: skip
LICENCE_PAGES: Mapping[str, str] = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.COPYRIGHTED: "http://rightsstatements.org/vocab/InC/1.0/",
}
LANGUAGES = {"id": gettext_lazy("Bahasa Indonesia"), "en": gettext_lazy("Bahasa Inggris")}
RELATED, RELATED_AMONG = 4, 60
MOST_DOWNLOADED = 5


@dataclass(frozen=True)
class OpenFile:
    """One version that everybody may download, at an address that stays."""

    number: int
    name: str
    kind: str
    content_type: str
    size: int
    sha256: str
    published_at: dt.datetime
    note: str
    pages: int | None
    path: str

    @property
    def url(self) -> str:
        return f"{settings.PUBLIC_URL}{self.path}"

    @property
    def kind_label(self) -> str:
        return str(FileKind(self.kind).label)


def open_files(items: Iterable[Item]) -> dict[int, list[OpenFile]]:
    """The downloadable versions of each entry by its id, newest first. One query."""
    by_id = {item.pk: item for item in items if not item.is_exempt}
    found: dict[int, list[OpenFile]] = {pk: [] for pk in by_id}
    versions = ItemVersion.objects.opened().filter(item_id__in=list(by_id)).select_related("file")
    for version in versions.order_by("item_id", "-number"):
        found[version.item_id].append(_open_file(by_id[version.item_id], version))
    return found


def _open_file(item: Item, version: ItemVersion) -> OpenFile:
    file, name = version.file, file_name(item, version)
    assert version.published_at is not None  # `opened` asks for it
    return OpenFile(
        version.number, name, file.kind, file.content_type, file.size, file.sha256, version.published_at,
        version.note, version.pages, reverse("information:file", args=[item.slug, version.number, name]),
    )  # fmt: skip


def file_name(item: Item, version: ItemVersion) -> str:
    """A name from the title, so that the file still says what it is in somebody's folder of downloads."""
    ending = "jpg" if version.file.kind == FileKind.IMAGE else version.file.kind.lower()
    return f"{slugify(item.title)[:80].strip('-') or item.slug}-v{version.number}.{ending}"


def page_url(slug: str) -> str:
    """The permanent identifier of an entry: the address of its page."""
    return f"{settings.PUBLIC_URL}{reverse('information:item', args=[slug])}"


def lines(ids: Sequence[int], words: str = "") -> list[dict[str, Any]]:
    """Entries as lists show them, in the given order, with the piece that holds the words; who is no longer
    published is left out. Two queries."""
    rows = Item.objects.published().light().filter(pk__in=list(ids))
    if words:
        rows = rows.annotate(piece=snippets.piece_of(words))
    items = {item.pk: item for item in rows}
    kinds, offices = _kinds(items.values()), offices_by_id()
    return [
        {
            "item": items[pk],
            "url": reverse("information:item", args=[items[pk].slug]),
            "office": offices[items[pk].office_id].name,
            "tone": CATEGORIES[items[pk].category][2],
            "kinds": [str(FileKind(kind).label) for kind in kinds.get(pk, ())],
            "piece": snippets.marked(getattr(items[pk], "piece", "")),
        }
        for pk in ids
        if pk in items
    ]


def _kinds(items: Iterable[Item]) -> dict[int, dict[str, None]]:
    """The formats of each entry's downloadable files by its id, newest first, each once. One query."""
    opened = ItemVersion.objects.opened().filter(item_id__in=[item.pk for item in items])
    found: dict[int, dict[str, None]] = {}
    for pk, kind in opened.order_by("item_id", "-number").values_list("item_id", "file__kind"):
        found.setdefault(pk, {})[kind] = None
    return found


def newest(most: int) -> list[int]:
    return list(Item.objects.published().order_by(*NEWEST).values_list("pk", flat=True)[:most])


@timed(300)
def most_downloaded() -> list[int]:
    """Ids of the entries downloaded most often, kept for five minutes: the whole list is sorted for it."""
    wanted = Item.objects.published().filter(downloads__gt=0).order_by("-downloads", "-pk")
    return list(wanted.values_list("pk", flat=True)[:MOST_DOWNLOADED])


def related(item: Item) -> list[Item]:
    """The newest entries of the same office, those on the same topic first. One query."""
    near = Item.objects.published().filter(office_id=item.office_id).exclude(pk=item.pk).order_by(*NEWEST)
    among = list(near.only("pk", "slug", "title", "topic", "modified_at")[:RELATED_AMONG])
    return sorted(among, key=lambda one: not item.topic or one.topic != item.topic)[:RELATED]


def exemption_of(items: Iterable[Item], on: dt.date) -> dict[int, ConsequenceTest]:
    """The test in force for each exempted entry, by its id. One query."""
    ids = [item.pk for item in items if item.is_exempt]
    tests = ConsequenceTest.objects.in_force(on).filter(item_id__in=ids).select_related("ground", "decree")
    return {test.item_id: test for test in tests.order_by("fixed_at", "pk") if test.item_id}


def tombstones(slug: str) -> ItemQuerySet:
    return Item.objects.tombstones().filter(slug=slug)


def statutory_rows(item: Item) -> list[tuple[str, Any, str]]:
    """The columns that PERKI 1/2021 asks of the list, and ours, as (label, value, "") for the list of facts."""
    forms = [_("berkas digital")] * item.has_soft + [_("cetakan")] * item.has_hard
    made_at = f", {item.made_place}" if item.made_place else ""
    return [
        (_("Nomor"), item.number or "–", ""),
        (_("Pejabat atau unit yang menguasai"), item.holder, ""),
        (_("Penanggung jawab pembuatan atau penerbitan"), item.responsible, ""),
        (_("Waktu dan tempat pembuatan"), spoken.long_date(item.made_on) + made_at, ""),
        (_("Bentuk yang tersedia"), _(" dan ").join(forms), ""),
        (_("Jangka waktu simpan"), _with_source(item.retention, item.retention_source), ""),
        (_("Tahun informasi"), item.year or "–", ""),
        (_("Topik"), item.topic or "–", ""),
        (_("Bahasa"), LANGUAGES.get(item.language, item.language), ""),
        (_("Diperbarui"), UpdateCycle(item.cycle).label, ""),
    ]


def _with_source(words: str, source: str) -> str:
    return f"{words} ({source})" if source else words
