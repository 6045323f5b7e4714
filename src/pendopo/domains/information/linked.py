"""Files that the desk's records still show; the files room sweeps away the others."""

import uuid
from collections.abc import Collection

from pendopo.domains.information.models import (
    AnswerFile,
    DisputeAttachment,
    ObjectionAttachment,
    RequestAttachment,
    UnitTaskFile,
)

_LINKING = (AnswerFile, UnitTaskFile, DisputeAttachment, ObjectionAttachment, RequestAttachment)


def answers(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    found: set[uuid.UUID] = set()
    for model in _LINKING:
        found.update(model._default_manager.filter(file__in=ids).values_list("file_id", flat=True))
    return found
