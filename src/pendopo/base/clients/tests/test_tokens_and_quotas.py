"""Who gets in, how often, and what is remembered about it."""

import datetime as dt
import uuid
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from pendopo.base.audit.models import Entry
from pendopo.base.clients.actions import managing
from pendopo.base.clients.models import ApiClient, ApiPolicy, ApiToken
from pendopo.base.clients.testing import a_client, bearer
from pendopo.kernel import caches, clock
from pendopo.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/client"


def ask(words: str, address: str = ADDRESS) -> Any:
    return Client().get(address, headers=bearer(words))


def test_a_token_says_whose_it_is_and_is_kept_as_a_hash(government: Any) -> None:
    client, words = a_client()
    answer = ask(words)
    assert answer.status_code == 200 and answer.json()["name"] == client.name
    token = ApiToken.objects.get()
    assert words.startswith(token.prefix) and words not in str(ApiToken.objects.values().get())
    assert token.last_used_at is not None


def test_several_tokens_work_side_by_side_until_one_is_revoked(
    government: Any, koordinator: Any, now: dt.datetime
) -> None:
    client, old = a_client()
    _token, new = managing.issue_token(client_id=client.pk, label="baru", by=koordinator, now=now)
    assert {ask(old).status_code, ask(new).status_code} == {200}
    first = ApiToken.objects.order_by("pk")[0]
    managing.revoke_token(token_id=first.pk, by=koordinator, now=now)
    managing.revoke_token(token_id=first.pk, by=koordinator, now=now)
    assert (ask(old).status_code, ask(new).status_code) == (401, 200)
    assert Entry.objects.filter(verb="clients.token_revoked").count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"active": False},
        {"valid_until": dt.date(2026, 3, 8), "valid_from": dt.date(2026, 1, 1)},
        {"valid_from": dt.date(2026, 3, 10)},
    ],
)
def test_a_client_out_of_its_time_is_told_401(
    government: Any, still: dt.datetime, change: dict[str, Any]
) -> None:
    _client, words = a_client(**change)
    answer = ask(words)
    assert answer.status_code == 401 and answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["type"].endswith("#masalah-token")


@pytest.mark.parametrize(
    "header", ["Bearer", "Basic abc", "Bearer a b", "Bearer " + "x" * 500, "Bearer \x7f"]
)
def test_odd_headers_are_told_401(government: Any, header: str) -> None:
    assert Client().get(ADDRESS, headers={"Authorization": header}).status_code == 401


def test_a_used_up_minute_says_when_to_come_back(
    government: Any, monkeypatch: pytest.MonkeyPatch, now: dt.datetime
) -> None:
    _client, words = a_client(per_minute=2, per_day=3, now=now)
    monkeypatch.setattr(clock, "now", lambda: now)
    first = ask(words)
    assert first["RateLimit"] == '"minute";r=1;t=60, "day";r=2;t=86400'
    assert first["RateLimit-Policy"] == '"minute";q=2;w=60, "day";q=3;w=86400'
    codes = [ask(words).status_code for _ in range(2)]
    assert codes == [200, 429]
    stopped = ask(words)
    assert stopped["Retry-After"] == "86400"  # the day is used up too by now: refused requests count
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(days=1, seconds=1))
    assert ask(words).status_code == 200


def test_nobody_has_a_smaller_quota_by_address(government: Any, still: dt.datetime) -> None:
    ApiPolicy.objects.create(
        valid_from=dt.date(2026, 1, 1), anonymous_per_minute=1, anonymous_per_day=10, default_per_minute=5,
        default_per_day=5, webhook_pause_days=3, reason="uji",
    )  # fmt: skip
    caches.clear_all()
    path = "/api/v1/categories"
    assert [Client().get(path).status_code for _ in range(2)] == [200, 429]
    assert Client(REMOTE_ADDR="203.0.113.9").get(path).status_code == 200
    assert ask(a_client()[1], path).status_code == 200


def test_guessing_tokens_costs_the_quota_of_the_address(government: Any, still: dt.datetime) -> None:
    ApiPolicy.objects.create(
        valid_from=dt.date(2026, 1, 1), anonymous_per_minute=2, anonymous_per_day=10, default_per_minute=5,
        default_per_day=5, webhook_pause_days=3, reason="uji",
    )  # fmt: skip
    caches.clear_all()
    assert [ask("pdp_tebakan").status_code for _ in range(3)] == [401, 401, 429]


def test_a_request_costs_few_queries(government: Any, django_assert_max_num_queries: Any) -> None:
    _client, words = a_client()
    ask(words)
    with django_assert_max_num_queries(2):
        ask(words)


def test_only_koordinator_and_administrator_let_programs_in(
    government: Any, everyone: dict[str, Any], now: dt.datetime
) -> None:
    client, _words = a_client()
    for name, person in everyone.items():
        seen = ApiClient.objects.visible_to(person).exists()
        assert seen == (name in {"koordinator", "administrator"}), name
    with pytest.raises(NotAllowed):
        managing.issue_token(client_id=client.pk, label="", by=everyone["sari"], now=now)
    assert client.tokens.count() == 1


