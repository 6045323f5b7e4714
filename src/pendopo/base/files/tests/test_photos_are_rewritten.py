import io

import pytest
from PIL import Image

from pendopo.base.files.examine import IMAGES, Examined, examine
from pendopo.base.files.tests import nasty
from pendopo.base.files.tests.nasty import HEIC, SECRET, picture, upload


def taken(data: bytes, name: str = "foto.jpg") -> Examined:
    return examine(upload(data, name), IMAGES)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_a_photo_tells_nothing_but_its_picture() -> None:
    data = nasty.telling_photo()
    assert SECRET.encode() in data
    photo = taken(data)
    for stored in (photo.data, photo.thumbnail):
        image = opened(stored)
        assert SECRET.encode() not in stored
        assert not image.getexif()
        assert set(image.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        for marker in (b"Exif", b"ICC_PROFILE", b"http://ns.adobe.com", b"\xff\xfe"):
            assert marker not in stored


def test_a_sideways_photo_is_turned_upright() -> None:
    photo = taken(nasty.telling_photo())
    assert (photo.width, photo.height) == (200, 300)
    assert opened(photo.data).size == (200, 300)


def test_notes_in_a_png_are_left_behind() -> None:
    assert SECRET.encode() not in taken(nasty.telling_png()).data


@pytest.mark.parametrize(
    "data",
    [
        picture(),
        picture("PNG"),
        picture("WEBP"),
        picture("JPEG", mode="L"),
        picture("JPEG", mode="CMYK", colour=(0, 200, 200, 30)),
        picture("PNG", mode="P"),
        picture("PNG", mode="1", colour=1),
        picture("PNG", mode="LA", colour=(90, 128)),
        picture("PNG", mode="RGBA"),
        picture("PNG", mode="I;16", colour=30_000),
        picture("PNG", size=(1, 1)),
        picture("PNG", size=(5000, 1)),
        HEIC,
    ],
    ids=lambda data: data[:12].hex(),
)
def test_every_kind_of_photo_becomes_a_jpeg(data: bytes) -> None:
    photo = taken(data, "gambar.bin")
    assert (photo.kind, photo.content_type, photo.name) == ("IMAGE", "image/jpeg", "gambar.jpg")
    for stored in (photo.data, photo.thumbnail):
        image = opened(stored)
        assert (image.format, image.mode) == ("JPEG", "RGB")


def test_a_heic_of_an_iphone_is_read() -> None:
    assert b"Kamera Uji" in HEIC
    photo = taken(HEIC, "IMG_0001.HEIC")
    image = opened(photo.data)
    assert (image.size, photo.name) == ((64, 48), "IMG_0001.jpg")
    above, below = image.getpixel((30, 8)), image.getpixel((30, 40))
    assert isinstance(above, tuple) and isinstance(below, tuple)
    assert above[0] > 150 > above[2] and below[2] > 150 > below[0]
    assert b"Kamera Uji" not in photo.data


def test_what_was_see_through_becomes_white() -> None:
    assert opened(taken(picture("PNG", mode="RGBA")).data).getpixel((5, 5)) == (255, 255, 255)


def test_a_grey_scan_keeps_its_brightness() -> None:
    pixel = opened(taken(picture("PNG", mode="I;16", colour=0x8000)).data).getpixel((5, 5))
    assert isinstance(pixel, tuple)
    assert abs(pixel[0] - 0x80) < 3


def test_a_large_photo_is_made_smaller_and_gets_a_thumbnail() -> None:
    photo = taken(picture(size=(4000, 3000)))
    assert (photo.width, photo.height) == (2000, 1500)
    assert opened(photo.thumbnail).size == (320, 240)
    assert len(photo.thumbnail) < len(photo.data) < 200_000


def test_a_moving_picture_is_kept_as_its_first_picture() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "lime")]
    for kind in ("PNG", "WEBP"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:])
        pixel = opened(taken(out.getvalue()).data).getpixel((5, 5))
        assert isinstance(pixel, tuple)
        assert pixel[0] > 240 > 20 > pixel[1]


def test_what_hides_behind_or_inside_a_photo_is_gone() -> None:
    for tail in (nasty.zipped(), nasty.HTML, b"<?php system($_GET[0]); ?>"):
        photo = taken(picture() + tail)
        assert tail not in photo.data
    photo = taken(picture(comment=nasty.HTML))
    assert b"<script>" not in photo.data


def test_a_photo_from_two_lenses_is_kept_once() -> None:
    out = io.BytesIO()
    first, second = (Image.new("RGB", (60, 40), colour) for colour in ("red", "blue"))
    first.save(out, "MPO", save_all=True, append_images=[second])
    assert opened(taken(out.getvalue()).data).format == "JPEG"


def test_a_broken_colour_profile_is_no_reason_to_refuse() -> None:
    assert taken(picture(icc_profile=b"bukan profil" * 20)).width == 120
