"""One page of the open list: which entries, how many, what each filter would leave, and what was perhaps meant."""

from collections import Counter
from dataclasses import dataclass, replace

from pendopo.domains.information import facets, finding, spelling
from pendopo.domains.information.forms.catalogue import RELEVANT
from pendopo.domains.information.models import Item, ItemQuerySet
from pendopo.domains.information.paging import NEWEST, PAGE, Mark, Page, cut
from pendopo.kernel.lists import MOST, UpTo

LITTLE = 3  # with fewer entries than this the words were perhaps mistyped


@dataclass(frozen=True)
class Wish:
    """What was asked. `mark` is the place in the newest-first order, `leaf` the page (from 0) in order of relevance."""

    words: str
    chosen: dict[str, str]
    order: str
    mark: Mark | None = None
    leaf: int = 0


@dataclass(frozen=True)
class Shelf:
    """What is shown. `counts` are of the newest MOST entries when `partly`. `leaves` is the number of pages in order
    of relevance. `meant` are better spelled words; with `instead` the entries are theirs."""

    page: Page
    total: UpTo
    counts: dict[str, Counter[str]]
    words: str
    partly: bool = False
    leaves: int = 0
    meant: str = ""
    instead: bool = False
    judged: int = 0


def browse(wish: Wish) -> Shelf:
    """At most nine queries, whatever is asked."""
    if not wish.words:
        return _all(wish)
    with finding.through_the_index():
        shelf = _found(wish)
        meant = spelling.corrected(wish.words) if shelf.total < LITTLE and not wish.mark else None
        other = _found(replace(wish, words=meant, leaf=0)) if meant else None
    if other is None or other.total <= shelf.total:
        return shelf
    if shelf.total:
        return replace(shelf, meant=other.words)
    return replace(other, meant=other.words, instead=True)


def _all(wish: Wish) -> Shelf:
    among = facets.tallies()
    page = _page(finding.narrowed(Item.objects.published(), wish.chosen), wish.mark)
    number = max(facets.total(among, wish.chosen), len(page.ids))
    return Shelf(page, UpTo(number), facets.counted(among, wish.chosen), "")


def _found(wish: Wish) -> Shelf:
    everything = finding.hits(wish.words)
    fitting, more = everything.fitting(wish.chosen), everything.more
    if more and wish.chosen:
        narrow = finding.hits(wish.words, wish.chosen)
        fitting, more = list(narrow.traits), narrow.more
    shelf = Shelf(
        Page([]),
        UpTo.of(len(fitting) + more, MOST),
        facets.counted(everything.traits.values(), wish.chosen),
        wish.words,
        everything.more,
    )
    if not fitting:
        return shelf
    if wish.order == RELEVANT:
        best = finding.by_relevance(wish.words, fitting, wish.chosen, more=more)
        page = Page(best[wish.leaf * PAGE : (wish.leaf + 1) * PAGE])
        return replace(shelf, page=page, leaves=-(-len(best) // PAGE), judged=len(best))
    found = finding.holding(finding.narrowed(Item.objects.published(), wish.chosen), wish.words)
    return replace(shelf, page=_page(found, wish.mark))


def _page(found: ItemQuerySet, mark: Mark | None) -> Page:
    rows = (found.filter(mark.condition) if mark else found).order_by(*(mark.order if mark else NEWEST))
    return cut(list(rows.only("pk", "modified_at")[: PAGE + 1]), mark)
