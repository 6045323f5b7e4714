"""Every page of PPID's staff shows the row of pages, the right one marked, and stands under PPID in the menu."""

import re
from typing import Any

import pytest
from django.urls import reverse

from pendopo.domains.information.models import ItemStatus, TestStatus
from pendopo.domains.information.testing_catalogue import a_decree, a_test, an_item, prepare

pytestmark = pytest.mark.django_db
MARKED = re.compile(r'<a href="([^"]+)" aria-current="page">')


def marked(page: str) -> list[str]:
    """Addresses marked in the menu and in the row, in this order."""
    bar, row = page.split('aria-label="Halaman PPID"')
    return [*MARKED.findall(bar), *MARKED.findall(row.split("</nav>")[0])]


def test_each_page_marks_where_it_belongs(
    everyone: Any,
    koordinator: Any,
    government: Any,
    as_user: Any,
    still: Any,
    django_assert_max_num_queries: Any,
) -> None:
    prepare()
    item = an_item(status=ItemStatus.PROPOSED, office=government.works)
    test = a_test(office=government.works, status=TestStatus.PROPOSED)
    decree = a_decree(office=government.works)
    client, work = as_user(koordinator), reverse("information:work")
    for name, args, belongs in (
        ("work", [], "work"),
        ("counter", [], "counter"),
        ("tasks", [], "tasks"),
        ("items", [], "items"),
        ("item-new", [], "items"),
        ("import-new", [], "items"),
        ("entry", [item.pk], "items"),
        ("item-edit", [item.pk], "items"),
        ("decrees", [], "items"),
        ("decree", [decree.pk], "items"),
        ("fix-items", [], "items"),
        ("tests", [], "tests"),
        ("test-new", [], "tests"),
        ("test", [test.pk], "tests"),
        ("fix-tests", [], "tests"),
        ("register", ["permohonan"], "register"),
        ("register", ["keberatan"], "register"),
        ("reports", [], "reports"),
        ("report", [2026], "reports"),
        ("service-pages", [], "service-pages"),
        ("service-page", ["maklumat"], "service-pages"),
        ("limits", [], "limits"),
        ("limit", ["information", "answer"], "limits"),
    ):
        shown = client.get(reverse(f"information:{name}", args=args))
        row = reverse(f"information:{belongs}", args=["permohonan"] if belongs == "register" else [])
        assert shown.status_code == 200 and marked(shown.content.decode()) == [work, row], name
    with django_assert_max_num_queries(7):
        client.get(reverse("information:tests"))
