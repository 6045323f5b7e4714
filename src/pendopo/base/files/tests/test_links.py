import datetime as dt
from pathlib import Path

import pytest
from django.test import Client

from pendopo.base.files import views
from pendopo.base.files.actions import store, store_image
from pendopo.base.files.examine import PDFS
from pendopo.base.files.links import LinkRefused, link_to, opened
from pendopo.base.files.models import File
from pendopo.base.files.public import file_url, thumbnail_url
from pendopo.base.files.tests.nasty import pdf, picture, upload

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def photo(now) -> File:
    return store_image(upload=upload(picture(), "Lampu “mati”\u202e.png"), by=None, now=now)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, now):
    def turn(moment: dt.datetime) -> None:
        monkeypatch.setattr(views.clock, "now", lambda: moment)

    turn(now)
    return turn


def test_a_photo_is_shown_for_an_hour(photo: File, shelf: Path, at, now, client: Client) -> None:
    link = link_to(photo, now=now)
    answer = client.get(link)
    assert answer.status_code == 200
    assert answer.content == (shelf / photo.key).read_bytes()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''Lampu%20")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, max-age=900, immutable"
    assert answer["X-Robots-Tag"] == "noindex"
    at(now + HOUR - MINUTE)
    assert client.get(link).status_code == 200
    at(now + HOUR + 16 * MINUTE)
    assert client.get(link).status_code == 404


def test_a_pdf_is_only_ever_downloaded(at, now, client: Client) -> None:
    document = store(upload=upload(pdf(), "Surat.pdf"), by=None, now=now, allowed=PDFS)
    for link in (link_to(document, now=now), link_to(document, thumbnail=True, now=now)):
        answer = client.get(link)
        assert answer["Content-Disposition"] == 'attachment; filename="Surat.pdf"'
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Content-Type"] == "application/pdf"


def test_the_small_picture_has_its_own_link(photo: File, shelf: Path, at, now, client: Client) -> None:
    small = link_to(photo, thumbnail=True, now=now)
    assert small != link_to(photo, now=now)
    assert client.get(small).content == (shelf / photo.thumbnail_key).read_bytes()


def test_links_of_the_same_quarter_are_equal_so_browsers_keep_the_picture(photo: File, now) -> None:
    first = link_to(photo, now=now)  # 09:00
    assert link_to(photo, now=now + 14 * MINUTE) == first
    assert link_to(photo, now=now + 15 * MINUTE) != first


def test_a_cache_never_keeps_longer_than_the_link(photo: File, at, now, client: Client) -> None:
    link = link_to(photo, now=now)
    at(now + HOUR + 14 * MINUTE)
    assert client.get(link)["Cache-Control"] == "private, max-age=60, immutable"


def test_a_forged_link_opens_nothing_and_says_so(photo: File, at, now, client: Client) -> None:
    token = link_to(photo, now=now).split("/")[-2]
    words, _dot, signature = token.partition(".")
    other = link_to(photo, now=now, lifetime=2 * HOUR).split("/")[-2].partition(".")[0]
    for forged in (
        words, f"{words}.", f"{other}.{signature}", f"{words}.{signature[:-2]}xx", f"{words[:-1]}.{signature}",
        token.swapcase(), "x" * 5000, ".", "😀", "%00", "..%2f..%2fetc%2fpasswd",
    ):  # fmt: skip
        answer = client.get(f"/berkas/{forged}/")
        assert answer.status_code == 404, forged
    assert "kedaluwarsa" in client.get(f"/berkas/{words}./").content.decode()
    with pytest.raises(LinkRefused):
        opened("", now=now)


def test_a_link_of_another_key_opens_nothing(photo: File, at, now, client: Client, monkeypatch) -> None:
    link = link_to(photo, now=now)
    monkeypatch.setattr("pendopo.base.files.links._signer.key", "kunci lain")
    assert client.get(link).status_code == 404


def test_a_file_that_is_gone_says_so(photo: File, shelf: Path, at, now, client: Client, caplog) -> None:
    link = link_to(photo, now=now)
    (shelf / photo.key).unlink()
    assert client.get(link).status_code == 404
    assert "no object" in caplog.text
    photo.delete()
    assert client.get(link).status_code == 404


def test_opening_takes_one_query(photo: File, at, now, client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        client.get(link_to(photo, now=now))
    assert client.head(link_to(photo, now=now)).status_code == 200
    assert client.post(link_to(photo, now=now)).status_code == 405


def test_pages_get_their_addresses_from_the_door(photo: File, now) -> None:
    assert file_url(photo, now=now) == link_to(photo, now=now)
    assert thumbnail_url(photo, now=now) == link_to(photo, thumbnail=True, now=now)
    assert file_url(photo).startswith("/berkas/")
