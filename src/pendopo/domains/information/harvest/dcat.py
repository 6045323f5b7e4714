"""The catalogue in DCAT-AP 3, page by page.

Everything has an address of its own: the page of the entry is the dataset and its `dct:identifier`. Exempted
entries are datasets without files whose access is NON_PUBLIC, for the list of them (DIK) is public by law. What was
withdrawn stays as a record that says so, without any word of it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.public import identity, offices_by_id
from pendopo.domains.information import facets, reading
from pendopo.domains.information.harvest import vocabulary
from pendopo.domains.information.harvest.rdf import Lit, Node, Ref, moment, number, properties, words
from pendopo.domains.information.models import Item, ItemStatus
from pendopo.domains.information.reading import OpenFile, page_url

PAGE = 100


@dataclass(frozen=True)
class Leaf:
    """One page of the harvest: its entries by id, and the id after which the next page begins (None at the end)."""

    items: list[Item]
    files: dict[int, list[OpenFile]]
    next: int | None


def leaf_after(pk: int) -> Leaf:
    """Published and withdrawn entries in the order of their ids: what changes during a harvest never moves. Two queries."""
    rows = list(Item.objects.harvested().light().filter(pk__gt=pk).order_by("pk")[: PAGE + 1])
    items = rows[:PAGE]
    published = [item for item in items if item.status == ItemStatus.FIXED]
    return Leaf(items, reading.open_files(published), items[-1].pk if len(rows) > PAGE else None)


def catalogue(leaf: Leaf, *, address: str, kind: str) -> list[Node]:
    """The nodes of one page. `address` is the page's own."""
    first = f"{settings.PUBLIC_URL}{reverse(f'information:dcat-{kind}')}"
    datasets = [item for item in leaf.items if item.status == ItemStatus.FIXED]
    view = Node(
        address,
        ("hydra:PartialCollectionView",),
        properties(hydra_first=Ref(first), hydra_next=Ref(f"{first}?sesudah={leaf.next}") if leaf.next else None),
    )
    changed: dt.datetime | None = Item.objects.harvested().aggregate(at=Max("modified_at"))["at"]
    whole = Node(
        _home(),
        ("dcat:Catalog", "hydra:Collection"),
        properties(
            dct_title=words(_("Informasi publik %(city)s") % {"city": identity().name}),
            dct_description=words(_("Daftar informasi publik menurut UU 14/2008, dengan berkas dan riwayatnya.")),
            dct_publisher=Ref(_government_iri()),
            dct_language=Ref(vocabulary.LANGUAGES["id"]),
            dct_modified=moment(changed) if changed else None,
            foaf_homepage=Ref(_home()),
            dcat_themeTaxonomy=Ref(vocabulary.THEME_TAXONOMY),
            dcat_dataset=[Ref(page_url(item.slug)) for item in datasets],
            dcat_record=[Ref(_record_iri(item)) for item in leaf.items],
            hydra_totalItems=number(facets.total(facets.tallies(), {}), "xsd:integer"),
            hydra_view=Ref(address),
        ),
    )
    shared = [_government(), _contact(), *_offices(datasets), *_values(datasets, leaf.files)]
    return [whole, view, *shared, *(node for item in leaf.items for node in about(item, leaf.files))]


def one(item: Item, files: dict[int, list[OpenFile]]) -> list[Node]:
    """Everything about one published entry."""
    return [_government(), _contact(), *_offices([item]), *_values([item], files), *about(item, files)]


def about(item: Item, files: dict[int, list[OpenFile]]) -> list[Node]:
    """The record of an entry and, while it is published, its dataset with the newest file."""
    gone = item.status != ItemStatus.FIXED
    record = Node(
        _record_iri(item),
        ("dcat:CatalogRecord",),
        properties(
            foaf_primaryTopic=Ref(page_url(item.slug)),
            dct_identifier=Lit(page_url(item.slug)),
            dct_modified=moment((item.withdrawn_at if gone else None) or item.modified_at),
            adms_status=Ref(vocabulary.DELETED if gone else vocabulary.UPDATED),
        ),
    )
    return [record] if gone else [record, _dataset(item, files.get(item.pk, [])), *_file(item, files.get(item.pk, []))]


