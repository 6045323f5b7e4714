"""From a stored PDF to a proven one: boxes, burning, the job, who may, and what is said when it cannot be done."""

import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.files import owners
from pendopo.base.files.models import File
from pendopo.base.redaction import actions, public, tasks
from pendopo.base.redaction.engine.shapes import Box as Place
from pendopo.base.redaction.engine.shapes import Proof
from pendopo.base.redaction.gate import bytes_of
from pendopo.base.redaction.models import Redaction, Status
from pendopo.base.redaction.testing import KIND, a_host, a_redaction, a_source
from pendopo.base.redaction.tests import papers
from pendopo.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SECRET = "3372015203850007"
WHY = {"ground": "17h", "reason": "Data pribadi"}


def letter(pages: int = 1) -> bytes:
    return papers.pdf([papers.show(f"NIK Siti {SECRET} hadir", 60, 700)] * pages)


@pytest.fixture
def mine(sari: Any, now: dt.datetime) -> Redaction:
    return a_redaction(letter(), by=sari, now=now)


@pytest.fixture
def desk(mine: Redaction, sari: Any, as_user: Callable[[Any], Client], still: dt.datetime) -> Client:
    return as_user(sari)


def url(redaction: Redaction, name: str = "studio", *more: object) -> str:
    return reverse(f"redaction:{name}", args=[redaction.pk, *more])


def jobs(task: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [task])
        return int(cursor.fetchone()[0])


def test_from_suggestion_to_proven_file(mine: Redaction, desk: Client) -> None:
    page = desk.get(url(mine)).content.decode()
    assert "1 temuan" in page and SECRET not in page
    assert desk.post(url(mine, "accept"), {**WHY, "everything": "1"}).status_code == 302
    assert desk.post(url(mine, "accept"), {**WHY, "hits": "1"}).status_code == 302  # twice is once
    assert desk.post(url(mine, "hide"), {**WHY, "phrase": "siti"}).status_code == 302
    assert {(box.found, box.ground) for box in mine.boxes.all()} == {("NIK", "17h"), ("PHRASE", "17h")}
    assert desk.post(url(mine, "burn")).status_code == 302
    mine.refresh_from_db()
    assert (mine.status, mine.proof["ok"]) == (Status.READY, True)
    output = public.proven_file(mine)
    assert output and output.name == "Surat-dihitamkan.pdf"
    assert (
        re.sub(r"\s+", " ", pypdf.PdfReader(io.BytesIO(bytes_of(output))).pages[0].extract_text()).strip()
        == "NIK hadir"
    )
    assert public.check_before_publishing(output).ok
    page = desk.get(url(mine)).content.decode()
    assert "Terbukti: yang dihitamkan tidak dapat dibaca lagi" in page
    assert [(line.page, line.ground, line.ground_words, line.count) for line in public.list_for(mine)] == [
        (1, "17h", "Rahasia pribadi", 2)
    ]
    assert owners.linked([mine.source_id, output.pk]) == {mine.source_id, output.pk}


def test_history_tells_the_acts_and_never_the_words(mine: Redaction, sari: Any, now: dt.datetime) -> None:
    actions.accept(redaction_id=mine.pk, hits=None, by=sari, now=now, **WHY)
    actions.hide_phrase(redaction_id=mine.pk, phrase="Siti", by=sari, now=now, **WHY)
    actions.remove_box(redaction_id=mine.pk, box_id=mine.boxes.last().pk, by=sari, now=now)  # type: ignore[union-attr]
    actions.burn(redaction_id=mine.pk, by=sari, now=now)
    actions.burn_now(redaction_id=mine.pk, clock_now=lambda: now)
    actions.reopen(redaction_id=mine.pk, by=sari, now=now)
    entries = Entry.objects.filter(verb__startswith="redaction.").order_by("pk")
    assert [entry.verb.removeprefix("redaction.") for entry in entries] == [
        "started", "boxes_added", "boxes_added", "box_removed", "burning", "proven", "reopened",
    ]  # fmt: skip
    kept = str([entry.facts for entry in entries]) + str(Redaction.objects.values().get(pk=mine.pk))
    assert SECRET not in kept and "Siti" not in kept
    mine.refresh_from_db()
    assert (mine.status, mine.output, public.proven_file(mine)) == (Status.DRAFT, None, None)


def test_only_editors_find_the_studio_and_the_pictures(
    mine: Redaction,
    everyone: dict[str, Any],
    as_user: Callable[[Any], Client],
    still: dt.datetime,
    now: dt.datetime,
) -> None:
    for name, person in everyone.items():
        client = as_user(person)
        answers = [client.get(url(mine)), client.get(url(mine, "picture", 1)), client.post(url(mine, "burn"))]
        codes = [answer.status_code for answer in answers]
        assert codes == (
            [200, 200, 302] if name == "sari" else [302, 302, 302] if name == "anon" else [404] * 3
        ), name
        if name == "sari":
            assert answers[1]["Content-Type"] == "image/png" and "no-store" in answers[1]["Cache-Control"]
        elif name != "anon":
            with pytest.raises(NotAllowed):
                actions.burn(redaction_id=mine.pk, by=person, now=now)
            with pytest.raises(NotAllowed):
                public.start(source=mine.source, about=(KIND, "1"), by=person, now=now)


