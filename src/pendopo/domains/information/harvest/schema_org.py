"""schema.org for search engines: a Dataset inside the page of an entry."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from pendopo.base.organizations.public import offices_by_id
from pendopo.domains.information.models import Item
from pendopo.domains.information.reading import LICENCE_PAGES, OpenFile, page_url

# JSON inside <script> must hold no sign that could end it.
_HARMLESS = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def script(item: Item, files: Sequence[OpenFile]) -> SafeString:
    """The text of `<script type="application/ld+json">`. It is data: the content policy lets no browser run it."""
    words = json.dumps(described(item, files), ensure_ascii=False)
    return mark_safe(words.translate(_HARMLESS))  # noqa: S308 - no sign of HTML is left


def described(item: Item, files: Sequence[OpenFile]) -> dict[str, Any]:
    address = page_url(item.slug)
    told: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "identifier": address,
        "name": item.title,
        "description": item.summary,
        "inLanguage": item.language,
        "license": LICENCE_PAGES[item.licence],
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": offices_by_id()[item.office_id].name},
        "datePublished": item.published_at.isoformat() if item.published_at else None,
        "dateModified": item.modified_at.isoformat(),
        "temporalCoverage": str(item.year) if item.year else None,
        "keywords": [item.topic] if item.topic else None,
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": file.url,
                "encodingFormat": file.content_type,
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
                "datePublished": file.published_at.isoformat(),
            }
            for file in files[:1]
        ],
    }
    return {name: value for name, value in told.items() if value}
