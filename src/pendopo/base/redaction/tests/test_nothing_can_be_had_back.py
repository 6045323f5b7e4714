"""The engine: what is blackened is gone, what leaks is caught, what can be found is found."""

import random
import re

import pytest
from bench.redaction import boxes_for, measure

from pendopo.base.redaction.engine import burning, finding, paper, proving
from pendopo.base.redaction.engine.shapes import Box, Unreadable
from pendopo.base.redaction.tests import papers

SECRET = "3372015203850007"


def letter(*more: bytes, **options: object) -> bytes:
    content = papers.show(f"NIK pemohon {SECRET} mohon dijaga", 60, 700) + b"".join(more)
    return papers.pdf([content], **options)  # type: ignore[arg-type]


def codes(proof: proving.Proof) -> set[str]:
    return {one.code for one in proof.findings if one.block}


def test_generated_papers_leave_nothing_behind() -> None:
    result = measure(8, dpi=72, first=500)
    assert result["removed_letters"] > 200
    assert (result["proof_failed"], result["recovered_letters"]) == (0, 0)


def test_the_rest_stays_readable_and_the_bytes_are_the_same_each_time() -> None:
    source = letter(papers.show("Rapat tetap terbuka", 60, 600, turn="0 1 -1 0"))
    boxes = [one.box for one in finding.find(source)]
    output = burning.burn(source, boxes, dpi=100)
    assert output == burning.burn(source, boxes, dpi=100)
    proof = proving.prove(source, boxes, output)
    assert (proof.ok, proof.checked["removed_letters"]) == (True, 16)
    kept = finding.find_phrase(output, "mohon dijaga")[0].box
    before = finding.find_phrase(source, "mohon dijaga")[0].box
    assert abs(kept.x - before.x) < 6 and abs(kept.x + kept.w - before.x - before.w) < 6
    assert abs(kept.y + kept.h - before.y - before.h) < 6
    assert len(finding.find_phrase(output, "Rapat tetap terbuka")) == 1
    assert b"/Info" not in output and b"/ID" not in output


def leaky(source: bytes, boxes: list[Box]) -> dict[str, tuple[bytes, str]]:
    """Redactions that went wrong, each with the finding that tells of it."""
    good = burning.burn(source, boxes, dpi=72)
    whole = burning.burn(source, [], dpi=72)
    leaves, _words = proving._taken_apart(good)
    open_leaves, _more = proving._taken_apart(whole)
    words = [paper.Word(text, 60, 140, 1, 0, 90, 12) for text in ("pemohon", "dijaga", SECRET)]
    used = paper.codes_for(["pemohon", "dijaga", SECRET])
    content = paper.content_of(leaves[0].width, leaves[0].height, words, used)
    texty = paper.Leaf(leaves[0].width, leaves[0].height, leaves[0].raster, content)
    return {
        "rectangle over the text": (letter(papers.black(50, 690, 300, 30)), "odd_structure"),
        "box left out of the text": (paper.assemble([texty], paper.unicode_map(used)), "text_recovered"),
        "box left out of the picture": (
            paper.assemble(
                [paper.Leaf(leaves[0].width, leaves[0].height, open_leaves[0].raster, leaves[0].content)],
                paper.unicode_map(paper.codes_for(_words[0])),
            ),
            "not_solid",
        ),
        "bytes behind the end": (good + b"% " + SECRET.encode(), "odd_structure"),
        "a comment between objects": (good.replace(b"endobj\n", b"endobj\n%x\n", 1), "odd_structure"),
        "one page more": (
            paper.assemble(leaves * 2, paper.unicode_map(paper.codes_for(_words[0]))),
            "pages_differ",
        ),
    }


def test_a_leak_is_caught() -> None:
    source = letter()
    boxes = [one.box for one in finding.find(source)]
    for name, (output, code) in leaky(source, boxes).items():
        proof = proving.prove(source, boxes, output)
        assert code in codes(proof), (name, proof)
        assert SECRET not in str(proof.plain()), name


