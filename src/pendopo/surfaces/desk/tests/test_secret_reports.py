"""A secret report is found by the people of the office that handles it, and by nobody else, anywhere."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.models import Status
from pendopo.domains.reports.testing import a_report

WORDS = "Kepala sekolah meminta sumbangan zamrudbiru tanpa rapat."
QUEUES = [
    "baru",
    "punyaku",
    "kantor",
    "menunggu-opd",
    "lewat-batas",
    "hampir",
    "periksa",
    "ditunda",
    "selesai",
]
HANDLERS = {
    Status.RECEIVED: {"koordinator"},
    Status.ASSIGNED: {"sari", "budi", "ibu_ratna"},
    Status.CLOSED_BY_CITIZEN: {"sari", "budi", "ibu_ratna"},
}


def test_nobody_else_finds_it_in_queues_search_case_verbs_or_export(
    government: Government, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    reports = {
        status: a_report(status=status, office=government.works, secret=True, text=WORDS)
        for status in HANDLERS
    }
    for name in set(everyone) - {"anon", "budi"}:  # Budi sits beside Sari
        client = as_user(everyone[name])
        mine = {report.code for status, report in reports.items() if name in HANDLERS[status]}
        assert _found_in_lists(client, {report.code for report in reports.values()}) == mine, name
        for code in (report.code for report in reports.values()):
            case = client.get(reverse("desk:case", args=["reports", code]))
            assert case.status_code == (200 if code in mine else 404), (name, code)
            for verb in ("catat", "kontak", "tetapkan", "ambil", "disposisi", "arsip"):
                act = client.get(reverse("desk:act", args=["reports", code, verb]))
                assert act.status_code in ({200, 404} if code in mine else {404}), (name, code, verb)


def _found_in_lists(client: Client, codes: set[str]) -> set[str]:
    """Which of them any queue shows, by their words and by their own number; counts and tables agree with it."""
    found: set[str] = set()
    for key in QUEUES:
        shown: set[str] = set()
        for query in ("zamrudbiru", *sorted(codes)):
            page = client.get(reverse("desk:queue", args=["reports", key]), {"q": query})
            if page.status_code != 200:
                continue
            words = page.content.decode().partition('id="daftar"')[2]
            listed = {code for code in codes if code in words}
            assert bool(listed) == ("zamrudbiru" in words)
            assert listed <= {query} or query not in codes
            shown |= listed
        if page.status_code == 200:
            counts = {row.queue.key: row.count for row in page.context["counts"]}
            assert counts[key] == len(shown), key
        found |= shown
        table = client.get(reverse("desk:export", args=["reports", key]))
        if table.status_code == 200:
            text = b"".join(table.streaming_content).decode()  # type: ignore[arg-type]
            assert "zamrudbiru" not in text and "Melati" not in text  # not even for the handlers
            assert {code for code in codes if code in text} <= found
    return found


def test_its_handlers_find_it_by_its_words_though_they_are_as_long_as_a_code(
    government: Government, sari: Any, as_user: Callable[..., Client]
) -> None:
    report = a_report(status=Status.ASSIGNED, office=government.works, secret=True, text=WORDS)
    for words in ("zamrudbiru", "sumbangan sekolah", report.code, report.code.lower().replace("-", " ")):
        page = as_user(sari).get(reverse("desk:queue", args=["reports", "kantor"]), {"q": words})
        assert report.code in page.content.decode().partition('id="daftar"')[2], words
        assert int(page.context["total"]) == 1, words


def test_the_koordinator_sees_it_until_it_is_handed_over(
    government: Government, koordinator: Any, sari: Any, as_user: Callable[..., Client]
) -> None:
    report = a_report(secret=True, text=WORDS)
    client = as_user(koordinator)
    page = reverse("desk:case", args=["reports", report.code])
    assert client.get(page).status_code == 200
    act = reverse("desk:act", args=["reports", report.code, "disposisi"])
    done = client.post(act, {"office": government.works.pk, "version": report.version})
    assert done.status_code == 302 and done["Location"] == reverse("desk:kind", args=["reports"])
    assert client.get(page).status_code == 404
    assert as_user(sari).get(page).status_code == 200


def test_no_other_office_is_asked_for_help(
    government: Government, sari: Any, as_user: Callable[..., Client]
) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=government.works, secret=True)
    act = reverse("desk:act", args=["reports", report.code, "bagi-tugas"])
    assert as_user(sari).get(act).status_code == 404


def test_its_words_stay_out_of_the_tab_and_the_browser_history(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    report = a_report(secret=True, text=WORDS)
    words = as_user(koordinator).get(reverse("desk:case", args=["reports", report.code])).content.decode()
    assert "zamrudbiru" not in words.partition("<title>")[2].partition("</title>")[0]
    assert "Rahasia" in words
