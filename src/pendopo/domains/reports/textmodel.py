"""The text model in use: read from the database once, kept by the process. How it works is in `routing_model`."""

from pendopo.domains.reports.models import RoutingModel
from pendopo.domains.reports.routing_model.arrays import Guess, TextModel
from pendopo.kernel.caches import timed

# What hundreds of kelurahan and kecamatan offices do is the same everywhere: the model learns "the office of the
# place" once, and the place of the report says which one it is.
THE_KELURAHAN, THE_KECAMATAN = 0, -1

__all__ = ["THE_KECAMATAN", "THE_KELURAHAN", "Guess", "TextModel", "area_of", "in_use", "read_row"]


def area_of(region_code: str) -> tuple[str, ...]:
    """The kecamatan and the kelurahan of an official code ("99.71.01.1001"), widest first."""
    parts = region_code.split(".")
    return tuple(".".join(parts[:deep]) for deep in (3, 4) if len(parts) >= deep)


def read_row(row: RoutingModel) -> TextModel | None:
    """The model in a row; None for one of an older release, which stays silent until the next training."""
    try:
        return TextModel.load(bytes(row.weights), row.thresholds)
    except (KeyError, ValueError, EOFError):
        return None


@timed(20)
def _pk_in_use() -> int | None:
    return RoutingModel.objects.filter(in_use=True).values_list("pk", flat=True).first()


_kept: dict[int, TextModel | None] = {}  # at most one: the model this process read last


def in_use() -> TextModel | None:
    """The model in use, or None while none is trained: then the words stay silent."""
    pk = _pk_in_use()
    if pk is None:
        return None
    if pk not in _kept:
        model = read_row(
            RoutingModel.objects.get(pk=pk)
        )  # a trained model never changes; a new one has a new id
        _kept.clear()
        _kept[pk] = model
    return _kept[pk]
