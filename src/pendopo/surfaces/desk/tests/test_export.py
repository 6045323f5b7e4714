"""Taking a list out: what is on the person's desk, redacted, safe for spreadsheets, written down."""

import csv
import io
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.models import Status
from pendopo.domains.reports.testing import a_report


def table(client: Client, queue: str, **query: str) -> list[list[str]]:
    answer = client.get(reverse("desk:export", args=["reports", queue]), query)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.reader(io.StringIO(text)))


def test_a_person_takes_out_the_own_desk_without_contacts(
    government: Government, sari: Any, as_user: Callable[..., Client]
) -> None:
    mine = a_report(
        status=Status.ASSIGNED, office=government.works, text='=HYPERLINK("http://jahat.example")'
    )
    a_report(status=Status.ASSIGNED, office=government.environment)
    header, *rows = table(as_user(sari), "kantor")
    assert header[0] == "Nomor" and [row[0] for row in rows] == [mine.code]
    assert rows[0][4].startswith("'=HYPERLINK")
    assert "rina@contoh.example" not in str(rows)


def test_the_filter_holds_for_the_table_too(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    waste = a_report(category="sampah")
    a_report()
    assert [row[0] for row in table(as_user(koordinator), "baru", category="sampah")[1:]] == [waste.code]


def test_taking_out_is_written_down(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    table(as_user(koordinator), "baru")
    assert Entry.objects.filter(verb="desk.exported", actor=koordinator).count() == 1


def test_others_find_no_table(
    government: Government, warga: Any, tono: Any, as_user: Callable[..., Client]
) -> None:
    url = reverse("desk:export", args=["reports", "baru"])
    assert as_user(warga).get(url).status_code == 404
    assert as_user(tono).get(url).status_code == 404  # no such queue for an officer
    assert Client().get(url).status_code == 302
    assert not Entry.objects.filter(verb="desk.exported").exists()
