"""Identity proofs: ciphertext in the storage, opened for one person, gone when they must go."""

import datetime as dt
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction

from pendopo.base.files import seal_hosts, sealed, sweep, views
from pendopo.base.files.examine import PDFS, examine
from pendopo.base.files.models import SealedFile
from pendopo.base.files.public import sealed_link
from pendopo.base.files.refusals import FileRefused
from pendopo.base.files.seal_hosts import Opening, SealHost
from pendopo.base.files.sealed import SealBroken, destroy, open_sealed, seal
from pendopo.base.files.tasks import sweep_files
from pendopo.base.files.testing import BAD_PDFS, docx_file, pdf, upload
from pendopo.base.files.tests import nasty

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
WORDS = "NIK 3372010101900001"


class Room:
    """What a room registers; the tests say whom it lets look and what it links."""

    def __init__(self) -> None:
        self.linked: set[object] = set()
        self.looks: list[tuple[str, str]] = []
        self.allowed = True

    def opening(self, look: Opening) -> bool:
        if self.allowed:
            self.looks.append((look.user.email, look.purpose))
        return self.allowed


@pytest.fixture(autouse=True)
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    room = Room()
    monkeypatch.setattr(seal_hosts, "_hosts", {})
    seal_hosts.register("tests", SealHost(lambda ids: room.linked & set(ids), room.opening))
    yield room


@pytest.fixture
def proof(room: Room, now) -> SealedFile:
    row = seal(upload=upload(pdf(WORDS), "KTP Budi.pdf"), by=None, now=now, host="tests")
    room.linked.add(row.pk)
    return row


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, now) -> Callable[[dt.datetime], None]:
    def turn(moment: dt.datetime) -> None:
        monkeypatch.setattr(views.clock, "now", lambda: moment)

    turn(now)
    return turn


def test_what_is_stored_tells_nothing(proof: SealedFile, shelf: Path) -> None:
    assert open_sealed(proof) == pdf(WORDS)
    closed = (shelf / proof.key).read_bytes()
    assert proof.key == f"2026/03/{proof.pk}.tersegel"
    assert WORDS.encode() not in closed and b"%PDF" not in closed and b"Helvetica" not in closed
    row = SealedFile.objects.values().get()
    assert "Budi" not in str(row) and WORDS not in str(row)
    assert [path.name for path in shelf.rglob("*") if path.is_file()] == [f"{proof.pk}.tersegel"]


def test_equal_proofs_are_sealed_differently(proof: SealedFile, shelf: Path, now) -> None:
    again = seal(upload=upload(pdf(WORDS), "KTP.pdf"), by=None, now=now, host="tests")
    assert (shelf / proof.key).read_bytes() != (shelf / again.key).read_bytes()
    assert bytes(proof.wrapped_key) != bytes(again.wrapped_key)


def test_photos_lose_what_they_tell_and_bad_files_are_refused(shelf: Path, now) -> None:
    photo = seal(upload=upload(nasty.telling_photo(), "ktp.jpg"), by=None, now=now, host="tests")
    opened = open_sealed(photo)
    assert opened.startswith(b"\xff\xd8\xff") and nasty.SECRET.encode() not in opened
    lax = examine(upload(BAD_PDFS["script at opening"](), "a.pdf"), PDFS)
    for bad in (upload(BAD_PDFS["program started"](), "a.pdf"), upload(docx_file("x"), "a.docx"), lax):
        with pytest.raises(FileRefused):
            seal(upload=bad, by=None, now=now, host="tests")
    with pytest.raises(LookupError):
        seal(upload=upload(pdf(), "a.pdf"), by=None, now=now, host="nobody")
    assert SealedFile.objects.count() == 1


def test_whatever_was_changed_does_not_open(proof: SealedFile, shelf: Path, now) -> None:
    path = shelf / proof.key
    whole = path.read_bytes()
    path.chmod(0o600)
    for place in (0, 20, len(whole) - 1):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        path.write_bytes(bytes(damaged))
        with pytest.raises(SealBroken, match="changed"):
            open_sealed(proof)
    path.write_bytes(whole[:5])
    with pytest.raises(SealBroken):
        open_sealed(proof)
    other = seal(upload=upload(pdf("lain"), "b.pdf"), by=None, now=now, host="tests")
    path.write_bytes((shelf / other.key).read_bytes())
    with pytest.raises(SealBroken):
        open_sealed(proof)
    proof.wrapped_key = other.wrapped_key  # with its object and its key, but not its row
    with pytest.raises(SealBroken):
        open_sealed(proof)
    path.unlink()
    with pytest.raises(SealBroken):
        open_sealed(SealedFile.objects.get(pk=proof.pk))


def test_a_destroyed_proof_is_gone_even_from_a_copy_of_the_storage(
    proof: SealedFile, shelf: Path, now, django_capture_on_commit_callbacks
) -> None:
    copy = (shelf / proof.key).read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        destroy(proof, now=now)
    assert not (shelf / f"2026/03/{proof.pk}.tersegel").exists()
    row = SealedFile.objects.get(pk=proof.pk)
    assert (row.destroyed_at, bytes(row.wrapped_key), row.key) == (now, b"", "")
    (shelf / f"2026/03/{proof.pk}.tersegel").write_bytes(copy)
    for gone in (row, proof):
        with pytest.raises(SealBroken, match="destroyed"):
            open_sealed(gone)
    row.destroyed_at, row.key = None, f"2026/03/{proof.pk}.tersegel"  # somebody turns the row back
    with pytest.raises(SealBroken, match="no key"):
        open_sealed(row)
    destroy(proof, now=now + DAY)
    assert SealedFile.objects.get(pk=proof.pk).destroyed_at == now


