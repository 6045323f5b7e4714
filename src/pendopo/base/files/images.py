"""Photos are never kept as they came: they are opened, turned upright, shrunk and written anew as JPEG.

What is written holds only the picture: no EXIF, GPS, XMP, comments, colour profile, second picture or tail.
"""

import io
import threading
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

from pendopo.base.files import heic, refusals

EDGE = 2000  # pixels; a number plate across a street is still readable
THUMBNAIL_EDGE = 320
QUALITY = 82
THUMBNAIL_QUALITY = 75
MAX_PIXELS = 50_000_000  # what the largest common phone camera makes; opened it takes 200 MB
FORMATS = ("JPEG", "PNG", "WEBP")  # the only decoders that see what people send; HEIC has its own process

# Two pictures at a time for each process: many large photos at once must not eat the memory of the server.
_slots = threading.BoundedSemaphore(2)

Image.init()


@dataclass(frozen=True)
class Picture:
    """A clean JPEG with its size in pixels, and a small one beside it."""

    data: bytes
    width: int
    height: int
    thumbnail: bytes


def rewritten(data: bytes, *, name: str) -> Picture:
    """The picture in `data`, written anew. Raises FileRefused when it is broken or has too many pixels."""
    with _slots:
        try:
            if data[4:8] == b"ftyp":
                data = heic.to_png(data, edge=EDGE, max_pixels=MAX_PIXELS)
            with Image.open(io.BytesIO(data), formats=FORMATS) as source:
                if source.width * source.height > MAX_PIXELS:
                    raise refusals.too_many_pixels(name, MAX_PIXELS)
                return _picture(_opened(source))
        except refusals.FileRefused:
            raise
        except heic.NotOpened as problem:
            if problem.too_large:
                raise refusals.too_many_pixels(name, MAX_PIXELS) from None
            raise refusals.broken_photo(name) from None
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise refusals.too_many_pixels(name, MAX_PIXELS) from None
        except Exception:  # decoders answer broken bytes with every kind of exception
            raise refusals.broken_photo(name) from None


def _opened(source: Image.Image) -> Image.Image:
    """The whole first picture as upright sRGB on white, at most EDGE pixels wide and high."""
    profile = source.info.get("icc_profile")
    source.draft("RGB", (EDGE * 2, EDGE * 2))  # JPEG decodes to a smaller size at once; others ignore it
    source.load()  # a truncated file fails here
    flat = _on_white(ImageOps.exif_transpose(source))
    flat.thumbnail((EDGE, EDGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _in_srgb(flat, profile) if source.mode in {"RGB", "RGBA"} else flat


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16-bit greys of scanners
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    flat = Image.new("RGB", layer.size, "white")
    flat.paste(layer, mask=layer.getchannel("A"))
    return flat


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Phones save wide colours with a profile; without it they would look pale."""
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # a broken profile: the plain colours are good enough
    return turned or image


def _picture(image: Image.Image) -> Picture:
    bare = Image.new("RGB", image.size)  # has none of what the file carried beside the picture
    bare.paste(image)
    small = bare.copy()
    small.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Picture(_jpeg(bare, QUALITY), bare.width, bare.height, thumbnail=_jpeg(small, THUMBNAIL_QUALITY))


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
