import hashlib
import uuid
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from pendopo.base.files import actions
from pendopo.base.files.examine import IMAGES, IMAGES_AND_PDFS, PDFS, examine
from pendopo.base.files.models import File
from pendopo.base.files.refusals import FileRefused
from pendopo.base.files.tests.nasty import pdf, picture, upload

pytestmark = pytest.mark.django_db


def objects(shelf: Path) -> set[str]:
    return {str(path.relative_to(shelf)) for path in shelf.rglob("*") if path.is_file()}


def test_a_photo_is_kept_under_a_name_of_our_own(sari, shelf: Path, now) -> None:
    file = actions.store(upload=upload(picture(), "Lampu mati.png"), by=sari, now=now, allowed=IMAGES)
    kept = File.objects.get()
    assert kept == file
    assert (kept.kind, kept.name, kept.uploaded_by, kept.created_at) == ("IMAGE", "Lampu mati.jpg", sari, now)
    assert (kept.width, kept.height) == (120, 80)
    assert objects(shelf) == {kept.key, kept.thumbnail_key} == {
        f"2026/03/{kept.pk}.jpg", f"2026/03/{kept.pk}-kecil.jpg",
    }  # fmt: skip
    data = (shelf / kept.key).read_bytes()
    assert (kept.size, kept.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_a_pdf_is_kept_without_a_small_picture(shelf: Path, now) -> None:
    file = actions.store(upload=upload(pdf(), "surat.pdf"), by=None, now=now, allowed=IMAGES_AND_PDFS)
    assert objects(shelf) == {f"2026/03/{file.pk}.pdf"}
    assert (file.kind, file.content_type, file.thumbnail_key) == ("PDF", "application/pdf", "")


def test_a_refused_file_leaves_no_trace_and_spoils_no_transaction(shelf: Path, now) -> None:
    with transaction.atomic():
        with pytest.raises(FileRefused):
            actions.store_image(upload=upload(b"halo"), by=None, now=now)
        assert not File.objects.exists()
    assert objects(shelf) == set()


def test_an_examined_file_is_not_examined_twice_but_its_kind_is(shelf: Path, now, monkeypatch) -> None:
    examined = examine(upload(pdf(), "surat.pdf"), PDFS)
    monkeypatch.setattr(actions, "examine", lambda *_: pytest.fail("examined twice"))
    with pytest.raises(FileRefused, match="ternyata PDF"):
        actions.store(upload=examined, by=None, now=now, allowed=IMAGES)
    assert actions.store(upload=examined, by=None, now=now, allowed=PDFS).size == len(examined.data)


def test_several_photos_keep_their_order(now) -> None:
    uploads = [upload(picture(), f"{number}.jpg") for number in range(3)]
    assert [file.name for file in actions.store_photos(uploads, by=None, now=now)] == [
        "0.jpg", "1.jpg", "2.jpg",
    ]  # fmt: skip


def test_of_several_photos_all_are_kept_or_none(now) -> None:
    with pytest.raises(FileRefused):
        actions.store_photos([upload(picture()), upload(b"halo")], by=None, now=now)
    assert not File.objects.exists()


def test_the_object_is_there_before_the_row_points_to_it(shelf: Path, now, monkeypatch) -> None:
    class Killed(BaseException):
        pass

    def die(**fields: object) -> File:
        assert default_storage.exists(str(fields["key"]))
        raise Killed

    monkeypatch.setattr(File.objects, "create", die)
    with pytest.raises(Killed):
        actions.store_image(upload=upload(picture()), by=None, now=now)
    (lonely,) = {name for name in objects(shelf) if "kecil" not in name}
    assert uuid.UUID(Path(lonely).stem)
    assert not File.objects.exists()
