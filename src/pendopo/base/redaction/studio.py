"""What the studio shows of one page: its boxes, suggestions and lists, read with a constant number of queries."""

from typing import Any

from django.http import HttpRequest, QueryDict

from pendopo.base.redaction import gate, sentences
from pendopo.base.redaction.engine.shapes import Finding
from pendopo.base.redaction.forms import AcceptForm, BoxForm, PhraseForm
from pendopo.base.redaction.hosts import host_of
from pendopo.base.redaction.models import Box, Redaction, Status

LAST = "redaction.last"  # session: ground and reason chosen last
PLAIN = "halaman"


def page_number(redaction: Redaction, asked: str | None) -> int:
    """The page of the address, or the nearest there is."""
    number = int(asked) if asked and asked.isdigit() and len(asked) < 6 else 1
    return min(max(number, 1), redaction.pages)


def forms_for(
    request: HttpRequest, redaction: Redaction, page: int, *, data: QueryDict | None = None, which: str = ""
) -> dict[str, Any]:
    """The three forms; the one called `which` is bound to what was sent."""
    grounds = host_of(redaction.about_kind).grounds()
    last = request.session.get(LAST, {})
    known = {one["hit"] for one in redaction.suggestions or []}

    def given(name: str) -> QueryDict | None:
        return data if which == name else None

    return {
        "box_form": BoxForm(
            given("box"), grounds=grounds, initial={**last, "page": page}, auto_id="kotak-%s"
        ),
        "phrase_form": PhraseForm(given("phrase"), grounds=grounds, initial=last, auto_id="kata-%s"),
        "accept_form": AcceptForm(
            given("accept"), grounds=grounds, initial=last, known=sorted(known), auto_id="saran-%s"
        ),
    }


def context(redaction: Redaction, page: int) -> dict[str, Any]:
    """Everything of the page but its forms."""
    boxes = list(redaction.boxes.all())
    here = [box for box in boxes if box.page == page]
    suggestions = _suggestions(redaction, boxes)
    width, height, letters = redaction.sheets[page - 1]
    counts: dict[int, int] = {}
    for hit in suggestions:
        counts[hit["page"]] = counts.get(hit["page"], 0) + 1
    return {
        "redaction": redaction,
        "page": page,
        "width": width,
        "height": height,
        "has_text": letters > 0,
        "boxes": boxes,
        "here": here,
        "suggestions": suggestions,
        "suggested_here": [hit for hit in suggestions if hit["page"] == page],
        "pages": [
            {
                "number": number,
                "boxes": sum(box.page == number for box in boxes),
                "hits": counts.get(number, 0),
            }
            for number in range(1, redaction.pages + 1)
        ],
        "can_change": redaction.status == Status.DRAFT,
        "notes": _notes(redaction),
        "checked": redaction.proof.get("checked", {}),
        "grounds": {one.code: str(one.words) for one in host_of(redaction.about_kind).grounds()},
        "back": host_of(redaction.about_kind).url_back(redaction.about_id),
    }


def _suggestions(redaction: Redaction, boxes: list[Box]) -> list[dict[str, Any]]:
    """Hits that no box covers yet, each with all of its rectangles."""
    done = {(box.page, box.x, box.y, box.w, box.h) for box in boxes}
    hits: dict[int, dict[str, Any]] = {}
    for one in redaction.suggestions or []:
        if (one["page"], one["x"], one["y"], one["w"], one["h"]) in done:
            continue
        hit = hits.setdefault(
            one["hit"],
            {"hit": one["hit"], "kind": sentences.kind(one["kind"]), "page": one["page"], "places": []},
        )
        hit["places"].append(one)
    return list(hits.values())


def _notes(redaction: Redaction) -> list[gate.Note]:
    return [gate.note(Finding(**one)) for one in redaction.proof.get("findings", [])]
