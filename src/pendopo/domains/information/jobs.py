"""Jobs born in the transaction of an act: a receipt that could not be made at once is made soon after."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pendopo.domains.information import receipts
from pendopo.kernel import clock

_SOON = {"seconds": 5}  # the page makes it first; the job finds it made


@app.task(
    name="information.make_receipt",
    queue="letters",
    retry=RetryStrategy(max_attempts=8, exponential_wait=3),
)
def make_receipt(*, kind: str, pk: int) -> None:
    """The receipt of a request or objection, unless it is there."""
    receipts.BY_KIND[kind](pk, now=clock.now())


def receipt_later(kind: str, pk: int) -> None:
    """Make sure that there will be a receipt, in the transaction that makes the case."""
    make_receipt.configure(schedule_in=_SOON).defer(kind=kind, pk=pk)
