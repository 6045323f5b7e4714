"""Colours of both themes are readable: WCAG 2.2, 1.4.3 (text 4.5:1) and 1.4.11 (controls, focus 3:1)."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings

from pendopo.base.ui import css, scripts
from pendopo.kernel.colour import SHAPE, TEXT, contrast

PACKAGE = Path(settings.PACKAGE)
SURFACES = ("background-primary", "background-secondary", "background-tertiary")
SOFT = {
    "background-positive": "content-positive",
    "background-negative": "content-negative",
    "background-warning": "content-warning",
    "background-guide": "content-guide",
}
THEMES = ("light", "dark")


def ratio(theme: str, one: str, other: str) -> float:
    values = css.tokens()[theme]
    return contrast(values[one], values[other])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(
    "text",
    ["content-primary", "content-secondary", "content-tertiary", "content-negative", "content-positive",
     "content-warning", "content-guide", "brand-fill", "brand-strong"],
)  # fmt: skip
def test_text_is_readable_on_every_surface(theme: str, surface: str, text: str) -> None:
    assert ratio(theme, text, surface) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("soft", [*SOFT, "brand-soft"])
def test_text_is_readable_on_soft_surfaces(theme: str, soft: str) -> None:
    for text in (SOFT.get(soft, "brand-fill"), "content-primary", "content-secondary"):
        assert ratio(theme, text, soft) >= TEXT, text


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("line", ["stroke-input", "stroke-focus", "stroke-negative", "brand-stroke"])
@pytest.mark.parametrize("surface", SURFACES)
def test_borders_of_controls_and_the_focus_ring_can_be_seen(theme: str, line: str, surface: str) -> None:
    assert ratio(theme, line, surface) >= SHAPE


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("brand-on-fill", "brand-fill"),
        ("brand-on-fill", "brand-strong"),
        ("content-inverse", "background-inverse"),
        ("background-secondary", "content-primary"),
        ("background-secondary", "content-negative"),
    ],
)
def test_text_on_filled_parts_is_readable(theme: str, text: str, surface: str) -> None:
    assert ratio(theme, text, surface) >= TEXT


def test_both_themes_name_the_same_tokens() -> None:
    light, dark = css.tokens()["light"], css.tokens()["dark"]
    assert light.keys() == dark.keys()


def small(*names: str) -> int:
    return len(brotli.compress(css.bundle(*names).encode()))


def test_the_style_of_public_pages_fits_its_budget() -> None:
    assert small("tokens", "core", "public") <= 9 * 1024


def test_the_style_of_staff_pages_fits_its_budget() -> None:
    assert small("tokens", "core", "staff") <= 8 * 1024


def test_the_scripts_of_the_report_form_fit_their_budget() -> None:
    text = scripts.bundle("theme", "form", "photo", "place", "copy")
    assert len(brotli.compress(text.encode())) <= 4 * 1024


def test_a_script_with_imports_is_not_put_into_a_page() -> None:
    with pytest.raises(ValueError, match="map"):
        scripts.bundle("map")


def sheets() -> list[Path]:
    return sorted((PACKAGE / "static" / "css").glob("*.css"))


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.name)
def test_a_sheet_keeps_to_tokens_and_to_old_browsers(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    if sheet.name != "tokens.css":
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*[;}])", text), "colours live in tokens.css"
        assert not re.findall(r"\b\d+px", text), "lengths live in tokens.css"
        assert not re.findall(r"\brgba?\(|\bhsla?\(|\boklch\(", text), "colours live in tokens.css"
    assert not re.findall(r"outline:\s*(?:none|0)\b", text), "focus must stay visible"
    text = re.sub(
        r"@supports selector\(:has\(\*\)\) \{.*?\n\}", "", text, flags=re.DOTALL
    )  # only for who knows it
    assert not re.findall(r"@layer|@container|:has\(|:is\(|:where\(|color-mix|&", text), (
        "Chrome 80 knows none"
    )
    depth = deepest = 0
    for sign in re.findall(r"[{}]|@media[^{]*\{|@supports[^{]*\{", text):
        if sign.startswith("@"):
            continue
        depth += 1 if sign == "{" else -1
        deepest = max(deepest, depth)
    assert deepest <= 1, "flat CSS only"


def templates() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.html") if "templates" in path.parts)


@pytest.mark.parametrize("template", templates(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_template_has_no_style_attribute_and_no_inline_handler(template: Path) -> None:
    text = re.sub(r"{#.*?#}", "", template.read_text(encoding="utf-8"))
    assert not re.findall(r"<[^>]*\sstyle=", text)
    assert not re.findall(r"<[^>]*\son[a-z]+=", text)


def test_minifying_keeps_strings_and_the_space_in_calc() -> None:
    small_text = css.minify(
        'a  b { content: "x ;  y"; width: calc(1em + 2em); } /* gone */ a :focus { color: red; }'
    )
    assert small_text == 'a b{content:"x ;  y";width:calc(1em + 2em)}a :focus{color:red}'


def test_dark_is_repeated_for_devices_that_ask_for_it() -> None:
    assert css.bundle("tokens").count("--background-primary:") == 3
    assert "@media screen and (prefers-color-scheme:dark){:root:not([data-theme]){" in css.bundle("tokens")
