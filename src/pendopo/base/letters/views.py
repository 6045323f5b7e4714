"""The public page that tells whether a letter is genuine, and the staff's page to sign one."""

import hashlib
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.base.accounts import limits
from pendopo.base.accounts.models import User
from pendopo.base.accounts.network import visitor_network
from pendopo.base.letters import policy, public
from pendopo.base.letters.actions import signing
from pendopo.base.letters.forms import CodeForm, MatchForm, SignForm, slug_of
from pendopo.base.letters.kinds import letter_kinds
from pendopo.base.letters.models import Letter, Status
from pendopo.base.letters.reading import genuine, to_sign, ways_for
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

HOUR = timedelta(hours=1)
SHOWN = 200
LOOKS_PER_HOUR, MATCHES_PER_HOUR, SIGNS_PER_HOUR = 120, 30, 60


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Type the code that stands on a letter."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("letters:verify", form.cleaned_data["kode"])
    return _noindex(
        render(request, "letters/check.html", {"form": form}, status=422 if form.is_bound else 200)
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, slug: str) -> HttpResponse:
    """What is known about one letter, and whether a file is that letter. Names nobody it was written to."""
    now = clock.now()
    verdict = limits.judge(f"letters:{visitor_network(request)}", limit=LOOKS_PER_HOUR, window=HOUR, now=now)
    if not verdict:
        again = limits.try_again(verdict, now=now)
        return _noindex(
            render(request, "letters/check.html", {"form": CodeForm(), "stopped": again}, status=429)
        )
    letter = genuine(slug_of(slug))
    if letter is None:
        return _noindex(render(request, "letters/unknown.html", {"form": CodeForm()}, status=404))
    form = MatchForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {
        "letter": letter,
        "form": form,
        "kind": letter_kinds.get(letter.kind),
        "S": Status,
    }
    status = 200
    if request.method == "POST":
        form = context["form"] = MatchForm(request.POST, request.FILES)
        status, context["matches"] = _compared(request, form, letter)
    return _noindex(render(request, "letters/verify.html", context, status=status))


def _compared(request: HttpRequest, form: MatchForm, letter: Letter) -> tuple[int, bool | None]:
    """HTTP status, and whether the file's hash is the letter's (None: it was not compared)."""
    now = clock.now()
    key = f"letters-match:{visitor_network(request)}"
    verdict = limits.judge(key, limit=MATCHES_PER_HOUR, window=HOUR, now=now)
    if not verdict:
        form.add_error("berkas", limits.try_again(verdict, now=now))
        return 429, None
    if not form.is_valid():
        return 422, None
    digest = hashlib.sha256()
    for piece in form.cleaned_data["berkas"].chunks():
        digest.update(piece)
    return 200, digest.hexdigest() == letter.sha256


def _noindex(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Letters that wait for this person's signature."""
    user = member(request)
    rows = [(one, letter_kinds.get(one.kind)) for one in to_sign(user, most=SHOWN)]
    return render(request, "letters/list.html", {"rows": rows, "manages": policy.may_manage(user)})


@never_cache
@sensitive_post_parameters("passphrase", "totp", "identity")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a waiting letter and sign it."""
    user, now = member(request), clock.now()
    letter = get_object_or_404(Letter.objects.visible_to(user).select_related("office", "file"), pk=pk)
    if not policy.may_sign(user, letter):
        raise Http404
    ways = ways_for(now=now)
    form = SignForm(request.POST or None, request.FILES or None, ways=ways, initial={"signer": ways[0]})
    if request.method == "POST" and form.is_valid() and _signed(form, letter, user):
        messages.success(request, _("Surat %(number)s ditandatangani.") % {"number": letter.written})
        return redirect("letters:list")
    context = {
        "letter": letter,
        "form": form,
        "kind": letter_kinds.get(letter.kind),
        "url": public.letter_url(letter, now=now),
        "waiting": letter.status == Status.ISSUED,
    }
    return render(request, "letters/sign.html", context, status=422 if form.is_bound else 200)


def _signed(form: SignForm, letter: Letter, user: User) -> bool:
    """Whether it was signed; else the form says why not."""
    now = clock.now()
    verdict = limits.judge(f"letters-sign:{user.pk}", limit=SIGNS_PER_HOUR, window=HOUR, now=now)
    if not verdict:
        form.add_error(None, limits.try_again(verdict, now=now))
        return False
    try:
        signing.sign(
            letter_id=letter.pk,
            signer=form.cleaned_data["signer"],
            secret=form.secret(),
            upload=form.uploaded(),
            by=user,
            now=now,
        )
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return False
    return True


def member(request: HttpRequest) -> User:
    """A member of staff; everybody else finds nothing here."""
    user = request.user
    if not isinstance(user, User) or not policy.may_enter(user):
        raise Http404
    return user
