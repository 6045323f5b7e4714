"""Recordings: which of four kinds a file is, by what is in it. Nothing is played or written anew here.

MP3 (ISO/IEC 11172-3 and 13818-3, layer III), Ogg with Vorbis, Opus or FLAC (RFC 3533), WAV (RIFF) and M4A
(ISO base media without a picture track). Films are refused, whatever their name says.
"""

from collections.abc import Iterator

from pendopo.base.files import refusals
from pendopo.base.files.models import FileKind

_OGG_SOUNDS = (b"\x01vorbis", b"OpusHead", b"\x7fFLAC", b"Speex   ")
_INSIDE = {b"moov", b"trak", b"mdia"}  # boxes that hold boxes on the way to a track's handler
_DEEPEST, _MOST_BOXES = 4, 500
# Bits a second (thousands) and samples a second of layer III, by version (ISO/IEC 11172-3, 2.4.2.3).
_RATES_1 = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_2 = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def proved(data: bytes, *, name: str, found: str, allowed: frozenset[FileKind]) -> FileKind:
    """The kind of a recording. Raises FileRefused for films, other files and broken ones."""
    kind = _kind_of(data)
    if kind is None or kind not in allowed:
        raise refusals.wrong_kind(name, found, allowed)
    return kind


def _kind_of(data: bytes) -> FileKind | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return FileKind.WAV if b"fmt " in data[12:4096] and b"data" in data[12:] else None
    if data[:4] == b"OggS":
        return FileKind.OGG if _first_packet(data).startswith(_OGG_SOUNDS) else None
    if data[4:8] == b"ftyp":
        tracks = list(_tracks(data))
        return FileKind.M4A if b"soun" in tracks and b"vide" not in tracks else None
    return FileKind.MP3 if _two_frames(data, _after_tags(data)) else None


def _first_packet(data: bytes) -> bytes:
    """The beginning of an Ogg page's first packet."""
    segments = data[26] if len(data) > 26 else 0
    return data[27 + segments : 27 + segments + 8]


def _tracks(data: bytes) -> Iterator[bytes]:
    """What each track of an ISO file is: "soun", "vide" and others."""
    waiting, seen = [(0, len(data), 0)], 0
    while waiting:
        at, end, depth = waiting.pop()
        while at + 8 <= end and seen < _MOST_BOXES:
            seen += 1
            size, kind, head = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], 8
            if size == 1:
                size, head = int.from_bytes(data[at + 8 : at + 16]), 16
            size = size or end - at  # 0: up to the end
            if size < head or at + size > end:
                break
            if kind in _INSIDE and depth < _DEEPEST:
                waiting.append((at + head, at + size, depth + 1))
            elif kind == b"hdlr":
                yield data[at + head + 8 : at + head + 12]
            at += size


def _after_tags(data: bytes) -> int:
    """Where the sound begins behind an ID3v2 tag, whose length has seven bits in a byte."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    length = 0
    for part in data[6:10]:
        length = length << 7 | part & 0x7F
    return 10 + length


def _two_frames(data: bytes, at: int) -> bool:
    """One frame that is followed by another, within a little padding: chance does not write that."""
    for start in range(at, min(at + 4096, len(data) - 4)):
        length = _frame_length(data, start)
        if length and _frame_length(data, start + length):
            return True
    return False


def _frame_length(data: bytes, at: int) -> int:
    """Bytes of the layer III frame that begins here, 0 when none does."""
    if len(data) < at + 4 or data[at] != 0xFF or data[at + 1] & 0xE6 != 0xE2:
        return 0
    version, rate, speed = data[at + 1] >> 3 & 3, data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if version == 1 or not 0 < rate < 15 or speed == 3:
        return 0
    bits = (_RATES_1 if version == 3 else _RATES_2)[rate - 1] * 1000
    samples = 144 if version == 3 else 72
    return samples * bits // _SAMPLES[version][speed] + (data[at + 2] >> 1 & 1)
