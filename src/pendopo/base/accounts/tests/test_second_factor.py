"""Setting up and showing a second factor."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from pendopo.base.accounts import lockout
from pendopo.base.accounts.tests.conftest import PASSWORD, totp

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def guarded(rina):
    """Rina with an authenticator app."""
    TOTP.activate(rina, SECRET)
    return rina


def sign_in(client, user):
    return client.post("/akun/login/", {"login": user.email, "password": PASSWORD})


def test_an_app_is_set_up_right_after_sign_in_without_asking_the_password_again(rina, at):
    client = at()
    sign_in(client, rina)
    page = client.get("/akun/2fa/totp/activate/")
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    assert secret in page.content.decode()
    assert client.post("/akun/2fa/totp/activate/", {"code": totp(secret)}).status_code == 302
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert client.get("/akun/2fa/recovery-codes/").status_code == 200


def test_the_secret_rests_encrypted(guarded):
    assert SECRET not in str(Authenticator.objects.get().data)


def test_the_password_alone_does_not_sign_in(guarded, at):
    client = at()
    assert sign_in(client, guarded)["Location"] == "/akun/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    client.post("/akun/2fa/authenticate/", {"code": totp(SECRET)})
    assert "_auth_user_id" in client.session


def test_a_code_works_once(guarded, at):
    code = totp(SECRET)
    first, second = at(), at()
    for client in (first, second):
        sign_in(client, guarded)
    first.post("/akun/2fa/authenticate/", {"code": code})
    assert second.post("/akun/2fa/authenticate/", {"code": code}).status_code == 422


def test_a_slow_clock_is_forgiven(guarded, at):
    client = at()
    sign_in(client, guarded)
    client.post("/akun/2fa/authenticate/", {"code": totp(SECRET, time.time() - 30)})
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("code", ["000000", "", "１２３４５６", "😀", "\x00", "1" * 5000])
def test_a_wrong_code_answers_422(guarded, at, code):
    client = at()
    sign_in(client, guarded)
    assert client.post("/akun/2fa/authenticate/", {"code": code}).status_code == 422


def test_guessing_codes_is_stopped(guarded, at):
    client = at()
    sign_in(client, guarded)
    for _ in range(lockout.FAILURES):
        client.post("/akun/2fa/authenticate/", {"code": "000000"})
    stopped = client.post("/akun/2fa/authenticate/", {"code": totp(SECRET)})
    assert stopped.status_code == 429
    assert "_auth_user_id" not in client.session


def test_guessing_codes_from_many_networks_is_stopped_but_a_known_device_is_not(guarded, at, monkeypatch):
    monkeypatch.setattr(lockout, "CODE_FAILURES", 3)
    owner = at("192.0.2.1")
    sign_in(owner, guarded)
    owner.post("/akun/2fa/authenticate/", {"code": totp(SECRET, time.time() - 30)})
    owner.post("/akun/logout/")
    for n in range(4):
        stranger = at(f"203.0.{n}.9")
        sign_in(stranger, guarded)
        answer = stranger.post("/akun/2fa/authenticate/", {"code": "000000"})
    assert answer.status_code == 429
    sign_in(owner, guarded)
    owner.post("/akun/2fa/authenticate/", {"code": totp(SECRET)})
    assert "_auth_user_id" in owner.session


@pytest.mark.parametrize("credential", ["", "{", "[]", "1", '"x"', "{}", '{"id": "\\u0000"}', "null"])
def test_a_broken_passkey_never_fails(rina, at, credential):
    client = at()
    assert client.post("/akun/2fa/webauthn/login/", {"credential": credential}).status_code == 302
    sign_in(client, rina)
    client.get("/akun/2fa/webauthn/add/")
    answer = client.post("/akun/2fa/webauthn/add/", {"name": "x", "credential": credential})
    assert answer.status_code == 422


def test_a_challenge_for_signing_in_with_a_passkey_is_given(db, at):
    answer = at().get("/akun/2fa/webauthn/login/", HTTP_ACCEPT="application/json")
    assert "request_options" in answer.json()
