"""The page behind a signed link: one task for somebody without an account. Works without JavaScript and cookies."""

import datetime as dt
import uuid

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import visitor_network
from pendopo.base.files.actions import store_photos
from pendopo.base.files.fields import ask_for_files_again
from pendopo.domains.reports import task_reading
from pendopo.domains.reports.actions import task_links
from pendopo.domains.reports.actions.task_links import LinkGone
from pendopo.domains.reports.models import TaskLink, TaskPolicy
from pendopo.domains.reports.task_forms import UpdateForm
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

HOUR = dt.timedelta(hours=1)


@csrf_exempt  # the address is the key and no cookie is read; with no-referrer browsers send no Origin to compare
@never_cache
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """`/tugas/<token>/`: read the task, tell how it goes."""
    now = clock.now()
    link_id = _read(token)
    if link_id is None:
        return _closed(request)
    verdict = _judge(request, link_id, now)
    if not verdict:
        return _private(_closed(request, limits.try_again(verdict, now=now), status=429))
    try:
        if request.method == "POST":
            return _private(_told(request, token, link_id, now))
        link = task_links.open_link(link_id=link_id, now=now)
        return _private(_page(request, link, UpdateForm()))
    except LinkGone:
        return _closed(request)


def _read(token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=signing.loads(token, salt=task_reading.LINK_SALT))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def _judge(request: HttpRequest, link_id: uuid.UUID, now: dt.datetime) -> limits.Verdict:
    """Openings and messages of one link are counted apart; both also for the network."""
    policy = TaskPolicy.now()
    sends = request.method == "POST"
    most = policy.sends_per_hour if sends else policy.opens_per_hour
    wishes = [(f"tugas:{request.method}:{link_id}", most, HOUR)]
    wishes.append((f"tugas:{visitor_network(request)}", 10 * policy.opens_per_hour, HOUR))
    return next((one for one in limits.tally(wishes, now=now) if not one), limits.Verdict(True, now))


def _told(request: HttpRequest, token: str, link_id: uuid.UUID, now: dt.datetime) -> HttpResponse:
    link = task_links.live_link(link_id, now=now)
    form = UpdateForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, link, form, status=422)
    data = form.cleaned_data
    try:
        task_links.send_update(
            link_id=link_id, key=data["key"], kind=data["kind"], words=data["words"],
            files=store_photos(data["photos"], by=None, now=now), now=now,
        )  # fmt: skip
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return _page(request, link, form, status=422)
    return redirect("reports:task-link", token=token)


def _page(request: HttpRequest, link: TaskLink, form: UpdateForm, *, status: int = 200) -> HttpResponse:
    ask_for_files_again(form)
    report = link.task.case
    context = {
        "link": link,
        "task": link.task,
        "words": "" if report.hidden else report.public_text,
        "category": report.category,
        "address": report.address,
        "region": report.region,
        "point": (report.latitude, report.longitude) if report.latitude is not None else None,
        "photos": task_reading.public_photos(link.task),
        "updates": link.updates.all(),
        "form": form,
        "office": link.task.office,
    }
    return render(request, "reports/task_link.html", context, status=status)


def _closed(request: HttpRequest, why: str = "", *, status: int = 404) -> HttpResponse:
    """The same words for a forged, revoked, old and finished link."""
    words = why or _("Mungkin waktunya habis, tugasnya sudah berakhir, atau tautannya dicabut.")
    return _private(render(request, "reports/task_link_closed.html", {"words": words}, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
