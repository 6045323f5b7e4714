"""The first rows of every installation: a template and a number pattern for each kind. Rows that exist stay."""

import datetime as dt

from pendopo.base.letters.kinds import letter_kinds
from pendopo.base.letters.models import LetterTemplate, NumberPattern
from pendopo.kernel import clock

SINCE = dt.date(2020, 1, 1)


def load() -> None:
    """Lay down what is missing, in four statements at most."""
    now = clock.now()
    series = {kind.series: kind.number_pattern for kind in reversed(list(letter_kinds))}
    there = set(NumberPattern.objects.values_list("series", flat=True))
    NumberPattern.objects.bulk_create(
        NumberPattern(series=name, pattern=pattern, valid_from=SINCE, changed_at=now)
        for name, pattern in series.items()
        if name not in there
    )
    known = set(LetterTemplate.objects.values_list("key", flat=True))
    LetterTemplate.objects.bulk_create(
        LetterTemplate(
            key=kind.key, version=1, title=kind.default_title, body=kind.default_body, valid_from=SINCE,
            created_at=now,
        )
        for kind in letter_kinds
        if kind.key not in known
    )  # fmt: skip
