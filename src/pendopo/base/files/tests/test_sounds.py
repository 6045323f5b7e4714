"""Recordings are judged by what is in them: four kinds are kept as they came, films and others are refused."""

import struct

import pytest

from pendopo.base.files import refusals
from pendopo.base.files.examine import PDFS, SOUNDS, examine
from pendopo.base.files.testing import upload

FRAME = b"\xff\xfb\x90\x00" + b"\0" * 413  # MPEG 1 layer III, 128 kbit/s at 44.1 kHz: 417 bytes
WAV = b"RIFF" + struct.pack("<I", 100) + b"WAVEfmt " + b"\0" * 20 + b"data" + b"\0" * 40


def box(kind: bytes, inside: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(inside)) + kind + inside


def iso(*tracks: bytes) -> bytes:
    made = b"".join(
        box(b"trak", box(b"mdia", box(b"hdlr", b"\0" * 8 + kind + b"\0" * 12))) for kind in tracks
    )
    return box(b"ftyp", b"isom\0\0\0\0") + box(b"moov", made) + box(b"mdat", b"\0" * 64)


def ogg(packet: bytes) -> bytes:
    return b"OggS" + b"\0" * 22 + b"\x01" + bytes([len(packet)]) + packet + b"\0" * 64


TAKEN = {
    "mp3": FRAME * 3,
    "mp3 with tags": b"ID3\x04\0\0\0\0\0\x0a" + b"\0" * 10 + FRAME * 3,
    "wav": WAV,
    "ogg vorbis": ogg(b"\x01vorbis" + b"\0" * 20),
    "ogg opus": ogg(b"OpusHead" + b"\0" * 20),
    "m4a": iso(b"soun"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_recording_is_kept_under_its_true_name(name: str) -> None:
    found = examine(upload(TAKEN[name], "maklumat.exe"), SOUNDS)
    assert (
        found.data == TAKEN[name] and found.name == f"maklumat.{name[:3]}" and found.kind == name[:3].upper()
    )
    assert found.content_type.startswith("audio/")


@pytest.mark.parametrize(
    "data",
    [
        iso(b"soun", b"vide"), iso(), ogg(b"\x80theora" + b"\0" * 20), b"RIFF\0\0\0\0WAVE" + b"\0" * 60,
        b"ID3" + b"\0" * 900,
        FRAME, b"\xff\xfb\x90\x00" + b"\0" * 2000, b"%PDF-1.7\n", b"MZ" + b"\0" * 60, b"halo dunia",
        b"\0\0\0\x18ftypisom" + b"\xff" * 900, box(b"ftyp", b"M4A ") + b"\0\0\0\x01moov" + b"\xff" * 8,
    ],
)  # fmt: skip
def test_films_and_broken_recordings_are_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(refusals.FileRefused, match="MP3, M4A, OGG atau WAV"):
        examine(upload(data, "maklumat.mp3"), SOUNDS)


def test_a_recording_is_no_document_and_has_a_limit(settings: object) -> None:
    with pytest.raises(refusals.FileRefused, match="rekaman suara"):
        examine(upload(FRAME * 3, "surat.pdf"), PDFS)
    settings.SOUND_MAX_MB = 1  # type: ignore[attr-defined]
    with pytest.raises(refusals.FileRefused, match="paling besar"):
        examine(upload(FRAME * 3000, "panjang.mp3"), SOUNDS)
