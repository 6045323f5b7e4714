import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from pendopo.base.audit.models import Entry
from pendopo.base.audit.timelines import officer_sentence
from pendopo.base.notices import actions, retention
from pendopo.base.notices.channels import Recipient
from pendopo.base.notices.masks import masked
from pendopo.base.notices.models import Notice, State
from pendopo.base.notices.tests.letters import CODE, TIMES, waiting, wrote
from pendopo.kernel.states import RefusedTransition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]
URL = "/meja/surat-gagal/"


def dead(**changes) -> Notice:
    (notice,) = [n for n in wrote(**changes) if n.channel == "EMAIL"]
    notice.move_to(State.DEAD)
    notice.attempts, notice.last_error = 8, "SMTPServerDisconnected"
    notice.save()
    return notice


def test_only_administrators_see_that_a_message_failed_and_never_its_words(everyone, as_user) -> None:
    dead(link="/laporan/rahasia/")
    for name, user in everyone.items():
        answer = as_user(user).get(URL)
        page = answer.content.decode()
        if name == "administrator":
            assert answer.status_code == 200
            for shown in ("Laporan selesai", "w…@uji.example", "SMTPServerDisconnected", "8 kali", "surel"):
                assert shown in page
            for hidden in ("warga@", "Lampu", "LAP-7K2M-Q9XA", "/laporan/rahasia/"):
                assert hidden not in page
        else:
            assert answer.status_code == (302 if name == "anon" else 404), name


def test_the_inbox_of_an_administrator_tells_of_dead_letters(administrator, sari, as_user) -> None:
    dead()
    assert "1 surat gagal dikirim" in as_user(administrator).get("/kotak-masuk/").content.decode()
    assert "surat gagal" not in as_user(sari).get("/kotak-masuk/").content.decode()


def test_no_dead_letter_is_good_news(administrator, as_user) -> None:
    assert "Semua pesan sampai" in as_user(administrator).get(URL).content.decode()


def test_the_queries_do_not_grow(administrator, as_user, django_assert_max_num_queries) -> None:
    browser = as_user(administrator)
    for _ in range(30):
        dead()
    with django_assert_max_num_queries(7):
        assert len(browser.get(URL).context["rows"]) == 25


def test_sending_again_starts_anew_and_is_recorded(administrator, as_user) -> None:
    notice = dead()
    answer = as_user(administrator).post(f"{URL}{notice.pk}/", {"act": "resend"})
    assert answer.status_code == 302
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == (State.QUEUED, 0)
    assert waiting()[-1].args == {"notice_id": notice.pk}
    entry = Entry.objects.get(verb="notices.resent")
    assert officer_sentence(entry) == "Dewi Lestari mengirim lagi pesan “Laporan selesai” yang gagal (EMAIL)."


def test_letting_it_rest_wipes_the_words_and_is_recorded(administrator, as_user) -> None:
    notice = dead()
    browser = as_user(administrator)
    browser.post(f"{URL}{notice.pk}/", {"act": "ignore"})
    notice.refresh_from_db()
    assert (notice.state, notice.body) == (State.IGNORED, "")
    assert Entry.objects.filter(verb="notices.ignored").count() == 1
    assert browser.post(f"{URL}{notice.pk}/", {"act": "ignore"}).status_code == 404  # a double click


def test_a_message_without_words_cannot_be_sent_again(administrator, as_user) -> None:
    notice = dead(event=CODE)
    Notice.objects.update(body="")
    answer = as_user(administrator).post(f"{URL}{notice.pk}/", {"act": "resend"}, follow=True)
    assert answer.status_code == 200
    assert Notice.objects.get().state == State.DEAD
    assert not Entry.objects.filter(verb="notices.resent").exists()


def test_others_may_neither_send_again_nor_ignore(everyone, as_user) -> None:
    notice = dead()
    for name, user in everyone.items():
        if name == "administrator":
            continue
        assert as_user(user).post(f"{URL}{notice.pk}/").status_code == (302 if name == "anon" else 404)
        if name != "anon":
            for act in (actions.resend, actions.ignore):
                with pytest.raises(PermissionDenied):
                    act(notice=notice, by=user, now=TIMES)
    notice.refresh_from_db()
    assert notice.state == State.DEAD
    assert not Entry.objects.filter(verb__startswith="notices.").exists()


def test_only_dead_messages_can_be_handled(administrator) -> None:
    (queued,) = wrote()
    for act in (actions.resend, actions.ignore):
        with pytest.raises(RefusedTransition):
            act(notice=queued, by=administrator, now=TIMES)
    assert Notice.objects.get().body


@pytest.mark.parametrize(
    ("address", "shown"),
    [("budi@contoh.go.id", "b…@contoh.go.id"), ("+628123456789", "…789"), ("12345", "…"), ("", "…")],
)
def test_an_address_is_masked(address: str, shown: str) -> None:
    assert masked(address) == shown


def test_words_are_wiped_when_nobody_needs_them_any_more(sari) -> None:
    day = dt.timedelta(days=1)
    (sent,) = wrote(link="/laporan/x/")
    Notice.objects.filter(pk=sent.pk).update(state=State.SENT, sent_at=TIMES)
    gone, (queued,) = dead(), wrote()
    wrote(to=Recipient(user=sari))
    assert not retention.sent(TIMES - day).exists()
    assert list(retention.sent(TIMES + day)) == [sent]
    assert list(retention.dead(TIMES + day)) == [gone]
    for notice in (sent, gone):
        assert retention.forget_words(pk=notice.pk, now=TIMES + 91 * day)
        assert not retention.forget_words(pk=notice.pk, now=TIMES + 91 * day)
    for notice, kept in ((sent, False), (gone, False), (queued, True)):
        notice.refresh_from_db()
        assert bool(notice.body) is kept
        assert notice.address.startswith(retention.GONE) is not kept
        assert notice.subject
    (mine,) = retention.inbox(TIMES + day)
    assert retention.remove(pk=mine.pk, now=TIMES + 366 * day)
    assert not Notice.objects.filter(channel="INAPP").exists()
