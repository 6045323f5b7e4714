"""What a token may open. Each room registers its scopes from `apps.py`; a scope nobody registered opens nothing."""

from dataclasses import dataclass

from django.utils.functional import Promise

from pendopo.base.registries import Registry


@dataclass(frozen=True)
class Scope:
    """`key` is written into tokens' clients ("reports:create"), `label` is what staff tick.

    `given` marks what a new client gets unless somebody unticks it.
    """

    key: str
    label: str | Promise
    explanation: str | Promise = ""
    order: int = 0
    given: bool = False


scopes: Registry[Scope] = Registry("clients.scopes")
