"""Pages for the people who let other programs in: list, one program, its tokens."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.base.accounts.models import User
from pendopo.base.clients import allowances, policy
from pendopo.base.clients.actions import managing
from pendopo.base.clients.forms import ClientForm, SubscriptionForm, TokenForm, first_values, values_of
from pendopo.base.clients.models import ApiClient, ApiToken, DeliveryStatus, WebhookDelivery
from pendopo.base.clients.scopes import scopes
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused


def manager(request: HttpRequest) -> User:
    """The koordinator or administrator; everybody else finds nothing here."""
    user = request.user
    if not isinstance(user, User) or not policy.may_manage(user):
        raise Http404
    return user


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """All programs, with their tokens counted, and whether calls to them fail."""
    user = manager(request)
    found = ApiClient.objects.visible_to(user).select_related("office")
    rows = found.annotate(
        working=Count("tokens", filter=Q(tokens__revoked_at=None)), used=Max("tokens__last_used_at")
    )
    context = {
        "rows": [(client, client.usable_on(clock.local_date(clock.now()))) for client in rows],
        "dead": WebhookDelivery.objects.visible_to(user).dead().count(),
    }
    return render(request, "clients/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Write down a program."""
    user, now = manager(request), clock.now()
    today = clock.local_date(now)
    form = ClientForm(
        request.POST or None, user=user, initial=first_values(allowances.in_force(today), today)
    )
    if request.method == "POST" and form.is_valid():
        try:
            client = managing.create_client(facts=form.facts(), by=user, now=now)
        except Refused as no:
            form.add_error(no.field or None, str(no))
        else:
            messages.success(request, _("Aplikasi terdaftar. Sekarang buat tokennya."))
            return redirect("clients:detail", client.pk)
    return render(request, "clients/edit.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is written about a program."""
    user = manager(request)
    client = get_object_or_404(ApiClient.objects.visible_to(user), pk=pk)
    form = ClientForm(request.POST or None, user=user, initial=values_of(client))
    if request.method == "POST" and form.is_valid():
        try:
            managing.change_client(client_id=client.pk, facts=form.facts(), by=user, now=clock.now())
        except Refused as no:
            form.add_error(no.field or None, str(no))
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect("clients:detail", client.pk)
    context = {"form": form, "client": client}
    return render(request, "clients/edit.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One program: its tokens, its addresses for news, and the forms for more of both."""
    return detail_page(request, pk)


@never_cache
@require_POST
@login_required
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a token and show it, this once, on the answer itself."""
    user = manager(request)
    get_object_or_404(ApiClient.objects.visible_to(user), pk=pk)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return detail_page(request, pk, token_form=form, status=422)
    try:
        token, words = managing.issue_token(client_id=pk, by=user, now=clock.now(), **form.cleaned_data)
    except Refused as no:
        form.add_error(no.field or None, str(no))
        return detail_page(request, pk, token_form=form, status=422)
    if not words:
        messages.info(
            request,
            _(
                "Token ini sudah dibuat dan hanya ditampilkan sekali. Bila belum tersalin, cabut dan buat lagi."
            ),
        )
        return redirect("clients:detail", pk)
    return render(
        request, "clients/shown_once.html", {"client": token.client, "words": words, "token": token}
    )


@require_POST
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a token."""
    user = manager(request)
    token = get_object_or_404(ApiToken.objects.visible_to(user), pk=pk)
    managing.revoke_token(token_id=token.pk, by=user, now=clock.now())
    messages.success(request, _("Token %(token)s… dicabut.") % {"token": token.prefix})
    return redirect("clients:detail", token.client_id)


def detail_page(
    request: HttpRequest, pk: int, *, token_form: Any = None, webhook_form: Any = None, status: int = 200
) -> HttpResponse:
    """The page of one program, also with a form that was refused."""
    user = manager(request)
    client = get_object_or_404(ApiClient.objects.visible_to(user).select_related("office"), pk=pk)
    waiting = Count("deliveries", filter=Q(deliveries__status=DeliveryStatus.QUEUED))
    failed = Count("deliveries", filter=Q(deliveries__status=DeliveryStatus.DEAD))
    context = {
        "client": client,
        "usable": client.usable_on(clock.local_date(clock.now())),
        "allowed": [scope for scope in scopes if scope.key in client.scopes],
        "tokens": client.tokens.all(),
        "webhooks": client.webhooks.annotate(waiting=waiting, failed=failed),
        "token_form": token_form or TokenForm(),
        "webhook_form": webhook_form or SubscriptionForm(),
        "form": token_form or webhook_form,
    }
    return render(request, "clients/detail.html", context, status=status)