def test_a_refused_client_leaves_no_trace(government: Any, koordinator: Any, now: dt.datetime) -> None:
    client, _words = a_client()
    before = Entry.objects.count()
    with pytest.raises(Refused):
        a_client(name=client.name)
    with pytest.raises(Refused):
        a_client(name="Lain", allowed=["dapur:masuk"])
    assert (ApiClient.objects.count(), Entry.objects.count()) == (1, before)


def test_a_client_holds_at_most_five_working_tokens(government: Any, now: dt.datetime) -> None:
    client, _words = a_client()
    for _ in range(4):
        managing.issue_token(client_id=client.pk, label="", by=None, now=now)
    with pytest.raises(Refused):
        managing.issue_token(client_id=client.pk, label="", by=None, now=now)


def test_the_command_line_creates_lists_and_revokes(government: Any) -> None:
    out = StringIO()
    given = ["create", "Kota Pintar", "--email", "a@b.example"]
    call_command("clients", *given, stdout=out, stderr=StringIO())
    words = out.getvalue().strip()
    assert ask(words).status_code == 200
    listed = StringIO()
    call_command("clients", "list", stdout=listed)
    assert "Kota Pintar" in listed.getvalue() and words not in listed.getvalue()
    call_command("clients", "revoke", words[:12], stdout=StringIO())
    assert ask(words).status_code == 401
    with pytest.raises(CommandError):
        call_command("clients", "revoke", words[:12])
    with pytest.raises(CommandError):
        call_command("clients", "create", "Tanpa surel")


def form_of(client: ApiClient, **change: Any) -> dict[str, Any]:
    return {
        "name": client.name, "office": client.office_id, "contact_role": client.contact_role, "scopes": [],
        "contact_email": client.contact_email, "purpose": client.purpose, "per_minute": 10, "per_day": 100,
        "valid_from": "2026-03-01", "active": "on", **change,
    }  # fmt: skip


def test_pages_create_change_and_show_a_token_once(government: Any, as_user: Any, koordinator: Any) -> None:
    browser = as_user(koordinator)
    known, _words = a_client(name="Sudah ada")
    page = browser.get("/meja/aplikasi/baru/")
    assert page.status_code == 200
    taken = browser.post("/meja/aplikasi/baru/", form_of(known))
    assert taken.status_code == 422 and "sudah dipakai" in taken.content.decode()
    made = browser.post("/meja/aplikasi/baru/", form_of(known, name="Baru"))
    assert made.status_code == 302
    client = ApiClient.objects.get(name="Baru")
    number = str(uuid.uuid4())
    address = f"/meja/aplikasi/{client.pk}/token/"
    shown = browser.post(address, {"request_id": number, "label": "utama"})
    token = ApiToken.objects.get(client=client)
    assert shown.status_code == 200 and token.prefix in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    again = browser.post(address, {"request_id": number, "label": "utama"})
    assert again.status_code == 302 and ApiToken.objects.filter(client=client).count() == 1
    detail = browser.get(f"/meja/aplikasi/{client.pk}/")
    assert token.prefix in detail.content.decode() and token.digest not in detail.content.decode()
    changed = browser.post(f"/meja/aplikasi/{client.pk}/ubah/", form_of(client, per_minute=77))
    client.refresh_from_db()
    assert changed.status_code == 302 and client.per_minute == 77
    assert browser.post(f"/meja/aplikasi/token/{token.pk}/cabut/").status_code == 302
    assert Entry.objects.filter(verb="clients.changed", subject_id=client.pk).count() == 1


@pytest.mark.parametrize("value", ["\x00", "x" * 5000, "🙂", "-1", "2026-02-31", "\u202eabc"])
def test_bad_forms_are_told_and_never_break(
    government: Any, as_user: Any, koordinator: Any, value: str
) -> None:
    browser = as_user(koordinator)
    known, _words = a_client()
    for field in ("name", "office", "per_minute", "valid_from", "scopes", "contact_email"):
        answer = browser.post(f"/meja/aplikasi/{known.pk}/ubah/", form_of(known, **{field: value}))
        assert answer.status_code in (302, 422), (field, value)
    token = browser.post(f"/meja/aplikasi/{known.pk}/token/", {"label": value, "request_id": value})
    assert token.status_code == 422


def test_other_staff_find_no_such_pages(government: Any, as_user: Any, everyone: dict[str, Any]) -> None:
    client, _words = a_client()
    paths = [
        "/meja/aplikasi/",
        "/meja/aplikasi/baru/",
        f"/meja/aplikasi/{client.pk}/",
        "/meja/aplikasi/kabar-gagal/",
    ]
    for name in ("sari", "ibu_ratna", "pengamat", "sekda"):
        assert {as_user(everyone[name]).get(path).status_code for path in paths} == {404}, name
    assert {Client().get(path).status_code for path in paths} == {302}


def test_the_list_of_programs_costs_the_same_for_many(
    government: Any, as_user: Any, koordinator: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        a_client(name=f"Aplikasi {number}")
    browser = as_user(koordinator)
    browser.get("/meja/aplikasi/")
    with django_assert_max_num_queries(10):
        browser.get("/meja/aplikasi/")
