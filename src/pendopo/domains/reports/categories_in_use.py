"""Categories as pages show them, kept for a minute in each process: they change a few times a year."""

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
