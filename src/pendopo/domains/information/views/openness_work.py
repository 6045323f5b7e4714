"""Pekerjaan PPID: one page for each person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pendopo.domains.information import work
from pendopo.domains.information.views.staff import staff_page
from pendopo.kernel import clock


@staff_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/meja/ppid/`: what waits, in every role."""
    now = clock.now()
    groups = work.of(request.user, now=now)
    context = {
        "groups": groups,
        "waits": any(group.waits for group in groups),
        "hearings": work.hearings(request.user, now=now),
    }
    return render(request, "information/openness/work.html", context)
