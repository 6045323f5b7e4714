"""Kabari saya di ponsel ini: who may ask, what a lock screen shows, and what happens when a phone is gone."""

import base64
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings as django_settings
from django.test import Client

from pendopo.base.notices import push
from pendopo.base.notices.delivery import attempt
from pendopo.base.notices.models import PUSH, Notice, PushSubscription, State
from pendopo.base.notices.tests.pushing import Browser, PushService, push_service
from pendopo.domains.reports import telling
from pendopo.domains.reports.models import Report, ReportPush, Status
from pendopo.domains.reports.testing import a_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings: Any) -> Iterator[PushService]:
    settings.OUTBOUND_TRUSTED_HOSTS = ["localhost"]
    with push_service() as made:
        yield made


@pytest.fixture
def reporter() -> Any:
    """`reporter(report)` is a browser that opened the signed link of the report."""

    def make(report: Report) -> Client:
        client = Client()
        client.get(telling.follow_link(report).removeprefix(django_settings.PUBLIC_URL))
        return client

    return make


def ask(client: Client, report: Report, browser: Browser) -> Any:
    body = json.dumps(browser.subscription())
    return client.post(f"/lacak/{report.code}/kabari/", {"subscription": body})


def news(report: Report, now: dt.datetime) -> Notice:
    telling.tell_reporter(report, "reports.progress", now=now, once="uji")
    return Notice.objects.get(channel=PUSH)


def test_a_phone_reads_what_only_it_can_read(
    city: Any, still: dt.datetime, service: PushService, reporter: Any
) -> None:
    report, browser = a_report(status=Status.ASSIGNED, office=city.works, now=still), Browser(service)
    assert ask(reporter(report), report, browser).status_code == 201
    notice = news(report, still)
    assert attempt(notice_id=notice.pk, now=still) is None
    (path, headers, body) = service.came[0]
    assert path == "/satu" and report.code.encode() not in body
    read = json.loads(browser.reads(body))
    assert read["title"] == f"Laporan {report.code}: {report.get_status_display()}"
    assert read["url"] == f"/lacak/{report.code}/"
    assert report.text not in str(read)
    assert (headers["Content-Encoding"], headers["TTL"]) == ("aes128gcm", "86400")
    assert signed_by(push.public_key(), headers["Authorization"])["aud"] == service.url
    notice.refresh_from_db()
    assert notice.state == State.SENT
    assert notice.address == str(
        PushSubscription.objects.get().token
    )  # never the address of a person's browser


