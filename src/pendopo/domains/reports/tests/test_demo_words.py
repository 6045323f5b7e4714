"""The demo city's words are varied, whole, and fit what they speak of."""

import random
import re

import pytest

from pendopo.base.regions.demo import geography
from pendopo.base.registries.demo import SEED
from pendopo.domains.reports.categories import CATEGORIES
from pendopo.domains.reports.demo_topics import BY_KEY, FLOOD_DAY, TOPICS
from pendopo.domains.reports.demo_words import BrokenPattern, Line, Span, banks, compile_line
from pendopo.domains.reports.demo_writer import (
    Scene,
    citizen_text,
    closing_words,
    first_answer,
    question_and_reply,
    sentence,
)

LEFTOVER = re.compile(r"[{}|~]|\(|\)|  ")
STAFF = (
    "catatan", "kembali", "arahan", "puas", "kurang", "buka-lagi", "tutup-petugas", "periksa", "luar",
    "arsip-unclear", "arsip-no_evidence", "arsip-not_government", "arsip-sara", "arsip-expired",
    "arsip-withdrawn", "luar-jelas",
)  # fmt: skip


def scene(topic_key: str, seed: int) -> Scene:
    rng = random.Random(seed)
    ground = geography(SEED)
    village = rng.choice(ground.villages)
    street = rng.choice(village.streets)
    return Scene(
        rng=rng,
        village=village,
        district_name="Uji",
        street=street,
        landmark=street.landmarks[0],
        hour=9,
        tags=BY_KEY[topic_key].tags(),
        office_name="Dinas Perhubungan",
    )


def test_a_pattern_chooses_counts_and_fills():
    line = compile_line("~lubang jalan (rusak|berlubang) {3-3} titik")
    assert line.tags == {"lubang"}
    assert isinstance(line, Line)
    assert any(isinstance(part, Span) for part in line.pattern)


@pytest.mark.parametrize("broken", ["jalan (rusak", "jalan rusak)", "a|b"])
def test_a_broken_pattern_is_refused(broken):
    with pytest.raises(BrokenPattern):
        compile_line(broken)


def test_every_topic_belongs_to_a_category_and_has_words():
    keys = {category.key for category in CATEGORIES}
    assert len(CATEGORIES) == 20
    assert {topic.category for topic in TOPICS} == keys
    assert set(FLOOD_DAY) <= set(BY_KEY)
    assert set(banks()) == {topic.key for topic in TOPICS} | {"umum"}


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.key)
def test_whatever_a_text_is_about_has_a_wish_and_a_result(topic):
    bank = banks()[topic.key]
    for opening in bank.sections["apa"]:
        tags = topic.tags() | opening.tags
        own = [line for line in bank.sections["hasil"] if not line.tags or line.tags & tags]
        assert own, (topic.key, opening.pattern)


def test_no_line_waits_for_a_tag_that_nothing_sets():
    general = {"tempat", "orang", "keluhan", "saran", "tanya", "bahaya"}
    for key, bank in banks().items():
        openings = {tag for line in bank.sections.get("apa", ()) for tag in line.tags}
        for lines in bank.sections.values():
            for line in lines:
                assert not line.tags or line.tags & (openings | general), (key, line)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.key)
def test_texts_have_no_unfilled_gap(topic):
    for seed in range(40):
        channel = ("WEB", "WHATSAPP", "LETTER", "PHONE", "SOCIAL", "SP4N", "WALK_IN")[seed % 7]
        here = scene(topic.key, seed)
        text = citizen_text(topic.key, here, channel)
        assert text.strip()
        assert not LEFTOVER.search(text), text
        words = [
            first_answer(topic.key, here),
            closing_words(topic.key, here),
            *question_and_reply(topic.key, here),
            *(sentence(section, topic.key, here) for section in STAFF if here.tags),
        ]
        for said in words:
            assert said.strip()
            assert not LEFTOVER.search(said), said


def test_the_same_dice_write_the_same_text():
    one = citizen_text("lampu-mati", scene("lampu-mati", 5), "WEB")
    assert one == citizen_text("lampu-mati", scene("lampu-mati", 5), "WEB")
    assert one != citizen_text("lampu-mati", scene("lampu-mati", 6), "WEB")
