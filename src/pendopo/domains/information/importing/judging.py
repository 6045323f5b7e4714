"""One row of an office's table into an entry, or a sentence that says which column is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.organizations.models import Organization
from pendopo.domains.information import entries
from pendopo.domains.information.entries import Entry
from pendopo.domains.information.importing.columns import BY_KEY, CATEGORIES, CYCLES, LICENCES, NO, YES
from pendopo.domains.information.importing.tables import FORMULA
from pendopo.domains.information.models import Category, Item, Licence, UpdateCycle
from pendopo.domains.information.policy import keeping as policy
from pendopo.kernel import clock, dates
from pendopo.kernel.errors import Refused

_LENGTHS = {name: getattr(Item._meta.get_field(name), "max_length", None) for name in entries.NAMES}
_LIMITS: dict[str, int] = {name: length for name, length in _LENGTHS.items() if length}


class RowRefused(Exception):
    """The message is a sentence for the officer; `column` is the header it belongs to, "" for the row."""

    def __init__(self, message: str, column: str = "") -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True)
class Judged:
    """A good row. `known` is the entry it would update."""

    office_id: int
    entry: Entry
    known: int | None


class Judge:
    """Judges the rows of one file; it remembers what stood in earlier rows. About three queries in all."""

    def __init__(self, *, office: Organization, update: bool, by: User, now: Any) -> None:
        self.office, self.update, self.by = office, update, by
        self.today = clock.local_date(now)
        self.offices: dict[str, int] = {}
        for one in Organization.objects.filter(active=True):
            for name in filter(None, (one.name, one.short_name)):
                self.offices[name.casefold()] = one.pk
        self.may: dict[int, bool] = {}
        found = Item.objects.desk_of(by).values_list("pk", "number", "office_id", "title", "year")
        rows = list(found)
        self.by_number = {number: (pk, office_id) for pk, number, office_id, _title, _year in rows if number}
        self.by_words = {(office_id, title.casefold(), year): pk for pk, _n, office_id, title, year in rows}
        self.seen: set[Any] = set()

    def judge(self, row: Mapping[str, str]) -> Judged:
        """Raises RowRefused."""
        for key, cell in row.items():
            if cell == FORMULA:
                raise RowRefused(_("Sel berisi rumus. Tempelkan nilainya saja."), BY_KEY[key].header)
        office_id = self._office(row.get("office", ""))
        entry = self._entry(row)
        known = self._known(row.get("number", ""), office_id, entry)
        words = (office_id, entry.title.casefold(), entry.year)
        if words in self.seen or (known and known in self.seen):
            raise RowRefused(_("Baris ini sudah ada di atas dalam berkas yang sama."), BY_KEY["title"].header)
        self.seen |= {words, known} - {None}
        if known and not self.update:
            raise RowRefused(
                _("Sudah ada di daftar. Centang “perbarui yang sudah ada” bila memang hendak diperbarui."),
                BY_KEY["title"].header,
            )
        return Judged(office_id, entry, known)

    def _office(self, name: str) -> int:
        office_id = self.offices.get(name.casefold()) if name else self.office.pk
        if office_id is None:
            raise RowRefused(_("Kantor “%s” tidak dikenal.") % name[:80], BY_KEY["office"].header)
        if office_id not in self.may:
            self.may[office_id] = policy.may_keep(self.by, office_id)
        if not self.may[office_id]:
            raise RowRefused(_("Anda tidak mengelola daftar kantor ini."), BY_KEY["office"].header)
        return office_id

    def _known(self, number: str, office_id: int, entry: Entry) -> int | None:
        if not number:
            return self.by_words.get((office_id, entry.title.casefold(), entry.year))
        found = self.by_number.get(_integer(number, "number") or 0)
        if found is None or found[1] != office_id:
            raise RowRefused(_("Tidak ada entri bernomor ini di kantor itu."), BY_KEY["number"].header)
        return int(found[0])

    def _entry(self, row: Mapping[str, str]) -> Entry:
        made = dates.parse_date(row.get("made_on", ""))
        if made is None:
            raise RowRefused(
                _("Tanggal ini tidak terbaca. Tulis seperti 2026-01-15."), BY_KEY["made_on"].header
            )
        words = {name: row.get(name, "") for name in ("title", "summary", "holder", "responsible", "made_place",
                 "retention", "retention_source", "topic")}  # fmt: skip
        entry = Entry(
            **words,
            made_on=made,
            category=_chosen(row, "category", CATEGORIES, None),
            cycle=_chosen(row, "cycle", CYCLES, UpdateCycle.NONE),
            licence=_chosen(row, "licence", LICENCES, Licence.CC_BY),
            language=row.get("language", "") or "id",
            has_soft=_yes(row, "has_soft", default=True),
            has_hard=_yes(row, "has_hard", default=False),
            year=_integer(row.get("year", ""), "year"),
        ).cleaned()
        self._check(entry)
        return entry

    def _check(self, entry: Entry) -> None:
        for name, most in _LIMITS.items():
            if len(str(getattr(entry, name) or "")) > most:
                raise RowRefused(_("Terlalu panjang, paling banyak %d huruf.") % most, BY_KEY[name].header)
        if entry.category == Category.DIKECUALIKAN:
            raise RowRefused(
                _("Informasi dikecualikan hanya lewat uji konsekuensi."), BY_KEY["category"].header
            )
        try:
            entries.check(entry, on=self.today)
        except Refused as no:
            column = BY_KEY.get(no.field)
            raise RowRefused(str(no), column.header if column else "") from None


def _chosen(row: Mapping[str, str], key: str, known: Mapping[str, str], empty: str | None) -> str:
    words = " ".join(row.get(key, "").casefold().replace("_", " ").split())
    if not words and empty is not None:
        return empty
    value = known.get(words) or known.get(words.replace(" ", "-"))
    if value is None:
        offered = ", ".join(name.capitalize() for name in known if name != "dikecualikan")
        raise RowRefused(_("Pilihannya: %s.") % offered, BY_KEY[key].header)
    return value


def _yes(row: Mapping[str, str], key: str, *, default: bool) -> bool:
    words = row.get(key, "").casefold()
    if not words:
        return default
    if words not in YES | NO:
        raise RowRefused(_("Tulis ya atau tidak."), BY_KEY[key].header)
    return words in YES


def _integer(words: str, key: str) -> int | None:
    if not words:
        return None
    if not (words.isascii() and words.isdigit() and len(words) < 9):
        raise RowRefused(_("Harus berupa angka."), BY_KEY[key].header)
    return int(words)
