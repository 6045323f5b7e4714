"""Pages about calls to other programs: addresses of one program, and the calls that failed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pendopo.base.accounts.models import User
from pendopo.base.clients.actions import webhooks
from pendopo.base.clients.forms import SubscriptionForm
from pendopo.base.clients.models import ApiClient, WebhookDelivery, WebhookSubscription
from pendopo.base.clients.views import detail_page, manager
from pendopo.base.clients.webhook_events import webhook_events
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused
from pendopo.kernel.states import RefusedTransition

PAGE = 50


@never_cache
@require_POST
@login_required
def subscribe(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an address; its secret is shown on the answer, this once."""
    user = manager(request)
    get_object_or_404(ApiClient.objects.visible_to(user), pk=pk)
    form = SubscriptionForm(request.POST)
    if not form.is_valid():
        return detail_page(request, pk, webhook_form=form, status=422)
    try:
        made, secret = webhooks.subscribe(client_id=pk, by=user, now=clock.now(), **form.cleaned_data)
    except Refused as no:
        form.add_error(no.field or None, str(no))
        return detail_page(request, pk, webhook_form=form, status=422)
    if not secret:
        messages.success(request, _("Alamat ini sudah terdaftar; daftar peristiwanya diperbarui."))
        return redirect("clients:detail", pk)
    return _secret(request, made, secret)


@never_cache
@require_POST
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause, resume, remove, or give a new secret."""
    user = manager(request)
    row = get_object_or_404(WebhookSubscription.objects.visible_to(user), pk=pk)
    act = request.POST.get("act", "")
    if act == "secret":
        return _secret(request, *webhooks.change_secret(subscription_id=row.pk, by=user, now=clock.now()))
    messages.success(request, _act(act, row.pk, user))
    return redirect("clients:detail", row.client_id)


def _act(act: str, pk: int, user: User) -> str:
    now = clock.now()
    if act == "remove":
        webhooks.remove(subscription_id=pk, by=user, now=now)
        return _("Alamat dihapus.")
    if act == "resume":
        webhooks.resume(subscription_id=pk, by=user, now=now)
        return _("Kiriman ke alamat ini dilanjutkan.")
    webhooks.pause(subscription_id=pk, reason=_("dijeda petugas"), by=user, now=now)
    return _("Kiriman ke alamat ini dijeda.")


@require_safe
@login_required
def dead(request: HttpRequest) -> HttpResponse:
    """Calls that failed for good: event, address, last answer. Never the words of a report."""
    found = WebhookDelivery.objects.visible_to(manager(request)).dead()
    page = Paginator(found.select_related("subscription__client"), PAGE).get_page(request.GET.get("page"))
    rows = [
        (delivery, known.label if (known := webhook_events.get(delivery.event)) else delivery.event)
        for delivery in page
    ]
    return render(request, "clients/dead.html", {"page": page, "rows": rows})


@require_POST
@login_required
def resend(request: HttpRequest, key: str) -> HttpResponse:
    """Try a failed call again."""
    user = manager(request)
    delivery = get_object_or_404(WebhookDelivery.objects.visible_to(user), pk=key)
    try:
        webhooks.resend(delivery_id=delivery.pk, by=user, now=clock.now())
    except RefusedTransition:
        messages.info(request, _("Kabar ini sudah dikirim ulang."))
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Kabar akan dikirim ulang."))
    return redirect("clients:dead")


def _secret(request: HttpRequest, subscription: WebhookSubscription, secret: str) -> HttpResponse:
    context = {"client": subscription.client, "words": secret, "subscription": subscription}
    return render(request, "clients/shown_once.html", context)
