"""Making an account, proving the e-mail, a new password by code."""

import pytest
from allauth.account.models import EmailAddress

from pendopo.base.accounts.models import User
from pendopo.base.accounts.tests.conftest import PASSWORD

FORM = {"name": "Rina  Marlina", "email": "Rina@contoh.example", "password1": PASSWORD}


def sign_up(client, **changes):
    return client.post("/akun/signup/", {**FORM, **changes})


def test_a_citizen_signs_up_and_proves_the_e_mail_with_a_code(db, at, codes, mailoutbox):
    client = at()
    assert sign_up(client).status_code == 302
    user = User.objects.get()
    assert (user.email, user.name, user.is_staff) == ("rina@contoh.example", "Rina Marlina", False)
    assert "_auth_user_id" not in client.session  # not before the proof
    assert client.post("/akun/confirm-email/", {"code": codes()}).status_code == 302
    assert "_auth_user_id" in client.session
    assert EmailAddress.objects.get().verified


def test_no_subject_line_holds_the_code(db, at, codes, mailoutbox):
    sign_up(at())
    assert codes() not in mailoutbox[-1].subject
    assert mailoutbox[-1].subject == "Pastikan surel Anda"


def test_a_wrong_code_answers_422_and_three_end_the_attempt(db, at, mailoutbox):
    client = at()
    sign_up(client)
    assert client.post("/akun/confirm-email/", {"code": "SALAH"}).status_code == 422
    client.post("/akun/confirm-email/", {"code": "SALAH"})
    assert client.post("/akun/confirm-email/", {"code": "SALAH"}).status_code == 302


def test_an_e_mail_that_has_an_account_gets_the_same_answer_and_another_mail(rina, at, mailoutbox):
    taken, free = at(), at()
    assert sign_up(taken)["Location"] == sign_up(free, email="baru@contoh.example")["Location"]
    assert mailoutbox[0].subject == "Surel ini sudah punya akun"
    assert User.objects.filter(email="rina@contoh.example").count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password1": "pendek"}, "password1"),
        ({"email": "bukan surel"}, "email"),
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "a\x00b"}, "name"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(db, at, changes, said):
    answer = sign_up(at(), **changes)
    assert answer.status_code == 422
    assert said in answer.context["form"].errors
    assert not User.objects.exists()


def test_invisible_signs_in_a_name_are_dropped(db, at, mailoutbox):
    sign_up(at(), name="Rina\u202e\u200b Marlina")
    assert User.objects.get().name == "Rina Marlina"


def test_many_accounts_from_one_place_are_stopped(db, at, mailoutbox):
    statuses = [sign_up(at(), email=f"o{n}@contoh.example").status_code for n in range(61)]
    assert statuses[:60] == [302] * 60
    assert statuses[60] == 429


def test_a_forgotten_password_is_renewed_with_a_code(rina, at, codes, mailoutbox):
    client = at()
    assert client.post("/akun/password/reset/", {"email": rina.email}).status_code == 302
    assert client.post("/akun/password/reset/confirm/", {"code": codes()}).status_code == 302
    new = {"password1": "malam tenang di pendopo", "password2": "malam tenang di pendopo"}
    assert client.post("/akun/password/reset/complete/", new).status_code == 302
    rina.refresh_from_db()
    assert rina.check_password(new["password1"])
    assert mailoutbox[-1].subject == "Kata sandi Anda diganti"


def test_an_unknown_e_mail_learns_nothing_on_the_page(db, rina, at, mailoutbox):
    known = at().post("/akun/password/reset/", {"email": rina.email})
    unknown = at().post("/akun/password/reset/", {"email": "siapa@contoh.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert mailoutbox[-1].subject == "Surel ini belum punya akun"


def test_nobody_is_flooded_with_codes(rina, at, mailoutbox):
    client = at()
    answers = [client.post("/akun/password/reset/", {"email": rina.email}) for _ in range(11)]
    assert answers[-1].status_code == 429
    assert len(mailoutbox) == 10


def test_the_e_mail_is_changed_only_after_a_proof(rina, at, codes, mailoutbox):
    client = at()
    client.post("/akun/login/", {"login": rina.email, "password": PASSWORD})
    client.post("/akun/email/", {"email": "baru@contoh.example", "action_add": "1"})
    rina.refresh_from_db()
    assert rina.email == "rina@contoh.example"
    client.post("/akun/confirm-email/", {"code": codes()})
    rina.refresh_from_db()
    assert rina.email == "baru@contoh.example"
