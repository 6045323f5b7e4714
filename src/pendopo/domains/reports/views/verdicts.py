"""What people say about a closed report: neighbours on its public page, the reporter on the own page."""

import datetime as dt
import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import visitor_network
from pendopo.domains.reports import proof
from pendopo.domains.reports.actions import verdicts
from pendopo.domains.reports.models import Report
from pendopo.kernel import clock, ids
from pendopo.kernel.errors import NotAllowed, Refused

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
VOICES_PER_NETWORK = 30  # an hour, over all reports
VOICES_PER_REPORT = 5  # a day from one network: a family, not a campaign
DEVICE = "perangkat"
_SALT, _KEPT = "reports.device", dt.timedelta(days=400)
_WORDS = {"beres": True, "belum": False}


@never_cache
@require_POST
def neighbour(request: HttpRequest, slug: str) -> HttpResponse:
    """`/laporan/<slug>/beres/`: "sudah beres" or "belum beres", once for each browser or account."""
    now, answer, device = clock.now(), redirect("reports:detail", slug=slug), _device(request)
    if problem := _problem(request, slug, now):
        messages.error(request, problem)
        return answer
    done, holding = _WORDS[request.POST["kata"]], proof.holding(request, now=now)
    who: dict[str, Any] = {"by": request.user, "mark": _mark(request, device), "holding": holding}
    try:
        verdicts.say_as_neighbour(slug=slug, done=done, now=now, **who)
    except Report.DoesNotExist:
        raise Http404 from None
    except NotAllowed:
        messages.error(request, _("Petugas dan pelapor tidak memberi suara tetangga."))
    except Refused as no:
        messages.error(request, str(no))
    else:
        _remember(request, answer, device)
        messages.success(request, _("Terima kasih. Suara Anda dihitung, tanpa nama."))
    return answer


def _problem(request: HttpRequest, slug: str, now: dt.datetime) -> str:
    """Why this voice is not taken, "" when it is."""
    if request.POST.get("kata", "") not in _WORDS:
        return _("Pilih “sudah beres” atau “belum beres”.")
    verdict = _may_speak(request, slug, now)
    return "" if verdict else limits.try_again(verdict, now=now)


@never_cache
@require_POST
def reporter(request: HttpRequest, code: str) -> HttpResponse:
    """`/lacak/<code>/kata/`: the reporter's word after an officer or the timer closed."""
    now, done = clock.now(), _WORDS.get(request.POST.get("kata", ""))
    seen = Report.objects.visible_to(request.user, holding=proof.holding(request, now=now))
    report = proof.only_own(seen, request, now=now).filter(code=ids.normalize_code(code) or "").first()
    if report is None or done is None:
        raise Http404
    try:
        verdicts.say_as_reporter(
            report_id=report.pk, holding=proof.holding(request, now=now), by=request.user, done=done, now=now
        )
    except (NotAllowed, Report.DoesNotExist):
        raise Http404 from None
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Terima kasih. Kata Anda dihitung."))
    return redirect("reports:follow-own", code=report.code)


def _may_speak(request: HttpRequest, slug: str, now: dt.datetime) -> limits.Verdict:
    network = visitor_network(request)
    verdict = limits.judge(f"beres:{network}", limit=VOICES_PER_NETWORK, window=HOUR, now=now)
    return verdict and limits.judge(f"beres:{network}:{slug}", limit=VOICES_PER_REPORT, window=DAY, now=now)


def _device(request: HttpRequest) -> str:
    """A random name of this browser, only used to count its voice once."""
    known = request.get_signed_cookie(DEVICE, default="", salt=_SALT, max_age=_KEPT)
    return known or secrets.token_urlsafe(16)


def _remember(request: HttpRequest, answer: HttpResponse, device: str) -> None:
    answer.set_signed_cookie(
        DEVICE, device, salt=_SALT, max_age=_KEPT, httponly=True, samesite="Lax", secure=request.is_secure()
    )


def _mark(request: HttpRequest, device: str) -> str:
    """Who speaks, as a keyed hash that nobody can turn back into a browser or an account."""
    who = f"akun:{request.user.pk}" if request.user.is_authenticated else f"peramban:{device}"
    return salted_hmac("reports.verdict", who, algorithm="sha256").hexdigest()
