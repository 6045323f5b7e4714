"""The catalogue in the shapes of CKAN's action API, for programs that speak nothing else. Reading only."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.public import identity, offices_by_id
from pendopo.domains.information import facets, finding, reading
from pendopo.domains.information.harvest import ckan_filter
from pendopo.domains.information.models import Item, ItemQuerySet, ItemStatus, Licence, UpdateCycle
from pendopo.domains.information.paging import NEWEST
from pendopo.domains.information.reading import LICENCE_PAGES, OpenFile, page_url

MOST_NAMES, MOST_ROWS = 50_000, 1000
_OPEN = {Licence.CC_BY, Licence.CC_BY_SA, Licence.CC0}


class Refused(Exception):
    """An answer that is no result: CKAN's kind of error, its words, and the HTTP status."""

    def __init__(self, kind: str, message: str, code: int) -> None:
        super().__init__(message)
        self.kind, self.message, self.code = kind, message, code


def package_list(asked: Mapping[str, str]) -> list[str]:
    """Names of all published entries. Parameters: limit, offset."""
    names = Item.objects.published().order_by("slug").values_list("slug", flat=True)
    start = _number(asked, "offset", 0, 10**7)
    return list(names[start : start + _number(asked, "limit", MOST_NAMES, MOST_NAMES)])


def package_show(asked: Mapping[str, str]) -> dict[str, Any]:
    """One entry by its name. A withdrawn one has the state "deleted". Parameter: id."""
    name = asked.get("id", asked.get("name_or_id", ""))
    if not name:
        raise Refused("Validation Error", "id: Missing value", 409)
    item = Item.objects.harvested().light().select_related("decree").filter(slug=name[:12]).first()
    if item is None or item.slug != name:
        raise Refused("Not Found Error", "Not found", 404)
    if item.status != ItemStatus.FIXED:
        return _gone(item)
    return _package(item, reading.open_files([item]).get(item.pk, []))


def package_search(asked: Mapping[str, str]) -> dict[str, Any]:
    """Entries that hold the words, newest first; without words all of them, oldest first, so that the pages of a
    harvest never move. Parameters: q, fq (organization, groups, tags, res_format, license_id, metadata_modified, id,
    name, type, state), rows, start."""
    words = "" if asked.get("q", "").strip() in ("*:*", "*") else asked.get("q", "").strip()[:100]
    start, rows = _number(asked, "start", 0, 10**7), _number(asked, "rows", 10, MOST_ROWS)
    fitting = _narrowed(asked.get("fq", ""))
    found = fitting.light().select_related("decree")
    if words:
        with finding.through_the_index():
            ids = list(finding.hits(words, among=fitting).traits)
        number, wanted = len(ids), ids[start : start + rows]
        items = list(found.filter(pk__in=wanted).order_by(*NEWEST))
    else:
        number = fitting.count() if asked.get("fq", "").strip() else facets.tallies().total({})
        items = list(found.order_by("pk")[start : start + rows])
    files = reading.open_files(items)
    results = [_package(item, files.get(item.pk, [])) for item in items]
    return {"count": number, "sort": "", "results": results, "facets": {}, "search_facets": {}}


def _narrowed(fq: str) -> ItemQuerySet:
    """Published entries that fit a filter, CKAN's own kinds of error for those that cannot be read."""
    try:
        return ckan_filter.narrowed(Item.objects.published(), fq)
    except ckan_filter.UnknownField as no:
        raise Refused("Search Error", f"Search error: undefined field {no}", 409) from None
    except ckan_filter.Unreadable as no:
        raise Refused("Search Query Error", f"Search Query is invalid: {no}", 400) from None


def organization_list(asked: Mapping[str, str]) -> list[Any]:
    """Offices with published entries. Parameter: all_fields."""
    counts = facets.tallies().counted({})["kantor"]
    offices = sorted((offices_by_id()[int(pk)] for pk in counts), key=lambda office: office.slug)
    if asked.get("all_fields", "").lower() not in ("true", "1"):
        return [office.slug for office in offices]
    return [_organization(office) | {"package_count": counts[str(office.pk)]} for office in offices]


