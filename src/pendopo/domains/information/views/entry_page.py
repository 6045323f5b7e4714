"""The page of one entry, with whichever of its forms was refused."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pendopo.base.audit.timelines import officer_timeline
from pendopo.domains.information import checking
from pendopo.domains.information.forms.keeping import FileForm, PublishForm, ReasonForm
from pendopo.domains.information.models import Item, ItemStatus, ItemVersion
from pendopo.domains.information.policy import keeping as policy
from pendopo.kernel import clock

_DRAFTING = (ItemStatus.DRAFT, ItemStatus.RETURNED)


def entry_page(
    request: HttpRequest, pk: int, *, status: int = 200, refused: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """Raises Item.DoesNotExist for who may not see it."""
    item = Item.objects.desk_of(request.user).light().select_related("office", "decree").get(pk=pk)
    return render(
        request, "information/keeping/item.html", _context(request.user, item, refused or {}), status=status
    )


def _context(user: Any, item: Item, bound: dict[str, forms.Form]) -> dict[str, Any]:
    keeps = policy.may_keep(user, item.office_id)
    files = [
        _file(version, item, bound, keeps) for version in item.versions.select_related("file", "added_by")
    ]
    today = clock.local_date(clock.now())
    return {
        "item": item,
        "form": next(iter(bound.values()), None),
        "files": files,
        "file_form": bound.get("file") or FileForm(auto_id="berkas_%s"),
        "keeps": keeps and item.status != ItemStatus.WITHDRAWN,
        "verbs": {
            verb: bound.get(verb) or ReasonForm(auto_id=f"{verb}_%s", initial={"seen": item.version})
            for verb in _allowed(user, item, keeps)
        },
        "tests": item.tests.select_related("ground", "decree").order_by("-made_at"),
        "history": officer_timeline(item)[::-1],
        "today": today,
        "current": next((row["version"].pk for row in files if row["open"]), None),
    }


def _file(version: ItemVersion, item: Item, bound: dict[str, forms.Form], keeps: bool) -> dict[str, Any]:
    """One version with its verdict and the forms that fit it."""
    opened = version.published_at is not None and version.withdrawn_at is None
    publish = bound.get(f"publish{version.pk}") or PublishForm(
        auto_id=f"terbit{version.pk}_%s", initial={"note": version.note}
    )
    withdraw = bound.get(f"withdraw{version.pk}") or ReasonForm(auto_id=f"tarik{version.pk}_%s")
    verdict = checking.Verdict.of(version.verdict)
    # The action asks for these; the page must not call them optional.
    publish.fields["looked_through"].required = bool(verdict.warnings)
    publish.fields["note"].required = version.number > 1
    return {
        "version": version,
        "verdict": verdict,
        "open": opened,
        "publish": publish if keeps and not opened and not item.is_exempt and verdict.passed else None,
        "withdraw": withdraw if keeps and version.withdrawn_at is None else None,
    }


def _allowed(user: Any, item: Item, keeps: bool) -> list[str]:
    """The verbs that this person may use on the entry as it stands."""
    fixes = policy.may_fix(user)
    today = clock.local_date(clock.now())
    can = {
        "usulkan": keeps and item.status in _DRAFTING,
        "terbitkan": item.status in (*_DRAFTING, ItemStatus.PROPOSED)
        and policy.may_publish_at_once(user, item, today),
        "kembalikan": fixes and item.status == ItemStatus.PROPOSED,
        "berlaku": keeps and item.status == ItemStatus.FIXED and item.next_due_on is not None,
        "buka": fixes and item.open_since is not None,
        "pulihkan": keeps and item.status == ItemStatus.WITHDRAWN,
        "tarik": item.status != ItemStatus.WITHDRAWN
        and not item.is_exempt
        and policy.may_withdraw(user, item),
    }
    return [verb for verb, allowed in can.items() if allowed]
