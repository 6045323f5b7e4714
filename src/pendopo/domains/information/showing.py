"""How the catalogue appears on surfaces that know no room: the search over everything, the figures of the home page."""

from typing import Any

from django.db.models import Sum
from django.urls import reverse

from pendopo.base.organizations.public import offices_by_id
from pendopo.domains.information import facets, finding, reading
from pendopo.domains.information.models import DownloadDay, Item
from pendopo.domains.information.paging import NEWEST
from pendopo.kernel import clock
from pendopo.kernel.caches import timed


def find(user: Any, words: str, limit: int) -> list[dict[str, Any]]:
    """The published entries that hold the words, best first; the newest when there are none."""
    ids = reading.newest(limit)
    if words.strip():
        with finding.through_the_index():
            hits = finding.hits(words)
            ids = finding.by_relevance(words, list(hits.traits), {}, more=hits.more)[:limit]
    items = {item.pk: item for item in Item.objects.published().light().filter(pk__in=ids).order_by(*NEWEST)}
    offices = offices_by_id()
    return [
        {
            "title": items[pk].title,
            "url": reverse("information:item", args=[items[pk].slug]),
            "summary": offices[items[pk].office_id].name,
            "when": items[pk].modified_at,
            "state": items[pk].get_category_display(),
            "tone": reading.CATEGORIES[items[pk].category][2],
        }
        for pk in ids
        if pk in items
    ]


def count_items(user: Any) -> int:
    return facets.total(facets.tallies(), {})


def list_url() -> str:
    return reverse("information:list")


def count_downloads(user: Any) -> int:
    return downloads_in(clock.local_date(clock.now()).year)


@timed(60)
def downloads_in(year: int) -> int:
    """How often files of published entries were downloaded in a year, kept for a minute."""
    days = DownloadDay.objects.filter(day__year=year)
    return int(days.aggregate(all=Sum("count"))["all"] or 0)


def downloads_url() -> str:
    return f"{reverse('information:home')}#sering"
