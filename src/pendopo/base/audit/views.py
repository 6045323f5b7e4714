"""The auditor's view of history. The timelines of a case stand on the page of the case."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from pendopo.base.accounts.models import User
from pendopo.base.audit.export import export
from pendopo.base.audit.forms import JournalFilter, page_of
from pendopo.base.audit.models import Entry
from pendopo.base.audit.timelines import officer_sentence
from pendopo.base.organizations.roles import roles_of
from pendopo.kernel import clock
from pendopo.kernel.streams import csv_download

PAGE = 50


@require_GET
@login_required
def journal(request: HttpRequest) -> HttpResponse:
    """History page by page, with its filter."""
    chosen = JournalFilter(request.GET, user=_staff(request))
    if not chosen.is_valid():
        return render(request, "audit/journal.html", {"form": chosen, "lines": []}, status=422)
    entries = chosen.narrow(Entry.objects.visible_to(request.user))
    page, following = page_of(entries, chosen.cleaned_data["before"], size=PAGE)
    context = {
        "form": chosen,
        "asked": {name: request.GET.get(name, "") for name in chosen.fields if name != "before"},
        "lines": [(entry, officer_sentence(entry)) for entry in page],
        "older": following,
        "first_page": chosen.cleaned_data["before"] is None,
    }
    return render(request, "audit/journal.html", context)


@require_POST
@login_required
def download(request: HttpRequest) -> HttpResponseBase:
    """The same entries as a table. POST, because taking history out is itself an act."""
    user = _staff(request)
    chosen = JournalFilter(request.POST, user=user)
    if not chosen.is_valid():
        return render(request, "audit/journal.html", {"form": chosen, "lines": []}, status=422)
    now = clock.now()
    lines = export(by=user, chosen=chosen, now=now)
    return csv_download(request, lines, filename=f"jejak-{clock.local_date(now):%Y-%m-%d}.csv")


def _staff(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not roles_of(user).is_staff:
        raise Http404
    return user
