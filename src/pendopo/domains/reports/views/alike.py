"""Before sending: what others have reported already, and following that instead of sending the same again."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pendopo.base.accounts import limits
from pendopo.base.ui import words
from pendopo.domains.reports import geo, photos, phrases, proof, similar, wizard
from pendopo.domains.reports.actions import drafts, following
from pendopo.domains.reports.forms.following import NeighbourForm
from pendopo.domains.reports.models import CLOSED, Report, Status
from pendopo.domains.reports.views.neighbours import may_ask
from pendopo.kernel import clock


def cards(request: HttpRequest, answers: dict[str, Any], *, now: dt.datetime) -> list[dict[str, Any]]:
    """What the last step shows of reports that may be the same. Nothing for who asks for secrecy.

    Three queries, two when nothing is found.
    """
    if answers.get("secret"):
        return []
    latitude, longitude = answers.get("latitude"), answers.get("longitude")
    point = None if latitude is None or longitude is None else (latitude, longitude)
    facts = similar.Facts(answers["category"], answers["text"], answers["region"], point)
    found = similar.for_citizen(request.user, facts, now=now)
    prefetch_related_objects([one.report for one in found], photos.public_pictures())
    held = proof.holding(request, now=now)
    return [_card(one, held, now) for one in found]


def _card(one: similar.Alike, held: frozenset[int], now: dt.datetime) -> dict[str, Any]:
    report, closed = one.report, one.report.status in CLOSED
    return {
        "slug": report.slug,
        "title": report.title,
        "words": report.public_text,
        "icon": report.category.icon,
        "category": report.category,
        "photo": next(iter(photos.shown(report.pictures[:1])), None),  # type: ignore[attr-defined]
        "village": report.region.name,
        "address": geo.public_address(report.address),
        "distance": similar.distance_words(one.metres),
        "status": phrases.WORDS[Status(report.status)],
        "tone": phrases.tone_of(report.status),
        "said": phrases.said_publicly(report),
        "when": report.received_at,
        "closed": _("Baru saja selesai, %(ago)s") % {"ago": words.ago(report.closed_at, now)}
        if closed and report.closed_at
        else "",
        "own_url": reverse("reports:follow-own", args=[report.code]) if report.pk in held else "",
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_instead(request: HttpRequest, slug: str) -> HttpResponse:
    """`/lapor/serupa/<slug>/`: look at it closely, then follow it instead of sending. The draft stays."""
    seen = Report.objects.visible_to(request.user).public().select_related("category", "region", "office")
    report = get_object_or_404(seen, slug=slug)
    draft = drafts.find_draft(wizard.draft_id(request))
    if draft is None or draft.report is not None:
        return redirect("reports:detail", slug=slug)
    email = draft.answers.get("email") or ""
    if request.method != "POST":
        return _page(request, report, NeighbourForm(initial={"email": email}))
    now, form = clock.now(), NeighbourForm(data=request.POST)
    if not request.user.is_authenticated and not form.is_valid():
        return _page(request, report, form, status=422)
    given = form.cleaned_data.get("email", "") if form.is_valid() else ""
    verdict = may_ask(request, given, now)
    if not verdict:
        form.add_error(None, limits.try_again(verdict, now=now))
        return _page(request, report, form, status=429)
    following.follow(slug=slug, by=request.user, email=given, language=get_language() or "id", now=now)
    messages.success(request, _done(signed_in=request.user.is_authenticated))
    return redirect("reports:detail", slug=slug)


def _done(*, signed_in: bool) -> str:
    kept = _("Isian laporan Anda masih tersimpan tujuh hari, kalau ternyata perlu dikirim juga.")
    if signed_in:
        return f"{_('Anda mengikuti laporan ini.')} {kept}"
    return f"{_('Kami mengirim surat ke alamat itu. Buka tautannya untuk mulai mengikuti.')} {kept}"


def _page(request: HttpRequest, report: Report, form: NeighbourForm, *, status: int = 200) -> HttpResponse:
    pictures = report.attachments.filter(public=True, message=None, role="PHOTO").select_related("file")
    context = {
        "report": report,
        "form": form,
        "photos": photos.shown(pictures),
        "said": phrases.said_publicly(report),
        "status_words": phrases.WORDS[Status(report.status)],
        "tone": phrases.tone_of(report.status),
        "address": geo.public_address(report.address),
    }
    return render(request, "reports/follow_instead.html", context, status=status)