def status_show(asked: Mapping[str, str]) -> dict[str, Any]:
    """What this site is."""
    return {
        "ckan_version": "2.11.0",
        "site_url": f"{settings.PUBLIC_URL}{reverse('information:home')}",
        "site_title": identity().name,
        "site_description": identity().tagline,
        "error_emails_to": None,
        "locale_default": "id",
        "extensions": [],
    }


def site_read(asked: Mapping[str, str]) -> bool:
    """Is this site open to everybody? It is."""
    return True


def help_show(asked: Mapping[str, str]) -> str:
    """What an action does. Parameter: name."""
    action = ACTIONS.get(asked.get("name", ""))
    if action is None:
        raise Refused("Not Found Error", "Action name not known", 404)
    return " ".join((action.__doc__ or "").split())


ACTIONS: dict[str, Callable[[Mapping[str, str]], Any]] = {
    action.__name__: action
    for action in (
        package_list, package_show, package_search, organization_list, status_show, site_read, help_show,
    )
}  # fmt: skip


def _package(item: Item, files: list[OpenFile]) -> dict[str, Any]:
    office = offices_by_id()[item.office_id]
    extras = {
        "identifier": page_url(item.slug),
        "kategori": item.get_category_display(),
        "penguasa": item.holder,
        "penanggung_jawab": item.responsible,
        "tahun": str(item.year or ""),
        "diperbarui": str(UpdateCycle(item.cycle).label),
        "jangka_simpan": item.retention,
        "surat_keputusan": item.decree.number if item.decree else "",
        "access_rights": "NON_PUBLIC" if item.is_exempt else "PUBLIC",
    }
    return {
        "id": item.slug,
        "name": item.slug,
        "title": item.title,
        "notes": item.summary,
        "url": page_url(item.slug),
        "state": "active",
        "type": "dataset",
        "private": False,
        "isopen": item.licence in _OPEN and not item.is_exempt,
        "license_id": item.licence,
        "license_title": item.get_licence_display(),
        "license_url": LICENCE_PAGES[item.licence],
        "version": str(files[0].number) if files else "",
        "metadata_created": _utc(item.published_at),
        "metadata_modified": _utc(item.modified_at),
        "owner_org": office.slug,
        "organization": _organization(office),
        "groups": [],
        "tags": [{"name": item.topic, "display_name": item.topic, "state": "active"}] if item.topic else [],
        "num_tags": int(bool(item.topic)),
        "extras": [{"key": key, "value": value} for key, value in extras.items() if value],
        "resources": [_resource(item, file, place) for place, file in enumerate(files)],
        "num_resources": len(files),
    }


def _resource(item: Item, file: OpenFile, place: int) -> dict[str, Any]:
    return {
        "id": f"{item.slug}-v{file.number}",
        "package_id": item.slug,
        "name": file.name,
        "description": file.note,
        "url": file.url,
        "format": file.kind,
        "mimetype": file.content_type,
        "size": file.size,
        "hash": f"sha256:{file.sha256}",
        "created": _utc(file.published_at),
        "position": place,
        "state": "active",
    }


def _gone(item: Item) -> dict[str, Any]:
    """The gravestone: no word of what was withdrawn."""
    return {
        "id": item.slug,
        "name": item.slug,
        "state": "deleted",
        "type": "dataset",
        "url": page_url(item.slug),
        "metadata_modified": _utc(item.withdrawn_at or item.modified_at),
        "resources": [],
        "num_resources": 0,
    }


def _organization(office: Organization) -> dict[str, Any]:
    return {
        "id": office.slug,
        "name": office.slug,
        "title": office.name,
        "type": "organization",
        "is_organization": True,
        "state": "active",
    }


def _utc(at: dt.datetime | None) -> str | None:
    """CKAN's clock: UTC without saying so."""
    return at.astimezone(dt.UTC).replace(tzinfo=None).isoformat() if at else None


def _number(asked: Mapping[str, str], name: str, default: int, most: int) -> int:
    given = asked.get(name, "")
    if not given:
        return default
    if not (given.isascii() and given.isdecimal()):
        raise Refused("Validation Error", f"{name}: Invalid integer", 409)
    return min(int(given[:9]), most)
