"""Every page of the account opens, speaks Indonesian, and carries no script without a nonce."""

import re

import pytest
from django.urls import reverse

from pendopo.base.accounts import invitations
from pendopo.base.accounts.tests.conftest import PASSWORD

FOR_VISITORS = ["account_login", "account_signup", "account_reset_password", "account_inactive"]
FOR_MEMBERS = [
    "accounts:profile",
    "accounts:second_factor",
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
]
ENGLISH = re.compile(r">\s*(Sign In|Sign Out|Password|Email|Submit|Confirm|Two-Factor|Name)\b")


def check(response):
    page = response.content.decode()
    assert response.status_code == 200
    assert not ENGLISH.search(page), ENGLISH.search(page)
    tags = re.findall(r"<(?:script|style)\b[^>]*>", page)
    assert all("nonce=" in tag or 'id="js_data"' in tag for tag in tags)
    assert not re.search(r'\son\w+="|\sstyle="', page)
    assert page.count("<h1") == 1


@pytest.mark.parametrize("name", FOR_VISITORS)
def test_pages_for_visitors_open(db, at, name):
    check(at().get(reverse(name)))


@pytest.mark.parametrize("name", FOR_MEMBERS)
def test_pages_for_members_open(rina, at, name):
    client = at()
    client.post("/akun/login/", {"login": rina.email, "password": PASSWORD})
    check(client.get(reverse(name)))


@pytest.mark.parametrize("name", [name for name in FOR_MEMBERS if name != "account_logout"])
def test_pages_for_members_send_visitors_to_sign_in(db, at, name):
    answer = at().get(reverse(name))
    assert answer.status_code == 302
    assert "/akun/" in answer["Location"]


def test_the_head_of_the_page_names_the_government(government, at):
    assert "Kota Uji" in at().get("/akun/login/").content.decode()


def test_the_profile_keeps_what_is_right(rina, at):
    client = at()
    client.post("/akun/login/", {"login": rina.email, "password": PASSWORD})
    answer = client.post("/akun/", {"name": " Rina  M. ", "phone": "0812-3456 7890", "language": "en"})
    assert answer.cookies["django_language"].value == "en"
    rina.refresh_from_db()
    assert (rina.name, rina.phone, rina.language) == ("Rina M.", "081234567890", "en")


@pytest.mark.parametrize(
    "changes",
    [{"phone": "rahasia"}, {"name": ""}, {"name": "x" * 200}, {"language": "xx"}, {"phone": "\x00"}],
)
def test_the_profile_refuses_what_is_wrong(rina, at, changes):
    client = at()
    client.post("/akun/login/", {"login": rina.email, "password": PASSWORD})
    answer = client.post("/akun/", {"name": "Rina", "phone": "", "language": "id", **changes})
    assert answer.status_code == 422


def test_an_invitation_sets_the_first_password_once(rina, at, settings):
    link = invitations.link_for(rina).removeprefix(settings.PUBLIC_URL)
    client = at()
    check(client.get(link))
    new = "siang teduh di pendopo"
    assert client.post(link, {"password1": new, "password2": "lain"}).status_code == 422
    assert client.post(link, {"password1": new, "password2": new})["Location"] == "/akun/login/"
    rina.refresh_from_db()
    assert rina.check_password(new)
    assert client.get(link).status_code == 410


@pytest.mark.parametrize("token", ["x", "eyJh:1:2", "%00", "😀"])
def test_a_false_invitation_is_gone(db, at, token):
    assert at().get(f"/akun/undangan/{token}/").status_code == 410


def test_pages_speak_english_by_switch(db, at):
    client = at()
    client.cookies["django_language"] = "en"
    page = client.get("/akun/login/").content.decode()
    assert "Stay signed in on this device" in page
    assert "Tetap masuk" not in page
