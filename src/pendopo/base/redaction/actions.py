"""Marking, blackening and proving. The engine works outside of transactions; what it made is kept only when the row is
still the one it was asked for.
"""

import datetime as dt
import math
import time
import uuid
from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.files.actions import store
from pendopo.base.files.examine import PDFS, Examined
from pendopo.base.files.models import File, FileKind
from pendopo.base.redaction import jobs, sentences
from pendopo.base.redaction.engine import run, shapes
from pendopo.base.redaction.engine.shapes import Found, Proof, Unreadable
from pendopo.base.redaction.gate import bytes_of
from pendopo.base.redaction.hosts import host_of
from pendopo.base.redaction.models import Box, Redaction, Status
from pendopo.base.redaction.policy import may_edit
from pendopo.kernel.errors import NotAllowed, Refused, require

SEARCHED_AT_ONCE = 25  # pages; longer files are searched by a job
MOST_BOXES = 2000
SOON = 30  # seconds: a short file is burnt while the person waits, its job finds it done


def start(*, source: File, about: tuple[str, str], by: User, now: dt.datetime) -> Redaction:
    """The redaction of a file for something of a registered room; the same one when asked again.

    Raises Refused for a file that cannot be blackened, NotAllowed.
    """
    kind, about_id = about
    if not host_of(kind).may_edit(by, about_id):
        raise NotAllowed("may_edit")
    known = Redaction.objects.about(kind, about_id).filter(source=source).first()
    if known:
        return known
    if source.kind != FileKind.PDF:
        raise Refused(_("Hanya PDF yang dapat dihitamkan. Simpan berkas ini sebagai PDF lebih dulu."))
    data = bytes_of(source)
    try:
        sheets = run.sheets(data)
        found = run.find(data) if len(sheets) <= SEARCHED_AT_ONCE else None
    except Unreadable as why:
        raise _refused(why) from None
    return _begin(source, kind, about_id, sheets, found, by, now)


@transaction.atomic
def _begin(
    source: File, kind: str, about_id: str, sheets: Sequence[shapes.Sheet], found: Sequence[Found] | None,
    by: User, now: dt.datetime,
) -> Redaction:  # fmt: skip
    redaction, made = Redaction.objects.get_or_create(
        about_kind=kind,
        about_id=about_id,
        source=source,
        defaults={
            "source_sha256": source.sha256,
            "sheets": [[sheet.width, sheet.height, sheet.letters] for sheet in sheets],
            "suggestions": None if found is None else _places(found),
            "made_by": by,
            "created_at": now,
        },
    )
    if made:
        if found is None:
            jobs.enqueue(jobs.SEARCH, str(redaction.pk))
        facts = {"file": source.name, "pages": len(sheets)}
        record(actor=by, verb="redaction.started", subject=redaction, facts=facts, at=now)
    return redaction


def _places(found: Sequence[Found]) -> list[dict[str, object]]:
    """Where patterns stand, without their words."""
    return [
        {"hit": one.hit, "kind": one.kind, "page": one.box.page, "x": one.box.x, "y": one.box.y, "w": one.box.w,
         "h": one.box.h}
        for one in found
    ]  # fmt: skip


def search_now(*, redaction_id: uuid.UUID) -> None:
    """Fill in the suggestions of a long file, once."""
    redaction = Redaction.objects.select_related("source").get(pk=redaction_id)
    if redaction.suggestions is not None:
        return
    try:
        found = _places(run.find(bytes_of(redaction.source)))
    except Unreadable:
        found = []  # boxes can still be drawn by hand
    Redaction.objects.filter(pk=redaction_id, suggestions__isnull=True).update(suggestions=found)


@transaction.atomic
def add_box(
    *, redaction_id: uuid.UUID, box: shapes.Box, ground: str, reason: str, by: User, now: dt.datetime
) -> int:
    """One box drawn by hand. Returns how many are new (a double click makes none). Raises Refused, NotAllowed."""
    return _add(redaction_id, [(box, "")], ground, reason, by, now)


