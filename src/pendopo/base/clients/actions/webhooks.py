"""Subscriptions of clients, and the calls they get: planned in the transaction of the news, sent by a job."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.clients import allowances, jobs, policy, signing
from pendopo.base.clients.models import (
    ApiClient,
    DeliveryStatus,
    SubscriptionStatus,
    WebhookDelivery,
    WebhookSubscription,
)
from pendopo.base.clients.webhook_events import webhook_events
from pendopo.base.notices import actions as notices
from pendopo.base.notices.channels import Recipient
from pendopo.base.ui import words
from pendopo.kernel import clock, outbound
from pendopo.kernel.errors import Refused, require

OLD_SECRET_LIVES = dt.timedelta(days=1)
MOST_SUBSCRIPTIONS = 10


@transaction.atomic
def subscribe(
    *, client_id: int, url: str, events: Sequence[str], by: User | None, now: dt.datetime
) -> tuple[WebhookSubscription, str]:
    """Let a client's address hear about events; the secret is told only now ("" when it existed already).

    Raises NotAllowed, Refused (address, events, too many), ApiClient.DoesNotExist.
    """
    require(policy.may_manage, by)
    client = ApiClient.objects.select_for_update().get(pk=client_id)
    _judge(url, events)
    if found := client.webhooks.filter(url=url).first():
        found.events = sorted(set(events))
        found.save(update_fields=["events"])
        _remember(found, "webhook_changed", by=by, now=now)
        return found, ""
    if client.webhooks.count() >= MOST_SUBSCRIPTIONS:
        raise Refused(_("Paling banyak %(n)s alamat untuk satu aplikasi.") % {"n": MOST_SUBSCRIPTIONS})
    subscription = WebhookSubscription.objects.create(
        client=client,
        url=url,
        events=sorted(set(events)),
        seed=signing.new_seed(),
        created_at=now,
        created_by=by,
    )
    _remember(subscription, "webhook_added", by=by, now=now)
    return subscription, signing.webhook_secret(subscription.seed)


def _judge(url: str, events: Sequence[str]) -> None:
    try:
        outbound.check(url)
    except outbound.OutboundRefused:
        raise Refused(
            _("Alamat ini tidak dapat dipakai. Tulis alamat https:// yang terbuka di internet."), field="url"
        ) from None
    if not events or any(webhook_events.get(event) is None for event in events):
        raise Refused(_("Pilih paling sedikit satu peristiwa dari daftar."), field="events")


@transaction.atomic
def pause(*, subscription_id: int, reason: str, by: User | None, now: dt.datetime) -> None:
    """Call this address no more; what waits goes to the failed calls. Pausing twice is fine."""
    require(policy.may_manage, by)
    subscription = _locked(subscription_id)
    if subscription.status == SubscriptionStatus.PAUSED:
        return
    subscription.move_to(SubscriptionStatus.PAUSED)
    subscription.pause_reason = reason[:120]
    subscription.save()
    for delivery in subscription.deliveries.select_for_update().filter(status=DeliveryStatus.QUEUED):
        delivery.move_to(DeliveryStatus.DEAD)
        delivery.last_answer = "Paused"
        delivery.save()
    _remember(subscription, "webhook_paused", by=by, now=now)


@transaction.atomic
def resume(*, subscription_id: int, by: User, now: dt.datetime) -> None:
    """Call this address again; failed calls stay until somebody sends them again. Resuming twice is fine."""
    require(policy.may_manage, by)
    subscription = _locked(subscription_id)
    if subscription.status == SubscriptionStatus.ACTIVE:
        return
    subscription.move_to(SubscriptionStatus.ACTIVE)
    subscription.pause_reason, subscription.failing_since = "", None
    subscription.save()
    _remember(subscription, "webhook_resumed", by=by, now=now)


@transaction.atomic
def change_secret(*, subscription_id: int, by: User, now: dt.datetime) -> tuple[WebhookSubscription, str]:
    """A new secret, told only now; for a day calls are signed with both."""
    require(policy.may_manage, by)
    subscription = _locked(subscription_id)
    subscription.previous_seed, subscription.previous_until = subscription.seed, now + OLD_SECRET_LIVES
    subscription.seed = signing.new_seed()
    subscription.save()
    _remember(subscription, "webhook_secret_changed", by=by, now=now)
    return subscription, signing.webhook_secret(subscription.seed)


@transaction.atomic
def remove(*, subscription_id: int, by: User, now: dt.datetime) -> None:
    """Forget an address with everything that waits for it."""
    require(policy.may_manage, by)
    subscription = _locked(subscription_id)
    _remember(subscription, "webhook_removed", by=by, now=now)
    subscription.delete()


@transaction.atomic
def emit(*, event: str, subject_id: int, now: dt.datetime) -> int:
    """Plan a call to everybody who listens to a public event. Returns how many; nobody and no job when the
    subject is not public. Call it from a reaction to a room's fact.
    """
    listeners = list(WebhookSubscription.objects.listening(event, on=clock.local_date(now)))
    known = webhook_events.get(event)
    if not listeners or known is None or known.render(subject_id) is None:
        return 0
    planned = WebhookDelivery.objects.bulk_create(
        WebhookDelivery(
            subscription=listener, event=event, subject_id=subject_id, happened_at=now, next_attempt_at=now
        )
        for listener in listeners
    )
    for delivery in planned:
        jobs.enqueue(delivery)
    return len(planned)


@transaction.atomic
def resend(*, delivery_id: uuid.UUID, by: User, now: dt.datetime) -> None:
    """Try a failed call again from the start, as what is public now.

    Raises NotAllowed, RefusedTransition (not failed), Refused (the address is paused), DoesNotExist.
    """
    require(policy.may_manage, by)
    found = WebhookDelivery.objects.select_for_update(of=("self",)).select_related("subscription")
    delivery = found.get(pk=delivery_id)
    if delivery.subscription.status == SubscriptionStatus.PAUSED:
        raise Refused(_("Alamat ini sedang dijeda. Lanjutkan dulu alamatnya, lalu kirim ulang."))
    delivery.move_to(DeliveryStatus.QUEUED)
    delivery.attempts, delivery.next_attempt_at = 0, now
    delivery.save()
    _remember(delivery.subscription, "webhook_resent", by=by, now=now, facts={"event": delivery.event})
    jobs.enqueue(delivery)


@transaction.atomic
def pause_failing(*, subscription_id: int, now: dt.datetime) -> bool:
    """Pause an address that failed for as many days as the policy says, and tell its owner once."""
    subscription = _locked(subscription_id)
    days = allowances.in_force(clock.local_date(now)).webhook_pause_days
    since = subscription.failing_since
    if subscription.status != SubscriptionStatus.ACTIVE or since is None:
        return False
    if now - since < dt.timedelta(days=days):
        return False
    pause(subscription_id=subscription.pk, reason=_("gagal %(n)s hari") % {"n": days}, by=None, now=now)
    notices.send(
        event="clients.webhook_paused",
        to=Recipient(email=subscription.client.contact_email),
        context={
            "client": subscription.client.name,
            "url": subscription.url,
            "since": words.long_date(clock.local_date(since)),
        },
        about=subscription,
        dedupe_key=f"clients.webhook_paused:{subscription.pk}:{since:%Y%m%d%H%M%S}",
        now=now,
    )
    return True


@transaction.atomic
def forget_deliveries(*, before: dt.datetime) -> int:
    """Delete what arrived or was dropped before that moment; failed calls stay for people to see."""
    old = WebhookDelivery.objects.filter(happened_at__lt=before)
    return old.exclude(status__in=[DeliveryStatus.QUEUED, DeliveryStatus.DEAD]).delete()[0]


def _locked(subscription_id: int) -> WebhookSubscription:
    found = WebhookSubscription.objects.select_for_update(of=("self",)).select_related("client")
    return found.get(pk=subscription_id)


def _remember(
    subscription: WebhookSubscription,
    verb: str,
    *,
    by: User | None,
    now: dt.datetime,
    facts: dict[str, str] | None = None,
) -> None:
    client = subscription.client
    record(
        actor=by,
        verb=f"clients.{verb}",
        subject=client,
        organization=client.office_id,
        facts={"client": client.name, "url": subscription.url, **(facts or {})},
        at=now,
    )
