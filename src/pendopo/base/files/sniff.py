"""What a file is, from its first bytes. Its name and the type the browser claims are not asked."""

HEAD = 512  # bytes that `kind_of` wants to see

# ISO base media brands of still pictures (ISO/IEC 23008-12); every other brand is a video or unknown.
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

_MAGIC = [
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"ID3", "audio"),
    (b"OggS", "audio"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
]


# Two or three letters a table of words may well begin with; the true ones have a NUL soon.
_SHORT = {b"MZ", b"ID3", b"OggS", b"BM"}


def kind_of(head: bytes, *, tables: bool = False) -> str:
    """ "image" (JPEG, PNG, WebP, HEIF), "pdf", "gif", another key of `refusals`, or "" when unknown.

    With `tables`, plain text that is nothing else is "csv"; whether it is a table is for `csvs` to say.
    """
    if head[:4] == b"RIFF":
        return {b"WEBP": "image", b"AVI ": "video", b"WAVE": "audio"}.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return "image" if head[8:12] in _HEIF else "video"
    if (
        head[:1] == b"\xff" and head[1:2] and head[1] & 0xE6 == 0xE2
    ):  # frame of an MP3 (MPEG layer III) without tags
        return "audio"
    for magic, kind in _MAGIC:
        if head.startswith(magic) and not (tables and magic in _SHORT and b"\0" not in head):
            return kind
    text = b"\0" not in head or head[:2] in {b"\xff\xfe", b"\xfe\xff"}  # UTF-16: `csvs` says what to do
    return _markup(head) or ("csv" if tables and text else "")


def _markup(head: bytes) -> str:
    words = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not words.startswith(b"<"):
        return ""
    return "svg" if b"<svg" in words else "html"
