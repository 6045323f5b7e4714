"""How a GeoReport call says no: HTTP status, and a list of code and description in the body."""

from dataclasses import dataclass

from django.http import HttpResponse

from pendopo.domains.reports.open311.formats import answer


@dataclass(frozen=True)
class Said:
    """One entry of the error list. `code` is the HTTP status, as in the specification's examples."""

    code: int
    description: str


class Open311Refused(Exception):
    """The call cannot be answered: 404 for what does not exist, 403 for the key, 400 for everything else."""

    def __init__(self, *said: Said, retry_after: int | None = None) -> None:
        super().__init__("; ".join(one.description for one in said))
        self.said = said
        self.retry_after = retry_after


def bad(description: str) -> Open311Refused:
    return Open311Refused(Said(400, description))


def missing(description: str) -> Open311Refused:
    return Open311Refused(Said(404, description))


def error_answer(refused: Open311Refused, format_name: str) -> HttpResponse:
    """The response for a refusal; the first entry gives the HTTP status."""
    rows = [{"code": one.code, "description": one.description} for one in refused.said]
    response = answer("errors", rows, format_name, status=refused.said[0].code)
    if refused.retry_after is not None:
        response["Retry-After"] = str(refused.retry_after)
    return response