def signed_by(key: str, header: str) -> dict[str, Any]:
    """The claims of a VAPID header; raises when another key signed them."""
    token = header.removeprefix("vapid t=").split(",")[0]
    head, claims, signature = token.split(".")
    octets = _octets(signature)
    r, s = (int.from_bytes(part, "big") for part in (octets[:32], octets[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _octets(key))
    public.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    read: dict[str, Any] = json.loads(_octets(claims))
    return read


def _octets(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_of_a_secret_report_a_lock_screen_shows_only_that_there_is_news(
    city: Any, still: dt.datetime, service: PushService, reporter: Any
) -> None:
    report = a_report(status=Status.ASSIGNED, office=city.works, secret=True, now=still)
    browser = Browser(service)
    ask(reporter(report), report, browser)
    attempt(notice_id=news(report, still).pk, now=still)
    read = json.loads(browser.reads(service.came[0][2]))
    assert read["title"] == "Ada kabar tentang laporan Anda"
    for word in (report.code, report.slug, report.text[:15], report.office.name, report.get_status_display()):
        assert word not in json.dumps(read, ensure_ascii=False)


@pytest.mark.parametrize("gone", [404, 410])
def test_a_phone_that_is_gone_is_forgotten(
    city: Any, still: dt.datetime, service: PushService, reporter: Any, gone: int
) -> None:
    report = a_report(now=still)
    ask(reporter(report), report, Browser(service))
    service.status = gone
    notice = news(report, still)
    assert attempt(notice_id=notice.pk, now=still) is None
    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == (State.DEAD, f"Gone {gone}")
    assert not PushSubscription.objects.exists() and not ReportPush.objects.exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_push_service_is_tried_again(
    city: Any, still: dt.datetime, service: PushService, reporter: Any, status: int
) -> None:
    report = a_report(now=still)
    ask(reporter(report), report, Browser(service))
    service.status = status
    waiting = attempt(notice_id=news(report, still).pk, now=still)
    assert waiting is not None and waiting.last_error == f"Push {status}"
    assert PushSubscription.objects.exists()


def test_an_address_inside_our_network_is_never_called(
    city: Any, still: dt.datetime, service: PushService, reporter: Any, settings: Any
) -> None:
    report = a_report(now=still)
    assert ask(reporter(report), report, Browser(service)).status_code == 201
    settings.OUTBOUND_TRUSTED_HOSTS = []
    assert ask(reporter(report), report, Browser(service, "dua")).status_code == 422
    notice = news(report, still)
    assert attempt(notice_id=notice.pk, now=still) is None
    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == (State.DEAD, "OutboundRefused")
    assert service.came == []


def test_only_the_reporter_may_ask(
    city: Any, still: dt.datetime, service: PushService, everyone: dict[str, Any], as_user: Any, reporter: Any
) -> None:
    report, other = a_report(now=still), a_report(now=still)
    outsiders = [as_user(person) for person in everyone.values()] + [Client(), reporter(other)]
    for client in outsiders:
        assert ask(client, report, Browser(service)).status_code == 404
    assert not ReportPush.objects.exists()


@pytest.mark.parametrize(
    "bad", ["", "x\x00", "[]", "{}", '{"endpoint": 5}', "[" * 5000,
            '{"endpoint":"http://localhost:1/x","keys":{"p256dh":"AA","auth":"AA"}}',
            '{"endpoint":"https://127.0.0.1/x","keys":{"p256dh":"AA","auth":"AA"}}'],
)  # fmt: skip
def test_what_is_no_subscription_is_refused(
    city: Any, still: dt.datetime, service: PushService, reporter: Any, bad: str
) -> None:
    report = a_report(now=still)
    answer = reporter(report).post(f"/lacak/{report.code}/kabari/", {"subscription": bad})
    assert answer.status_code == 422
    assert not PushSubscription.objects.exists()


def test_a_phone_leaves_and_asks_twice_without_doubles(
    city: Any, still: dt.datetime, service: PushService, reporter: Any
) -> None:
    one, two, browser = a_report(now=still), a_report(now=still), Browser(service)
    client = reporter(one)
    client.get(telling.follow_link(two).removeprefix(django_settings.PUBLIC_URL))
    for report in (one, one, two):
        assert ask(client, report, browser).status_code == 201
    assert (PushSubscription.objects.count(), ReportPush.objects.count()) == (1, 2)
    stop = f"/lacak/{one.code}/kabari/berhenti/"
    headers = {"Accept": "application/json"}
    assert client.post(stop, {"endpoint": browser.endpoint}, headers=headers).status_code == 200
    assert ReportPush.objects.get().case == two and PushSubscription.objects.exists()
    assert client.post(f"/lacak/{two.code}/kabari/berhenti/").status_code == 302  # the plain button
    assert not PushSubscription.objects.exists()
    assert news_count(one, still) == 0


def news_count(report: Report, now: dt.datetime) -> int:
    telling.tell_reporter(report, "reports.progress", now=now, once="uji")
    return Notice.objects.filter(channel=PUSH).count()


def test_mail_meant_for_a_person_never_goes_to_a_phone_and_back(
    city: Any, still: dt.datetime, service: PushService, reporter: Any
) -> None:
    report = a_report(now=still)
    ask(reporter(report), report, Browser(service))
    telling.tell_reporter(report, "reports.progress", now=still, once="uji")
    by_channel = {n.channel: n for n in Notice.objects.filter(dedupe_key__contains=":uji")}
    assert set(by_channel) == {"EMAIL", PUSH}
    assert "buka/" not in by_channel[PUSH].body  # the signed link stays out of notifications
