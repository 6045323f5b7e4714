"""One report for one filled-in form, however often its button is pressed. Kept in the shared cache for a day."""

from collections.abc import Callable

from django.core.cache import cache

_DAY = 24 * 3600


def once(key: str, make: Callable[[], str]) -> str:
    """What `make` returned for this key; the first caller makes, a later one is told what was made.

    "" while the first is still at work. When `make` raises, the key is free again.
    """
    name = f"reports.once:{key}"
    if not cache.add(name, "", _DAY):
        return str(cache.get(name, ""))
    try:
        made = make()
    except BaseException:
        cache.delete(name)
        raise
    cache.set(name, made, _DAY)
    return made
