"""The inbox of everybody who signs in, and the dead letters for administrators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendopo.base.accounts.models import User
from pendopo.base.notices import actions, channels, events, policy
from pendopo.base.notices.masks import masked
from pendopo.base.notices.models import Notice
from pendopo.base.organizations.roles import roles_of
from pendopo.kernel import clock
from pendopo.kernel.states import RefusedTransition

PAGE = 25


@require_GET
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """One's own messages, newest first."""
    page = Paginator(Notice.objects.visible_to(request.user), PAGE).get_page(request.GET.get("page"))
    base = "base_staff.html" if roles_of(request.user).is_staff else "base_public.html"
    dead = Notice.objects.dead_for(request.user).count()  # no query but for administrators
    return render(request, "notices/inbox.html", {"page": page, "base": base, "dead": dead})


@require_POST
@login_required
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one message read and go where it points."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    notice.mark_read(clock.now())
    if notice.link and url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None):
        return redirect(notice.link)
    return redirect("notices:inbox")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    Notice.objects.visible_to(request.user).unread().update(read_at=clock.now())
    return redirect("notices:inbox")


@require_GET
@login_required
def dead_letters(request: HttpRequest) -> HttpResponse:
    """What could not be sent: event, channel, masked address, class of the error. Never the words."""
    _administrator(request)
    page = Paginator(Notice.objects.dead_for(request.user), PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "notice": notice,
            "event": events.label_of(notice.event),
            "channel": channels.label_of(notice.channel),
            "address": masked(notice.address),
        }
        for notice in page
    ]
    return render(request, "notices/dead_letters.html", {"page": page, "rows": rows})


@require_POST
@login_required
def dead_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one dead message again, or let it rest."""
    user = _administrator(request)
    notice = get_object_or_404(Notice.objects.dead_for(user), pk=pk)
    act = actions.resend if request.POST.get("act") == "resend" else actions.ignore
    try:
        act(notice=notice, by=user, now=clock.now())
    except RefusedTransition:
        messages.error(request, _("Pesan ini tidak bisa dikirim lagi: isinya sudah dihapus demi keamanan."))
    else:
        said = _("Pesan akan dicoba lagi.") if act is actions.resend else _("Pesan diabaikan.")
        messages.success(request, said)
    return redirect("notices:dead-letters")


def _administrator(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not policy.may_handle_dead(user):
        raise Http404
    return user
