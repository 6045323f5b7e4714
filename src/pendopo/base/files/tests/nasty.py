"""Files people really hand in, and files somebody made to hurt. All are made here; none lies in the repository."""

import base64
import io
import struct
import zipfile
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo

# 64 × 48 pixels, red above blue, camera "Kamera Uji" in its EXIF; encoded once with libheif.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "ADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAACkAAgAAAAACCwABAAAAAAAAADAAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAA"
    "kAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq"
    "5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xh"
    "cAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAA"
    "ABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAYW1kYXQAAAAlKAGvGYD3hEl/5DL9VF+WDNXivv9hTq0T4DGsrtsMUisq2sZCwAAA"
    "AAZFeGlmAABNTQAqAAAACAABARAAAgAAAAsAAAAaAAAAAEthbWVyYSBVamkAAA=="
)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SECRET = "Rumah Budi, Jl. Melati 3"


def upload(data: bytes, name: str = "foto.jpg", claimed: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type=claimed)


def picture(
    kind: str = "JPEG",
    size: tuple[int, int] = (120, 80),
    mode: str = "RGB",
    colour: Any = None,
    **options: Any,
) -> bytes:
    """A picture: red, or `colour`."""
    out = io.BytesIO()
    shown = colour if colour is not None else {"RGB": (200, 30, 30), "RGBA": (200, 30, 30, 0)}.get(mode, 100)
    Image.new(mode, size, shown).save(out, kind, **options)
    return out.getvalue()


def telling_photo() -> bytes:
    """A sideways phone photo that knows where and by whom it was taken, in every place a JPEG can say so."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.ImageDescription] = SECRET
    exif[ExifTags.Base.Artist] = SECRET
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "S", (7.0, 34.0, 12.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return picture(
        size=(300, 200), exif=exif, comment=SECRET.encode(), xmp=f"<x>{SECRET}</x>".encode(),
        icc_profile=profile, dpi=(301, 301),
    )  # fmt: skip


def telling_png() -> bytes:
    notes = PngInfo()
    notes.add_text("Author", SECRET)
    notes.add_itxt("XML:com.adobe.xmp", SECRET)
    return picture("PNG", pnginfo=notes)


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("halo.html", HTML.decode())
    return out.getvalue()


def bomb_png(side: int = 20_000) -> bytes:
    """A PNG of 400 megapixels in a few hundred bytes: only its header is honest."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000))


def pdf(pages: int = 1, *, extra: str = "") -> bytes:
    """A whole PDF with that many empty pages; `extra` goes into its trailer."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"]
    objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"] * pages
    out, places = b"%PDF-1.4\n", []
    for number, words in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{words}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    out_end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {extra} >>\n"
    return out + out_end.encode() + f"startxref\n{len(out)}\n%%EOF\n".encode()


def locked_pdf() -> bytes:
    """A PDF encrypted with a password nobody here knows (standard handler, revision 2)."""
    secret = "00" * 32
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{secret}> /U <{secret}> /P -4 >>"
    return pdf(extra=f"{lock} /ID [<{'11' * 16}> <{'11' * 16}>]")
