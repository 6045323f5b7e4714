"""Identity proofs at rest: a sealed file and a sealed number, and the salted hash that recognises a repeat."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from pendopo.base.files import seal_keys
from pendopo.domains.information.models import DraftProof, IdentityProof

HOST = "information"


@dataclass(frozen=True)
class NewProof:
    """An identity document on its way into a row; its number is sealed already."""

    kind: str
    sealed_number: bytes | None = None
    number_hash: str = ""
    sealed_file: uuid.UUID | None = None


def new_proof(kind: str, number: str = "", sealed_file: uuid.UUID | None = None) -> NewProof:
    """Seal a number; "" for a document without one."""
    if not number:
        return NewProof(kind, None, "", sealed_file)
    mark = hash_of(number)
    return NewProof(kind, seal_keys.wrap(number.encode(), _bound_to(mark)), mark, sealed_file)


def hash_of(number: str) -> str:
    """The same number gives the same mark; the mark does not give the number to who has not our secret key."""
    return salted_hmac("information.identity", number, algorithm="sha256").hexdigest()


def number_of(proof: IdentityProof | DraftProof) -> str:
    """The number in the clear, "" when there is none or it was destroyed. Who calls it has recorded the look."""
    if not proof.sealed_number:
        return ""
    return seal_keys.unwrap(bytes(proof.sealed_number), _bound_to(proof.number_hash)).decode()


def linked(ids: Collection[uuid.UUID]) -> Iterable[uuid.UUID]:
    """Those sealed files that a proof or a draft still needs."""
    found: set[uuid.UUID] = set()
    for rows in (IdentityProof.objects, DraftProof.objects):
        found.update(rows.filter(sealed_file__in=ids).values_list("sealed_file", flat=True))
    return found


def _bound_to(mark: str) -> bytes:
    """A ciphertext opens only beside its own mark, so numbers cannot be swapped between rows."""
    return f"information.number|{mark}".encode()
