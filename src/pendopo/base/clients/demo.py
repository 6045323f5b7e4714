"""Two programs that use the demo city's API, one of them with an address for news that nobody listens at."""

import datetime as dt
from typing import Any

from pendopo.base.clients import allowances
from pendopo.base.clients.actions import managing, webhooks
from pendopo.base.clients.models import ApiClient
from pendopo.base.clients.scopes import scopes
from pendopo.base.clients.webhook_events import webhook_events
from pendopo.base.organizations.models import Organization
from pendopo.kernel import clock

PROGRAMS = (
    ("Sukamaju Pintar", "Kepala Bidang Aplikasi", "aplikasi@sukamaju.example", "Aplikasi ponsel warga", True),
    (
        "Satu Data Sukamaju",
        "Kepala Bidang Statistik",
        "statistik@sukamaju.example",
        "Grafik di portal data",
        False,
    ),
)
ADDRESS = "https://data.sukamaju.example/kabar-laporan"


def build(city: Any) -> None:
    """Idempotent: programs that exist stay as they are. Their tokens open nothing: nobody saw the words."""
    now = clock.now()
    office = Organization.objects.filter(is_intake=True).first()
    if office is None or ApiClient.objects.filter(name=PROGRAMS[0][0]).exists():
        return
    policy = allowances.in_force(clock.local_date(now))
    for name, role, email, purpose, writes in PROGRAMS:
        facts = managing.ClientFacts(
            name=name,
            office=office,
            contact_role=role,
            contact_email=email,
            purpose=purpose,
            scopes=[scope.key for scope in scopes if scope.given] if writes else [],
            per_minute=policy.default_per_minute,
            per_day=policy.default_per_day,
            valid_from=clock.local_date(now - dt.timedelta(days=90)),
        )
        client = managing.create_client(facts=facts, by=None, now=now)
        managing.issue_token(client_id=client.pk, label="server utama", by=None, now=now)
        city.record("aplikasi lain", 1)
    known = [event.key for event in webhook_events]
    if known:
        made, _secret = webhooks.subscribe(client_id=client.pk, url=ADDRESS, events=known, by=None, now=now)
        webhooks.pause(subscription_id=made.pk, reason="contoh; alamat ini tidak ada", by=None, now=now)
