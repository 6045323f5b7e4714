"""Addresses made by hand: a page that says no, never an error."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.testing import a_report
from pendopo.surfaces.desk import queues

ODD = ["x", "%00", "\u202e", "LAP-0000-0000", "LAP" * 400, "' OR 1=1 --", "🙂", "..%2F..", "-1"]


@pytest.mark.parametrize("odd", ODD)
def test_an_unknown_kind_queue_code_or_verb_is_404(
    odd: str, government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    report, client, part = a_report(), as_user(koordinator), quote(odd)
    for path in (
        f"/meja/{part}/", f"/meja/{part}/antrean/baru/", f"/meja/reports/antrean/{part}/",
        f"/meja/reports/antrean/{part}/unduh.csv", f"/meja/reports/kasus/{part}/",
        f"/meja/reports/kasus/{part}/catat/", f"/meja/reports/kasus/{report.code}/{part}/",
        f"/meja/laporan/tercatat/{part}/", f"/meja/laporan/aturan/{part}/",
    ):  # fmt: skip
        answer = client.get(path)
        shown_number = path == "/meja/laporan/tercatat/LAP-0000-0000/"
        assert answer.status_code == (200 if shown_number else 404), path


@pytest.mark.parametrize("key", ["baru", "selesai"])
@pytest.mark.parametrize(
    "cursor",
    ["x", "\x00", "🙂", "A" * 9000, "W10", "WyJuIl0", "eyJhIjoxfQ", "bnVsbA", "WyJuIiwzLG51bGwsMV0x"]
    + [queues.base64.urlsafe_b64encode(text.encode()).decode() for text in (
        '["n",3,"2026-01-01",1]', '["n",99999999999999999999,null,1]', '["q",3,null,1]', '["n",true,null,1]',
        '["n","0001-01-01T00:00:00+00:00",1]', '["n","9999-12-31T23:59:59+00:00",1]', '["n",[],{},1]',
        '["n",3,null,"1"]', '["n",3,null,-5]', '[["n"],3,null,1]',
    )],
)  # fmt: skip
def test_a_broken_page_mark_is_404(
    cursor: str, key: str, government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    answer = as_user(koordinator).get(reverse("desk:queue", args=["reports", key]), {"hal": cursor})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"category": "x"}, {"category": "\x00"}, {"status": "x"}, {"office": "x"}, {"office": "9" * 40},
        {"office": "\x00"}, {"district": "\x00"}, {"q": "x" * 101}, {"channel": "🙂"}, {"report_class": "\u202e"},
    ],
)  # fmt: skip
def test_a_filter_that_does_not_fit_says_so(
    query: dict[str, str], government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    report, client = a_report(), as_user(koordinator)
    page = client.get(reverse("desk:queue", args=["reports", "baru"]), query)
    assert page.status_code == 422 and report.code not in page.content.decode()
    assert client.get(reverse("desk:export", args=["reports", "baru"]), query).status_code == 404
    assert client.get(reverse("desk:case", args=["reports", report.code]), query).status_code == 200


@pytest.mark.parametrize("words", ["\x00", "\u202e", '"', "a & ! | b", "(((", "🙂", "%", "\\", "LAP-????"])
def test_any_words_can_be_searched(
    words: str, government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    a_report()
    assert as_user(koordinator).get("/meja/reports/antrean/baru/", {"q": words}).status_code == 200


def test_only_get_reads_and_only_post_acts(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    report, client = a_report(), as_user(koordinator)
    for url in ("/meja/", "/meja/reports/antrean/baru/", f"/meja/reports/kasus/{report.code}/"):
        assert client.post(url).status_code == 405
    assert client.put(f"/meja/reports/kasus/{report.code}/catat/").status_code == 405
