import pytest

from pendopo.base.notices.channels import Recipient
from pendopo.base.notices.models import Notice
from pendopo.base.notices.tests.letters import VALUES, wrote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]
URL = "/kotak-masuk/"


def told(user, **changes) -> Notice:
    return next(n for n in wrote(to=Recipient(user=user), **changes) if n.channel == "INAPP")


def test_everybody_who_signs_in_reads_only_their_own(everyone, as_user) -> None:
    told(everyone["sari"])
    told(everyone["warga"])
    for name, user in everyone.items():
        answer = as_user(user).get(URL)
        if name == "anon":
            assert (answer.status_code, answer["Location"]) == (302, "/akun/login/?next=/kotak-masuk/")
        else:
            assert answer.status_code == 200
            assert ("LAP-7K2M-Q9XA selesai" in answer.content.decode()) == (name in {"sari", "warga"}), name


def test_an_empty_inbox_says_so(sari, as_user) -> None:
    assert "Belum ada pesan" in as_user(sari).get(URL).content.decode()


def test_words_are_shown_as_words(sari, as_user) -> None:
    told(sari, context={**VALUES, "answer": "<script>alert(1)</script>"})
    assert b"<script>alert" not in as_user(sari).get(URL).content


def test_the_queries_do_not_grow(sari, as_user, django_assert_max_num_queries) -> None:
    browser = as_user(sari)
    for _ in range(60):
        told(sari)
    with django_assert_max_num_queries(8):
        answer = browser.get(URL, {"page": "2"})
    assert len(answer.context["page"]) == 25
    assert int(str(answer.context["inbox_unread"])) == 60
    for junk in ("0", "-1", "x", "999", "\x00", "9" * 400):
        assert browser.get(URL, {"page": junk}).status_code == 200


def test_opening_marks_read_and_goes_there(sari, as_user) -> None:
    notice = told(sari, link="/meja/kasus/1/")
    browser = as_user(sari)
    answer = browser.post(f"{URL}{notice.pk}/buka/")
    assert (answer.status_code, answer["Location"]) == (302, "/meja/kasus/1/")
    notice.refresh_from_db()
    first = notice.read_at
    assert first is not None
    browser.post(f"{URL}{notice.pk}/buka/")
    notice.refresh_from_db()
    assert notice.read_at == first
    assert browser.get(f"{URL}{notice.pk}/buka/").status_code == 405


@pytest.mark.parametrize("link", ["https://jahat.example/", "//jahat.example", "javascript:alert(1)", ""])
def test_a_link_that_leaves_the_site_is_not_followed(sari, as_user, link: str) -> None:
    notice = told(sari)
    Notice.objects.filter(pk=notice.pk).update(link=link)  # however it got there
    assert as_user(sari).post(f"{URL}{notice.pk}/buka/")["Location"] == URL


def test_nobody_opens_the_message_of_another(sari, tono, anon, as_user) -> None:
    notice = told(sari)
    mail = Notice.objects.get(channel="EMAIL", recipient=sari)
    assert as_user(tono).post(f"{URL}{notice.pk}/buka/").status_code == 404
    assert as_user(sari).post(f"{URL}{mail.pk}/buka/").status_code == 404
    assert as_user(anon).post(f"{URL}{notice.pk}/buka/").status_code == 302
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_can_be_marked_read_at_once(sari, tono, as_user) -> None:
    told(sari)
    told(sari)
    other = told(tono)
    browser = as_user(sari)
    assert browser.post(f"{URL}dibaca/").status_code == 302
    assert Notice.objects.unread().get() == other
    assert int(str(browser.get(URL).context["inbox_unread"])) == 0
