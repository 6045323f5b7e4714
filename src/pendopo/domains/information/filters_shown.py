"""Filters as links with numbers: what may be added, and what is in use and may be taken away."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pendopo.base.files.models import FileKind
from pendopo.base.organizations.public import offices_by_id
from pendopo.domains.information.forms.catalogue import ORDERS, CatalogueForm
from pendopo.domains.information.models import Category
from pendopo.domains.information.reading import CATEGORIES

SHOWN = 6  # links of one group before "all of them"


def category(key: str) -> dict[str, Any]:
    """A category in words."""
    meaning, icon, tone = CATEGORIES[key]
    return {"key": key, "label": Category(key).label, "meaning": meaning, "icon": icon, "tone": tone}


def categories(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The four categories with their numbers and lists."""
    listed = reverse("information:list")
    return [
        {**category(key), "count": counts.get(key, 0), "url": f"{listed}?kategori={key}"} for key in Category.values
    ]


def groups(form: CatalogueForm, counts: Mapping[str, Counter[str]]) -> list[dict[str, Any]]:
    """Each filter with its values, the most frequent first (years: the newest); a chosen one offers to go."""
    return [
        group
        for name, label in (
            ("kategori", _("Kategori")),
            ("kantor", _("Perangkat daerah")),
            ("tahun", _("Tahun")),
            ("format", _("Format")),
            ("topik", _("Topik")),
        )
        if (group := _group(form, name, label, counts[name]))
    ]


def _group(form: CatalogueForm, name: str, label: str, counts: Counter[str]) -> dict[str, Any] | None:
    now = form.cleaned_data[name]
    ordered = sorted(counts.items(), reverse=True) if name == "tahun" else counts.most_common()
    values = [
        {
            "label": _label(name, value),
            "count": number,
            "current": value == now,
            "url": f"?{form.query(**{name: '' if value == now else _in_address(name, value)})}",
        }
        for value, number in ordered
        if value
    ]
    if not values:
        return None
    return {"name": name, "label": label, "first": values[:SHOWN], "rest": values[SHOWN:], "current": bool(now)}


def in_use(form: CatalogueForm) -> list[dict[str, str]]:
    """The chosen filters with the address of the list without each."""
    return [
        {"label": _label(name, value), "url": f"?{form.query(**{name: ''})}"} for name, value in form.chosen().items()
    ]


def orders(form: CatalogueForm) -> list[dict[str, Any]]:
    """The two orders; without words there is only one, and nothing to choose."""
    if not form.words:
        return []
    return [
        {"label": label, "url": f"?{form.query(urut=key)}", "current": form.order == key} for key, label in ORDERS
    ]


def _label(name: str, value: str) -> str:
    if name == "kategori":
        return str(Category(value).label)
    if name == "kantor":
        return offices_by_id()[int(value)].name
    if name == "format":
        return str(FileKind(value).label)
    return value


def _in_address(name: str, value: str) -> str:
    return offices_by_id()[int(value)].slug if name == "kantor" else value
