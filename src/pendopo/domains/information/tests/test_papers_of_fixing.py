"""What is fixed is printed once: the decree with its list, the sheet of each consequence test."""

from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from pendopo.base.letters.models import Letter
from pendopo.domains.information import jobs, letter_texts
from pendopo.domains.information.testing_catalogue import a_decree, a_test, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules(government: Any) -> None:
    prepare()


def printed() -> list[Letter]:
    """Run what waits to be printed, twice, as a worker does that was killed after the first time."""
    waiting = ProcrastinateJob.objects.filter(task_name="information.make_paper").order_by("pk")
    for job in [*waiting, *waiting]:
        jobs.make_paper(**job.args)
    return list(Letter.objects.order_by("pk"))


def test_a_decree_is_printed_with_its_list(
    everyone: Any, government: Any, as_user: Any, django_assert_max_num_queries: Any, still: Any
) -> None:
    decree = a_decree(items=2, office=government.works)
    assert not Letter.objects.exists(), "pressing the button waits for no printer"
    (letter,) = printed()
    assert (letter.kind, letter.about, letter.office) == (
        letter_texts.FIXING.key, (letter_texts.DECREE, decree.pk), government.intake,
    )  # fmt: skip
    assert [row[0] for row in letter.context["daftar"]["rows"]] == ["1", "2"]
    assert letter.context["nomor_keputusan"] == decree.number
    assert letter.context["menimbang"] == letter_texts.LISTED
    client = as_user(everyone["sari"])
    page = f"/meja/ppid/keputusan/{decree.pk}/"
    client.get(page)
    with django_assert_max_num_queries(9):
        shown = client.get(page).content.decode()
    assert letter.written in shown and f"/surat/{letter.slug}/" in shown
    assert as_user(everyone["warga"]).get(page).status_code == 404


def test_each_sheet_is_printed_with_its_decree(
    everyone: Any, government: Any, as_user: Any, django_assert_max_num_queries: Any, still: Any
) -> None:
    test = a_test(office=government.works, letter="h", years=2)
    sheet, decree = printed()
    assert (sheet.kind, sheet.about) == (letter_texts.SHEET.key, (letter_texts.TEST, test.pk))
    assert (decree.kind, decree.about) == (letter_texts.FIXING.key, (letter_texts.DECREE, test.decree_id))
    assert (sheet.context["jangka"], sheet.context["huruf"][:2]) == ("sampai Rabu, 8 Maret 2028", "h.")
    assert decree.context["daftar"]["rows"][0][3] == "Dikecualikan"
    assert decree.context["menimbang"] == letter_texts.WITHHELD
    client = as_user(everyone["sari"])
    page = f"/meja/ppid/uji/{test.pk}/"
    client.get(page)
    with django_assert_max_num_queries(9):
        shown = client.get(page).content.decode()
    assert sheet.written in shown and f"/surat/{sheet.slug}/" in shown and decree.written not in shown
    assert as_user(everyone["tono"]).get(page).status_code == 404
