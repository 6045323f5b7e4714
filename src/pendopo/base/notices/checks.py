"""`manage.py check` reads every template of the outbox: a missing or leaking one stops there."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from pendopo.base.notices import events, words


@register("notices")
def words_can_be_sent(**_kwargs: Any) -> list[CheckMessage]:
    problems: list[CheckMessage] = []
    for event in events.every():
        if event.templated:
            try:
                words.check(event)
            except words.WordsRefused as refused:
                problems.append(Error(str(refused), id="notices.E001"))
    return problems