@transaction.atomic
def accept(
    *,
    redaction_id: uuid.UUID,
    hits: Sequence[int] | None,
    ground: str,
    reason: str,
    by: User,
    now: dt.datetime,
) -> int:
    """Boxes over suggestions; None takes all of them."""
    redaction = _editable(redaction_id, by)
    chosen = [
        (shapes.Box(one["page"], one["x"], one["y"], one["w"], one["h"]), one["kind"])
        for one in redaction.suggestions or []
        if hits is None or one["hit"] in hits
    ]
    if not chosen:
        raise Refused(_("Pilih paling sedikit satu temuan."), field="hits")
    return _add(redaction_id, chosen, ground, reason, by, now)


def hide_phrase(
    *, redaction_id: uuid.UUID, phrase: str, ground: str, reason: str, by: User, now: dt.datetime
) -> int:
    """Boxes over every place of a phrase. The phrase itself is not kept. Raises Refused, NotAllowed."""
    redaction = Redaction.objects.select_related("source").get(pk=redaction_id)
    require(may_edit, by, redaction)
    try:
        found = run.find_phrase(bytes_of(redaction.source), phrase)
    except Unreadable as why:
        raise _refused(why) from None
    if not found:
        raise Refused(
            _(
                "Kata itu tidak ditemukan sebagai teks. Bila terlihat di halaman, gambar kotaknya dengan tangan."
            ),
            field="phrase",
        )
    with transaction.atomic():
        return _add(redaction_id, [(one.box, one.kind) for one in found], ground, reason, by, now)


def _add(
    redaction_id: uuid.UUID, boxes: Sequence[tuple[shapes.Box, str]], ground: str, reason: str, by: User,
    now: dt.datetime,
) -> int:  # fmt: skip
    redaction = _editable(redaction_id, by)
    if ground not in {one.code for one in host_of(redaction.about_kind).grounds()}:
        raise Refused(_("Pilih dasar penghitaman."), field="ground")
    before = redaction.boxes.count()
    if before + len(boxes) > MOST_BOXES:
        raise Refused(_("Kotaknya terlalu banyak; paling banyak %(most)s.") % {"most": MOST_BOXES})
    rows = [
        Box(redaction=redaction, ground=ground, reason=reason, found=found, made_by=by, created_at=now,
            page=box.page, x=box.x, y=box.y, w=box.w, h=box.h)
        for box, found in (( _inside(redaction, box), found) for box, found in boxes)
    ]  # fmt: skip
    Box.objects.bulk_create(rows, ignore_conflicts=True)
    added = redaction.boxes.count() - before
    if added:
        facts = {"count": added, "ground": ground}
        record(actor=by, verb="redaction.boxes_added", subject=redaction, facts=facts, at=now)
    return added


def _inside(redaction: Redaction, box: shapes.Box) -> shapes.Box:
    """The part of a box that lies on its page, in hundredths of a point."""
    if not 1 <= box.page <= redaction.pages or not all(map(math.isfinite, (box.x, box.y, box.w, box.h))):
        raise _refused(Unreadable("box_outside"))
    width, height, _letters = redaction.sheets[box.page - 1]
    left, top = max(0.0, box.x), max(0.0, box.y)
    right, bottom = min(width, box.x + box.w), min(height, box.y + box.h)
    if box.w <= 0 or box.h <= 0:
        raise _refused(Unreadable("box_empty"))
    if right - left < 0.5 or bottom - top < 0.5:
        raise _refused(Unreadable("box_outside"))
    return shapes.Box(box.page, round(left, 2), round(top, 2), round(right - left, 2), round(bottom - top, 2))


@transaction.atomic
def remove_box(*, redaction_id: uuid.UUID, box_id: int, by: User, now: dt.datetime) -> bool:
    """Take a box away. False when it is gone already."""
    redaction = _editable(redaction_id, by)
    box = redaction.boxes.filter(pk=box_id).first()
    if box is None:
        return False
    box.delete()
    facts = {"page": box.page, "ground": box.ground}
    record(actor=by, verb="redaction.box_removed", subject=redaction, facts=facts, at=now)
    return True


