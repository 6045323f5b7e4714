import pytest
from asgiref.sync import async_to_sync
from django.core import mail
from procrastinate.contrib.django import app

from pendopo.base.notices.models import Notice, State
from pendopo.base.notices.tests.letters import waiting, wrote


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_carries_what_was_committed(templates: dict[str, str]) -> None:
    wrote()
    assert mail.outbox == []

    async def work() -> None:
        worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                wait=False, queues=["notices"], install_signal_handlers=False, listen_notify=False
            )

    async_to_sync(work)()
    (letter,) = mail.outbox
    assert letter.to == ["warga@uji.example"]
    assert Notice.objects.get().state == State.SENT
    assert [job.status for job in waiting()] == ["succeeded"]
