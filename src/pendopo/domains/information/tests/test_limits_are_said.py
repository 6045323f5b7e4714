"""A local limit that is shorter than the law's is what pages, receipts and letters say."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from pendopo.base.letters.models import Letter
from pendopo.domains.information import receipts
from pendopo.domains.information.actions import limits
from pendopo.domains.information.testing import a_request, an_objection, prepare
from pendopo.kernel import caches, clock

pytestmark = pytest.mark.django_db
SHORTER = (("information", "answer", 8), ("information", "extend", 5), ("objections", "reply", 20))


def test_the_limit_that_holds_is_said(
    own_folder: None, koordinator: Any, client: Client, still: dt.datetime
) -> None:
    prepare()
    for kind, step, amount in SHORTER:
        limits.set_limit(
            kind=kind, step=step, amount=amount, source="Keputusan PPID 1/2026", by=koordinator,
            valid_from=clock.local_date(still), now=still - dt.timedelta(days=1),
        )  # fmt: skip
    caches.clear_all()
    assert "Kami menjawab paling lama 8 hari kerja." in client.get("/ppid/minta/").content.decode()
    receipt = receipts.for_request(a_request(now=still).pk, now=still).context
    assert (receipt["lama"], receipt["lama_perpanjangan"]) == ("8 hari kerja", "5 hari kerja")
    filed = an_objection(now=still)
    told = receipts.for_objection(filed.pk, now=still).context
    assert (told["lama"], told["lama_sengketa"]) == ("20 hari kerja", "14 hari kerja")
    refused = a_request(status="REFUSED", now=still)
    letter = Letter.objects.get(kind="information.refused", about_id=refused.pk)
    assert letter.context["lama_keberatan"] == "30 hari kerja"
    client.post("/ppid/lacak/", {"code": refused.code, "contact": "rina@contoh.example"})
    page = client.get(f"/ppid/keberatan/{refused.code}/").content.decode()
    assert "paling lama 20 hari kerja" in page