@transaction.atomic
def burn(*, redaction_id: uuid.UUID, by: User, now: dt.datetime) -> Redaction:
    """Ask for the blackened file; the job is born in this transaction. Asking twice is asking once.

    A file without a box may be burnt too: it then loses everything hidden in it.
    """
    redaction = _locked(redaction_id)
    require(may_edit, by, redaction)
    if redaction.status in {Status.BURNING, Status.READY}:
        return redaction
    redaction.move_to(Status.BURNING)
    redaction.attempt, redaction.burning_since, redaction.proof = uuid.uuid4(), now, {}
    redaction.save()
    jobs.enqueue(jobs.BURN, str(redaction.pk), after=SOON if redaction.is_short else 0)
    facts = {"count": redaction.boxes.count()}
    record(actor=by, verb="redaction.burning", subject=redaction, facts=facts, at=now)
    return redaction


def burn_now(*, redaction_id: uuid.UUID, clock_now: Callable[[], dt.datetime]) -> None:
    """Blacken and prove; keep the result if the row still waits for this attempt. Safe to run twice or at once."""
    redaction = Redaction.objects.select_related("source").get(pk=redaction_id)
    if redaction.status != Status.BURNING:
        return
    boxes = [shapes.Box(b.page, b.x, b.y, b.w, b.h, b.ground) for b in redaction.boxes.all()]
    began = time.monotonic()
    try:
        output, proof = run.burn(bytes_of(redaction.source), boxes)
    except Unreadable as why:
        finding = shapes.Finding(why.code, int(why.values.get("page", 0)), values=why.values)
        output, proof = b"", Proof([finding], {})
    _finish(redaction, output, proof, time.monotonic() - began, clock_now())


@transaction.atomic
def _finish(asked: Redaction, output: bytes, proof: Proof, seconds: float, now: dt.datetime) -> None:
    redaction = _locked(asked.pk)
    if redaction.status != Status.BURNING or redaction.attempt != asked.attempt:
        return
    redaction.proof, redaction.seconds = proof.plain(), round(seconds, 3)
    name = redaction.source.name
    if not proof.ok or not output:
        redaction.move_to(Status.FAILED)
        redaction.save()
        facts = {"file": name, "reason": _first_reason(proof)}
        record(actor=None, verb="redaction.failed", subject=redaction, facts=facts, at=now)
        return
    stem = name.removesuffix(".pdf")
    kept = Examined(FileKind.PDF, f"{stem[:90]}-dihitamkan.pdf", "application/pdf", output)
    redaction.output = store(upload=kept, by=redaction.made_by, now=now, allowed=PDFS)
    redaction.output_sha256, redaction.proven_at = redaction.output.sha256, now
    redaction.move_to(Status.READY)
    redaction.save()
    told = {"file": name, "boxes": proof.checked["boxes"], "pages": proof.checked["pages"]}
    record(actor=None, verb="redaction.proven", subject=redaction, facts=told, at=now)


def _first_reason(proof: Proof) -> str:
    blocking = next(finding for finding in proof.findings if finding.block)
    return sentences.sentence(blocking.code, blocking.values, blocking.page)


@transaction.atomic
def reopen(*, redaction_id: uuid.UUID, by: User, now: dt.datetime) -> Redaction:
    """Change the boxes again. The result so far is let go; a room that published it keeps it by its own link."""
    redaction = _locked(redaction_id)
    require(may_edit, by, redaction)
    if redaction.status == Status.DRAFT:
        return redaction
    redaction.move_to(Status.DRAFT)
    redaction.output, redaction.output_sha256, redaction.proof, redaction.proven_at = None, "", {}, None
    redaction.save()
    facts = {"file": redaction.source.name}
    record(actor=by, verb="redaction.reopened", subject=redaction, facts=facts, at=now)
    return redaction


def _locked(redaction_id: uuid.UUID) -> Redaction:
    rows = Redaction.objects.select_for_update(of=("self",)).select_related("source")
    return rows.get(pk=redaction_id)


def _editable(redaction_id: uuid.UUID, by: User) -> Redaction:
    redaction = _locked(redaction_id)
    require(may_edit, by, redaction)
    if redaction.status != Status.DRAFT:
        raise Refused(_("Kotak tidak dapat diubah sekarang. Pilih “Ubah kotak” lebih dulu."))
    return redaction


def _refused(why: Unreadable) -> Refused:
    return Refused(sentences.sentence(why.code, why.values, int(why.values.get("page", 0))))
