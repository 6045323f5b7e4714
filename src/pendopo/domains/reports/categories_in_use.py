"""Categories as pages show them, kept for a minute in each process: they change a few times a year."""

from collections.abc import Mapping

from pendopo.domains.reports.models import Category
from pendopo.kernel.caches import timed


@timed(60)
def categories() -> tuple[Category, ...]:
    """Categories that citizens can choose, in their order."""
    return tuple(Category.objects.filter(active=True))


@timed(60)
def every_category() -> tuple[Category, ...]:
    """Also those that are no longer offered: old reports still carry them."""
    return tuple(Category.objects.all())


@timed(60)
def categories_by_key() -> Mapping[str, Category]:
    """`every_category` by key."""
    return {category.key: category for category in every_category()}
