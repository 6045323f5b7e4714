"""The buttons of an entry and of a consequence test: one verb of the address, its no shown beside it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from pendopo.domains.information.forms.keeping import ReasonForm
from pendopo.domains.information.views.staff import me
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

# word in the address: action, whether it takes a reason, what is said afterwards
Verbs = Mapping[str, tuple[Callable[..., Any], bool, Any]]


def press(
    request: HttpRequest, verbs: Verbs, verb: str, *, subject: str, pk: int, back: str,
    page: Callable[..., HttpResponse],
) -> HttpResponse:  # fmt: skip
    """Carry out `verb` on the record that the action calls `subject`, and lead to the address named `back`.

    A refusal shows `page` again with the typed reason. Raises Http404 for another verb, BadRequest.
    """
    if verb not in verbs:
        raise Http404
    action, takes_reason, said = verbs[verb]
    form = ReasonForm(request.POST, auto_id=f"{verb}_%s")
    if not form.is_valid():
        raise BadRequest
    given: dict[str, Any] = {subject: pk, "seen": form.cleaned_data["seen"]}
    if takes_reason:
        given["reason"] = form.cleaned_data["reason"]
    try:
        action(**given, by=me(request), now=clock.now())
    except Refused as no:
        form.add_error("reason" if takes_reason and no.field == "reason" else None, str(no))
        return page(request, pk, status=422, refused={verb: form})
    messages.success(request, said)
    return redirect(back, pk)
