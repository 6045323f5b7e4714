"""Staff at the door: password and code, a first second factor, and the demo's one tap."""

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth
from playwright.sync_api import Page, expect

from pendopo.base.accounts.models import User
from tests.journeys import steps
from tests.journeys.conftest import City, Shot, flaws

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PASSWORD = "pagi cerah di pendopo"


def code_now(secret: str) -> str:
    """What an authenticator app shows."""
    return str(auth.format_hotp_value(auth.hotp_value(secret, int(time.time() // 30))))


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def enter(page: Page, user: User, password: str = PASSWORD) -> None:
    page.get_by_label("Surel").fill(user.email)
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Masuk", exact=True).click()


def test_an_officer_signs_in_with_password_and_code(city: City, desk: Page, shot: Shot) -> None:
    sari = with_password(city.people["sari"])
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(sari, secret)
    desk.goto("/meja/")
    shot(desk, "masuk")
    enter(desk, sari, "bukan ini sandinya")
    expect(desk.locator("#kesalahan")).to_be_focused()
    shot(desk, "sandi-salah")
    enter(desk, sari)
    steps.at(desk, "Pengaman kedua")
    shot(desk, "pengaman-kedua")
    desk.get_by_label("Kode").fill("000000")
    desk.get_by_role("main").get_by_role("button", name="Masuk", exact=True).click()
    expect(desk.locator("#kesalahan")).to_be_visible()
    desk.get_by_label("Kode").fill(code_now(secret))
    desk.get_by_role("main").get_by_role("button", name="Masuk", exact=True).click()
    steps.at(desk, "Laporan warga")
    expect(desk.locator(".staff-bar")).to_contain_text("Sari Wulandari")


def test_an_officer_without_a_second_factor_sets_one_up_first(city: City, desk: Page, shot: Shot) -> None:
    budi = with_password(city.people["budi"])
    desk.goto("/meja/")
    enter(desk, budi)
    steps.at(desk, "Pasang pengaman kedua")
    shot(desk, "pasang-pengaman")
    desk.get_by_role("main").get_by_role("link", name="Pasang aplikasi kode").click()
    secret = desk.locator("main code").inner_text()
    shot(desk, "aplikasi-kode")
    desk.get_by_label("Kode").fill(code_now(secret))
    desk.get_by_role("main").get_by_role("button", name="Pasang", exact=True).click()
    shot(desk, "kode-cadangan")
    desk.goto("/meja/")
    steps.at(desk, "Laporan warga")


def test_in_the_demo_city_one_tap_is_enough(city: City, desk: Page, settings: Any, shot: Shot) -> None:
    settings.DEMO = True
    User.objects.filter(pk=city.people["sari"].pk).update(is_demo=True, demo_note="petugas Dinas PU")
    desk.goto("/meja/")
    shot(desk, "masuk-kota-contoh")
    desk.get_by_role("button", name="Sari Wulandari – petugas Dinas PU").click()
    steps.at(desk, "Laporan warga")
    expect(desk.locator(".staff-bar")).to_contain_text("Sari Wulandari")


def test_a_passkey_is_enough(city: City, desk: Page, shot: Shot) -> None:
    """Chromium plays the phone with the fingerprint."""
    warga = with_password(city.people["warga"])
    tools = desk.context.new_cdp_session(desk)
    tools.send("WebAuthn.enable")
    phone = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
             "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": phone})
    desk.goto("/akun/login/")
    enter(desk, warga)
    desk.goto("/akun/2fa/webauthn/add/")
    desk.get_by_label("Nama").fill("Ponsel Rina")
    if desk.get_by_role("checkbox").count():
        desk.get_by_role("checkbox").check()
    desk.get_by_role("button", name="Pasang", exact=True).click()
    desk.wait_for_url(lambda address: "/add/" not in address)  # the key is made first, then the form is sent
    desk.goto("/akun/2fa/webauthn/")
    expect(desk.get_by_role("main")).to_contain_text("Ponsel Rina")
    wrong = flaws(desk)
    shot(desk, "kunci-sandi")
    for link in ("Ganti nama", "Lepas"):
        desk.goto("/akun/2fa/webauthn/")
        desk.get_by_role("link", name=link).click()
        wrong += flaws(desk)
    desk.goto("/akun/2fa/webauthn/reauthenticate/")
    wrong += flaws(desk)
    assert not wrong, "\n".join(wrong)
    desk.context.clear_cookies()
    desk.goto("/akun/login/?next=/akun/")
    desk.get_by_role("button", name="Masuk dengan kunci sandi").click()
    desk.wait_for_url("**/akun/")
    expect(desk.get_by_label("Nama")).to_have_value("Rina Marlina")
