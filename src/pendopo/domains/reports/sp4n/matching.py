"""Names in a file of SP4N and what they are here: places, offices, categories. Read once for a whole import."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pendopo.base.organizations.models import Organization
from pendopo.base.regions import public as regions
from pendopo.base.regions.models import Level, Region
from pendopo.domains.reports.models import Category, Sp4nCategory
from pendopo.domains.reports.sp4n.reading import Incoming, RefusedRow

_KIND = re.compile(r"^(kota|kabupaten|kab\.?|kecamatan|kec\.?|kelurahan|kel\.?|desa|provinsi)\s+")
FALLBACK = "lainnya"


def plain(name: str) -> str:
    """A name without its kind, case and doubled spaces: `KOTA  Uji` is `uji`."""
    return _KIND.sub("", " ".join(name.lower().split()))


@dataclass(frozen=True)
class Known:
    """All names this installation knows."""

    regions: dict[tuple[int, str], list[str]]
    offices: dict[str, int]
    categories: dict[str, str]
    own: dict[str, str]

    @classmethod
    def read(cls) -> "Known":
        """Four queries, however long the file is."""
        places: dict[tuple[int, str], list[str]] = {}
        for code, name, level in Region.objects.served().values_list("code", "name", "level"):
            places.setdefault((level, plain(name)), []).append(code)
        offices = Organization.objects.filter(active=True).values_list("name", "pk")
        mapped = Sp4nCategory.objects.exclude(category=None).values_list("code", "category_id")
        own = Category.objects.values_list("label", "key")
        return cls(
            places,
            {" ".join(name.lower().split()): pk for name, pk in offices},
            dict(mapped),
            {plain(label): key for label, key in own},
        )

    def place(self, row: Incoming) -> str:
        """The code of the finest area the row names. Raises RefusedRow for another government's area."""
        code = regions.government_code()
        if row.city:
            found = self.regions.get((Level.REGENCY, plain(row.city)), [])
            if not found:
                raise RefusedRow(_("%(city)s di luar wilayah situs ini.") % {"city": row.city[:60]})
            code = found[0]
        code = self._below(code, Level.DISTRICT, row.district)
        return self._below(code, Level.VILLAGE, row.village)

    def _below(self, code: str, level: int, name: str) -> str:
        inside = [one for one in self.regions.get((level, plain(name)), []) if one.startswith(f"{code}.")]
        return inside[0] if len(inside) == 1 else code

    def office(self, row: Incoming) -> int | None:
        """The office that SP4N handed the report to, None when it is not one of ours by that name."""
        return self.offices.get(" ".join(row.agency.lower().split()))

    def category(self, row: Incoming) -> str:
        """Our category: by the koordinator's table, by equal names, otherwise "Lainnya"."""
        return self.categories.get(row.category_id) or self.own.get(plain(row.category)) or FALLBACK
