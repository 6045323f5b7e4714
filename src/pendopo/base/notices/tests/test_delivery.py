import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from pendopo.base.notices import channels, delivery, jobs, tasks
from pendopo.base.notices.channels import PermanentFailure, TemporaryFailure
from pendopo.base.notices.delivery import BACK_OFF, MAX_ATTEMPTS, attempt
from pendopo.base.notices.models import Notice, State
from pendopo.base.notices.tests.letters import CODE, TIMES, Carrier, failing, waiting, wrote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def by(monkeypatch: pytest.MonkeyPatch):
    def use(carrier: Carrier) -> Carrier:
        for module in (delivery, channels):
            monkeypatch.setattr(module, "adapters", lambda: {"EMAIL": carrier})
        return carrier

    return use


def test_a_message_is_carried_once(by) -> None:
    carrier = by(Carrier())
    (notice,) = wrote()
    assert attempt(notice_id=notice.pk, now=TIMES + MINUTE) is None
    assert attempt(notice_id=notice.pk, now=TIMES + MINUTE) is None  # the job came twice
    notice.refresh_from_db()
    assert (notice.state, notice.sent_at, notice.attempts) == (State.SENT, TIMES + MINUTE, 1)
    assert len(carrier.carried) == 1
    assert notice.body


def test_a_failing_channel_is_tried_again_ever_later_and_then_given_up(by) -> None:
    by(failing(TemporaryFailure("SMTPServerDisconnected")))
    (notice,) = wrote()
    now, waits = TIMES, []
    while again := attempt(notice_id=notice.pk, now=now):
        waits.append(again.next_attempt_at - now)
        now = again.next_attempt_at
    assert tuple(waits) == BACK_OFF
    assert list(BACK_OFF) == sorted(BACK_OFF)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == (State.DEAD, MAX_ATTEMPTS)
    assert notice.last_error == "SMTPServerDisconnected"
    assert notice.body  # an administrator may send it again


def test_a_hopeless_message_is_given_up_at_once(by) -> None:
    by(failing(PermanentFailure("SMTPRecipientsRefused 550")))
    (notice,) = wrote()
    assert attempt(notice_id=notice.pk, now=TIMES) is None
    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == (State.DEAD, "SMTPRecipientsRefused 550")


def test_a_bug_in_an_adapter_is_a_failure_without_words(by, caplog) -> None:
    by(failing(KeyError("warga@uji.example")))
    (notice,) = wrote()
    assert attempt(notice_id=notice.pk, now=TIMES) is not None
    notice.refresh_from_db()
    assert notice.last_error == "KeyError"
    assert "uji.example" not in caplog.text
    assert "Lampu" not in caplog.text


def test_a_channel_that_was_removed_leaves_a_dead_letter(monkeypatch) -> None:
    (notice,) = wrote()
    monkeypatch.setattr(delivery, "adapters", lambda: {})
    attempt(notice_id=notice.pk, now=TIMES)
    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == (State.DEAD, "NoAdapter")


def test_a_one_time_code_is_wiped_when_sent_and_when_given_up(by) -> None:
    by(Carrier())
    (sent,) = wrote(event=CODE, link="/masuk/?t=1")
    attempt(notice_id=sent.pk, now=TIMES)
    carrier = by(Carrier())
    (late,) = wrote(event=CODE)
    attempt(notice_id=late.pk, now=TIMES + dt.timedelta(hours=1, seconds=1))
    assert carrier.carried == []
    for notice, state in ((sent, State.SENT), (late, State.DEAD)):
        notice.refresh_from_db()
        assert (notice.state, notice.body, notice.link) == (state, "", "")
    assert late.last_error == "TooLate"


def test_the_job_of_the_next_try_is_made(by, monkeypatch) -> None:
    by(failing(TemporaryFailure("TimeoutError")))
    (notice,) = wrote()
    first = waiting()[0]
    monkeypatch.setattr(jobs.clock, "now", lambda: TIMES)
    with connection.cursor() as cursor:  # what a worker does when it takes the job
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [first.pk])
    jobs.deliver(notice_id=notice.pk)
    again = waiting()[-1]
    assert again.pk != first.pk
    assert again.scheduled_at == TIMES + BACK_OFF[0]


def test_a_lost_job_is_found_again(by) -> None:
    by(Carrier())
    (lost,) = wrote()
    wrote()
    made = waiting()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [made[0].pk])
    assert tasks.find_lost(now=TIMES + 5 * MINUTE) == 0  # not late enough to be lost
    assert tasks.find_lost(now=TIMES + 11 * MINUTE) == 1  # the other one's job still waits its turn
    assert waiting()[-1].args == {"notice_id": lost.pk}
    attempt(notice_id=lost.pk, now=TIMES)
    assert tasks.find_lost(now=TIMES + 11 * MINUTE) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_carry_one_message_at_a_time(by) -> None:
    inside, leave = threading.Event(), threading.Event()

    def slow() -> None:
        inside.set()
        leave.wait(5)

    carrier = by(Carrier(slow))
    (notice,) = wrote()

    def work() -> None:
        try:
            attempt(notice_id=notice.pk, now=TIMES)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    assert inside.wait(5)
    assert attempt(notice_id=notice.pk, now=TIMES) is None  # skips the locked row, does not wait
    leave.set()
    thread.join()
    assert len(carrier.carried) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_while_sending_leaves_the_message_queued(by) -> None:
    class Killed(BaseException):
        pass

    def die() -> None:
        raise Killed

    by(Carrier(die))
    (notice,) = wrote()
    with pytest.raises(Killed), transaction.atomic():
        attempt(notice_id=notice.pk, now=TIMES)
    assert Notice.objects.get().state == State.QUEUED
    carrier = by(Carrier())
    attempt(notice_id=notice.pk, now=TIMES)
    assert [carried.token for carried in carrier.carried] == [notice.token]
