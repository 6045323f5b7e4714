import pytest
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.test import Client, RequestFactory

from pendopo.base.audit.models import Entry
from pendopo.base.audit.timelines import officer_sentence

pytestmark = pytest.mark.django_db


def test_in_and_out(sari, warga) -> None:
    backend = "pendopo.base.accounts.backends.Backend"
    first, second = Client(), Client()
    first.force_login(sari, backend)
    first.logout()
    second.force_login(warga, backend)
    told = [officer_sentence(entry) for entry in Entry.objects.order_by("pk")]
    assert told == ["Sari Wulandari masuk.", "Sari Wulandari keluar.", "Warga masuk."]
    assert {entry.actor_id for entry in Entry.objects.all()} == {sari.pk, warga.pk}


def test_a_failed_attempt_keeps_nothing_of_what_was_typed(sari) -> None:
    request = RequestFactory().post("/akun/login/")
    assert authenticate(request, email=sari.email, username=sari.email, password="salah") is None
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor, entry.subject_id, entry.facts) == (
        "accounts.sign_in_failed", None, None, {},
    )  # fmt: skip


def test_changes_of_the_second_factor_name_its_kind(sari) -> None:
    factor = Authenticator(user=sari, type=Authenticator.Type.TOTP)
    request = RequestFactory().post("/akun/")
    request.user, request.session = sari, {}
    for signal in (mfa.authenticator_added, mfa.authenticator_removed, mfa.authenticator_reset):
        signal.send(Authenticator, request=request, user=sari, authenticator=factor)
    assert set(Entry.objects.values_list("verb", flat=True)) == {
        "accounts.second_factor_added", "accounts.second_factor_removed", "accounts.second_factor_reset",
    }  # fmt: skip
    assert all(entry.facts == {"kind": "totp"} for entry in Entry.objects.all())
