"""Demo photos are real JPEGs, drawn anew from dice."""

import io
import random

import pytest
from PIL import Image

from pendopo.domains.reports.demo_photos import PROOFS, SCENES, draw, proof_for, scene_for


@pytest.mark.parametrize("scene", sorted(SCENES | PROOFS))
def test_every_scene_is_a_photo_of_a_phone_size(scene):
    data = draw(scene, random.Random(1))
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "JPEG"
        assert image.size == (1280, 960)
        assert len(image.convert("P", palette=Image.Palette.ADAPTIVE).getcolors() or []) > 40
    assert 15_000 < len(data) < 200_000


def test_other_dice_make_another_photo_and_the_same_dice_the_same():
    one = draw("banjir", random.Random(1))
    assert one == draw("banjir", random.Random(1))
    assert one != draw("banjir", random.Random(2))


def test_nobody_photographs_an_identity_card():
    assert scene_for("ktp-kk", "kependudukan") is None
    assert scene_for("saluran-mampet", "banjir") == "saluran"
    assert proof_for("lampu-jalan") == "beres-lampu"
    assert {proof_for(scene) for scene in SCENES} == set(PROOFS)
