"""What was kept is read, also after a kill, a lost job or a bug; a person sees what never worked."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from pendopo.base.mailroom import actions, handling, tasks
from pendopo.base.mailroom.keeping import keep
from pendopo.base.mailroom.models import Mail, RawMail, Reason, Status, Way
from pendopo.base.mailroom.testing import taken_in
from pendopo.base.mailroom.tests.letters import CORPUS, OURS, SERVER, a_mail
from pendopo.domains.reports.mail_in import ReportMail
from pendopo.domains.reports.models import Report
from pendopo.domains.reports.testing import prepare
from pendopo.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_comes_in(settings: Any, government: Any) -> None:
    settings.MAIL_IN_ADDRESS, settings.MAIL_IN_AUTHSERV_ID = OURS, SERVER
    prepare()


def waiting_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'pendopo.base.mailroom.read'"
        )
        return int(cursor.fetchone()[0])


def kept(now: dt.datetime) -> Mail:
    return keep(raw=a_mail(), way=Way.SMTP, now=now)


def break_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(ReportMail, "receive", broken)


def test_a_mail_whose_job_was_lost_is_found_again(now: dt.datetime) -> None:
    kept(now)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert tasks.find_lost(now=now + dt.timedelta(minutes=5)) == 0
    assert tasks.find_lost(now=now + dt.timedelta(minutes=11)) == 1
    assert tasks.find_lost(now=now + dt.timedelta(minutes=11)) == 0  # one job waits already
    assert waiting_jobs() == 1


def test_a_bug_in_a_room_is_tried_again_and_leaves_nothing_behind(
    now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = kept(now)
    with monkeypatch.context() as patch:
        break_the_room(patch)
        again = handling.attempt(mail_id=mail.pk, now=now)
    assert again is not None
    assert again.next_attempt_at == now + handling.BACK_OFF[0]
    assert again.last_error == "KeyError"
    assert again.words == ""
    assert handling.attempt(mail_id=mail.pk, now=now) is None
    mail.refresh_from_db()
    assert mail.status == Status.HANDLED


def test_a_mail_that_never_works_is_a_dead_letter_that_can_be_read_again(
    now: dt.datetime, monkeypatch: pytest.MonkeyPatch, koordinator: Any, sari: Any
) -> None:
    mail = kept(now)
    with monkeypatch.context() as patch:
        break_the_room(patch)
        for _number in range(handling.MAX_ATTEMPTS):
            handling.attempt(mail_id=mail.pk, now=now)
    mail.refresh_from_db()
    assert (mail.status, mail.reason, mail.last_error) == (Status.DEAD, Reason.FAILED, "KeyError")
    with pytest.raises(NotAllowed):
        actions.try_again(mail_id=mail.pk, by=sari, now=now)
    actions.try_again(mail_id=mail.pk, by=koordinator, now=now)
    assert handling.attempt(mail_id=mail.pk, now=now) is None
    assert Report.objects.count() == 1


def test_a_mail_that_kills_every_worker_ends_as_a_dead_letter(now: dt.datetime) -> None:
    mail = kept(now)
    Mail.objects.filter(pk=mail.pk).update(
        attempts=handling.MAX_ATTEMPTS
    )  # counted before each try, never back
    assert handling.attempt(mail_id=mail.pk, now=now) is None
    mail.refresh_from_db()
    assert (mail.status, mail.last_error) == (Status.DEAD, "WorkerLost")


def test_an_unreadable_mail_is_dead_at_once_and_can_be_thrown_away(
    now: dt.datetime, koordinator: Any
) -> None:
    mail = taken_in(CORPUS["nested beyond reason"][0], now=now)
    if mail.status != Status.DEAD:  # a Python that reads it has found nothing in it
        assert mail.status in {Status.HELD, Status.IGNORED}
    with pytest.raises(Refused):
        actions.discard(mail_id=mail.pk, why="x", by=koordinator, now=now)
    actions.discard(mail_id=mail.pk, why="bukan surat", by=koordinator, now=now)
    mail.refresh_from_db()
    assert (mail.status, mail.remark, mail.words) == (Status.DISCARDED, "bukan surat", "")
    assert not RawMail.objects.exists()


def test_a_mail_that_another_worker_reads_is_left_alone(now: dt.datetime) -> None:
    mail = taken_in(a_mail(), now=now)
    assert mail.status == Status.HANDLED
    assert handling.attempt(mail_id=mail.pk, now=now) is None
    assert Report.objects.count() == 1


def test_every_mail_of_the_corpus_ends_somewhere(now: dt.datetime) -> None:
    for name, (raw, _words) in CORPUS.items():
        mail = taken_in(raw, now=now)
        assert mail.status != Status.RECEIVED, name
        assert mail.last_error in {"", "RecursionError"}, name
