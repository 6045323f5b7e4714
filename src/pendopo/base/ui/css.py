"""Style sheets read from the static folder, made small, and the brand tokens of a city.

Public pages carry their style inline: on slow 3G every extra file costs two seconds, a few KiB cost little.
"""

import re
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

from pendopo.kernel.colour import Brand, NotAColour, Surfaces, brand

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'|url\([^)]*\)')
_DARK = re.compile(r"^\[data-theme=dark\]\s*\{(.*?)^\}", re.DOTALL | re.MULTILINE)
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*([^;]+);")


def minify(css: str) -> str:
    """Remove comments and white space that mean nothing. Strings and url() stay as they are."""
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\x00{len(kept) - 1}\x00"

    css = _STRING.sub(hide, _COMMENT.sub("", css))
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>~])\s*", r"\1", css)
    # A space before a colon can be a descendant combinator (".a :focus"); a space after it never matters
    # in our declarations. Around + it does matter inside calc(), so it stays.
    css = re.sub(r":\s+", ":", css)
    css = css.replace(";}", "}").strip()
    return re.sub("\x00(\\d+)\x00", lambda m: kept[int(m.group(1))], css)


def with_auto_dark(css: str) -> str:
    """Dark tokens for who chose dark, and for whose device asks for it; paper is always printed light."""
    return _DARK.sub(
        lambda m: (
            f"@media screen{{{m.group()}}}\n"
            f"@media screen and (prefers-color-scheme: dark){{:root:not([data-theme]){{{m.group(1)}}}}}"
        ),
        css,
    )


def source(name: str) -> str:
    """The text of static/css/NAME.css as written. Raises FileNotFoundError."""
    found = finders.find(f"css/{name}.css")
    if not found:
        raise FileNotFoundError(f"css/{name}.css")
    return Path(found).read_text(encoding="utf-8")


@lru_cache(maxsize=32)
def bundle(*names: str) -> str:
    """Several sheets as one small text, ready to stand inside <style>."""
    return minify(with_auto_dark("\n".join(source(name) for name in names)))


@lru_cache(maxsize=1)
def tokens() -> dict[str, dict[str, str]]:
    """The colour tokens by theme: {"light": {"background-primary": "#fbf8f2", …}, "dark": {…}}."""
    text = _COMMENT.sub("", source("tokens"))
    light = text[: text.index("[data-theme=dark]")]
    dark = _DARK.search(text)
    assert dark  # tokens.css always has both themes
    return {
        "light": {n: v.strip() for n, v in _TOKEN.findall(light)},
        "dark": {n: v.strip() for n, v in _TOKEN.findall(dark.group(1))},
    }


@lru_cache(maxsize=1)
def surfaces() -> dict[str, Surfaces]:
    """What kernel.colour needs to know about each theme, read from the tokens."""
    themes = tokens()
    names = ("background-secondary", "background-primary", "background-tertiary")
    return {
        theme: Surfaces(
            dark=theme == "dark",
            backgrounds=tuple(values[name] for name in names),
            soft_lightness=0.31 if theme == "dark" else 0.95,
            on_fill=values["brand-on-fill"],
        )
        for theme, values in themes.items()
    }


def ramps(colour: str) -> dict[str, Brand]:
    """The brand of a city in both themes; a value that is no colour falls back to Pendopo's own."""
    try:
        return {theme: brand(colour, facts) for theme, facts in surfaces().items()}
    except NotAColour:
        return ramps(tokens()["light"]["brand-raw"])


@lru_cache(maxsize=64)
def brand_css(colour: str, scope: str = "") -> str:
    """Brand tokens for <style>; `scope` (a class selector) narrows them to one part of a page."""
    both = ramps(colour)

    def block(values: Brand) -> str:
        return (
            f"--brand-fill:{values.fill};--brand-strong:{values.strong};--brand-on-fill:{values.on_fill};"
            f"--brand-soft:{values.soft};--brand-stroke:{values.stroke};--brand-raw:{values.raw}"
        )

    light, dark = block(both["light"]), block(both["dark"])
    if scope:
        return f"{scope}[data-theme=light]{{{light}}}@media screen{{{scope}[data-theme=dark]{{{dark}}}}}"
    return (
        f":root,[data-theme=light]{{{light}}}@media screen{{[data-theme=dark]{{{dark}}}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme]){{{dark}}}}}"
    )
