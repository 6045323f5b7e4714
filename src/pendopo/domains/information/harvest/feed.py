"""The newest changes for feed readers (Atom)."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from pendopo.base.organizations.public import identity, offices_by_id
from pendopo.domains.information.models import ItemQuerySet
from pendopo.domains.information.reading import page_url
from pendopo.kernel import clock

NEWEST = 50


class _Feed(Atom1Feed):
    """Django's Atom feed; an empty one is as old as the question, by our own clock."""

    def latest_post_date(self) -> dt.datetime:
        return max((item["updateddate"] for item in self.items), default=clock.now())


def as_atom(items: ItemQuerySet, *, query: str, address: str) -> str:
    """The newest fifty of the list, new and changed."""
    site, offices = settings.PUBLIC_URL, offices_by_id()
    made = _Feed(
        title=_("Informasi publik %(city)s") % {"city": identity().name},
        link=f"{site}{reverse('information:list')}?{query}".rstrip("?"),
        description="",
        feed_url=f"{site}{address}",
        feed_guid=f"tag:{urlsplit(site).hostname},2026:informasi:{query}",
        language="id",
    )
    for item in items[:NEWEST]:
        made.add_item(
            title=item.title,
            link=page_url(item.slug),
            description=item.summary,
            unique_id=page_url(item.slug),
            pubdate=item.published_at,
            updateddate=item.modified_at,
            categories=[item.get_category_display(), *([item.topic] if item.topic else [])],
            author_name=offices[item.office_id].name,
        )
    return str(made.writeString("utf-8"))