def test_what_was_typed_stays_beside_the_sentence(mine: Redaction, desk: Client) -> None:
    far = {**WHY, "page": "1", "x": "9000", "y": "1", "w": "10", "h": "10"}
    answer = desk.post(url(mine, "add"), far)
    assert answer.status_code == 422
    assert "di luar halaman" in answer.content.decode() and 'value="9000"' in answer.content.decode()
    for changed, said in (
        ({"w": "0"}, "tidak berukuran"),
        ({"page": "7"}, "di luar halaman"),
        ({"x": "nan"}, "Isi dengan angka"),
        ({"ground": "zz"}, "Pilih dasar penghitaman dari daftar"),
    ):
        answer = desk.post(url(mine, "add"), {**far, "x": "10", **changed})
        assert answer.status_code == 422 and said in answer.content.decode(), changed
    answer = desk.post(url(mine, "hide"), {**WHY, "phrase": "tidak ada"})
    assert answer.status_code == 422 and "tidak ditemukan" in answer.content.decode()
    assert mine.boxes.count() == 0
    assert desk.post(url(mine, "add"), {**far, "x": "-5", "y": "10"}).status_code == 302
    assert [(box.x, box.y, box.w, box.h) for box in mine.boxes.all()] == [(0, 10, 5, 10)]


def test_the_number_of_questions_does_not_grow_with_the_boxes(
    mine: Redaction, desk: Client, sari: Any, now: dt.datetime, django_assert_max_num_queries: Any
) -> None:
    for y in range(40):
        place = Place(1, 10, 10 + 5 * y, 20, 4)
        actions.add_box(redaction_id=mine.pk, box=place, by=sari, now=now, **WHY)
    with django_assert_max_num_queries(10):
        assert desk.get(url(mine)).status_code == 200


def test_a_long_file_is_burnt_by_its_job_and_a_lost_job_is_made_again(
    sari: Any, now: dt.datetime, as_user: Callable[[Any], Client], still: dt.datetime
) -> None:
    redaction = a_redaction(letter(3), by=sari, now=now)
    client = as_user(sari)
    client.post(url(redaction, "accept"), {**WHY, "everything": "1"})
    client.post(url(redaction, "burn"))
    client.post(url(redaction, "burn"))
    assert jobs("pendopo.base.redaction.burn") == 1
    page = client.get(url(redaction)).content.decode()
    assert "Sedang dihitamkan" in page and 'http-equiv="refresh"' in page
    with pytest.raises(Refused):
        actions.accept(redaction_id=redaction.pk, hits=None, by=sari, now=now, **WHY)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert tasks.find_lost(now=now + dt.timedelta(minutes=5)) == 0
    assert tasks.find_lost(now=now + dt.timedelta(minutes=30)) == 1
    tasks.burn(redaction_id=str(redaction.pk))
    tasks.burn(redaction_id=str(redaction.pk))
    redaction.refresh_from_db()
    assert (redaction.status, redaction.proof["checked"]["removed_letters"]) == (Status.READY, 48)
    assert File.objects.count() == 2


def test_an_answer_that_comes_too_late_changes_nothing(mine: Redaction, sari: Any, now: dt.datetime) -> None:
    old = actions.burn(redaction_id=mine.pk, by=sari, now=now)
    actions.burn_now(redaction_id=mine.pk, clock_now=lambda: now)
    actions.reopen(redaction_id=mine.pk, by=sari, now=now)
    actions.burn(redaction_id=mine.pk, by=sari, now=now)
    actions._finish(old, b"x", Proof([], {}), 1.0, now)
    mine.refresh_from_db()
    assert (mine.status, mine.output) == (Status.BURNING, None)


def test_a_file_that_cannot_be_blackened_is_refused_with_a_sentence(sari: Any, now: dt.datetime) -> None:
    a_host([sari.pk])
    locked = letter().replace(b"/Size", b"/Encrypt << /Filter /Standard /V 1 /R 2 >> /Size")
    many = papers.pdf([b""] * 501)
    large = papers.pdf([b""], size=(14_000_000, 14_000_000))
    for data, said in (
        (locked, "terkunci|rusak"),
        (many, "501 halaman"),
        (large, "terlalu besar"),
        (b"%PDF-", "rusak"),
    ):
        with pytest.raises(Refused, match=said):
            public.start(source=a_source(data, by=sari, now=now), about=(KIND, "9"), by=sari, now=now)
    assert Redaction.objects.count() == 0


def test_a_scan_says_that_its_words_cannot_be_searched(
    sari: Any, now: dt.datetime, as_user: Callable[[Any], Client], still: dt.datetime
) -> None:
    scan = a_redaction(papers.pdf([papers.black(50, 50, 100, 100)]), by=sari, now=now)
    page = as_user(sari).get(url(scan)).content.decode()
    assert "hanya gambar (hasil pindai)" in page and "Hitamkan kata" not in page
    assert public.start(source=scan.source, about=(KIND, "1"), by=sari, now=now) == scan
    assert public.result_of((KIND, "1")) == [scan]
    assert public.studio_url(scan) == url(scan)
