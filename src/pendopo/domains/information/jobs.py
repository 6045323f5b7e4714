"""Jobs born in the transaction of an act: letters that are printed soon after it."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pendopo.domains.information import letters, receipts
from pendopo.kernel import clock

_SOON = 5  # seconds: the page makes it first; the job finds it made


@app.task(
    name="information.make_receipt",
    queue="letters",
    retry=RetryStrategy(max_attempts=8, exponential_wait=3),
)
def make_receipt(*, kind: str, pk: int) -> None:
    """The receipt of a request or objection, unless it is there."""
    receipts.BY_KIND[kind](pk, now=clock.now())


@app.task(
    name="information.make_paper",
    queue="letters",
    retry=RetryStrategy(max_attempts=8, exponential_wait=3),
)
def make_paper(*, kind: str, pk: int) -> None:
    """The letter of a decree with its list, or the sheet of a fixed consequence test, unless it is there."""
    letters.BY_KIND[kind](pk, now=clock.now())


def paper_later(kind: str, pk: int) -> None:
    """Have it printed, in the transaction that fixes it: a list of hundreds takes seconds."""
    make_paper.defer(kind=kind, pk=pk)


def receipt_later(kind: str, pk: int) -> None:
    """Make sure that there will be a receipt, in the transaction that makes the case."""
    make_receipt.configure(schedule_in={"seconds": _SOON}).defer(kind=kind, pk=pk)
