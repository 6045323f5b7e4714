"""The letter's own style sheet, put into its page: printing loads nothing from outside."""

from functools import cache
from pathlib import Path

from django import template
from django.utils.safestring import SafeString, mark_safe

from pendopo.base.letters.markup import whole_numbers

register = template.Library()
_FILE = Path(__file__).parent.parent / "data" / "paper.css"


register.filter("whole_numbers", whole_numbers)


@register.simple_tag
def paper_css(number: str = "") -> SafeString:
    """The style sheet; the running foot names the letter's number."""
    quoted = "".join(sign if sign.isalnum() or sign in " /.-" else f"\\{ord(sign):x} " for sign in number)
    return mark_safe(_sheet().replace("NOMOR_SURAT", quoted))  # noqa: S308 - every other sign is escaped


@cache
def _sheet() -> str:
    return _FILE.read_text(encoding="utf-8")
