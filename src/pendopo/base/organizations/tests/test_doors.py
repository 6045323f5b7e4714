"""Staff without a second factor, Django's administration, and who the government is."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import include, path

from pendopo.base.accounts.models import User
from pendopo.base.accounts.tests.conftest import totp
from pendopo.base.organizations.models import Identity, Membership, Organization
from pendopo.base.organizations.public import identity
from pendopo.base.organizations.roles import roles_of
from pendopo.kernel import caches

BACKEND = "pendopo.base.accounts.backends.Backend"


def staff_page(request):
    if not roles_of(request.user).is_staff:
        raise Http404
    return HttpResponse("kerja")


def public_page(request):
    return HttpResponse(f"umum {roles_of(request.user).is_staff}")


urlpatterns = [
    path("kerja/", staff_page),
    path("umum/", public_page),
    path("", include("pendopo.config.urls")),
]


@pytest.fixture
def pages(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def half():
    """A browser in which the person showed the password only."""

    def sign_in(user):
        client = Client()
        client.force_login(user, BACKEND)
        return client

    return sign_in


def test_staff_with_a_second_factor_work(pages, sari, as_user):
    assert as_user(sari).get("/kerja/").content == b"kerja"


def test_staff_without_one_are_sent_to_set_it_up(pages, sari, half):
    answer = half(sari).get("/kerja/?hal=2")
    assert answer.status_code == 302
    assert answer["Location"] == "/akun/pengaman-kedua/?next=%2Fkerja%2F%3Fhal%3D2"


def test_staff_who_have_one_elsewhere_are_asked_for_it(pages, sari, half):
    TOTP.activate(sari, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert half(sari).get("/kerja/")["Location"].startswith("/akun/2fa/reauthenticate/?next=")


def test_a_piece_of_a_page_leads_the_whole_page_there(pages, sari, half):
    answer = half(sari).get("/kerja/", HTTP_HX_REQUEST="true")
    assert answer["HX-Redirect"].startswith("/akun/pengaman-kedua/")


def test_public_pages_stay_usable_and_give_no_staff_rights(pages, sari, half):
    assert half(sari).get("/umum/").content == b"umum False"


def test_citizens_get_a_plain_404(pages, warga, half):
    assert half(warga).get("/kerja/").status_code == 404


def test_signing_in_leads_staff_to_the_set_up_at_once(pages, sari):
    sari.set_password("pagi cerah di pendopo")
    sari.save()
    client = Client()
    answer = client.post("/akun/login/", {"login": sari.email, "password": "pagi cerah di pendopo"})
    assert answer["Location"].startswith("/akun/pengaman-kedua/")
    assert "perangkat" in answer.cookies


def test_people_of_the_demo_need_none_in_demo_mode_only(pages, sari, half, settings):
    sari.is_demo = True
    sari.save()
    assert half(sari).get("/umum/").content == b"umum False"  # not even a session
    settings.DEMO = True
    assert half(sari).get("/kerja/").content == b"kerja"


@pytest.mark.django_db(transaction=True)  # allauth tells of a new authenticator after the commit
def test_losing_the_last_second_factor_ends_the_staff_session_rights(pages, sari):
    sari.set_password("pagi cerah di pendopo")
    sari.save()
    client = Client()
    client.post("/akun/login/", {"login": sari.email, "password": "pagi cerah di pendopo"})
    client.get("/akun/2fa/totp/activate/")
    client.post("/akun/2fa/totp/activate/", {"code": totp(client.session["mfa.totp.secret"])})
    assert client.get("/kerja/").status_code == 200
    client.post("/akun/2fa/totp/deactivate/")
    assert client.get("/kerja/").status_code == 302


@pytest.mark.parametrize("name", ["sari", "koordinator", "sekda", "warga"])
def test_the_administration_is_not_there_for_others(everyone, as_user, name):
    assert as_user(everyone[name]).get("/pengaturan/login/").status_code == 404


def test_visitors_of_the_administration_are_sent_to_the_sign_in_page(db, client):
    assert client.get("/pengaturan/", follow=True).redirect_chain[-1][0].startswith("/akun/login/")


@pytest.fixture
def admin_user(administrator):
    administrator.is_staff = True
    administrator.save()
    return administrator


def test_an_administrator_without_second_factor_is_sent_to_it(admin_user, half):
    answer = half(admin_user).get("/pengaturan/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/akun/pengaman-kedua/")


def test_an_administrator_opens_every_page_of_the_room(admin_user, as_user, government):
    client = as_user(admin_user)
    for page in ("organization", "membership", "actinghead", "leave", "identity"):
        assert client.get(f"/pengaturan/organizations/{page}/").status_code == 200
    for page in ("organization", "membership", "actinghead", "leave"):
        assert client.get(f"/pengaturan/organizations/{page}/add/").status_code == 200
    assert (
        client.get(f"/pengaturan/organizations/organization/{government.works.pk}/change/").status_code == 200
    )
    assert client.get(f"/pengaturan/organizations/identity/{government.root.pk}/change/").status_code == 200
    assert client.get("/pengaturan/accounts/user/add/").status_code == 200
    assert client.get(f"/pengaturan/accounts/user/{admin_user.pk}/change/").status_code == 200


def test_a_django_flag_alone_gives_no_rights(sari, as_user):
    sari.is_staff = True
    sari.save()
    assert as_user(sari).get("/pengaturan/organizations/membership/").status_code == 403


def test_appointing_in_the_administration_goes_through_the_action(admin_user, warga, as_user, government):
    client = as_user(admin_user)
    form = {"user": warga.pk, "organization": government.works.pk, "role": "OFFICER", "since": "2026-03-09"}
    assert client.post("/pengaturan/organizations/membership/add/", form).status_code == 302
    membership = Membership.objects.get(user=warga)
    again = client.post("/pengaturan/organizations/membership/add/", form)
    assert "sudah memegang peran itu" in again.content.decode()
    change = f"/pengaturan/organizations/membership/{membership.pk}/change/"
    assert client.post(change, {"until": "2026-03-20"}).status_code == 302
    membership.refresh_from_db()
    assert membership.until is not None


def test_the_last_administrator_cannot_go_by_the_administration(admin_user, as_user):
    membership = Membership.objects.get(role="ADMINISTRATOR")
    change = f"/pengaturan/organizations/membership/{membership.pk}/change/"
    answer = as_user(admin_user).post(change, {"until": "2026-12-31"})
    assert "administrator terakhir" in answer.content.decode()


def test_a_new_account_comes_with_a_link(admin_user, as_user, settings):
    client = as_user(admin_user)
    form = {"email": "baru@uji.example", "name": "Baru", "phone": ""}
    page = client.post("/pengaturan/accounts/user/add/", form, follow=True).content.decode()
    assert f"{settings.PUBLIC_URL}/akun/undangan/" in page
    assert User.objects.filter(email="baru@uji.example").exists()


def test_an_office_is_renamed_and_cannot_hang_below_itself(admin_user, as_user, government):
    client, office = as_user(admin_user), government.district
    change = f"/pengaturan/organizations/organization/{office.pk}/change/"
    form = {
        "name": "Kecamatan Melati Baru", "short_name": "", "slug": office.slug, "kind": office.kind,
        "parent": government.root.pk, "region": office.region_id, "duties": "", "email": "", "phone": "",
        "service_areas-TOTAL_FORMS": "0", "service_areas-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert client.post(change, form).status_code == 302
    office.refresh_from_db()
    assert office.name == "Kecamatan Melati Baru"
    answer = client.post(change, {**form, "parent": government.villages[0].pk})
    assert "dirinya sendiri" in answer.content.decode()


def test_the_first_administrator_is_made_on_the_command_line(government, capsys, client, settings):
    call_command("admin", "create", "Dewi@Uji.example", "--name", "Dewi Lestari")
    said = capsys.readouterr().out
    user = User.objects.get(email="dewi@uji.example")
    assert roles_of(user).administers
    assert user.is_staff
    link = said.split(settings.PUBLIC_URL)[1].split()[0]
    assert client.get(link).status_code == 200


def test_the_command_twice_makes_one_administrator(government, capsys):
    for _ in range(2):
        call_command("admin", "create", "dewi@uji.example", "--name", "Dewi")
    assert Membership.objects.filter(role="ADMINISTRATOR").count() == 1


@pytest.mark.parametrize("email", ["bukan surel", "\x00", ""])
def test_the_command_refuses_a_wrong_e_mail(government, email):
    with pytest.raises(CommandError, match="surel"):
        call_command("admin", "create", email, "--name", "Dewi")


def test_the_command_needs_a_government(db):
    with pytest.raises(CommandError, match="regions load"):
        call_command("admin", "create", "dewi@uji.example", "--name", "Dewi")


def test_the_identity_has_a_default_before_set_up(db):
    assert identity().name == "Pendopo"


def test_the_identity_is_remembered_for_a_while(government, django_assert_num_queries):
    assert identity().name == "Kota Uji"
    Identity.objects.update(display_name="Kota Lain")
    with django_assert_num_queries(0):
        assert identity().name == "Kota Uji"
    caches.clear_all()
    assert identity().name == "Kota Lain"


def test_who_works_where_is_seen_by_staff_only(everyone, government):
    for name, person in everyone.items():
        visible = Membership.objects.visible_to(person).exists()
        assert visible == (name not in ("warga", "anon")), name
    assert Organization.objects.visible_to(everyone["anon"]).count() == 8
