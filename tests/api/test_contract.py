"""The API keeps to its own description, whatever is sent; and the description in docs is the one in the code."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi_checks

from pendopo.base.clients.testing import a_client, bearer
from pendopo.config.api import SNAPSHOT, snapshot
from pendopo.domains.reports.models import Status
from pendopo.domains.reports.testing import a_report, prepare
from tests.house.tree import ROOT

# Bounded and repeatable: the same cases on every machine.
RUNS = hypothesis_settings(
    max_examples=12, derandomize=True, deadline=None, database=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
KEPT = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
    openapi_checks.response_headers_conformance,
]


def test_the_description_in_docs_is_the_one_in_the_code() -> None:
    assert (ROOT / SNAPSHOT).read_text() == snapshot(), "Run `make docs` and keep the result."


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests through WSGI leave the test's own connection open, as Django's test client does."""
    moments = (signals.request_started, signals.request_finished)
    for moment in moments:
        moment.disconnect(close_old_connections)
    yield
    for moment in moments:
        moment.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
def test_every_answer_keeps_to_the_description(government: Any) -> None:
    prepare()
    report = a_report(status=Status.CLOSED_BY_CITIZEN, office=government.works, point=(-7.595, 110.805))
    _client, words = a_client()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    asked = 0

    def judge(case: Any) -> None:
        nonlocal asked
        asked += 1
        headers = {**bearer(words), "Host": "testserver", "Accept-Encoding": "identity"}
        case.call_and_validate(headers=headers, checks=KEPT)

    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        RUNS(given(case=operation.as_strategy())(judge))()
        known = {"slug": report.slug, "code": report.code}
        if operation.method == "get":
            named = {one.name for one in operation.path_parameters}
            judge(operation.Case(path_parameters={name: known[name] for name in named}))
    good = {
        "category": "lampu-jalan", "text": "Lampu jalan mati tiga malam.", "region": "99.71.01.1001",
        "address": "Jalan Melati",
    }  # fmt: skip
    create = next(one for one in operations if one.path.endswith("/reports") and one.method == "post")
    judge(create.Case(body=good, headers={"Idempotency-Key": "kunci-satu"}, media_type="application/json"))
    follow = next(one for one in operations if one.path.endswith("/follow") and one.method == "post")
    body = {"code": report.code, "contact": "rina@contoh.example"}
    judge(follow.Case(body=body, media_type="application/json"))
    assert len(operations) == 9 and asked > len(operations) * 5


@pytest.mark.django_db
def test_the_description_is_served_whole(client: Any) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200 and json.loads(answer.content)["openapi"].startswith("3.")
    assert settings.PUBLIC_URL not in answer.content.decode()


@pytest.mark.django_db
def test_people_read_every_address_on_one_page_without_another_site(client: Any) -> None:
    page = client.get("/api/").content.decode()
    for path in json.loads(snapshot())["paths"]:
        assert path in page
    assert "https://cdn" not in page and "swagger" not in page.lower()