def test_a_number_that_stands_elsewhere_is_told_without_being_repeated() -> None:
    source = papers.pdf([papers.show(SECRET, 60, 700), papers.show(f"lihat {SECRET}", 60, 500)])
    box = next(one.box for one in finding.find(source) if one.box.page == 1)
    proof = proving.prove(source, [box], burning.burn(source, [box], dpi=72))
    assert proof.ok
    assert [(one.code, one.page, one.block) for one in proof.findings] == [("still_elsewhere", 2, False)]


def test_half_covered_letters_are_told() -> None:
    source = letter()
    whole = finding.find(source)[0].box
    half = Box(1, whole.x, whole.y, whole.w, whole.h / 2)
    proof = proving.prove(source, [half], burning.burn(source, [half], dpi=72))
    assert proof.ok
    assert [(one.code, one.page) for one in proof.findings] == [("half_covered", 1)]


def test_text_nobody_sees_is_not_taken_over() -> None:
    source = papers.pdf(
        [papers.show("kelihatan", 60, 700) + papers.show("tersembunyi", 60, 500, mode=3)
         + b"1 g " + papers.show("putih", 60, 400)]
    )  # fmt: skip
    output = burning.burn(source, [], dpi=72)
    assert len(finding.find_phrase(output, "kelihatan")) == 1
    assert not finding.find_phrase(output, "tersembunyi") + finding.find_phrase(output, "putih")


@pytest.mark.parametrize(
    ("box", "code"),
    [
        (Box(1, 10, 10, 0, 5), "box_empty"),
        (Box(1, 10, 10, float("nan"), 5), "box_empty"),
        (Box(1, 900, 10, 20, 5), "box_outside"),
        (Box(2, 10, 10, 20, 5), "box_outside"),
    ],
)
def test_an_impossible_box_is_refused(box: Box, code: str) -> None:
    with pytest.raises(Unreadable) as no:
        burning.burn(letter(), [box], dpi=72)
    assert no.value.code == code


def line_of(rng: random.Random, number: str, before: str) -> tuple[str, str]:
    """A line with a number, sometimes broken inside it where a writer would break it."""
    words = f"{rng.choice(papers.WORDS)} {before} {number} {rng.choice(papers.WORDS)}"
    if rng.random() >= 0.25:
        return words, ""
    cuts = [found.end() for found in re.finditer(r"[@.\- ]|\d{4}", number) if 0 < found.end() < len(number)]
    at = words.index(number) + (rng.choice(cuts) if cuts else 0)
    return words[:at], words[at:]


def test_ninety_nine_of_a_hundred_numbers_are_found() -> None:
    wanted = missed = 0
    for seed in range(25):
        rng = random.Random(seed)
        content, numbers = b"", []
        for y in range(780, 60, -26):
            _kind, before, number = papers.personal(rng)
            numbers.append(number)
            first, second = line_of(rng, number, before)
            font, kerned = rng.randrange(5), rng.random() < 0.3
            content += papers.show(first, 40, y, size=10, font=font, kerned=kerned)
            content += papers.show(second, 40, y - 12, size=10, font=font) if second else b""
        found = [plain(one.text) for one in finding.find(papers.pdf([content]))]
        wanted += len(numbers)
        missed += sum(not any(plain(number) in text for text in found) for number in numbers)
    assert wanted == 700
    assert missed / wanted <= 0.01


def plain(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def test_turned_and_cropped_pages_are_boxed_where_the_text_is_seen() -> None:
    for turn in (0, 90, 180, 270):
        source = letter(page_more=f"/Rotate {turn} /CropBox [30 40 560 800]")
        boxes = [one.box for one in finding.find(source)]
        assert len(boxes) == 1
        output = burning.burn(source, boxes, dpi=72)
        assert proving.prove(source, boxes, output).checked["removed_letters"] == 16
        assert [len(finding.find_phrase(output, word)) for word in ("NIK", "pemohon", "dijaga")] == [1, 1, 1]
        assert boxes[0].w > boxes[0].h if turn in {0, 180} else boxes[0].h > boxes[0].w


def test_boxes_of_the_bench_cover_their_secrets() -> None:
    source = papers.paper(3)
    assert len(boxes_for(source, 3)) >= sum(secret.isdigit() for secret in source.secrets)