def test_a_destruction_that_is_taken_back_destroys_nothing(proof: SealedFile, now) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        destroy(proof, now=now)
        raise RuntimeError
    assert open_sealed(SealedFile.objects.get(pk=proof.pk)) == pdf(WORDS)


def test_keys_can_be_changed(proof: SealedFile, settings) -> None:
    first, second = settings.SEAL_KEY, secrets.token_urlsafe(50)
    settings.SEAL_KEY, settings.SEAL_KEY_FALLBACKS, settings.SECRET_KEY = second, [first], "lain"
    assert open_sealed(proof) == pdf(WORDS)  # by the old key
    assert (sealed.wrap_anew(), sealed.wrap_anew()) == (1, 0)
    settings.SEAL_KEY_FALLBACKS = []
    with pytest.raises(SealBroken, match="no key"):
        open_sealed(proof)  # as it was in an old backup
    assert open_sealed(SealedFile.objects.get(pk=proof.pk)) == pdf(WORDS)
    settings.SEAL_KEY = secrets.token_urlsafe(50)
    assert sealed.wrap_anew() == 0  # nothing opens it: left as it is
    settings.SEAL_KEY, settings.SECRET_KEY = first, second  # sealed before SEAL_KEY was set
    assert open_sealed(SealedFile.objects.get(pk=proof.pk)) == pdf(WORDS)


def test_the_link_opens_for_its_person_and_each_look_is_written_down(
    proof: SealedFile, room: Room, sari, as_user, at, now
) -> None:
    link = sealed_link(proof, user=sari, purpose="verifikasi", now=now)
    answer = as_user(sari).get(link)
    assert (answer.status_code, answer.content) == (200, pdf(WORDS))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"] == f'attachment; filename="bukti-{str(proof.pk)[:8]}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    photo = seal(upload=upload(nasty.picture(), "ktp.jpg"), by=None, now=now, host="tests")
    shown = as_user(sari).get(sealed_link(photo, user=sari, purpose="verifikasi", now=now))
    assert (shown["Content-Type"], shown["Content-Disposition"][:6]) == ("image/jpeg", "inline")
    assert room.looks == [(sari.email, "verifikasi")] * 2
    assert as_user(sari).head(link).status_code == as_user(sari).post(link).status_code == 405


def test_nobody_else_and_never_later(
    proof: SealedFile, room: Room, sari, budi, as_user, client, at, now, shelf, caplog, monkeypatch
) -> None:
    link = sealed_link(proof, user=sari, purpose="verifikasi", now=now)
    forged = link[:-3] + ("a" if link[-3] != "a" else "b") + link[-2:]
    for who, address in (
        (as_user(budi), link),
        (client, link),
        (as_user(sari), forged),
        (as_user(sari), "/berkas/tersegel/x/"),
    ):
        answer = who.get(address)
        assert answer.status_code == 404
        assert "kedaluwarsa" in answer.content.decode()
    room.allowed = False  # the case was handed over meanwhile
    assert as_user(sari).get(link).status_code == 404
    room.allowed = True
    with monkeypatch.context() as patch:  # a room that failed to load cannot be asked
        patch.setattr(seal_hosts, "_hosts", {})
        assert as_user(sari).get(link).status_code == 404
    at(now + dt.timedelta(minutes=5))
    assert as_user(sari).get(link).status_code == 404
    at(now)
    (shelf / proof.key).unlink()
    assert as_user(sari).get(link).status_code == 404
    assert "cannot be opened: no object" in caplog.text
    destroy(proof, now=now)
    assert as_user(sari).get(link).status_code == 404
    assert room.looks == [(sari.email, "verifikasi")]  # only the look whose object was missing


def test_every_night_what_no_room_links_goes(
    proof: SealedFile, room: Room, shelf: Path, now, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    gone = seal(upload=upload(pdf("gagal"), "a.pdf"), by=None, now=now, host="tests")
    lost = seal(upload=upload(pdf("tanpa baris"), "a.pdf"), by=None, now=now, host="tests")
    half = seal(upload=upload(pdf("setengah"), "a.pdf"), by=None, now=now, host="tests")
    room.linked |= {lost.pk, half.pk}
    SealedFile.objects.filter(pk=lost.pk).delete()
    destroy(half, now=now)  # the process died before its object was deleted
    for path in shelf.rglob("*.tersegel"):
        os.utime(path, (now.timestamp(), now.timestamp()))
    assert sweep.remove_unlinked_seals(now=now + dt.timedelta(hours=23)) == 1  # half
    monkeypatch.setattr("pendopo.base.files.tasks.clock.now", lambda: now + 2 * DAY)
    sweep_files.func(0)
    assert set(SealedFile.objects.all()) == {proof, half}
    assert [path.name for path in shelf.rglob("*") if path.is_file()] == [f"{proof.pk}.tersegel"]
    assert not SealedFile.objects.filter(pk=gone.pk).exists()
    monkeypatch.setattr(seal_hosts, "_hosts", {})
    room.linked.clear()
    assert sweep.remove_unlinked_seals(now=now + 9 * DAY) == 0  # a room that failed to load loses nothing
    assert open_sealed(proof) == pdf(WORDS)
