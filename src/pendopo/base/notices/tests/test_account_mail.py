import re

import pytest
from allauth.core import context as allauth_context
from django.core import mail
from django.test import Client, RequestFactory

from pendopo.base.notices import allauth_adapter
from pendopo.base.notices.allauth_adapter import AccountAdapter
from pendopo.base.notices.delivery import attempt
from pendopo.base.notices.models import Notice, State
from pendopo.base.notices.tests.letters import waiting
from pendopo.kernel import clock

pytestmark = pytest.mark.django_db


def asked(email: str) -> Client:
    browser = Client()
    assert browser.post("/akun/password/reset/", {"email": email}).status_code in {200, 302}
    return browser


def test_a_code_travels_through_the_outbox_and_is_wiped(sari) -> None:
    asked(sari.email)
    assert mail.outbox == []  # nothing leaves within the request
    (notice,) = Notice.objects.all()
    assert (notice.event, notice.address, notice.sensitive) == ("accounts.mail", sari.email, True)
    (job,) = waiting()
    assert job.args == {"notice_id": notice.pk}
    attempt(notice_id=notice.pk, now=clock.now())
    (letter,) = mail.outbox
    assert letter.to == [sari.email]
    assert letter.body
    notice.refresh_from_db()
    assert (notice.state, notice.body) == (State.SENT, "")


def test_a_strangers_address_takes_the_same_way(sari) -> None:
    asked("tidak.ada@uji.example")
    assert Notice.objects.get().address == "tidak.ada@uji.example"


def test_no_secret_stands_in_a_subject(sari, monkeypatch) -> None:
    request = RequestFactory().get("/")
    plain = AccountAdapter.render_mail

    def careless(self, prefix, email, context, headers=None):
        message = plain(self, prefix, email, context, headers)
        message.subject = f"Kode Anda {context['code']}"
        return message

    monkeypatch.setattr(AccountAdapter, "render_mail", careless)
    with allauth_context.request_context(request):
        AccountAdapter(request).send_mail(
            "account/email/password_reset_code", sari.email, {"code": "482913", "user": sari}
        )
    notice = Notice.objects.get()
    assert notice.subject == "Pesan tentang akun Anda"
    assert "482913" in notice.body
    assert not re.search("482913", notice.subject + notice.dedupe_key + str(waiting()[0].args))


@pytest.mark.parametrize(
    ("context", "kept"),
    [({"code": ""}, True), ({"code": None}, True), ({"key": "abc123"}, False), ({}, True)],
)
def test_only_subjects_with_a_secret_are_changed(context: dict, kept: bool) -> None:
    subject = "Kode abc123"
    assert (allauth_adapter._without_secrets(subject, context) == subject) is kept
