"""Signing in, and being stopped when guessing."""

import re

import pytest

from pendopo.base.accounts import lockout
from pendopo.base.accounts.tests.conftest import PASSWORD

LOGIN = "/akun/login/"


def enter(client, email="rina@contoh.example", password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password, **extra})


def signed_in(client):
    return "_auth_user_id" in client.session


def test_the_right_password_signs_in(rina, at):
    client = at()
    assert enter(client).status_code == 302
    assert signed_in(client)


def test_the_e_mail_may_be_typed_in_capitals(rina, at):
    client = at()
    enter(client, email="RINA@contoh.example ")
    assert signed_in(client)


def test_a_wrong_password_answers_422_and_keeps_the_e_mail(rina, at):
    answer = enter(at(), password="salah sekali")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "belum cocok" in page
    assert 'value="rina@contoh.example"' in page


def test_unknown_and_known_e_mail_get_the_same_answer(rina, at):
    def words(email):
        page = enter(at(), email=email, password="salah sekali").content.decode()
        return re.sub(r'nonce="[^"]*"|value="[^"]*"', "", page)

    assert words("rina@contoh.example") == words("siapa@contoh.example")


@pytest.mark.parametrize("email", ["rina@contoh.example", "siapa@contoh.example"])
def test_guessing_is_stopped_and_told_when_to_try_again(rina, at, email):
    client = at()
    for _ in range(lockout.FAILURES):
        assert enter(client, email=email, password="salah sekali").status_code == 422
    stopped = enter(client, email=email, password="salah sekali")
    assert stopped.status_code == 429
    assert "coba lagi dalam 15 menit" in stopped.content.decode()


def test_a_stopped_place_is_stopped_even_with_the_right_password(rina, at):
    client = at()
    for _ in range(lockout.FAILURES):
        enter(client, password="salah sekali")
    assert enter(client).status_code == 429
    assert not signed_in(client)


def test_a_guesser_elsewhere_does_not_lock_the_owner_out(rina, at):
    stranger, owner = at("203.0.113.9"), at("192.0.2.1")
    for _ in range(lockout.FAILURES + 3):
        enter(stranger, password="salah sekali")
    enter(owner)
    assert signed_in(owner)


def test_a_guesser_next_door_does_not_lock_a_known_device_out(rina, at):
    owner = at("192.0.2.1")
    enter(owner)
    owner.post("/akun/logout/")
    stranger = at("192.0.2.200")  # same network
    for _ in range(lockout.FAILURES + 3):
        enter(stranger, password="salah sekali")
    enter(owner)
    assert signed_in(owner)


def test_a_known_device_is_not_a_free_ticket(rina, at):
    client = at()
    enter(client)
    client.post("/akun/logout/")
    for _ in range(lockout.FAILURES):
        enter(client, password="salah sekali")
    assert enter(client).status_code == 429


def test_a_forged_device_cookie_is_ignored(rina, at):
    client = at()
    client.cookies["perangkat"] = "eyJ4IjoieSJ9:1aaaaa:forged"
    for _ in range(lockout.FAILURES):
        enter(client, password="salah sekali")
    assert enter(client).status_code == 429


def test_many_names_from_one_network_are_stopped(rina, at, monkeypatch):
    monkeypatch.setattr(lockout, "NETWORK_FAILURES", 5)
    client = at()
    for n in range(5):
        enter(client, email=f"orang{n}@contoh.example", password="salah sekali")
    assert enter(client).status_code == 429


def test_a_success_is_not_counted(rina, at, monkeypatch):
    monkeypatch.setattr(lockout, "NETWORK_FAILURES", 3)
    for _ in range(6):
        client = at()
        enter(client)
        assert signed_in(client)


@pytest.mark.parametrize(
    "email", ["\x00@b.c", "a" * 5000 + "@b.id", "‮moc@a.b", "😀@😀.id", "' OR 1=1 --", "<script>", ""]
)
def test_odd_input_gets_a_sentence_never_a_failure(rina, at, email):
    assert enter(at(), email=email, password="\x00😀" * 300).status_code == 422


def test_the_language_of_the_person_is_spoken_after_sign_in(rina, at):
    rina.language = "en"
    rina.save()
    assert enter(at()).cookies["django_language"].value == "en"


def test_a_strange_next_address_is_not_followed(rina, at):
    answer = enter(at(), next="https://jahat.example/")
    assert "jahat" not in answer["Location"]


def test_signing_out_everywhere_else_ends_other_sessions_only(rina, at):
    phone, laptop = at(), at()
    enter(phone)
    enter(laptop)
    assert phone.post("/akun/keluar-di-tempat-lain/").status_code == 302
    assert phone.get("/akun/").status_code == 200
    assert laptop.get("/akun/").status_code == 302