def _dataset(item: Item, files: Sequence[OpenFile]) -> Node:
    iri = page_url(item.slug)
    return Node(
        iri,
        ("dcat:Dataset",),
        properties(
            dct_identifier=Lit(iri),
            dct_title=words(item.title, item.language),
            dct_description=words(item.summary, item.language),
            dct_publisher=Ref(_office_iri(offices_by_id()[item.office_id])),
            dcat_contactPoint=Ref(_contact_iri()),
            dcat_landingPage=Ref(iri),
            dcat_theme=Ref(vocabulary.theme(item.topic)),
            dcat_keyword=words(item.topic, item.language) if item.topic else None,
            dct_language=Ref(vocabulary.LANGUAGES.get(item.language, vocabulary.LANGUAGES["id"])),
            dct_accrualPeriodicity=Ref(vocabulary.FREQUENCIES[item.cycle]),  # type: ignore[index]
            dct_accessRights=Ref(vocabulary.NON_PUBLIC if item.is_exempt else vocabulary.PUBLIC),
            dct_issued=moment(item.published_at) if item.published_at else None,
            dct_modified=moment(item.modified_at),
            dcat_version=Lit(str(files[0].number)) if files else None,
            adms_versionNotes=words(files[0].note) if files and files[0].note else None,
            dcat_distribution=Ref(_file_iri(item, files[0])) if files else None,
        ),
    )


def _file(item: Item, files: Sequence[OpenFile]) -> list[Node]:
    if not files:
        return []
    file = files[0]
    sum_iri = f"{_file_iri(item, file)}-sha256"
    given = properties(
        dct_title=words(file.name),
        dcat_accessURL=Ref(page_url(item.slug)),
        dcat_downloadURL=Ref(file.url),
        dcat_mediaType=Ref(vocabulary.MEDIA_TYPES + file.content_type),
        dct_format=Ref(vocabulary.FILE_TYPES[file.kind]),  # type: ignore[index]
        dcat_byteSize=number(file.size),
        dct_license=Ref(reading.LICENCE_PAGES[item.licence]),  # type: ignore[index]
        dct_issued=moment(file.published_at),
        spdx_checksum=Ref(sum_iri),
    )
    checksum = properties(spdx_algorithm=Ref(vocabulary.SHA256), spdx_checksumValue=Lit(file.sha256, type="xsd:hexBinary"))
    return [Node(_file_iri(item, file), ("dcat:Distribution",), given), Node(sum_iri, ("spdx:Checksum",), checksum)]


def _values(items: Iterable[Item], files: dict[int, list[OpenFile]]) -> list[Node]:
    """The classes DCAT-AP wants to see on licences, languages and media types that come from elsewhere."""
    typed: dict[str, str] = {}
    for item in items:
        typed[vocabulary.LANGUAGES.get(item.language, vocabulary.LANGUAGES["id"])] = "dct:LinguisticSystem"
        typed[vocabulary.FREQUENCIES[item.cycle]] = "dct:Frequency"  # type: ignore[index]
        typed[vocabulary.theme(item.topic)] = "skos:Concept"
        typed[vocabulary.NON_PUBLIC if item.is_exempt else vocabulary.PUBLIC] = "dct:RightsStatement"
        for file in files.get(item.pk, [])[:1]:
            typed[reading.LICENCE_PAGES[item.licence]] = "dct:LicenseDocument"  # type: ignore[index]
            typed[vocabulary.MEDIA_TYPES + file.content_type] = "dct:MediaType"
            typed[vocabulary.FILE_TYPES[file.kind]] = "dct:MediaTypeOrExtent"  # type: ignore[index]
    return [Node(iri, (kind,)) for iri, kind in sorted(typed.items())]


def _government() -> Node:
    return Node(
        _government_iri(), ("foaf:Agent", "org:Organization"), properties(foaf_name=words(identity().name))
    )


def _contact() -> Node:
    site = identity()
    return Node(
        _contact_iri(),
        ("vcard:Kind", "vcard:Organization"),
        properties(
            vcard_fn=words(f"PPID {site.name}"),
            vcard_hasEmail=Ref(f"mailto:{site.email}") if site.email else None,
            vcard_hasTelephone=Ref(f"tel:{site.phone}") if site.phone else None,
            vcard_hasURL=Ref(_home()),
        ),
    )


def _offices(items: Iterable[Item]) -> list[Node]:
    known = offices_by_id()
    return [
        Node(
            _office_iri(known[pk]),
            ("foaf:Agent", "org:Organization"),
            properties(foaf_name=words(known[pk].name), org_subOrganizationOf=Ref(_government_iri())),
        )
        for pk in sorted({item.office_id for item in items})
    ]


def _home() -> str:
    return f"{settings.PUBLIC_URL}{reverse('information:home')}"


def _government_iri() -> str:
    return f"{_home()}#pemerintah"


def _contact_iri() -> str:
    return f"{_home()}#kontak"


def _office_iri(office: Organization) -> str:
    return f"{_home()}#kantor-{office.slug}"


def _record_iri(item: Item) -> str:
    return f"{page_url(item.slug)}#catatan"


def _file_iri(item: Item, file: OpenFile) -> str:
    return f"{page_url(item.slug)}#berkas-{file.number}"
