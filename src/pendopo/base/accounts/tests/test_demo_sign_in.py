"""The demo city's people: one tap in demo mode, no way in anywhere else."""

import pytest

from pendopo.base.accounts.models import User


@pytest.fixture
def sinta(db):
    return User.objects.create_user("sinta@contoh.example", name="Sinta", is_demo=True, demo_note="petugas")


def test_the_sign_in_page_of_the_demo_offers_its_people(sinta, at, settings):
    settings.DEMO = True
    page = at().get("/akun/login/").content.decode()
    assert "masuk sebagai" in page
    assert "Sinta – petugas" in page


def test_one_tap_signs_in(sinta, at, settings):
    settings.DEMO = True
    client = at()
    answer = client.post("/akun/contoh/", {"who": sinta.pk, "next": "/akun/"})
    assert answer["Location"] == "/akun/"
    assert client.get("/akun/").status_code == 200


def test_only_people_of_the_demo_can_be_tapped(rina, at, settings):
    settings.DEMO = True
    for who in (rina.pk, "", "x", "9" * 40, "²", "-1", "\x00"):
        assert at().post("/akun/contoh/", {"who": who}).status_code == 404


def test_a_strange_next_address_is_not_followed(sinta, at, settings):
    settings.DEMO = True
    assert (
        at().post("/akun/contoh/", {"who": sinta.pk, "next": "//jahat.example"})["Location"] == "/meja/masuk/"
    )


def test_outside_the_demo_the_address_does_not_exist(sinta, at):
    assert at().post("/akun/contoh/", {"who": sinta.pk}).status_code == 404
    assert "Sinta" not in at().get("/akun/login/").content.decode()


def test_outside_the_demo_a_password_does_not_help(sinta, at):
    sinta.set_password("pagi cerah di pendopo")
    sinta.save()
    client = at()
    client.post("/akun/login/", {"login": sinta.email, "password": "pagi cerah di pendopo"})
    assert "_auth_user_id" not in client.session


def test_a_session_of_the_demo_ends_with_the_demo(sinta, at, settings):
    settings.DEMO = True
    client = at()
    client.post("/akun/contoh/", {"who": sinta.pk})
    settings.DEMO = False
    assert client.get("/akun/").status_code == 302
