"""Asking BSrE whether it is there."""

from typing import Any

from django.utils.module_loading import import_string


def bsre_says(identity: str) -> str:
    """`ISSUE` for a person whose certificate can sign. Raises SigningFailed."""
    client: Any = import_string("pendopo.base.letters.signing.bsre.BSrE")()
    return str(client.user_status(identity.strip()))
