"""A hundred repeats of one request that arrive together make one report, and all hear the same."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from pendopo.base.clients.testing import a_client, bearer
from pendopo.base.organizations import testing
from pendopo.domains.reports.models import Draft, Report, ReportContact
from pendopo.domains.reports.testing import prepare

REPEATS, AT_ONCE = 100, 25  # so many threads hold a connection at the same time


@pytest.mark.django_db(transaction=True)
def test_a_hundred_parallel_repeats_make_one_report() -> None:
    testing.build_government()
    prepare()
    _client, words = a_client()
    body = json.dumps(
        {"category": "lampu-jalan", "text": "Lampu jalan mati tiga malam.", "region": "99.71.01.1001",
         "address": "Jalan Melati", "email": "rina@contoh.example"}
    )  # fmt: skip
    start = Barrier(AT_ONCE)

    def ask(number: int) -> tuple[int, bytes, str]:
        if number < AT_ONCE:
            start.wait(30)
        try:
            answer = Client().post(
                "/api/v1/reports", body, content_type="application/json",
                headers={**bearer(words), "Idempotency-Key": "kunci-yang-sama"},
            )  # fmt: skip
            return answer.status_code, answer.content, answer["Idempotency-Replayed"]
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(ask, range(REPEATS)))
    assert {(code, content) for code, content, _replayed in answers} == {answers[0][:2]}
    assert answers[0][0] == 201 and sum(replayed == "false" for *_rest, replayed in answers) == 1
    assert (Report.objects.count(), ReportContact.objects.count(), Draft.objects.count()) == (1, 1, 1)
