"""Neighbours who want to hear about a public report: ask, confirm, stop."""

import datetime as dt

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import visitor_network
from pendopo.domains.reports.actions import following
from pendopo.domains.reports.forms.following import NeighbourForm
from pendopo.domains.reports.models import Report
from pendopo.domains.reports.telling import CONFIRM_SALT, UNFOLLOW_SALT
from pendopo.domains.reports.views.browse import detail_page
from pendopo.kernel import clock

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
ASKED_PER_NETWORK = 20  # an hour
LETTERS_PER_ADDRESS = 5  # a day: nobody's mailbox is filled from here


@never_cache
@require_POST
def follow_updates(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to hear about a report. The page says the same whether the address followed before or not."""
    now = clock.now()
    form = NeighbourForm(data=request.POST)
    if not request.user.is_authenticated and not form.is_valid():
        return detail_page(request, slug, form, status=422)
    email = form.cleaned_data.get("email", "") if form.is_valid() else ""
    verdict = may_ask(request, email, now)
    if not verdict:
        form.add_error(None, limits.try_again(verdict, now=now))
        return detail_page(request, slug, form, status=429)
    try:
        following.follow(slug=slug, by=request.user, email=email, language=get_language() or "id", now=now)
    except Report.DoesNotExist:
        raise Http404 from None
    if request.user.is_authenticated:
        messages.success(request, _("Anda mengikuti laporan ini."))
    else:
        messages.success(
            request, _("Kami mengirim surat ke alamat itu. Buka tautannya untuk mulai mengikuti.")
        )
    return redirect("reports:detail", slug=slug)


def may_ask(request: HttpRequest, email: str, now: dt.datetime) -> limits.Verdict:
    """Count one wish to follow, for this network and for the address that would get a letter."""
    verdict = limits.judge(f"ikuti:{visitor_network(request)}", limit=ASKED_PER_NETWORK, window=HOUR, now=now)
    if verdict and email:
        verdict = limits.judge(f"ikuti:{email.lower()}", limit=LETTERS_PER_ADDRESS, window=DAY, now=now)
    return verdict


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_following(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter. A button confirms: mail programs open links by themselves."""
    follower_id = _follower(token, CONFIRM_SALT)
    if follower_id is None:
        return render(request, "reports/link_broken.html", status=404)
    if request.method != "POST":
        return render(request, "reports/following.html", {"asking": "confirm"})
    report = following.confirm_following(follower_id=follower_id, now=clock.now())
    if report is None:
        return render(request, "reports/link_broken.html", status=404)
    messages.success(request, _("Anda mengikuti laporan ini."))
    return redirect("reports:detail", slug=report.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unfollow(request: HttpRequest, token: str) -> HttpResponse:
    """The link at the end of every update."""
    follower_id = _follower(token, UNFOLLOW_SALT)
    if follower_id is None:
        return render(request, "reports/link_broken.html", status=404)
    if request.method != "POST":
        return render(request, "reports/following.html", {"asking": "stop"})
    following.unfollow(follower_id=follower_id)
    return render(request, "reports/following.html", {"asking": ""})


def _follower(token: str, salt: str) -> int | None:
    try:
        pk = signing.loads(token, salt=salt)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return pk if isinstance(pk, int) and not isinstance(pk, bool) else None
