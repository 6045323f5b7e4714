import threading

import pytest
from allauth.account.models import EmailAddress
from django.db import connection, transaction

from pendopo.base.notices import events
from pendopo.base.notices.channels import Recipient
from pendopo.base.notices.models import Notice, State
from pendopo.base.notices.tests.letters import CODE, VALUES, waiting, wrote
from pendopo.base.organizations.testing import Government

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]


def test_a_user_is_told_in_the_inbox_and_at_the_verified_address(
    sari, government: Government, django_assert_num_queries
) -> None:
    with django_assert_num_queries(4):  # the address, the messages, what came of them, the job
        notices = wrote(to=Recipient(user=sari), about=sari, link="/meja/kasus/1/")
    kept = {notice.channel: notice for notice in Notice.objects.all()}
    assert set(kept) == {"EMAIL", "INAPP"} == {notice.channel for notice in notices}
    assert (kept["EMAIL"].address, kept["EMAIL"].state) == ("sari@uji.example", State.QUEUED)
    assert (kept["INAPP"].address, kept["INAPP"].state) == ("", State.SENT)
    for notice in kept.values():
        assert notice.subject == "Laporan LAP-7K2M-Q9XA selesai"
        assert notice.body == "Laporan LAP-7K2M-Q9XA: Lampu sudah menyala."
        assert (notice.about_kind, notice.about_id) == ("accounts.user", sari.pk)
        assert notice.link == "/meja/kasus/1/"


def test_an_unverified_address_gets_nothing(sari) -> None:
    EmailAddress.objects.filter(user=sari).update(verified=False)
    assert [notice.channel for notice in wrote(to=Recipient(user=sari))] == ["INAPP"]
    assert waiting() == []


def test_without_a_verified_address_the_one_given_for_this_is_used(sari) -> None:
    contact = Recipient(user=sari, email="lain@uji.example")
    assert {notice.address for notice in wrote(to=contact)} == {"", "sari@uji.example"}
    EmailAddress.objects.filter(user=sari).update(verified=False)
    assert {notice.address for notice in wrote(to=contact)} == {"", "lain@uji.example"}


def test_a_person_without_account_gets_mail_only() -> None:
    (notice,) = wrote()
    assert (notice.channel, notice.address, notice.recipient) == ("EMAIL", "warga@uji.example", None)
    (job,) = waiting()
    assert job.args == {"notice_id": notice.pk}  # no words, no address in the job


@pytest.mark.parametrize(
    "address",
    ["", "bukan alamat", "a@b.example\r\nBcc: x@y.example", "x" * 260 + "@a.example", "a\x00@b.example"],
)
def test_nobody_to_tell_is_not_an_error(address: str) -> None:
    assert wrote(to=Recipient(email=address)) == []
    assert not Notice.objects.exists()


def test_a_closed_account_is_told_nothing(sari) -> None:
    sari.is_active = False
    assert wrote(to=Recipient(user=sari)) == []


def test_the_same_key_reaches_a_recipient_once(sari, tono) -> None:
    first = wrote(to=Recipient(user=sari), dedupe_key="closed:1")
    again = wrote(to=Recipient(user=sari), dedupe_key="closed:1")
    assert {notice.pk for notice in first} == {notice.pk for notice in again}
    assert len(wrote(to=Recipient(user=tono), dedupe_key="closed:1")) == 2
    assert (Notice.objects.count(), len(waiting())) == (4, 2)


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_key_send_once() -> None:
    start = threading.Barrier(2)

    def act() -> None:
        start.wait(5)
        try:
            wrote(dedupe_key="closed:1")
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Notice.objects.count(), len(waiting())) == (1, 1)


def test_what_is_rolled_back_sends_nothing() -> None:
    class Undone(Exception):
        pass

    def act() -> None:
        with transaction.atomic():
            wrote()
            raise Undone

    with pytest.raises(Undone):
        act()
    assert not Notice.objects.exists()
    assert waiting() == []


def test_people_read_their_own_language(sari) -> None:
    sari.language = "en"
    assert wrote(to=Recipient(user=sari))[0].subject == "Report LAP-7K2M-Q9XA is done"
    assert wrote(to=Recipient(email="a@b.example", language="en"))[0].body.startswith("Report")
    assert wrote(to=Recipient(email="a@b.example", language="xx"))[0].subject.startswith("Laporan")


def test_a_one_time_code_never_stays_in_an_inbox(sari) -> None:
    assert [notice.channel for notice in wrote(event=CODE, to=Recipient(user=sari))] == ["EMAIL"]


@pytest.mark.parametrize(
    "link", ["https://jahat.example/", "//jahat.example/", "/\\jahat.example", "laporan/1", "/" + "x" * 300]
)
def test_a_link_stays_on_this_site(link: str) -> None:
    with pytest.raises(ValueError, match="address of this site"):
        wrote(link=link)


def test_mistakes_of_rooms_are_refused() -> None:
    with pytest.raises(events.UnknownEvent), transaction.atomic():
        wrote(event="tests.never")
    for key in ("", "x" * 161):
        with pytest.raises(ValueError, match="dedupe"), transaction.atomic():
            wrote(dedupe_key=key)
    assert VALUES and not Notice.objects.exists()


@pytest.mark.parametrize(
    "name", ["closed", "Tests.closed", "../etc.passwd", "tests.closed.", "a." + "b" * 60]
)
def test_an_event_needs_the_name_of_its_room(name: str) -> None:
    with pytest.raises(ValueError, match="namespaced"):
        events.register(name, "x")


def test_an_event_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        events.register(CODE, "x")
