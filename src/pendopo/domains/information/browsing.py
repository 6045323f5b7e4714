"""One page of the open list: which entries, how many, what each filter would leave, and what was perhaps meant."""

from collections import Counter
from dataclasses import dataclass, replace

from pendopo.domains.information import facets, finding, paging, spelling
from pendopo.domains.information.forms.catalogue import RELEVANT
from pendopo.domains.information.models import Item, ItemQuerySet
from pendopo.domains.information.paging import NEWEST, PAGE, Mark, Page, Place, cut
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
    """At most ten queries, whatever is asked."""
    if not wish.words:
        return _all(wish)
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
    found = finding.narrowed(Item.objects.published(), wish.chosen)
    page = cut(_rows(found, wish.mark), wish.mark)
    number = max(among.total(wish.chosen), len(page.ids))
    return Shelf(page, UpTo(number), among.counted(wish.chosen), "")


def _found(wish: Wish) -> Shelf:
    with finding.through_the_index():
        dated = wish.order != RELEVANT
        everything = finding.hits(wish.words, dated=dated)
        narrow = (
            finding.hits(wish.words, wish.chosen, dated=dated) if everything.more and wish.chosen else None
        )
        more = (narrow or everything).more
        titled = finding.titled(wish.words, wish.chosen) if more and wish.order == RELEVANT else []
    # Formats stand in another table: for a word that is everywhere they are not looked up, and not offered.
    everything = everything if everything.more else everything.whole()
    counting = {
        name: value for name, value in wish.chosen.items() if not (everything.more and name == "format")
    }
    fitting = list(narrow.traits) if narrow else everything.fitting(wish.chosen)
    shelf = Shelf(
        Page([]),
        UpTo.of(len(fitting) + more, MOST),
        facets.Tallies(everything.traits.values()).counted(counting),
        wish.words,
        everything.more,
    )
    if not fitting:
        return shelf
    if wish.order == RELEVANT:
        best = finding.by_relevance(wish.words, {*fitting[: finding.RANKED], *titled})
        page = Page(best[wish.leaf * PAGE : (wish.leaf + 1) * PAGE])
        return replace(shelf, page=page, leaves=-(-len(best) // PAGE), judged=len(best))
    changed = (narrow or everything).changed
    return replace(shelf, page=_newest(wish, [Place(changed[pk], pk) for pk in fitting], more=more))


def _newest(wish: Wish, known: list[Place], *, more: bool) -> Page:
    """The page in newest-first order: from what was found already, as far as that reaches."""
    rows = paging.among(known, wish.mark, more=more)
    if rows is not None:
        return cut(rows, wish.mark)
    found = finding.holding(finding.narrowed(Item.objects.published(), wish.chosen), wish.words)
    with finding.through_the_index():
        return cut(_rows(found, wish.mark), wish.mark)


def _rows(found: ItemQuerySet, mark: Mark | None) -> list[Item]:
    rows = found.filter(mark.condition).order_by(*mark.order) if mark else found.order_by(*NEWEST)
    return list(rows.only("pk", "modified_at")[: PAGE + 1])
