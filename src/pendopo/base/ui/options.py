"""A list of options written in one go. Django draws each option through two templates: 200 kelurahan took 30 ms."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


class Options(forms.Select):
    """`forms.Select` with the same words and attributes, much faster for a long list."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        around = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        written = "".join(_lines(self.choices, chosen))
        return mark_safe(f"<select{flatatt(around)}>{written}</select>")  # noqa: S308 - every part is escaped


def _lines(choices: Iterable[Any], chosen: set[str]) -> Iterable[str]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield f'<optgroup label="{conditional_escape(value)}">{"".join(_lines(label, chosen))}</optgroup>'
            continue
        text = "" if value is None else str(value)
        mark = " selected" if text in chosen else ""
        yield f'<option value="{conditional_escape(text)}"{mark}>{conditional_escape(label)}</option>'
