import datetime as dt
import os
import threading
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction

from pendopo.base.files import owners, sweep
from pendopo.base.files.actions import store_image
from pendopo.base.files.models import File
from pendopo.base.files.tests.nasty import picture, upload

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def linked(monkeypatch: pytest.MonkeyPatch) -> set[UUID]:
    """Ids that one room links; the test fills it."""
    ids: set[UUID] = set()

    def ask(asked: Collection[UUID]) -> set[UUID]:
        return ids & set(asked)

    monkeypatch.setattr(owners, "_owners", {})
    owners.register("tests", ask)
    return ids


def stored(now: dt.datetime) -> File:
    return store_image(upload=upload(picture(size=(8, 8))), by=None, now=now)


def test_what_no_room_links_goes_after_a_day(linked: set[UUID], shelf: Path, now) -> None:
    kept, gone, young = stored(now), stored(now), stored(now + DAY)
    linked.add(kept.pk)
    assert sweep.remove_unlinked(now=now + DAY + dt.timedelta(seconds=1)) == 1
    assert set(File.objects.all()) == {kept, young}
    for file, there in ((kept, True), (gone, False), (young, True)):
        assert (shelf / file.key).exists() is there
        assert (shelf / file.thumbnail_key).exists() is there


def test_when_no_room_answers_nothing_is_swept(shelf: Path, now, monkeypatch) -> None:
    monkeypatch.setattr(owners, "_owners", {})
    stored(now)
    assert sweep.remove_unlinked(now=now + 9 * DAY) == 0
    assert File.objects.count() == 1


def test_many_files_are_asked_about_in_parts(linked: set[UUID], now, monkeypatch) -> None:
    monkeypatch.setattr(sweep, "AT_ONCE", 2)
    for _ in range(5):
        stored(now)
    assert sweep.remove_unlinked(now=now + 2 * DAY) == 5


def test_a_sweep_that_dies_in_the_middle_is_finished_by_the_next(
    linked: set[UUID], shelf: Path, now, monkeypatch
) -> None:
    file = stored(now)

    class Killed(BaseException):
        pass

    def die(self: File, *args: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(File, "delete", die)
        with pytest.raises(Killed), transaction.atomic():
            sweep.remove_unlinked(now=now + 2 * DAY)
    assert not (shelf / file.key).exists()
    assert sweep.remove_unlinked(now=now + 2 * DAY) == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_being_linked_right_now_is_left_alone(linked: set[UUID], now) -> None:
    file = stored(now)
    held, leave = threading.Event(), threading.Event()

    def link() -> None:
        try:
            with transaction.atomic():  # what writing a row that points to the file does
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1 FROM files_file WHERE id = %s FOR KEY SHARE", [file.pk])
                held.set()
                leave.wait(5)
        finally:
            connection.close()

    thread = threading.Thread(target=link)
    thread.start()
    assert held.wait(5)
    assert sweep.remove_unlinked(now=now + 2 * DAY) == 0
    leave.set()
    thread.join()
    assert File.objects.filter(pk=file.pk).exists()


def aged(path: Path, when: dt.datetime) -> Path:
    os.utime(path, (when.timestamp(), when.timestamp()))
    return path


def test_objects_without_a_row_go_after_a_day(shelf: Path, now) -> None:
    kept, lost = stored(now), stored(now)
    File.objects.filter(pk=lost.pk).delete()
    for path in shelf.rglob("*.jpg"):
        aged(path, now)
    assert sweep.remove_orphans(now=now + dt.timedelta(hours=23)) == 0
    assert sweep.remove_orphans(now=now + 2 * DAY) == 2  # the photo and its small picture
    assert (shelf / kept.key).exists()
    assert not (shelf / lost.key).exists()


def test_what_is_not_ours_or_long_ago_is_left_alone(shelf: Path, now) -> None:
    strange = shelf / "2026/03/catatan.txt"
    strange.parent.mkdir(parents=True)
    strange.write_text("x")
    old = stored(now - 150 * DAY)
    File.objects.all().delete()
    for path in (strange, shelf / old.key):
        aged(path, now - 150 * DAY)
    assert sweep.remove_orphans(now=now) == 0
    assert strange.exists() and (shelf / old.key).exists()


def test_the_last_months_are_searched_over_new_year(shelf: Path) -> None:
    january = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
    assert sweep._folders(january) == ["2025/11", "2025/12", "2026/01"]
    lost = stored(january - 20 * DAY)
    File.objects.all().delete()
    for path in shelf.rglob("*.jpg"):
        aged(path, january - 20 * DAY)
    assert sweep.remove_orphans(now=january) == 2
    assert not (shelf / lost.key).exists()


def test_a_room_is_named_once(linked: set[UUID]) -> None:
    with pytest.raises(ValueError, match="twice"):
        owners.register("tests", lambda ids: ids)
