"""What a program may ask about itself."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router, Schema

from pendopo.base.clients.door import Door, caller_of
from pendopo.base.clients.models import ApiClient
from pendopo.base.clients.problems import Problem

router = Router()


class ClientOut(Schema):
    """The client of the token that was sent, with its scopes and quotas."""

    name: str
    scopes: list[str]
    per_minute: int
    per_day: int


class ClientProblem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str


@router.get(
    "/client", response={200: ClientOut, 401: ClientProblem, 429: ClientProblem}, auth=Door(),
    tags=[gettext_noop("Token")],
    summary=gettext_noop("Tentang token ini"),
    description=gettext_noop(
        "Aplikasi pemilik token ini, izinnya, dan kuotanya. Sisa kuota ada di header RateLimit."
    ),
)  # fmt: skip
def own_client(request: HttpRequest) -> Any:
    """The client of this token, its scopes and quotas."""
    client: ApiClient | None = caller_of(request).client
    if client is None:
        raise Problem("token", headers={"WWW-Authenticate": "Bearer"})
    return {
        "name": client.name,
        "scopes": client.scopes,
        "per_minute": client.per_minute,
        "per_day": client.per_day,
    }
